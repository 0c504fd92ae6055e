"""A grid with a measure of each kind, and counts rolled up from structures longhand, for the tests of figures."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date

import polars as pl

from grids.load import load_grid
from grids.model import Base, Grid, Indicator, Measure
from grids.register import network_codes
from grids.thresholds import load_thresholds
from pipelines.measurement.figures import figures

THRESHOLDS = load_thresholds()
PERIOD = date(2025, 1, 1)
NETWORKS = network_codes()
HIDDEN_COLUMNS = dict.fromkeys(
    ("base_id", "niveau", "unite_id", "pas", "ventilation", "modalite", "etat"), pl.String
) | {"debut": pl.Date}
NO_ONE_HIDDEN = pl.DataFrame(schema=HIDDEN_COLUMNS)

_BASES = {
    "accueils": {"table": "accueils"},
    "personnes": {"table": "reponses", "opinion": True},
    "professionnels": {"table": "reponses", "opinion": True, "niveaux": ["reseau", "region"]},
    "equipes": {"table": "reponses", "fait_d_organisation": True, "niveaux": ["structure"]},
    "structures": {"table": "structures", "fait_d_organisation": True},
    "accueillants": {"table": "structures", "unite": "accueillants", "niveaux": ["reseau", "region"]},
}
_ITEMS = {key: {"libelle": key, "compte": f"favorable({key})"} for key in ("P01", "P02", "P03")}
_MEASURES = {
    "PART": {"base": "accueils", "genre": "part", "compte": "demande_reformulee"},
    "AVIS": {"base": "personnes", "genre": "part", "compte": "favorable(U03)"},
    "FAIT": {"base": "structures", "genre": "part", "compte": "lieu_reserve"},
    "LIEU": {
        "base": "structures",
        "genre": "repartition",
        "valeur": "espace_confidentiel",
        "categories": {"toujours": "toujours", "partiel": "partiel", "non": "non"},
    },
    "INDICE": {"base": "professionnels", "genre": "indice", "items": _ITEMS},
    "EQUIPE": {"base": "equipes", "genre": "indice", "items": _ITEMS},
    "PARTENAIRE": {
        "base": "professionnels",
        "genre": "part",
        "compte": "favorable(P21)",
        "ventilations": ["partenaire"],
    },
    "DELAI": {"base": "accueils", "genre": "quantiles", "valeur": "attente_jours_ouvres", "quantiles": [0.5, 0.9]},
    "ECART": {
        "base": "accueils",
        "genre": "ecart",
        "de": "DELAI.m",
        "quantile": 0.5,
        "groupe": "autonomie_distance = 'non'",
        "contre": "autonomie_distance = 'oui'",
    },
    "GAIN": {"base": "personnes", "genre": "gain", "avant": "favorable(U01)", "apres": "favorable(U02)"},
    "DIVERS": {
        "base": "accueils",
        "genre": "diversite",
        "valeur": "canal",
        "part_minimale": 0.05,
        "proposes": "canaux_proposes",
        "niveaux": ["reseau", "region"],
    },
    "SOMMES": {"base": "accueillants", "genre": "rapport_de_sommes", "somme": "formes_24m"},
}


def _measure(words: dict[str, object]) -> Measure:
    told = {"nature": "rendue", "libelle": "x", "definition": "x", "sens": "neutre"}
    return Measure.model_validate(told | words)


def grid_of_kinds() -> Grid:
    """Version 2025.1 of a made-up grid: each kind of measure once or twice ("PART.m@2025.1"), on every kind of base."""
    indicators = {
        name: Indicator(libelle=name, critere="x", clauses=("I-4",), mesures={"m": _measure(words)})
        for name, words in _MEASURES.items()
    }
    bases = {name: Base.model_validate({"libelle": name} | words) for name, words in _BASES.items()}
    return load_grid("2023.1").model_copy(update={"version": "2025.1", "bases": bases, "indicators": indicators})


GRID = grid_of_kinds()
_ROW = {
    "mesure_id": pl.String, "base_id": pl.String, "reseau": pl.String, "structure_id": pl.String, "groupe": pl.String,
    "categorie": pl.String, "y": pl.Int64, "n": pl.Int64, "applicables": pl.Int64, "provenance": pl.String,
}  # fmt: skip


def told(
    name: str,
    structures: Sequence[tuple[int, int]],
    categorie: str = "",
    groupe: str = "",
    applicables: Sequence[int] | None = None,
    provenance: str = "mesure",
    reseau: str = "cio",
) -> pl.DataFrame:
    """The counts (y, n) of the structures of a network for one measure of GRID, one groupe, one category. [structure]"""
    measure_id = f"{name}.m@{GRID.version}"
    base_id = f"{GRID.indicators[name].measures['m'].base}@{GRID.version}"
    due = applicables or [n for _, n in structures]
    rows = [
        (measure_id, base_id, reseau, f"{reseau}-{rank}", groupe, categorie, *counted, due[rank], provenance)
        for rank, counted in enumerate(structures)
    ]
    return pl.DataFrame(rows, schema=_ROW, orient="row")


def rolled_up(rows: pl.DataFrame) -> pl.DataFrame:
    """What `VisibleCells.counts` holds of these structures, every cell visible: each formula written out."""
    places = pl.concat(
        [
            rows.with_columns(niveau=pl.lit("structure"), unite_id="structure_id"),
            rows.with_columns(niveau=pl.lit("reseau"), unite_id="reseau"),
            rows.with_columns(niveau=pl.lit("region"), unite_id=pl.lit("bretagne")),
        ]
    )
    facts = [f"{name}@{GRID.version}" for name, base in GRID.bases.items() if base.is_fact]
    entering = pl.col("n") >= pl.when(pl.col("base_id").is_in(facts)).then(1).otherwise(5)
    share = (pl.col("y") / pl.col("n")).filter(entering)
    sums = places.group_by("mesure_id", "base_id", "niveau", "unite_id", "groupe", "categorie").agg(
        pl.sum("y", "n", "applicables"),
        pl.max("provenance"),
        structures=entering.sum().cast(pl.Int64),
        moyenne=share.mean(),
        ecart_type=share.std(),
        repondue_moyenne=(pl.col("n") / pl.col("applicables")).filter(entering).mean(),
        grappes=(pl.col("n") > 0).sum(),
        carres=((pl.col("y") - pl.col("n") * pl.sum("y") / pl.sum("n")) ** 2).sum(),
        structures_attendues=pl.len().cast(pl.Int64),
    )
    rate, clusters = pl.col("y") / pl.col("n"), pl.col("grappes")
    effective = rate * (1 - rate) / (clusters / (clusters - 1) * pl.col("carres") / pl.col("n") ** 2)
    mixed = (pl.col("y") > 0) & (pl.col("y") < pl.col("n")) & (pl.col("carres") > 0)
    clustered = (pl.col("niveau") != "structure") & (clusters > 1) & mixed
    return sums.filter(pl.col("n") > 0).with_columns(
        pas=pl.lit("annee"),
        debut=pl.lit(PERIOD),
        ventilation=pl.lit(""),
        modalite=pl.lit(""),
        moyenne_visible=pl.lit(True),
        n_effectif=pl.when(clustered).then(pl.min_horizontal("n", effective)).otherwise(pl.col("n").cast(pl.Float64)),
    )


def measured(*rows: pl.DataFrame, hidden: pl.DataFrame = NO_ONE_HIDDEN) -> pl.DataFrame:
    """The figures of these structures."""
    return figures(rolled_up(pl.concat(rows)), hidden, [GRID], THRESHOLDS).whole


def read(
    frame: pl.DataFrame, name: str, unit: str, categorie: str = "", agregation: str | None = None
) -> dict[str, object]:
    """The one figure of a measure for a unit, as a row."""
    level = "structure" if "-" in unit and unit not in NETWORKS else "region" if unit == "bretagne" else "reseau"
    chosen = frame.filter(mesure_id=f"{name}.m@{GRID.version}", niveau=level, unite_id=unit, categorie=categorie)
    [row] = chosen.filter(agregation=agregation or chosen["agregation"][0]).iter_rows(named=True)
    return row


def range_of(row: dict[str, object]) -> tuple[object, object, object]:
    return row["valeur"], row["basse"], row["haute"]


def drawn(seed: int, networks: int = 3, each: int = 7) -> pl.DataFrame:
    """Counts of every measure of GRID, drawn for the structures of some networks. [as `told`]"""
    draw = random.Random(seed)
    frames = []
    for network in NETWORKS[:networks]:
        sizes = [draw.choice([4, 8, 12, 25, 60]) for _ in range(each)]
        for name in _MEASURES:
            frames.extend(_drawn(draw, name, network, sizes))
    return pl.concat(frames)


def _drawn(draw: random.Random, name: str, network: str, sizes: list[int]) -> list[pl.DataFrame]:
    measure = GRID.indicators[name].measures["m"]
    if GRID.bases[measure.base].is_fact:
        sizes = [1] * len(sizes)
    chance = draw.uniform(0.3, 0.8)

    def some(n: int, share: float = chance) -> int:
        return sum(draw.random() < share for _ in range(n))

    def shares(groupe: str) -> pl.DataFrame:
        return told(name, [(some(each), each) for each in sizes], "", groupe, reseau=network)

    match measure.kind:
        case "part" | "rapport_de_sommes" | "indice":
            partners = [each for each in NETWORKS if each != network] if measure.breakdowns else [""]
            return [shares(group) for group in (measure.items or partners)]
        case "quantiles":
            return _histogram(draw, name, network, "", sizes)
        case "ecart":
            return [each for group in ("groupe", "contre") for each in _histogram(draw, name, network, group, sizes)]
        case "diversite":
            return _channels(draw, name, network, sizes)
        case "gain":
            counted = [_moved(some, n) for n in sizes]
        case _:
            counted = [{"toujours": (y := some(n)), "partiel": n - y, "non": 0} for n in sizes]
    return [
        told(name, [(each[code], n) for each, n in zip(counted, sizes, strict=True)], code, reseau=network)
        for code in counted[0]
    ]


def _moved(some: Callable[[int, float], int], n: int) -> dict[str, int]:
    """Of n persons, who was favourable before and after, who gained, who lost."""
    gained = some(n, 0.4)
    lost = some(n - gained, 0.2)
    before = lost + some(n - gained - lost, 0.6)
    return {"avant": before, "apres": before + gained - lost, "gagnes": gained, "perdus": lost}


def _histogram(draw: random.Random, name: str, network: str, group: str, sizes: list[int]) -> list[pl.DataFrame]:
    waits = [[draw.randrange(12) for _ in range(n)] for n in sizes]
    return [
        told(name, [(sum(w <= day for w in each), len(each)) for each in waits], str(day), group, reseau=network)
        for day in range(12)
    ]


def _channels(draw: random.Random, name: str, network: str, sizes: list[int]) -> list[pl.DataFrame]:
    channels = ["presentiel", "telephone", "courriel", "tchat"]
    used = [draw.choices(channels, [60, 30, 6, 4], k=n) for n in sizes]
    offered = [(draw.randint(0, 1), 1) for _ in sizes]
    return [
        *(told(name, [(each.count(c), len(each)) for each in used], c, reseau=network) for c in channels),
        *(told(name, offered, c, "proposes", reseau=network) for c in (*channels, "visioconference")),
    ]
