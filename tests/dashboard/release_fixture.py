"""A small release as the pipelines would publish one: a region, four networks, three years, each state of a cell."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

SCHEMA = Path(__file__).resolve().parents[2] / "pipelines" / "release" / "schema"
RELEASE_ID = "2026-03-01-a1b2c3"
DATA_AS_OF = date(2026, 3, 1)
YEARS = (2023, 2024, 2025)
NETWORKS = {
    "mission-locale": "Missions locales",
    "cap-emploi": "Cap emploi",
    "info-jeunes": "Info Jeunes",
    "cio": "CIO",
}
UNITS = [("region", "bretagne"), *(("reseau", code) for code in NETWORKS)]
CHANNELS = ("presentiel", "telephone", "visioconference", "tchat", "courriel")
AGGREGATIONS = ("moyenne_structures", "part_accueils")

FIELDS = {
    "principes": "Principes de délivrance",
    "organisation": "Organisation du service rendu",
    "effets": "Effets du service rendu",
}
CRITERIA = {
    "comprehension": ("principes", "Compréhension de la demande", "La demande de la personne est-elle bien comprise ?"),
    "modalites": (
        "organisation",
        "Accès et modalités",
        "Peut-on être reçu sans attendre, par un moyen qui convient ?",
    ),
    "delais": ("organisation", "Délais", "Quand il faut attendre, l'attente est-elle raisonnable ?"),
    "clarification": ("effets", "Clarification et suites", "La personne sait-elle quoi faire ensuite ?"),
    "decision": ("effets", "Décision et poursuite", "Où en est la personne un mois après ?"),
}
# indicator, its label, criterion, genre, nature, base, its label, sense, unit, label, definition, what can be gamed
MEASURES = [
    (
        "PD02.percue",
        "Demande bien comprise",
        "comprehension",
        "part",
        "percue",
        "personnes_a_chaud",
        "personnes ayant répondu juste après l'accueil",
        "plus",
        "%",
        "Personnes qui disent que leur demande a été bien comprise",
        "Part des personnes qui répondent « plutôt oui » ou « oui, tout à fait » à « On a bien compris ma demande ».",
        "Faire remplir le questionnaire devant la personne qui a reçu en fausse la réponse.",
    ),
    (
        "PD02.rendue",
        "Demande bien comprise",
        "comprehension",
        "part",
        "rendue",
        "accueils_analyse",
        "accueils où la situation a été analysée",
        "plus",
        "%",
        "Demandes reformulées et confirmées par la personne",
        "Part des accueils de type analyse où la demande a été reformulée et confirmée par la personne.",
        "Classer un échange en « information » le retire du calcul.",
    ),
    (
        "OR01.rendue",
        "Accueil sur flux",
        "modalites",
        "part",
        "rendue",
        "accueils_hors_courriel",
        "accueils, hors réponses par courriel",
        "zone",
        "%",
        "Personnes reçues le jour même, sans rendez-vous",
        "Part des accueils reçus sur flux, le jour de la demande et sans rendez-vous, hors réponses par courriel.",
        "Recevoir tout le monde tout de suite, mais trop vite : ni haut ni bas n'est bon en soi.",
    ),
    (
        "OR02.rendue",
        "Délai de l'accueil différé",
        "delais",
        "quantiles",
        "rendue",
        "accueils_differes",
        "accueils différés, hors courriel et hors dates choisies par la personne",
        "moins",
        "jours ouvrés",
        "Attente jusqu'au premier créneau proposé",
        "Médiane et neuvième décile de l'attente, en jours ouvrés, entre la demande et le premier créneau proposé.",
        "Fermer l'agenda raccourcit le délai affiché.",
    ),
    (
        "EF03.percue",
        "Suites identifiées",
        "clarification",
        "repartition",
        "percue",
        "personnes_a_chaud",
        "personnes ayant répondu juste après l'accueil",
        "plus",
        "%",
        "Ce que la personne sait pour la suite",
        "Nombre de réponses cochées parmi qui contacter, pour quoi, comment et où.",
        "Cocher les cases au guichet, à la place de la personne.",
    ),
    (
        "EF05.percue",
        "Où en est la personne",
        "decision",
        "repartition",
        "percue",
        "personnes_a_un_mois",
        "personnes ayant répondu un mois après l'accueil",
        "neutre",
        "%",
        "Où en est la personne après un mois",
        "Répartition des réponses à « Depuis cet accueil, où en êtes-vous ? », un mois après.",
        "Ne relancer que les personnes satisfaites.",
    ),
]
CATEGORIES = {
    "EF03.percue": [
        ("0", "aucune", False),
        ("1", "une", False),
        ("2", "deux", False),
        ("3", "trois", True),
        ("4", "quatre", True),
        ("favorable", "réponses favorables", True),
    ],
    "EF05.percue": [
        ("continue", "a continué", False),
        ("attend", "attend un peu", False),
        ("arrete", "a choisi d'arrêter", False),
        ("a_sa_reponse", "a eu sa réponse", False),
        ("ne_sait_pas", "ne sait pas encore", False),
    ],
    "OR02.rendue": [("p50", "une fois sur deux", False), ("p90", "neuf fois sur dix", False)],
}
CLAUSES = [
    ("PD02.percue", "I-4", "Les attentes sont reformulées, les démarches antérieures sont abordées"),
    ("PD02.rendue", "I-4", "Les attentes sont reformulées, les démarches antérieures sont abordées"),
    ("OR01.rendue", "III-3", "L'accueil se fait sur flux ou en différé"),
    ("OR02.rendue", "III-4", "Le délai de l'accueil différé est raisonnable"),
    ("EF03.percue", "I-E5", "La personne a identifié les suites et les interlocuteurs"),
    ("EF05.percue", "I-17", "La personne décide de la suite"),
]
CENTRES = {"PD02.percue": 81, "PD02.rendue": 92, "OR01.rendue": 44, "EF03.percue": 65, "OR02.rendue": 6}
MASKED = {("PD02.percue", "cio", "annee", 2025), ("EF05.percue", "cap-emploi", "annee", 2025)}
CAUTIOUS = {("PD02.percue", "info-jeunes", "annee", 2025), ("EF03.percue", "cio", "annee", 2025)}


def build_release(home: Path) -> Path:
    """Write a release and its pointer under `home`/releases; the path of the release's file."""
    releases = home / "releases"
    releases.mkdir(parents=True, exist_ok=True)
    path = releases / f"{RELEASE_ID}.duckdb"
    with duckdb.connect(str(path)) as connection:
        for name in ("reference", "quality", "attendance"):
            connection.execute((SCHEMA / f"{name}.sql").read_text(encoding="utf-8"))
        _fill_reference(connection)
        _fill_quality(connection)
        _fill_attendance(connection)
    publish(home, path, RELEASE_ID, DATA_AS_OF)
    return path


