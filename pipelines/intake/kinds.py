"""What a delivered file is, from its first bytes and what it contains: its name tells nothing."""

from __future__ import annotations

import codecs
import re
from pathlib import Path
from typing import Literal

from grids.errors import DeliveryRefused
from pipelines.intake.grist import is_grist
from pipelines.intake.zip_package import check_package, member_names, mimetype

Kind = Literal["texte", "classeur", "parquet", "grist"]

ODS_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"

_HEAD_BYTES = 4096
_CHUNK = 1 << 20
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_SQLITE = b"SQLite format 3\0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SAVE_AS = "Ouvrez-le dans votre tableur et enregistrez-le en .xlsx, en .ods ou en CSV, puis redéposez-le."
_EXPORT = "Redéposez l'export de votre outil, en CSV, en .xlsx ou en .ods."

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG", "une image"),
    (b"\xff\xd8\xff", "une image"),
    (b"GIF8", "une image"),
    (b"II*\0", "une image"),
    (b"MM\0*", "une image"),
    (b"{\\rtf", "un document de traitement de texte"),
    (b"\x1f\x8b", "une archive"),
    (b"7z\xbc\xaf\x27\x1c", "une archive"),
    (b"Rar!", "une archive"),
    (b"BZh", "une archive"),
    (b"\xfd7zXZ", "une archive"),
)
_PAGE = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.{0,500}?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table)\b", re.I | re.S
)
_OLD_XML = (b"urn:schemas-microsoft-com:office:spreadsheet", b'progid="Excel.Sheet"')


def kind_of(path: Path) -> Kind:
    """Which reader the file at `path` is for.

    Raises DeliveryRefused for what no reader reads, with what to do about it: it is empty, protected, damaged, an old
    .xls, a page saved from a site, an image, a PDF, an archive, or a package too large to be opened safely.
    """
    try:
        return _kind(path)
    except OSError:
        raise DeliveryRefused(
            "Ce fichier n'a pas pu être lu.", place=path.name, remedy="Vérifiez qu'il est entier, puis redéposez-le."
        ) from None


def _kind(path: Path) -> Kind:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head:
        raise DeliveryRefused("Ce fichier est vide.", place=path.name, remedy="Vérifiez l'export, puis redéposez-le.")
    if head.startswith(b"PK"):
        return _packaged(path)
    if head.startswith(_SQLITE):
        return _database(path)
    if head.startswith(b"PAR1"):
        return "parquet"
    _refuse_foreign(path, head)
    return "texte"


def _packaged(path: Path) -> Kind:
    check_package(path)
    names = member_names(path)
    declared = mimetype(path)
    if declared == ODS_MIMETYPE or "xl/workbook.xml" in names:
        return "classeur"
    if "xl/workbook.bin" in names:
        raise DeliveryRefused(
            "Ce fichier est un classeur binaire (.xlsb), que nous ne lisons pas.", place=path.name, remedy=_SAVE_AS
        )
    if declared or "[Content_Types].xml" in names:
        raise DeliveryRefused("Ce fichier est un document, pas un classeur.", place=path.name, remedy=_EXPORT)
    raise DeliveryRefused(
        "Ce fichier est une archive, pas un classeur.",
        place=path.name,
        remedy="Décompressez-la et déposez les fichiers qu'elle contient, un par un.",
    )


def _database(path: Path) -> Kind:
    if is_grist(path):
        return "grist"
    raise DeliveryRefused(
        "Ce fichier est une base de données, mais pas un document Grist entier.",
        place=path.name,
        remedy="Dans Grist, choisissez « Télécharger le document », ou exportez le tableau en CSV ou en .xlsx.",
    )


def _refuse_foreign(path: Path, head: bytes) -> None:
    if head.startswith(_OLE):
        raise _office_container(path)
    if b"%PDF-" in head[:1024]:
        raise DeliveryRefused("Ce fichier est un PDF.", place=path.name, remedy=_EXPORT)
    for magic, what in _FOREIGN:
        if head.startswith(magic):
            raise DeliveryRefused(f"Ce fichier est {what}.", place=path.name, remedy=_EXPORT)
    if (head[:4] == b"RIFF" and head[8:12] == b"WEBP") or head[4:12] in (b"ftypheic", b"ftypavif", b"ftypmif1"):
        raise DeliveryRefused("Ce fichier est une image.", place=path.name, remedy=_EXPORT)
    if _PAGE.match(head.removeprefix(codecs.BOM_UTF8)):
        raise DeliveryRefused(
            "Ce fichier est une page web, même si son nom est celui d'un classeur.", place=path.name, remedy=_SAVE_AS
        )
    if any(mark in head for mark in _OLD_XML):
        raise DeliveryRefused(
            "Ce fichier est un classeur au format XML de 2003, que nous ne lisons pas.",
            place=path.name,
            remedy=_SAVE_AS,
        )


def _office_container(path: Path) -> DeliveryRefused:
    """The container of old .xls files also holds the workbooks that a password protects."""
    if _holds(path, _ENCRYPTED):
        return DeliveryRefused(
            "Ce classeur est protégé par un mot de passe.",
            place=path.name,
            remedy="Enregistrez-le sans mot de passe (Fichier, Informations, Protéger le classeur), puis redéposez-le.",
        )
    return DeliveryRefused(
        "Ce fichier est un ancien classeur Excel (.xls) ou un document Office d'avant 2007, que nous ne lisons pas.",
        place=path.name,
        remedy=_SAVE_AS,
    )


def _holds(path: Path, wanted: bytes) -> bool:
    tail = b""
    with path.open("rb") as file:
        while piece := file.read(_CHUNK):
            if wanted in tail + piece:
                return True
            tail = piece[-len(wanted) :]
    return False
