"""The headings of questionnaire tools (LimeSurvey, Webform), whatever their language: the names a mapping may use.

A heading keeps one name whatever the answers are: it never depends on the rows below it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Mapping
from functools import cache

from pipelines.intake.office_text import normalised

Rows = tuple[tuple[str, ...], ...]

_LIMESURVEY: Mapping[str, tuple[str, ...]] = {
    "id": ("response id", "answer id", "id de la reponse", "identifiant de la reponse"),
    "submitdate": ("date submitted", "date de soumission"),
    "lastpage": ("last page", "derniere page"),
    "startlanguage": ("start language", "langue de depart"),
    "seed": ("seed", "tete de serie", "graine"),
    "token": ("token", "access code", "participant access code", "jeton", "code d'acces", "invitation"),
    "startdate": ("date started", "start date", "date de lancement", "date de debut"),
    "datestamp": ("date last action", "date de la derniere action"),
    "ipaddr": ("ip address", "adresse ip"),
    "refurl": ("referrer url", "referring url", "url referente"),
    "firstname": ("first name", "prenom"),
    "lastname": ("last name", "nom de famille"),
    "email": ("email address", "adresse de courriel", "adresse electronique"),
    "interviewtime": ("total time", "temps total"),
}
_WEBFORM_7: Mapping[str, tuple[str, ...]] = {
    "Serial": ("serial", "numero", "numero de serie", "n° de serie"),
    "SID": ("sid",),
    "Submitted Time": ("submitted time", "time", "heure de soumission", "date de soumission"),
    "Completed Time": ("completed time", "heure d'achevement", "date d'achevement", "heure de fin"),
    "Modified Time": ("modified time", "heure de modification", "date de modification"),
    "Draft": ("draft", "brouillon"),
    "IP Address": ("ip address", "adresse ip"),
    "UID": ("uid",),
    "Username": ("username", "nom d'utilisateur"),
}
_WEBFORM_8: Mapping[str, tuple[str, ...]] = {
    "Serial number": ("serial number", "serial", "numero de serie"),
    "Submission ID": (
        "submission id",
        "sid",
        "identifiant de la soumission",
        "id de la soumission",
        "id de soumission",
    ),
    "Submission UUID": ("submission uuid", "uuid", "uuid de la soumission"),
    "Submission URI": ("submission uri", "uri", "uri de la soumission", "uri de soumission"),
    "Token": ("token", "jeton"),
    "Created": ("created", "cree", "cree le", "date de creation"),
    "Completed": ("completed", "termine", "termine le", "acheve", "complete", "date d'achevement"),
    "Changed": ("changed", "modifie", "modifie le", "change", "date de modification"),
    "In draft": ("in draft", "in_draft", "is draft", "en brouillon", "est un brouillon"),
    "Current page": ("current page", "current_page", "page actuelle", "page courante"),
    "Remote IP address": ("remote ip address", "remote_addr", "ip address", "adresse ip", "adresse ip distante"),
    "Submitted by: ID": ("submitted by: id", "submitted by", "user", "uid", "soumis par : id", "soumis par"),
    "Submitted by: Title": ("submitted by: title", "soumis par : titre"),
    "Submitted by: URI": ("submitted by: uri", "submitted by: url", "soumis par : uri"),
    "Language": ("language", "langcode", "langue"),
    "Webform": ("webform", "form", "webform_id", "formulaire web"),
    "Submitted to: Entity type": ("submitted to: entity type", "entity_type"),
    "Submitted to: Entity ID": ("submitted to: entity id", "submitted to", "entity_id", "soumis a"),
    "Locked": ("locked", "verrouille"),
    "Sticky": ("sticky", "flagged", "epingle", "marque"),
}
_IDENTITIES = frozenset(
    {"token", "ipaddr", "refurl", "firstname", "lastname", "email", "IP Address", "UID", "Username", "Token"}
    | {"Remote IP address", "Submitted by: ID", "Submitted by: Title", "Submitted by: URI", "Submission URI"}
)
_UNFINISHED = ("submitdate", "Completed Time", "Completed")
_KNOWN_AMONG = 10
"""LimeSurvey's own columns stand among the first ten."""
_WEBFORM_8_AMONG = 25

