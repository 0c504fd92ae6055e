"""What the fuzz starts from: a sound file of every kind that the door reads, with identities planted where they are dropped.

Each planted identity is fictitious and told apart from all else by its words. It stands under a heading that the mapping
declares « à retirer », or in a reference, so that the sound file passes and none of it may ever be found on a disk.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Any

from grids.common_sheet import common_sheet_delivery
from grids.network import Mapping
from tests.fuzz.writers import Draft, Style, grist, ods, parquet, text, xlsx

PROFESSIONAL, PERSON, REFERENCE = "Mme Fictif-Pro (", "M. Fictif-Benef (", "Mme Fictif-Ref ("
PLANTED = {
    "adresse électronique": "fictif-9@exemple.invalid",
    "téléphone": "01 99 00 12 34",
    "sécurité sociale": "2 99 99 99 999 999",
    "IBAN": "FR76 9999 9999 9999 9999 9999 999",
    "date de naissance": "née le 31/12/1999",
}
"""Identities that a mutation writes into cells that are read."""
MARKERS = (PROFESSIONAL, PERSON, REFERENCE, *PLANTED.values())
"""Words that no file of ours, and no sentence, may ever hold."""

_SLOW = "contrat structures"

Rows = list[list[Any]]
Write = Callable[[Draft], bytes]


@dataclass(frozen=True)
class Seed:
    """A sound file: how it is laid out, who delivers it, and how it is written.

    `blank_end`: the door counts a blank last line as a row (exports of questionnaires are read whole).
    """

    name: str
    mapping: Mapping
    write: Write
    headings: list[str]
    rows: Rows
    above: Rows = field(default_factory=list)
    style: Style = field(default_factory=Style)
    blank_end: bool = False

    def draft(self) -> Draft:
        """A copy of the file that mutations may change."""
        above, rows = ([list(row) for row in each] for each in (self.above, self.rows))
        return Draft(above, list(self.headings), rows, self.style)


_RECORDS: dict[str, Any] = {
    "id": "fiches",
    "contrat": "accueils",
    "lecteur": "csv",
    "reconnue_a": ["Numéro", "Reçu le"],
    "colonnes": {
        "accueil_ref": {"colonne": "Numéro"},
        "structure_id": {"colonne": "Lieu"},
        "mois": {"colonne": "Reçu le", "date": "JJ/MM/AAAA"},
        "canal": {"colonne": "Canal – accueil", "valeurs": {"À l’accueil": "presentiel", "Œil à œil": "visioconference"}},
        "demande_reformulee": {"colonne": "Reformulée", "valeurs": {"Vrai": "oui", "Faux": "non"}, "bloc": "5"},
        "orientation": {"colonne": "Vers", "separateur": ",", "valeurs": {"Personne": "aucune", "Le CIO": "cio"}},
        "attente_jours_ouvres": {"colonne": "Attente"},
    },
    "a_retirer": ["Conseiller", "Nom du bénéficiaire"],
    "ignorer": ["Libre"],
}  # fmt: skip
_WITH_DELAYS = _RECORDS | {
    "colonnes": _RECORDS["colonnes"]
    | {"attente_jours_ouvres": {"jours_ouvres": {"de": "Reçu le", "a": "Attente"}, "date": "JJ/MM/AAAA"}},
}
_CONSTANTS = {"grille": "api-bretagne", "version": "2023.1", "vague": "a_chaud", "repondant": "personne"}
_TICKED = {"Y": "oui", "N": "non", "Oui": "oui", "Non": "non", "X": "oui"}


def _survey(reader: str, ref: str, moment: dict[str, str], asked: dict[str, str], said: str) -> dict[str, Any]:
    """The mapping of a questionnaire: one scale, two boxes of a block, one free comment."""
    boxes = {name: {"colonne": asked[name], "valeurs": _TICKED, "bloc": "U10"} for name in ("U10_QUI", "U10_QUOI")}
    scale = {"colonne": asked["U03"], "valeurs": {"A1": "1", "A4": "4", "Oui, tout à fait": "4"}}
    return {
        "id": "avis",
        "contrat": "reponses",
        "lecteur": reader,
        "reconnue_a": [asked["U03"], asked["U10_QUI"]],
        "constantes": _CONSTANTS,
        "colonnes": {"reponse_ref": {"colonne": ref}, "structure_id": {"colonne": "STRUCT"}, "mois": moment},
        "questions": {"U03": scale, **boxes},
        "commentaires": {"U13": {"colonne": said}},
    }


def _mapping(*deliveries: dict[str, Any]) -> Mapping:
    return Mapping.model_validate({"reseau": "cio", "nom": "Réseau d'essai", "livraisons": list(deliveries)})


_HEADINGS = ["Numéro", "Lieu", "Conseiller", "Reçu le", "Canal – accueil", "Reformulée", "Vers", "Attente",
             "Nom du bénéficiaire", "Libre"]  # fmt: skip
_BLANK, _TOTAL = [""] * len(_HEADINGS), ["TOTAL", *[""] * 8, "8"]


def _records(dates: bool = False) -> Rows:
    """Eight records, a blank row and a total, as offices write them."""
    rows: Rows = [
        [f"{REFERENCE}{n:03})", f"A-{n % 3}", f"{PROFESSIONAL}{n:03})", f"0{n}/02/2025", ("À l’accueil", "Œil à œil")[n % 2],
         ("Vrai", "Faux", "")[n % 3], ("Personne", "Le CIO", "Le CIO, Personne")[n % 3], str(n), f"{PERSON}{n:03})",
         f"note « {n} »; dite\nen deux lignes"]
        for n in range(1, 9)
    ]  # fmt: skip
    if dates:
        rows = [[date(2025, 2, n) if at == 3 else cell for at, cell in enumerate(row)] for n, row in enumerate(rows, 1)]
    return [*rows[:4], _BLANK, *rows[4:], _TOTAL]


def _answers(own: list[str], cells: list[str]) -> Rows:
    """Six questionnaires, the last one unfinished; the tool's own cells first."""
    rows = []
    for n in range(1, 7):
        sent = f"2025-02-0{n} 10:00:00" if n < 6 else ""
        given = {"ref": f"{REFERENCE}{n:03})", "sent": sent, "who": f"{PROFESSIONAL}{n:03})", "page": "2"}
        rows.append([*(given[each] for each in own), *cells[:-1], f"Bien reçu, merci\nà bientôt « {n} »"])
    return rows


