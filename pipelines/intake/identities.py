"""What announces or looks like an identity. A file that holds one, undeclared, is refused whole; no value is ever told."""

from __future__ import annotations

import re

import duckdb

from grids.contract import load_contract
from grids.errors import DeliveryRefused
from pipelines.intake.office_text import normalised
from pipelines.intake.recognition import Recognised
from pipelines.staging import quoted, text_literal

_NAME = r"\b(nom|patronyme|identite)\b"
_PERSON = r"\b(beneficiaires?|usagers?|prenoms?|naissance|nee? le|ne\(e\) le|nir|securite sociale|secu)\b"
_CONTACT = (
    r"\b(adresse|telephone|tel|portable|mobile|courriel|mel|e-?mails?|mail|ip|ipaddr|token|username|uid|siteuri)\b"
)
_PROFESSIONAL = (
    r"\b(conseillere?s?|accueillante?s?|agente?s?|referente?s?|animateurs?|animatrices?|auteure?"
    r"|saisie? par|creee? par|accueillie? par|suivie? par)\b"
)
_HEALTH = r"\b(sante|handicap\w*|rqth|pathologie|maladie|medica\w*|aah|boeth)\b"
_NOT_A_PERSON = r"\b(structure|reseau|commune|organisme|etablissement|formation|dispositif|campagne|antenne)\b"

_GAP = r"[\s\x{00A0}\x{202F}]"
_APART, _ENDED = r"(?:^|[^\dA-Za-z+])", r"(?:[^\dA-Za-z]|$)"
VALUE_PATTERNS = {
    "une adresse électronique": rf"[\w.+-]+{_GAP}?(@|\[at\]|\(at\)){_GAP}*[\w-]+\.\w{{2,}}",
    "un numéro de téléphone": (
        rf"(?:^|[^\dA-Za-z])(\+33|0033|0){_GAP}?(\(0\))?{_GAP}?[1-9]((?:{_GAP}|[.\-/])?\d{{2}}){{4}}{_ENDED}"
    ),
    "un numéro de sécurité sociale": (
        rf"{_APART}[12]{_GAP}?\d{{2}}{_GAP}?(0[1-9]|1[0-2]|[2-9]\d){_GAP}?(\d{{2}}|2[AB])"
        rf"{_GAP}?\d{{3}}{_GAP}?\d{{3}}({_GAP}?\d{{2}})?{_ENDED}"
    ),
    "un IBAN": rf"\bFR\d{{2}}({_GAP}?[0-9A-Z]{{4}}){{5}}{_GAP}?[0-9A-Z]{{3}}\b",
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


def identity_sql(recognised: Recognised) -> str:
    """SQL that is true where a kept cell of the row looks like an identity.

    References are left out: they are hashed, never stored. Cells are searched together, apart by a sign that no pattern
    crosses.
    """
    cells = ", ".join(quoted(heading) for heading in _searched(recognised))
    every = "|".join(f"(?:{pattern})" for pattern in VALUE_PATTERNS.values())
    return f"regexp_matches(concat_ws(' ¦ ', {cells}), {text_literal(every)}, 'i')" if cells else "false"


def identity_refusal(
    connection: duckdb.DuckDBPyConnection, recognised: Recognised, rows: str, file_name: str
) -> DeliveryRefused:
    """The refusal of a file in which `identity_sql` found something: what, in which column, how often, on which lines.

    `rows`: the source's rows, scanned once more for that.
    """
    searched = [(heading, what) for heading in _searched(recognised) for what in VALUE_PATTERNS]
    first = recognised.heading_row
    found = ", ".join(
        f"list(ligne) FILTER (regexp_matches({quoted(heading)}, {text_literal(VALUE_PATTERNS[what])}, 'i'))"
        for heading, what in searched
    )
    numbered = f"SELECT row_number() OVER () + {first} AS ligne, * FROM ({rows})"
    [lists] = connection.execute(f"SELECT {found} FROM ({numbered})").fetchall()
    (heading, what), lines = next((each, sorted(lines)) for each, lines in zip(searched, lists, strict=True) if lines)
    told = ", ".join(str(line) for line in lines[:_LINES_TOLD]) + ("…" if len(lines) > _LINES_TOLD else "")
    return DeliveryRefused(
        f"La colonne « {heading} » contient ce qui ressemble à {what} ({len(lines)} ligne(s) : {told}) : "
        "le fichier est refusé en entier, rien n'en est gardé.",
        place=file_name,
        remedy="Effacez ces contenus dans votre outil, exportez de nouveau, puis redéposez le fichier.",
    )


def _searched(recognised: Recognised) -> list[str]:
    delivery = recognised.delivery
    references = {source.heading for name, source in delivery.columns.items() if name.endswith("_ref")}
    return [
        heading
        for heading in delivery.kept_headings
        if heading not in references and recognised.position(heading) is not None
    ]
