"""What announces or looks like an identity. A file that holds one, undeclared, is refused whole; no value is ever told."""

from __future__ import annotations

import re

import duckdb

from grids.contract import load_contract
from grids.errors import DeliveryRefused
from pipelines.intake.office_text import normalised
from pipelines.intake.recognition import Recognised
from pipelines.staging import quoted, text_literal

_NAME = r"\b(nom|identite|beneficiaires?|usagers?)\b"
_PERSON = r"\b(prenoms?|naissance|nee? le|ne\(e\) le|nir|securite sociale|secu)\b"
_CONTACT = r"\b(adresse|telephone|tel|portable|mobile|courriel|e-?mails?|mail|ip|ipaddr|token|username|uid|siteuri)\b"
_PROFESSIONAL = (
    r"\b(conseillere?s?|accueillante?s?|agente?s?|referente?s?|animateur|animatrice|saisie? par|cree par|auteur)\b"
)
_HEALTH = r"\b(sante|handicap\w*|rqth|pathologie|maladie|medica\w*|aah|boeth)\b"
_NOT_A_PERSON = r"\b(structure|reseau|commune|organisme|etablissement|formation|dispositif|campagne|antenne)\b"

VALUE_PATTERNS = {
    "une adresse électronique": r"[\w.+-]+\s?(@|\[at\]|\(at\))\s?[\w-]+\.\w{2,}",
    "un numéro de téléphone": r"(^|[^\d])(\+33|0033|0)\s?[1-9]([\s.\-]?\d{2}){4}([^\d]|$)",
    "un numéro de sécurité sociale": (
        r"(^|[^\d])[12]\s?\d{2}\s?(0[1-9]|1[0-2]|[2-9]\d)\s?(\d{2}|2[AB])\s?\d{3}\s?\d{3}(\s?\d{2})?([^\d]|$)"
    ),
    "un IBAN": r"\bFR\d{2}(\s?[0-9A-Z]{4}){5}\s?[0-9A-Z]{3}\b",
}
"""What a value may look like, by the name told to the deliverer (RE2 syntax)."""

_LINES_TOLD = 5


def check_headings(recognised: Recognised, file_name: str) -> None:
    """Refuse a file with a heading that announces an identity or that its mapping does not name.

    Columns declared "à retirer" pass: they are dropped while reading. Raises DeliveryRefused.
    """
    delivery = recognised.delivery
    removed = {normalised(heading) for heading in delivery.removed}
    named = {normalised(heading) for heading in (*delivery.kept_headings, *delivery.ignored)} | removed
    # The contract's own words are safe ones: « nom » there is a structure's.
    safe = removed | {column.name for column in load_contract(delivery.table).columns}
    for heading in filter(None, recognised.headings):
        announced = announces(heading)
        if announced and normalised(heading) not in safe:
            raise DeliveryRefused(
                f"La colonne « {heading} » annonce {announced} : le fichier est refusé en entier, rien n'en est gardé.",
                place=file_name,
                remedy="Retirez cette colonne de l'export, ou déclarez-la « à retirer » dans la correspondance du réseau.",
            )
        if normalised(heading) not in named:
            raise DeliveryRefused(
                f"La colonne « {heading} » n'est pas connue : le fichier est refusé en entier, rien n'en est gardé.",
                place=file_name,
                remedy="Retirez-la de l'export, ou nommez-la dans la correspondance du réseau (lue, ignorée ou à retirer).",
            )


def announces(heading: str) -> str:
    """What identity a heading announces, in words, or ''."""
    bare = normalised(heading).replace("_", " ")
    if re.search(_HEALTH, bare):
        return "une donnée de santé"
    if re.search(_PROFESSIONAL, bare):
        return "l'identité d'un professionnel"
    named = re.search(_NAME, bare) and not re.search(_NOT_A_PERSON, bare)
    if named or re.search(_PERSON, bare) or re.search(_CONTACT, bare):
        return "l'identité d'une personne"
    return ""


def check_values(connection: duckdb.DuckDBPyConnection, recognised: Recognised, file_name: str) -> None:
    """Refuse a file whose cells look like an identity. References are left out: they are hashed, never stored.

    Reads the table `brut` of the door's connection. Raises DeliveryRefused with column, count and lines.
    """
    delivery = recognised.delivery
    references = {source.heading for name, source in delivery.columns.items() if name.endswith("_ref")}
    searched = [
        heading
        for heading in delivery.kept_headings
        if heading not in references and recognised.position(heading) is not None
    ]
    hits = connection.execute(
        f"SELECT {', '.join(_any_identity(heading) for heading in searched)} FROM brut"
    ).fetchone()
    for heading, lines in zip(searched, hits or (), strict=True):
        if lines:
            raise _refusal(connection, heading, lines, file_name)


def _any_identity(heading: str) -> str:
    every = "|".join(f"(?:{pattern})" for pattern in VALUE_PATTERNS.values())
    return f"list(ligne ORDER BY ligne) FILTER (regexp_matches({quoted(heading)}, {text_literal(every)}, 'i'))"


def _refusal(connection: duckdb.DuckDBPyConnection, heading: str, lines: list[int], file_name: str) -> DeliveryRefused:
    what = next(name for name, pattern in VALUE_PATTERNS.items() if _holds(connection, heading, pattern))
    told = ", ".join(str(line) for line in lines[:_LINES_TOLD]) + ("…" if len(lines) > _LINES_TOLD else "")
    return DeliveryRefused(
        f"La colonne « {heading} » contient ce qui ressemble à {what} ({len(lines)} ligne(s) : {told}) : "
        "le fichier est refusé en entier, rien n'en est gardé.",
        place=file_name,
        remedy="Effacez ces contenus dans votre outil, exportez de nouveau, puis redéposez le fichier.",
    )


def _holds(connection: duckdb.DuckDBPyConnection, heading: str, pattern: str) -> bool:
    query = f"SELECT count(*) FROM brut WHERE regexp_matches({quoted(heading)}, $pattern, 'i')"
    row = connection.execute(query, {"pattern": pattern}).fetchone()
    return bool(row and row[0])