def publish(home: Path, path: Path, release_id: str, data_as_of: date) -> None:
    """Point the published release of `home` to a file."""
    pointer = {
        "release_id": release_id,
        "fichier": path.name,
        "empreinte": hashlib.sha256(path.read_bytes()).hexdigest(),
        "donnees_du": data_as_of.isoformat(),
    }
    (home / "releases" / "published.json").write_text(json.dumps(pointer), encoding="utf-8")


def periods() -> Iterator[tuple[str, date, date]]:
    """pas, first day, last day of each closed period."""
    for year in YEARS:
        yield "annee", date(year, 1, 1), date(year, 12, 31)
        for quarter in range(4):
            yield "trimestre", date(year, 3 * quarter + 1, 1), date(year, 3 * quarter + 3, 28)


def _insert(connection: duckdb.DuckDBPyConnection, table: str, rows: list[tuple]) -> None:
    frame = pl.DataFrame(rows, orient="row", infer_schema_length=None)
    connection.register("rows_to_insert", frame.to_arrow())
    connection.execute(f"INSERT INTO {table} SELECT * FROM rows_to_insert")
    connection.unregister("rows_to_insert")


def _fill_reference(connection: duckdb.DuckDBPyConnection) -> None:
    edition = {
        "release_id": RELEASE_ID,
        "donnees_du": DATA_AS_OF.isoformat(),
        "grille": "api-bretagne",
        "version": "2023.1",
        "etat_grille": "travail",
        "synthetique": "oui",
    }
    _insert(connection, "reference.edition", list(edition.items()))
    units = [("region", "bretagne", "Bretagne", None, None, None, None)]
    units += [("reseau", code, name, code, None, None, None) for code, name in NETWORKS.items()]
    units += [("structure", "S-001", "Mission locale du Pays secret", "mission-locale", "35", None, None)]
    _insert(connection, "reference.unites", units)
    _insert(
        connection, "reference.periodes", [(pas, start, end, date(end.year + 1, 3, 1)) for pas, start, end in periods()]
    )
    _insert(connection, "reference.mesures", [_measure_row(order, row) for order, row in enumerate(MEASURES)])
    _insert(
        connection,
        "reference.categories",
        [(f"{measure}@2023.1", *row, order) for measure, rows in CATEGORIES.items() for order, row in enumerate(rows)],
    )
    _insert(connection, "reference.clauses", [(f"{measure}@2023.1", *row) for measure, *row in CLAUSES])