_BY_CODE = ["STRUCT", "U03", "U10[SQ001]", "U10[SQ002]", "U13"]
_BY_TEXT = ["STRUCT", "On m’a bien compris\u00a0: et vous &amp; nous", "Je sais [Qui contacter]", "Je sais [ Pour quoi ]",
            "Un mot libre"]  # fmt: skip
_ASKED_CODE = {"U03": "U03", "U10_QUI": "U10[SQ001]", "U10_QUOI": "U10[SQ002]"}
_ASKED_TEXT = {
    "U03": "On m'a bien compris : et vous & nous",
    "U10_QUI": "Je sais [Qui contacter]",
    "U10_QUOI": "Je sais [Pour quoi]",
}
_OWN = {
    "codes": ["id", "submitdate", "lastpage", "token", "ipaddr", "refurl"],
    "français": [
        "ID de la réponse",
        "Date de soumission",
        "Dernière page",
        "Code d’accès",
        "Adresse IP",
        "URL référente",
    ],
    "anglais": ["Response ID", "Date submitted", "Last page", "Access code", "IP address", "Referrer URL"],
    "webform 7": ["Serial", "SID", "Submitted Time", "Completed Time", "IP Address", "UID", "Username"],
    "webform 8": ["Serial number", "Submission ID", "Submission URI", "Created", "Completed", "Remote IP address"],
}
_SAID = {"webform 7": ["page", "ref", "sent", "sent", "who", "who", "who"],
         "webform 8": ["page", "ref", "who", "sent", "sent", "who"]}  # fmt: skip
_LIMESURVEY_CELLS = ["ref", "sent", "page", "who", "who", "who"]
_SENT = {"colonne": "submitdate", "date": "AAAA-MM-JJ hh:mm:ss"}
_SURVEY_STYLE = Style(encoding="utf-8-sig", quote_all=True, blank_end=True)


def _questionnaire(name: str, mode: str, mapping: Mapping, asked: list[str], given: list[str]) -> Seed:
    own = _OWN[mode]
    above: Rows = []
    if mode == "webform 7":
        above = [["Enquête FICTIVE"], ["Submission Details", *[""] * (len(own) - 1), "", "Avis"]]
    cells = _SAID.get(mode, _LIMESURVEY_CELLS)
    rows = _answers(cells, [*given, ""])
    return Seed(name, mapping, text, [*own, *asked], rows, above, _SURVEY_STYLE, blank_end=True)