_WITH_CODE = re.compile(r"(?P<code>[A-Za-z]\w*(?:\[[^\]]*\])*)\. (?P<text>.+)", re.S)
_CUT_SHORT = re.compile(r"(?P<stem>.{8,}?) ?(?:…|\.\.\.?)")
_UNDERSCORED = re.compile(r"(?P<question>[A-Za-z][A-Za-z0-9]*)_(?P<sub>[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*)")
_NOT_A_QUESTION = re.compile(r"attribute_\d+", re.I)
_GROUP_TIME = re.compile(r"groupTime\d+|(?:Group time|Temps pour le groupe|Temps du groupe)\s?:.*", re.I | re.S)
_QUESTION_TIME = re.compile(r"(?:Question time|Temps pour la question|Temps de la question)\s?:.*", re.I | re.S)


def plain_headings(rows: Rows) -> tuple[tuple[str, ...], int] | None:
    """The names of the columns and the row (from 1) of their headings, or None if the rows are no questionnaire's.

    `rows`: the first rows of the file, as cells. Names: the tool's own columns under their English code names
    (LimeSurvey: id, submitdate, token…; Webform: Serial, Completed Time…); `Q2[SQ001]` for Q2_SQ001 too; question
    texts without no-break spaces and HTML; « groupe [libellé] » where Drupal 7 writes a group line. A name that stands
    twice is followed by (2), (3)… from its second place on.
    """
    for position, row in enumerate(rows):
        named = _limesurvey(row) or _webform_7(rows, position) or _webform_8(row)
        if named:
            return _distinct(named), position + 1
    return None


def other_names(headings: Iterable[str]) -> dict[str, str]:
    """Shorter names by which a mapping may call columns: « Accueil » for « Votre avis [Accueil] », where one only fits.

    Returns the short name → the heading. Of use for Webform alone: elsewhere a sub-question says nothing by itself.
    """
    listed = tuple(headings)
    if "SID" not in listed:
        return {}
    short = {heading: heading.rpartition(" [")[2].removesuffix("]") for heading in listed if heading.endswith("]")}
    taken = [*short.values(), *(heading for heading in listed if heading not in short)]
    return {name: heading for heading, name in short.items() if taken.count(name) == 1}


def is_unfinished_column(headings: Iterable[str]) -> str | None:
    """Of the names given by `plain_headings`, the one whose empty cell means that the person did not finish."""
    listed = tuple(headings)
    return next((name for name in _UNFINISHED if name in listed), None)


def identities(headings: Iterable[str]) -> tuple[str, ...]:
    """The names that the tool gives to identities: they are dropped while reading, or refused."""
    return tuple(heading for heading in headings if heading in _IDENTITIES)


def technical(headings: Iterable[str]) -> tuple[str, ...]:
    """The tool's own columns, neither answer nor identity; a mapping may read some (id, submitdate), and leave the rest."""
    listed = tuple(headings)
    # A question of one tool may bear the name of another tool's own column (« Language », « Seed »).
    tool = _WEBFORM_7 if "SID" in listed else _WEBFORM_8 if "Submission ID" in listed else _LIMESURVEY
    known = tool.keys() - _IDENTITIES
    return tuple(heading for heading in listed if heading in known or _is_timing(heading, listed))


def plain_code(heading: str) -> str:
    """A LimeSurvey code heading as `plain_headings` names it: Q2_SQ001 is Q2[SQ001]."""
    found = _UNDERSCORED.fullmatch(heading.strip())
    if not found or _NOT_A_QUESTION.fullmatch(heading.strip()):
        return heading.strip()
    return f"{found['question']}[{found['sub']}]"


def _limesurvey(row: tuple[str, ...]) -> tuple[str, ...] | None:
    bare = tuple(_clean(cell) for cell in row)
    with_codes = bool(bare) and _own_name(bare[0], _LIMESURVEY) is None and _WITH_CODE.fullmatch(bare[0]) is not None
    texts = tuple(_after_code(cell) for cell in bare) if with_codes else bare
    own = [_own_name(cell, _LIMESURVEY) for cell in texts[:_KNOWN_AMONG]]
    if own[:1] != ["id"] or not ("lastpage" in own or _unmistakable(texts)):
        return None
    own_by_place = _first_of_each(own)
    in_codes = normalised(texts[0]) == "id"
    return tuple(
        own_by_place.get(place) or (_coded(bare[place]) if with_codes else plain_code(text) if in_codes else text)
        for place, text in enumerate(texts)
    )