def _measure_row(order: int, row: tuple) -> tuple:
    measure, indicator, criterion, kind, nature, base, base_label, sense, unit, label, definition, gamed = row
    field, criterion_label, question = CRITERIA[criterion]
    sql = f"SELECT count(*) FILTER (WHERE \"{measure}\") FROM cellules WHERE n >= 11 AND base = '{base}'"
    return (
        f"{measure}@2023.1",
        measure.split(".")[0],
        indicator,
        "api-bretagne",
        "2023.1",
        field,
        FIELDS[field],
        criterion,
        criterion_label,
        question,
        kind,
        nature,
        base,
        base_label,
        sense,
        unit,
        label,
        definition,
        gamed,
        sql,
        order,
    )


def _fill_quality(connection: duckdb.DuckDBPyConnection) -> None:
    dice = random.Random(7)
    rows = [
        (f"{measure}@2023.1", level, unit, pas, start, category, aggregation, *cell)
        for measure, *_ in MEASURES
        for level, unit in UNITS
        for pas, start, _end in periods()
        for aggregation in AGGREGATIONS
        for category, cell in _cells(measure, unit, pas, start, dice)
    ]
    rows = [_without_mean(row) for row in rows]
    rows.append(
        # A value that no page may show: structures are never named to the committee.
        (
            *("PD02.percue@2023.1", "structure", "S-001", "annee", date(2025, 1, 1), "", "structure", "ok", None),
            *(13, 5, 25, "20-49", "90-100", None, None),
        )
    )
    _insert(connection, "quality.valeurs", rows)
    _insert(connection, "quality.donnees", _data_quality_rows())
    _insert(
        connection,
        "quality.controles",
        [
            (
                "cap-emploi",
                "accueils",
                "orientation_documentee",
                "documentee_si_orientee",
                "On ne note ce avec quoi la personne est repartie que si elle a été orientée.",
                "Laissez cette case vide si la personne n'a été orientée vers personne.",
                97,
            ),
            (
                "mission-locale",
                "accueils",
                "canal",
                "valeurs",
                "Le canal est un des cinq canaux du contrat.",
                "Corrigez la correspondance des canaux dans le fichier du réseau.",
                99,
            ),
        ],
    )


def _without_mean(row: tuple) -> tuple:
    """Cap emploi has too few structures for a mean of its delays: only the share of receptions is shown."""
    measure, _, unit, _, _, _, aggregation = row[:7]
    if (measure, unit, aggregation) == ("OR02.rendue@2023.1", "cap-emploi", "moyenne_structures"):
        return (*row[:7], "masque", *[None] * 8)
    return row


