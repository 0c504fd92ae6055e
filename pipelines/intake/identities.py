"""What announces or looks like an identity. A file that holds one, undeclared, is refused whole; no value is ever told."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

import duckdb

from grids.contract import load_contract
from grids.errors import DeliveryRefused
from pipelines.intake.office_text import normalised
from pipelines.intake.recognition import Recognised, told
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
_OBSTACLE = r"\b(freins?|obstacles?)\b"
_OBSTACLE_TALKED_ABOUT = r"\b(abordee?s?|appuis?|leviers?)\b"
_NOT_A_PERSON = r"\b(structure|reseau|commune|organisme|etablissement|formation|dispositif|campagne|antenne)\b"

# Ranges of letters, not \p{L}, and no long counts: what the engine compiles them to must stay small, or it is a hundred
# times slower.
_GAP = r"[\s\x{00A0}\x{202F}]"
_APART, _ENDED = r"(?:^|[^\dA-Za-z+])", r"(?:[^\dA-Za-z]|$)"
_CAPITAL = r"(?-i:[A-ZÀ-Þ][a-zß-ÿ])"  # searched without regard to case, but for this

_MONTH = r"(?:janv|f[ée]vr?|mars|avr|mai|juin|juil|ao[ûu]t|sept|oct|nov|d[ée]c)[a-zà-ÿ.]*"
_SHORT_DATE = r"\d{1,2}[/.\-]\d{1,2}[/.\-](?:\d{4}|\d{2})"
_DATE = rf"(?:{_SHORT_DATE}|\d{{1,2}}(?:er)?{_GAP}+{_MONTH}{_GAP}+(?:\d{{4}}|\d{{2}})|\d{{1,2}}{_GAP}\d{{1,2}}{_GAP}\d{{4}})"
# Nobody who is received was born after 2015: what « est né en 2019 » is a service.
_YEAR = rf"(?:{_MONTH}{_GAP}+)?(?:19\d\d|200\d|201[0-5])(?:[^\d]|$)"
_BORN = r"(?:^|[^\da-zà-ÿ])n(?:é|É|e\x{0301}?)(?:e|s|es|[(·.\-]e[)·.\-]?s?)?"
_SOMEWHERE = rf"(?:{_GAP}+(?:à|a|au|aux|en|dans)[^\d.;!?¦]+)?"

_STREET = r"(?:rue|avenue|av|boulevard|bd|bvd|boul|all[ée]e|impasse|imp|venelle|ruelle|quai|faubourg|fg|rte|sentier)"
_WAY = r"(?:place|pl|square|sq|cit[ée]|villa|chemin|ch|route|r[ée]s|r[ée]sidence|hameau|lotissement)"
_WALK = r"(?:cours|passage)"
_OF = rf"(?:(?:de la|de l['’]|du|des){_GAP}*)?"
_OF_ANY = rf"(?:(?:de la|de l['’]|du|des|de|d['’]|la|le|les|l['’]){_GAP}*)"
# Neither the minutes of an hour, nor the end of a date, of a price, of a year.
_BEFORE = rf"(?:^{_GAP}*|[^\dh:/.,\-\s\x{{00A0}}\x{{202F}}]{_GAP}*|[:.,\-]{_GAP}+)"
_NUMBER = rf"{_BEFORE}(?:\d{{1,3}}|1[0-8]\d\d|2[1-9]\d\d|[3-9]\d{{3}}){_GAP}?(?:bis|ter|quater|[a-d])?{_GAP}*,?{_GAP}*"
_NAMED_STREET = (
    rf"(?:{_STREET}\.?{_GAP}+(?:{_OF_ANY}[\da-zà-ÿ]|(?-i:[A-ZÀ-Þ])|[a-zà-ÿ]{{5}})"
    rf"|{_WAY}\.?{_GAP}+(?:{_OF_ANY}|){_CAPITAL}|{_WALK}{_GAP}+{_OF}{_CAPITAL})"
)
_POSTCODE = rf"\d{{5}}{_GAP}+[a-zà-ÿ]{{3}}"

VALUE_PATTERNS = {
    "une adresse électronique": (
        rf"[\w.+-]+(?:{_GAP}?(?:@|\[at\]|\(at\)|\[arobase\]|\(arobase\)){_GAP}*|{_GAP}+(?:at|arobase){_GAP}+)[\w-]+\.\w{{2,}}"
    ),
    "un numéro de téléphone": (
        rf"(?:^|[^\dA-Za-z])(\+33|0033|0){_GAP}?(\(0\))?{_GAP}?[1-9]((?:{_GAP}|[.\-/‑–])?\d{{2}}){{4}}{_ENDED}"
    ),
    "un numéro de sécurité sociale": (
        rf"{_APART}[12]{_GAP}?\d{{2}}{_GAP}?(0[1-9]|1[0-2]|[2-9]\d){_GAP}?(\d{{2}}|2[AB])"
        rf"{_GAP}?\d{{3}}{_GAP}?\d{{3}}({_GAP}?\d{{2}})?{_ENDED}"
    ),
    "un IBAN": rf"\bFR\d{{2}}({_GAP}?[0-9A-Z]{{4}}){{5}}{_GAP}?[0-9A-Z]{{3}}\b",
    "une date de naissance": (
        rf"{_BORN}{_SOMEWHERE}(?:{_GAP}+(?:le|un)?|{_GAP}*[:=]){_GAP}*{_DATE}"
        rf"|{_BORN}{_SOMEWHERE}{_GAP}+en{_GAP}+{_YEAR}|{_BORN}{_GAP}*[:=]{_GAP}*{_YEAR}"
        rf"|\bnaissance[^\da-zà-ÿ,;.¦]{{1,5}}(?:(?:le|en|est|c['’]est){_GAP}+){{0,2}}(?:{_DATE}|{_YEAR})"
        rf"|\b(?:ddn|d\.d\.n\.?){_GAP}*[:=]?{_GAP}*(?:{_DATE}|{_YEAR})"
    ),
}
"""What a value may look like, by the name told to the deliverer (RE2 syntax)."""

ADDRESS_PATTERNS = {
    "une adresse postale": (
        rf"{_NUMBER}{_NAMED_STREET}"
        rf"|\b(?:{_STREET}|{_WAY}){_GAP}[^;!?¦\d]+{_POSTCODE}"
        rf"|\b(?:BP|B\.P\.){_GAP}?\d{{1,6}}[^\da-zà-ÿ¦]{{1,4}}{_POSTCODE}"
    ),
}
"""The same, for what is no identity in a column that names places: a structure's address is a place's."""

_PLACES = ("structure_id", "unite_id", "nom")

_HEALTH_DATA = "une donnée de santé"
_LINES_TOLD = 5

_HIDDEN = r"[\p{Cf}\x00-\x09\x0B-\x1F\x7F-\x{9F}]"


def check_headings(recognised: Recognised, file_name: str) -> None:
    """Refuse a file with a heading that announces an identity or that its mapping does not name.

    Columns declared "à retirer" pass: they are dropped while reading. Raises DeliveryRefused.
    """
    delivery = recognised.delivery
    removed = _standing(recognised, delivery.removed)
    named = _standing(recognised, (*delivery.kept_headings, *delivery.ignored)) | removed
    asked = _standing(recognised, (source.heading for source in delivery.questions.values()))
    contract = {column.name for column in load_contract(delivery.table).columns}
    for place, heading in enumerate(recognised.headings):
        announced = announces(heading) if heading else ""
        # The contract's own words are safe (« nom » there is a structure's), and so is a question read through its scale.
        safe = place in removed or normalised(heading) in contract or (place in asked and announced != _HEALTH_DATA)
        if announced and not safe:
            raise DeliveryRefused(
                f"La colonne {told(heading, place + 1)} annonce {announced} : "
                "le fichier est refusé en entier, rien n'en est gardé.",
                place=file_name,
                remedy="Retirez cette colonne de l'export, ou déclarez-la « à retirer » dans la correspondance du réseau.",
            )
        if heading and place not in named:
            raise DeliveryRefused(
                f"La colonne {told(heading, place + 1)} n'est pas connue : "
                "le fichier est refusé en entier, rien n'en est gardé.",
                place=file_name,
                remedy="Retirez-la de l'export, ou nommez-la dans la correspondance du réseau (lue, ignorée ou à retirer).",
            )


def _standing(recognised: Recognised, headings: Iterable[str]) -> set[int | None]:
    return {recognised.position(heading) for heading in headings}


def announces(heading: str) -> str:
    """What identity a heading announces, in words, or ''."""
    bare = normalised(heading).replace("_", " ")
    if re.search(_HEALTH, bare):
        return _HEALTH_DATA
    if re.search(_OBSTACLE, bare) and not re.search(_OBSTACLE_TALKED_ABOUT, bare):
        return "un frein par catégorie, qui peut dire la santé"
    if re.search(_PROFESSIONAL, bare):
        return "l'identité d'un professionnel"
    named = re.search(_NAME, bare) and not re.search(_NOT_A_PERSON, bare)
    if named or re.search(_PERSON, bare) or re.search(_CONTACT, bare):
        return "l'identité d'une personne"
    return ""


def identity_sql(recognised: Recognised, named: Callable[[str], str] = quoted) -> str:
    """SQL that is true where a kept cell of the row looks like an identity; `named` says how a heading's cell is called.

    References are left out: they are hashed, never stored. Cells are searched together, apart by a sign that no pattern
    crosses.
    """
    places = _places(recognised)
    searched = _searched(recognised, named)
    elsewhere = [cell for heading, cell in searched.items() if heading not in places]
    every, addresses = _any_sql(list(searched.values()), VALUE_PATTERNS), _any_sql(elsewhere, ADDRESS_PATTERNS)
    return f"({every} OR {addresses})"


def identity_refusal(
    connection: duckdb.DuckDBPyConnection, recognised: Recognised, rows: str, file_name: str
) -> DeliveryRefused:
    """The refusal of a file in which `identity_sql` found something: what, in which column, how often, on which lines.

    `rows`: the source's rows, scanned once more for that.
    """
    places, searched = _places(recognised), _searched(recognised)
    patterns = [
        (heading, cell, what, pattern)
        for heading, cell in searched.items()
        for what, pattern in (VALUE_PATTERNS if heading in places else VALUE_PATTERNS | ADDRESS_PATTERNS).items()
    ]
    found = ", ".join(
        f"list(ligne) FILTER (regexp_matches({cell}, {text_literal(pattern)}, 'i'))" for _, cell, _, pattern in patterns
    )
    numbered = f"SELECT row_number() OVER () + {recognised.heading_row} AS ligne, * FROM ({rows})"
    [lists] = connection.execute(f"SELECT {found} FROM ({numbered})").fetchall()
    (heading, _, what, _), lines = next((each, lines) for each, lines in zip(patterns, lists, strict=True) if lines)
    return cells_refused(heading, what, lines, file_name)


def plain_sql(cell: str) -> str:
    """SQL for a free text as a reader sees it: letters composed, no invisible sign but line feeds and spaces."""
    spaced = f"regexp_replace(regexp_replace({cell}, '\\r\\n?', chr(10), 'g'), '\\t', ' ', 'g')"
    return f"regexp_replace(nfc_normalize({spaced}), {text_literal(_HIDDEN)}, '', 'g')"


def cells_refused(heading: str, what: str, lines: Sequence[int], file_name: str) -> DeliveryRefused:
    """The refusal of a file whose cells under `heading` seem to hold `what` on `lines`: never the cells themselves."""
    told = ", ".join(str(line) for line in sorted(lines)[:_LINES_TOLD]) + ("…" if len(lines) > _LINES_TOLD else "")
    return DeliveryRefused(
        f"La colonne « {heading} » contient ce qui ressemble à {what} ({len(lines)} ligne(s) : {told}) : "
        "le fichier est refusé en entier, rien n'en est gardé.",
        place=file_name,
        remedy="Effacez ces contenus dans votre outil, exportez de nouveau, puis redéposez le fichier.",
    )


def _any_sql(cells: list[str], patterns: dict[str, str]) -> str:
    every = "|".join(f"(?:{pattern})" for pattern in patterns.values())
    return f"regexp_matches(concat_ws(' ¦ ', {', '.join(cells)}), {text_literal(every)}, 'i')" if cells else "false"


def searched_headings(recognised: Recognised) -> tuple[str, ...]:
    """The headings whose cells are searched: those that are read, but for references."""
    delivery = recognised.delivery
    references = {source.heading for name, source in delivery.columns.items() if name.endswith("_ref")}
    return tuple(
        heading
        for heading in delivery.kept_headings
        if heading not in references and recognised.position(heading) is not None
    )


def _searched(recognised: Recognised, named: Callable[[str], str] = quoted) -> dict[str, str]:
    """The headings searched, and the SQL of the text that is: a comment's without its hidden signs."""
    comments = {source.heading for source in recognised.delivery.comments.values()}
    return {
        heading: plain_sql(named(heading)) if heading in comments else named(heading)
        for heading in searched_headings(recognised)
    }


def _places(recognised: Recognised) -> set[str]:
    return {source.heading for name, source in recognised.delivery.columns.items() if name in _PLACES}
