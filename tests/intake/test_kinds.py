"""What a file is, told by its content; and that nothing but a refusal comes out of a damaged one."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grids.errors import DeliveryRefused
from pipelines.intake import grist, parquet_file, workbook
from pipelines.intake.kinds import Kind, kind_of
from pipelines.intake.pages import Page

from .made_files import ODS_MIMETYPE, one_of_each, write_ods

READERS: dict[Kind, Callable[[Path], list[Page]]] = {
    "classeur": workbook.open_pages,
    "parquet": parquet_file.open_pages,
    "grist": grist.open_pages,
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return one_of_each(tmp_path_factory.mktemp("entiers"))


@pytest.mark.parametrize(
    ("made", "kind"), [("xlsx", "classeur"), ("ods", "classeur"), ("parquet", "parquet"), ("grist", "grist")]
)
def test_a_file_is_known_by_its_content_whatever_its_name(sound: dict[str, Path], made: str, kind: str) -> None:
    assert kind_of(sound[made]) == kind


@pytest.mark.parametrize(
    "content", ["a;b\n1;2\n".encode("utf-8-sig"), "é;b\n".encode("cp1252"), "a;b\n".encode("utf-16"), b"PK-1;12\n"[1:]]
)
def test_what_is_no_known_container_is_a_text(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fichier.xlsx"
    path.write_bytes(content)
    assert kind_of(path) == "texte"


def _zip(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members:
            package.writestr(name, content)
    return packed.getvalue()


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
MUSEUM: list[tuple[bytes, str]] = [
    (b"", "est vide"),
    (OLE + "Workbook".encode("utf-16-le"), "ancien classeur Excel (.xls)"),
    (OLE + bytes((1 << 20) - len(OLE) - 10) + "EncryptedPackage".encode("utf-16-le"), "protégé par un mot de passe"),
    (b"%PDF-1.7\n", "est un PDF"),
    (b"\x89PNG\r\n\x1a\n", "est une image"),
    (b"\xff\xd8\xff\xe0", "est une image"),
    (b"RIFF\0\0\0\0WEBP", "est une image"),
    (b"\x1f\x8b\x08", "est une archive"),
    (b"\xef\xbb\xbf <html><table>", "page web"),
    (b"<!-- x --><!DOCTYPE html>", "page web"),
    (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>', "XML de 2003"),
    (_zip(("fiches.csv", b"a;b")), "est une archive"),
    (_zip(("mimetype", b"application/vnd.oasis.opendocument.text")), "un document, pas un classeur"),
    (_zip(("[Content_Types].xml", b"<x/>"), ("word/document.xml", b"<x/>")), "un document, pas un classeur"),
    (_zip(("[Content_Types].xml", b"<x/>"), ("xl/workbook.bin", b"x")), ".xlsb"),
    (_zip(("xl/workbook.xml", bytes(30 << 20))), "démesuré"),
    (_zip(*((f"xl/{i}", b"") for i in range(10_001))), "démesuré"),
    (b"PK\x03\x04 et rien de plus", "abîmé"),
    (b"SQLite format 3\0" + bytes(84), "base de données"),
]


@pytest.mark.parametrize(("content", "said"), MUSEUM)
def test_what_no_reader_reads_is_refused_with_a_remedy(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "fichier.csv"
    path.write_bytes(content)
    with pytest.raises(DeliveryRefused) as refused:
        kind_of(path)
    assert said in str(refused.value)
    assert refused.value.place == "fichier.csv"
    assert refused.value.remedy


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DeliveryRefused):
        kind_of(tmp_path / "absent.csv")


def test_a_protected_opendocument_workbook_is_refused(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.ods", "", manifest="<m:entry><m:encryption-data/></m:entry>")
    with pytest.raises(DeliveryRefused, match="mot de passe"):
        READERS[kind_of(path)](path)


def _read_or_refuse(path: Path) -> None:
    try:
        kind = kind_of(path)
        if kind != "texte":
            READERS[kind](path)
    except DeliveryRefused as error:
        refused = error
    else:
        return
    assert refused.sentence.endswith(".")
    assert refused.remedy


@st.composite
def _damage(draw: st.DrawFn) -> Callable[[bytes], bytes]:
    flips = draw(st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=12))
    kept = draw(st.one_of(st.just(1.0), st.floats(0, 1)))

    def damaged(content: bytes) -> bytes:
        changed = bytearray(content)
        for place, byte in flips:
            changed[int(place * len(changed))] = byte
        return bytes(changed[: int(kept * len(changed))])

    return damaged


@pytest.mark.parametrize("made", ["xlsx", "ods", "parquet", "grist"])
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(damage=_damage())
def test_a_damaged_file_is_read_or_refused_and_leaves_nothing_on_disk(
    sound: dict[str, Path], made: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: Callable[[bytes], bytes]
) -> None:
    passing = tmp_path / "passage"
    passing.mkdir(exist_ok=True)
    monkeypatch.setenv("TMPDIR", str(passing))
    monkeypatch.setattr(tempfile, "tempdir", None)
    path = tmp_path / "mutant"
    path.write_bytes(damage(sound[made].read_bytes()))
    _read_or_refuse(path)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["mutant", "passage"]
    assert not any(passing.iterdir())


@pytest.mark.parametrize("made", ["xlsx", "ods"])
@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    flips=st.lists(
        st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(list(b'019AZ<>"/ \xff'))), min_size=1, max_size=3
    ),
    chosen=st.integers(0, 30),
)
def test_a_workbook_whose_package_is_sound_but_its_content_is_not_is_read_or_refused(
    sound: dict[str, Path], made: str, tmp_path: Path, flips: list[tuple[float, int]], chosen: int
) -> None:
    with zipfile.ZipFile(sound[made]) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    target = sorted(parts)[chosen % len(parts)]
    changed = bytearray(parts[target])
    for place, byte in flips:
        changed[int(place * len(changed))] = byte
    path = tmp_path / "mutant"
    path.write_bytes(_zip(*((name, bytes(changed) if name == target else part) for name, part in parts.items())))
    _read_or_refuse(path)


def test_content_that_is_no_xml_is_refused_at_once(sound: dict[str, Path], tmp_path: Path) -> None:
    """The library that reads workbooks would look for the end of its table for ever."""
    with zipfile.ZipFile(sound["ods"]) as package:
        parts = [(name, package.read(name)) for name in package.namelist()]
    broken = [
        (name, part.replace(b"<?xml", b'"?xml').replace(b"</table:table>", b"</9able:table>")) for name, part in parts
    ]
    path = tmp_path / "classeur.ods"
    path.write_bytes(_zip(*broken))
    with pytest.raises(DeliveryRefused):
        READERS[kind_of(path)](path)


def test_the_mimetype_decides_not_the_names_of_the_members(tmp_path: Path) -> None:
    path = write_ods(tmp_path / "a.bin", "", mimetype=ODS_MIMETYPE + "-template")
    with pytest.raises(DeliveryRefused, match="pas un classeur"):
        kind_of(path)