def _cells(measure: str, unit: str, pas: str, start: date, dice: random.Random) -> Iterator[tuple[str, tuple]]:
    """category, (etat, raison, valeur, basse, haute, assise, taux_reponse_classe, structures, structures_attendues)"""
    key = (measure, unit, pas, start.year)
    hidden = key in MASKED or (pas == "trimestre" and unit != "bretagne" and dice.random() < 0.12)
    state = "masque" if hidden else "prudence" if key in CAUTIOUS else "ok"
    for category, centre in _centres(measure, dice):
        if hidden:
            yield category, ("masque",) + (None,) * 8
        elif measure == "OR02.rendue":
            yield category, _delay(category, centre, state, unit, pas)
        else:
            yield category, _share(centre, state, unit, pas, measure)


def _centres(measure: str, dice: random.Random) -> list[tuple[str, int]]:
    shift = dice.randint(-5, 5)
    if measure == "EF03.percue":
        shares = (6, 10, 19 - shift, 30, 35 + shift)
        return [("favorable", 65 + shift), *zip("01234", shares, strict=True)]
    if measure == "EF05.percue":
        codes = [code for code, *_ in CATEGORIES[measure]]
        return list(zip(codes, (45 + shift, 18, 6, 20 - shift, 11), strict=True))
    if measure == "OR02.rendue":
        return [("p50", 6 + shift // 3), ("p90", 15 + shift)]
    return [("", CENTRES[measure] + shift)]


def _share(centre: int, state: str, unit: str, pas: str, measure: str) -> tuple:
    half = 3 if unit == "bretagne" else 7 if pas == "annee" else 10
    solid = "20-49" if state == "prudence" else "100+" if unit == "bretagne" else "50-99"
    if measure == "PD02.rendue" and unit == "info-jeunes" and pas == "annee":
        return (state, None, None, 95, 100, solid, "90-100", 12, 14)
    if measure == "OR01.rendue" and unit == "cio" and pas == "annee":
        return (state, "fourchette_trop_large", None, 20, 64, solid, "50-74", 5, 9)
    if measure == "EF03.percue" and unit == "info-jeunes" and pas == "annee":
        return (state, "trop_de_non_reponses", None, None, None, solid, "0-49", 12, 14)
    return (state, None, centre, max(centre - half, 0), min(centre + half, 100), solid, "75-89", 12, 14)


def _delay(category: str, days: int, state: str, unit: str, pas: str) -> tuple:
    if category == "p90" and unit == "cio":
        return (state, None, None, days, None, "20-49", "90-100", 6, 9)
    return (state, None, days, days - 1, days + 2, "50-99", "90-100", 12, 14)


def _data_quality_rows() -> list[tuple]:
    rates = {"exactitude": (99, "solide"), "completude": (84, "a_surveiller"), "coherence": (97, "solide")}
    rows = []
    for code in NETWORKS:
        for dimension, (value, word) in rates.items():
            hidden = code == "cio" and dimension == "coherence"
            cell = ("masque", None, None) if hidden else ("ok", value, word)
            rows.append((code, "annee", date(2025, 1, 1), dimension, *cell))
        rows.append((code, "annee", date(2025, 1, 1), "delai", "ok", 21, "a_reprendre"))
    return rows


def _fill_attendance(connection: duckdb.DuckDBPyConnection) -> None:
    dice = random.Random(11)
    rows = []
    for level, unit in UNITS:
        size = 9000 if level == "region" else 2200
        for pas, start, _end in periods():
            count = (size if pas == "trimestre" else size * 4) + dice.randint(-300, 300)
            hidden = unit == "cio" and pas == "trimestre" and start == date(2024, 7, 1)
            rows.append((level, unit, pas, start, "", "masque" if hidden else "ok", None if hidden else count))
            if pas == "annee":
                parts = zip(CHANNELS, (55, 25, 8, 4, 8), strict=True)
                rows += [(level, unit, pas, start, channel, "ok", count * part // 100) for channel, part in parts]
    _insert(connection, "attendance.frequentation", rows)


if __name__ == "__main__":
    import sys

    build_release(Path(sys.argv[1]))
