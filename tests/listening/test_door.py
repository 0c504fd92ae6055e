"""The door over real HTTP, in a real process: what it takes, what it turns away, in which words."""

from __future__ import annotations

import asyncio
import io
import json
import threading
import zipfile
from collections.abc import Callable
from http.client import HTTPConnection

import pytest
from filelock import FileLock
from starlette.requests import Request

from grids.errors import SproError
from pipelines.listening.process import bound
from pipelines.listening.reception import LONGEST_NAME, clean_name, receive
from pipelines.listening.terms import Terms, TurnedAway, terms_of
from tests.apart import run_apart
from tests.listening.conftest import SECRET, Door, eventually

pytestmark = pytest.mark.slow
Records = Callable[..., bytes]


def test_a_file_is_delivered_listed_and_its_receipt_read_again(door: Door, records: Records) -> None:
    answer = door.send(records("livree"), name="livree.csv")
    assert (answer.status, answer.said["etat"], answer.said["deja"]) == (200, "lue", False)
    assert "livree.csv" in answer.said["page"]
    assert "contrôles passés" in answer.said["page"]
    listed = door.ask("GET", {"reseau": "cibc"}).said["livraisons"]
    assert listed[0] | {"id": "", "recue_le": ""} == {
        "id": "", "recue_le": "", "fichier": "livree.csv", "table": "Accueils", "etat": "lue", "lues": 4, "gardees": 4,
        "a_corriger": 0, "ecartees": 0, "phrase": "Lue et contrôlée : ses lignes compteront à la prochaine édition.",
    }  # fmt: skip
    again = door.ask("GET", {"reseau": "cibc"}, path=f"/livraisons/{answer.said['livraison']}")
    assert "livree.csv" in again.said["page"]


def test_the_same_file_twice_is_one_delivery(door: Door, records: Records) -> None:
    first, second = door.send(records("double")), door.send(records("double"), name="autre-nom.csv")
    assert first.said["livraison"] == second.said["livraison"]
    ids = [each["id"] for each in door.ask("GET", {"reseau": "cibc"}).said["livraisons"]]
    assert ids.count(first.said["livraison"]) == 1


def test_a_trial_says_the_same_and_keeps_nothing(door: Door, records: Records) -> None:
    before = {path: path.stat().st_mtime_ns for path in door.home.rglob("*")}
    answer = door.send(records("essai"), essai="1")
    assert (answer.status, answer.said["etat"], answer.said["livraison"]) == (200, "acceptee", "")
    assert {path: path.stat().st_mtime_ns for path in door.home.rglob("*")} == before


def test_a_row_that_breaks_the_contract_is_set_apart(door: Door, records: Records) -> None:
    answer = door.send(records("faute").replace(b"A-1", b"A-inconnue", 1))
    assert answer.said["etat"] == "lue"
    assert "ligne 2" in answer.said["page"].casefold()