def _questionnaires() -> list[Seed]:
    by_code = _mapping(_survey("limesurvey", "id", _SENT, _ASKED_CODE, "U13"))
    by_text = _mapping(_survey("limesurvey", "id", _SENT, _ASKED_TEXT, "Un mot libre"))
    sid = _mapping(_survey("webform", "SID", _SENT | {"colonne": "Submitted Time"}, _ASKED_CODE, "U13"))
    submission = _mapping(
        _survey("webform", "Submission ID", _SENT | {"colonne": "Created"}, _ASKED_TEXT, "Un mot libre")
    )
    codes, words, ticked = (
        ["A-1", "A4", "Y", "N"],
        ["A-1", "Oui, tout\u00a0à fait", "Oui", "Non"],
        ["A-1", "A4", "X", ""],
    )
    return [
        _questionnaire("LimeSurvey par codes", "codes", by_code, _BY_CODE, codes),
        _questionnaire("LimeSurvey en français", "français", by_text, _BY_TEXT, words),
        _questionnaire("LimeSurvey en anglais", "anglais", by_text, _BY_TEXT, words),
        _questionnaire("Webform 7", "webform 7", sid, _BY_CODE, ticked),
        _questionnaire("Webform 8", "webform 8", submission, _BY_TEXT, words),
    ]


def _texts() -> list[Seed]:
    tool, delays = _mapping(_RECORDS), _mapping(_WITH_DELAYS)
    titles: Rows = [["Export FICTIF"], ["Édité le", "01/03/2025"], [""]]
    offered = [[f"1{cell}/02/2025" if at == 7 and cell else cell for at, cell in enumerate(row)] for row in _records()]
    return [
        Seed("CSV Windows", tool, text, _HEADINGS, _records(), titles, Style(encoding="cp1252")),
        Seed("CSV UTF-8", tool, text, _HEADINGS, _records(), [], Style(encoding="utf-8", separator=",", line_end="\n")),
        Seed("CSV UTF-16", tool, text, _HEADINGS, _records(), titles, Style(encoding="utf-16", separator="\t")),
        Seed("CSV délais", delays, text, _HEADINGS, offered, [], Style(encoding="utf-8-sig")),
    ]


def _packages() -> list[Seed]:
    tool = _mapping(_RECORDS)
    titles: Rows = [["Export FICTIF"], [""]]
    return [
        Seed("classeur xlsx", tool, xlsx, _HEADINGS, _records(dates=True), titles),
        Seed("classeur ods", tool, ods, _HEADINGS, _records(), titles),
        Seed("Parquet", tool, parquet, _HEADINGS, _records()),
        Seed("Grist", tool, grist, _HEADINGS, _records()),
    ]


def _contract() -> list[Seed]:
    none = _mapping()
    records = [[f"{REFERENCE}{n:03})", "A-1", "2025-02-03", "tchat", "differe", str(n), "cio|apec"] for n in range(8)]
    headings = ["accueil_ref", "structure_id", "mois", "canal", "modalite", "attente_jours_ouvres", "orientation"]
    places = [
        [f"A-{n}", f"Lieu FICTIF {n}", "35238", "outil", "oui", "presentiel|tchat", "2020-01-01"] for n in range(6)
    ]
    about = [
        "structure_id",
        "nom",
        "commune_insee",
        "mode_collecte",
        "partage_nominatif",
        "canaux_proposes",
        "actif_du",
    ]
    said = [[f"{REFERENCE}{n:03})", "api-bretagne", "2023.1", "a_chaud", "personne", "A-1", "2025-02-03", "U03", "4"]
            for n in range(8)]  # fmt: skip
    answered = ["reponse_ref", "grille", "version", "vague", "repondant", "structure_id", "mois", "question", "valeur"]
    return [
        Seed("contrat accueils", none, text, headings, records),
        Seed("contrat structures", none, text, about, places),
        Seed("contrat reponses", none, text, answered, said),
    ]


def _common_sheet() -> Seed:
    sheet = common_sheet_delivery()
    headings = list(dict.fromkeys([*sheet.ignored, *sheet.kept_headings]))
    fixed = {sheet.columns["structure_id"].heading: "A-1", sheet.columns["mois"].heading: "2025-02-01"}
    first = {
        source.heading: next(iter(source.values), "3")
        for source in sheet.columns.values()
        if source.heading not in fixed
    }
    rows = [
        [(fixed | first).get(heading, "") if n < 6 else fixed.get(heading, "") for heading in headings]
        for n in range(8)
    ]
    return Seed("fiche commune", _mapping(), xlsx, headings, rows, [["Fiche commune FICTIVE"], [""]])


@cache
def seeds() -> tuple[Seed, ...]:
    """Every sound file, always in the same order."""
    return (*_texts(), *_questionnaires(), *_packages(), *_contract(), _common_sheet())


def turn(number: int) -> Seed:
    """The seed of a file's number: each has its turn, but for the slowest to read, which comes one turn in eight."""
    rounds, place = divmod(number, len(seeds()))
    return seeds()[rounds % place if seeds()[place].name == _SLOW and rounds % 8 != 7 else place]