def _unmistakable(texts: tuple[str, ...]) -> bool:
    """An export that leaves the last page out: its first heading is in full, and sub-questions stand in brackets."""
    return normalised(texts[0]) != "id" and sum(text.endswith("]") for text in texts) >= 2


def _after_code(cell: str) -> str:
    found = _WITH_CODE.fullmatch(cell)
    return found["text"] if found else cell


def _coded(cell: str) -> str:
    found = _WITH_CODE.fullmatch(cell)
    return plain_code(found["code"]) if found else cell


def _webform_7(rows: Rows, position: int) -> tuple[str, ...] | None:
    row = tuple(_clean(cell) for cell in rows[position])
    own = _first_of_each([_own_name(cell, _WEBFORM_7) for cell in row[:_KNOWN_AMONG]])
    if not {"SID", "UID"} <= set(own.values()) or not {"Serial", "Submitted Time"} & set(own.values()):
        return None
    if {"langcode", "remote_addr"} & set(row):  # the machine names of a later Webform
        return None
    groups = _groups(rows[position - 1] if position else (), len(row))
    return tuple(own.get(place) or _grouped(groups[place], cell) for place, cell in enumerate(row))


def _groups(line: tuple[str, ...], width: int) -> tuple[str, ...]:
    """The group above each column: it is written above its first, and holds until the next."""
    groups: list[str] = []
    for cell in (*line, *("" for _ in range(width)))[:width]:
        groups.append(_clean(cell) or (groups[-1] if groups else ""))
    # The first group is that of the tool's own columns, and says nothing of a question.
    return tuple("" if group == groups[0] else group for group in groups)


def _grouped(group: str, label: str) -> str:
    return f"{group} [{label}]" if group and label else label


def _webform_8(row: tuple[str, ...]) -> tuple[str, ...] | None:
    bare = tuple(_clean(cell) for cell in row)
    own = _first_of_each([_own_name(cell, _WEBFORM_8) for cell in bare[:_WEBFORM_8_AMONG]])
    if not {"Serial number", "Submission ID"} <= set(own.values()) or not {"Created", "Completed"} & set(own.values()):
        return None
    return tuple(own.get(place) or cell for place, cell in enumerate(bare))


def _own_name(cell: str, names: Mapping[str, tuple[str, ...]]) -> str | None:
    """The tool's own column of that heading, cut short included: LimeSurvey abbreviates to fifteen signs on demand."""
    wanted = normalised(cell)
    cut = _CUT_SHORT.fullmatch(wanted)
    stem = cut["stem"] if cut else None
    return next((name for name, words in names.items() if _is_one_of(wanted, stem, (_bare(name), *words))), None)


def _is_one_of(wanted: str, stem: str | None, words: tuple[str, ...]) -> bool:
    return wanted in words or (stem is not None and any(word.startswith(stem) for word in words))


@cache
def _bare(name: str) -> str:
    # The names never change, and are compared with every cell of the first rows.
    return normalised(name)


def _first_of_each(own: list[str | None]) -> dict[int, str]:
    return {place: name for place, name in enumerate(own) if name and own.index(name) == place}


def _clean(cell: str) -> str:
    """A heading without HTML references, no-break spaces and doubled spaces, those within brackets included."""
    text = re.sub(r"\s+", " ", html.unescape(cell).replace("\ufeff", "")).strip()
    return re.sub(r"\[ ?([^\[\]]*?) ?\]", r"[\1]", text)


def _is_timing(heading: str, headings: tuple[str, ...]) -> bool:
    """How long a page or a question took; only timings bear the name of another column followed by Time."""
    if _GROUP_TIME.fullmatch(heading) or _QUESTION_TIME.fullmatch(heading):
        return True
    if "interviewtime" not in headings or not heading.endswith("Time"):
        return False
    question = heading.removesuffix("Time")
    return any(each == question or each.startswith(f"{question}[") for each in headings)


def _distinct(names: tuple[str, ...]) -> tuple[str, ...]:
    """Two questions may have one text: the second is told by its rank, so that a mapping can name it."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        key = normalised(name)
        seen[key] = seen.get(key, 0) + 1
        told.append(f"{name} ({seen[key]})" if name and seen[key] > 1 else name)
    return tuple(told)