def bomb() -> bytes:
    """A workbook whose sheet unfolds to fifty megabytes of nothing."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b" " * 50_000_000)
    return out.getvalue()


REFUSED = {
    "identity heading": (b"accueil_ref;structure_id;mois;canal;Nom du conseiller\n1;A-1;2025-02-03;tchat;FICTIF\n", "identité"),
    "identity value": (b"accueil_ref;structure_id;mois;canal\n1;fictif@exemple.invalid;2025-02-03;tchat\n", "ressemble"),
    "zip bomb": (bomb(), "démesuré"),
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "image": (b"\x89PNG\r\n\x1a\n", "image"),
    "page": (b"<!doctype html><html><script>alert(1)</script>", "page web"),
    "empty": (b"", "vide"),
    "unknown": (b"un;deux\n1;2\n", "ne ressemble"),
}  # fmt: skip


@pytest.mark.parametrize(("content", "words"), REFUSED.values(), ids=REFUSED)
@pytest.mark.parametrize("essai", ["0", "1"])
def test_what_the_door_refuses(door: Door, content: bytes, words: str, essai: str) -> None:
    answer = door.send(content, name="<script>alert(1)</script>.csv", essai=essai)
    assert (answer.status, answer.said["etat"]) == (200, "refusee")
    assert words in answer.said["page"]
    assert "<script" not in answer.said["page"]


@pytest.mark.parametrize("headers", [{}, {"X-Spro-Cle": ""}, {"X-Spro-Cle": SECRET[:-1]}, {"X-Spro-Cle": "é"}])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_the_secret_nothing_is_answered(door: Door, headers: dict[str, str], method: str) -> None:
    answer = door.ask(method, {"reseau": "cibc"}, b"x" if method == "POST" else None, headers=headers)
    assert (answer.status, set(answer.said)) == (401, {"phrase", "remede"})


@pytest.mark.parametrize("network", ["", "inconnu", "../cibc", "CIBC"])
def test_an_unknown_network_is_turned_away(door: Door, network: str) -> None:
    assert door.send(b"x", network=network).status == 404
    assert door.ask("GET", {"reseau": network}).status == 404


def test_a_network_does_not_read_the_receipts_of_another(door: Door, records: Records) -> None:
    mine = door.send(records("mienne")).said["livraison"]
    assert door.ask("GET", {"reseau": "cidff"}, path=f"/livraisons/{mine}").status == 404
    assert door.ask("GET", {"reseau": "cidff"}).said["livraisons"] == []


def test_too_large_is_said_before_a_byte_is_read(door: Door) -> None:
    connection = door.connection()
    connection.putrequest("POST", "/livraisons?reseau=cibc&fichier=gros.csv")
    connection.putheader("X-Spro-Cle", SECRET)
    connection.putheader("Content-Length", "1000001")
    connection.endheaders()
    assert said(connection) == (413, "Ce fichier dépasse 1 Mo : il n'est pas lu.")


def test_a_size_that_is_not_told_is_bounded_all_the_same(door: Door) -> None:
    connection = door.connection()
    headers = {"X-Spro-Cle": SECRET}
    pieces = (b"x" * 100_000 for _ in range(11))
    connection.request("POST", "/livraisons?reseau=cibc", pieces, headers, encode_chunked=True)
    assert said(connection)[0] == 413


def said(connection: HTTPConnection) -> tuple[int, str]:
    response = connection.getresponse()
    sentence = json.loads(response.read())["phrase"]
    connection.close()
    return response.status, sentence


def begun(door: Door, content: bytes) -> HTTPConnection:
    """A delivery of which only the first half has arrived."""
    connection = door.connection()
    connection.putrequest("POST", "/livraisons?reseau=cibc&fichier=lent.csv")
    connection.putheader("X-Spro-Cle", SECRET)
    connection.putheader("Content-Length", str(len(content)))
    connection.endheaders(content[: len(content) // 2])
    return connection


def test_one_delivery_at_a_time(door: Door, records: Records) -> None:
    content = records("lente")
    slow = begun(door, content)
    assert eventually(lambda: door.send(records("pressee")).status == 409)
    slow.send(content[len(content) // 2 :])
    response = slow.getresponse()
    assert (response.status, json.loads(response.read())["etat"]) == (200, "lue")
    slow.close()
    assert door.send(records("pressee")).said["etat"] == "lue"


def test_two_at_once_are_one_delivered_and_one_turned_away_or_both_in_turn(door: Door, records: Records) -> None:
    answers: list[int] = []
    senders = [
        threading.Thread(target=lambda word=word: answers.append(door.send(records(word, 2_000)).status))
        for word in ("un", "deux")
    ]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    assert sorted(answers) in ([200, 200], [200, 409])


def test_a_sender_who_leaves_frees_the_place(door: Door, records: Records) -> None:
    begun(door, records("partie")).close()
    assert eventually(lambda: door.send(records("suivante")).status == 200)
    assert "lent.csv" not in {each["fichier"] for each in door.ask("GET", {"reseau": "cibc"}).said["livraisons"][:1]}


def test_while_a_build_runs_a_trial_is_made_and_a_delivery_waits(door: Door, records: Records) -> None:
    with FileLock(door.home / ".lock"):
        answer = door.send(records("pendant"))
        assert answer.status == 409
        assert "en construction" in answer.said["phrase"]
        assert door.send(records("pendant"), essai="1").status == 200
    assert door.send(records("pendant")).said["etat"] == "lue"


NAMES = {
    "../../etc/passwd": "passwd",
    "C:\\Users\\FICTIF\\export.csv": "export.csv",
    "a\u202egnp.csv\r\nX: y\0": "a gnp.csv X: y",
    "x" * 500 + ".csv": "x" * LONGEST_NAME,
    "..": "fichier sans nom",
    "": "fichier sans nom",
    "  été  2025 .csv ": "été 2025 .csv",
}


@pytest.mark.parametrize(("given", "kept"), NAMES.items(), ids=range(len(NAMES)))
def test_a_name_is_cleaned(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_a_name_like_a_path_is_only_a_name(door: Door, records: Records) -> None:
    door.send(records("chemin"), name="../../chemin.csv")
    assert door.ask("GET", {"reseau": "cibc"}).said["livraisons"][0]["fichier"] == "chemin.csv"
    assert not list(door.home.parent.rglob("*chemin*"))


def test_a_file_that_does_not_arrive_in_time_is_given_up() -> None:
    async def nothing_comes() -> dict[str, object]:
        await asyncio.sleep(60)
        return {"type": "http.request"}

    request = Request({"type": "http", "method": "POST", "headers": []}, nothing_comes)
    with pytest.raises(TurnedAway, match="à temps") as given_up:
        run_apart(receive(request, io.BytesIO(), Terms(SECRET, patience_seconds=0.05)))
    assert given_up.value.status == 408


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.1", "::", "exemple.invalid", "localhost.exemple.invalid", ""])
def test_it_listens_to_this_machine_only(host: str) -> None:
    with pytest.raises(SproError, match="que cette machine"):
        bound(host, 0)


@pytest.mark.parametrize(
    "environment", [{}, {"SPRO_DOOR_SECRET": "court"}, {"SPRO_DOOR_SECRET": SECRET, "SPRO_DOOR_MOST_MB": "beaucoup"}]
)
def test_it_does_not_open_on_unclear_terms(environment: dict[str, str]) -> None:
    with pytest.raises(SproError):
        terms_of(environment)
