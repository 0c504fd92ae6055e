"""A release of four networks and twenty-four structures over a year, rightly masked by hand, to plant weaknesses in.

In each network three structures show everything, three show nothing and hold 15 persons or more a quarter; in each breakdown by
channel the unknown and the letters are hidden together. Nothing here checks anything: a weakness can always be planted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import polars as pl

from pipelines.statistics.proportions import wilson

CELL = ["niveau", "unite_id", "pas", "debut", "ventilation", "modalite"]
NETWORKS = ["nord", "sud", "est", "ouest"]
YEAR = date(2025, 1, 1)
QUARTERS = [date(2025, month, 1) for month in (1, 4, 7, 10)]
CHANNELS = {"accueil": 0.6, "telephone": 0.34, "courrier": 0.05, "visioconference": 0.01}
HIDDEN_CHANNELS = ["courrier", "visioconference"]
PART, OPINION = "A.part@1", "O.avis@1"
_MEASURES = {PART: ("accueils@1", "accueils", False), OPINION: ("reponses@1", "reponses", True)}
_SHOWN_SIZES, _HIDDEN_SIZES = (64, 57, 71), (9, 7, 8)


@dataclass
class Small:
    """The tables of a release as frames, and the back office's counts (`y`, `n` of every cell)."""

    counts: pl.DataFrame
    tables: dict[str, pl.DataFrame] = field(default_factory=dict)

    def write(self, path: Path) -> Path:
        """Write the release's file."""
        with duckdb.connect(str(path)) as connection:
            for schema in ("reference", "quality", "attendance"):
                connection.execute(f"CREATE SCHEMA {schema}")
            for name, frame in self.tables.items():
                connection.register("frame", frame.to_arrow())
                connection.execute(f"CREATE TABLE {name} AS FROM frame")
        return path

    def change(self, table: str, where: pl.Expr, **columns: pl.Expr | object) -> None:
        """Change columns of the rows of a table where a condition holds."""
        frame = self.tables[table]
        assert frame.filter(where).height, "nothing to change"
        changed = {name: pl.when(where).then(value).otherwise(name) for name, value in columns.items()}  # type: ignore[arg-type]
        self.tables[table] = frame.with_columns(**changed)

    def show(self, where: pl.Expr) -> None:
        """Show the hidden cells of quality.valeurs where a condition holds."""
        self.tables["quality.valeurs"] = self._mask_again(self.tables["quality.valeurs"], where, "ok")

    def show_channel(self, unit: str, channel: str) -> None:
        """Show a hidden channel of a unit."""
        name = "quality.ventilations"
        where = (pl.col("unite_id") == unit) & (pl.col("modalite") == channel)
        self.tables[name] = self._mask_again(self.tables[name], where, "ok")

    def hide(self, where: pl.Expr) -> None:
        """Hide the shown cells of quality.valeurs where a condition holds."""
        self.tables["quality.valeurs"] = self._mask_again(self.tables["quality.valeurs"], where, "masque")

    def _mask_again(self, frame: pl.DataFrame, where: pl.Expr, state: str) -> pl.DataFrame:
        keys = frame.with_columns(etat=pl.when(where).then(pl.lit(state)).otherwise("etat"))
        return figures(
            self.counts, keys.select("mesure_id", *(c for c in CELL if c in keys.columns), "agregation", "etat")
        )


def small(release_id: str = "edition-1") -> Small:
    """The release, rightly masked."""
    structures = _structures()
    counts = _cells(structures)
    keys = _keys(counts)
    release = Small(counts)
    release.tables = {
        "reference.edition": pl.DataFrame(
            {
                "cle": ["release_id", "seuil_personnes"],
                "valeur": [release_id, "11 personnes : on pourrait en reconnaître une."],
            }
        ),
        "reference.unites": _units(structures),
        "reference.periodes": _periods(release_id),
        "reference.mesures": _measures(),
        "quality.valeurs": figures(counts, keys.filter(ventilation="").drop("ventilation", "modalite")),
        "quality.ventilations": figures(counts, keys.filter(pl.col("ventilation") != "")),
        "attendance.frequentation": _attendance(counts),
    }
    return release


def figures(counts: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    """Rows of quality from the state of each cell and aggregation; only shown cells get numbers."""
    known = counts if "ventilation" in keys.columns else counts.filter(ventilation="").drop("ventilation", "modalite")
    on = [name for name in ("mesure_id", *CELL) if name in keys.columns]
    rows = keys.join(known, on=on, how="left", maintain_order="left")
    return pl.DataFrame([_figure(row) for row in rows.iter_rows(named=True)], infer_schema_length=None).select(
        *on, "categorie", "agregation", "etat", "raison", "valeur", "basse", "haute", "assise", "taux_reponse_classe",
        "structures", "structures_attendues", "provenance",
    )  # fmt: skip


def _figure(row: dict) -> dict:
    none = dict.fromkeys(
        (
            "raison",
            "valeur",
            "basse",
            "haute",
            "assise",
            "taux_reponse_classe",
            "structures",
            "structures_attendues",
            "provenance",
        )
    )
    key = {name: row[name] for name in ("mesure_id", *CELL, "agregation", "etat") if name in row} | {"categorie": ""}
    if row["etat"] not in ("ok", "prudence"):
        return none | key
    y, n = row["y"], row["n"]
    low, high = (float(each) for each in wilson(y, n))
    by = 1 if n >= 50 else 5
    mean = row["agregation"] == "moyenne_structures"
    told = {
        "etat": "prudence" if n < 30 else "ok", "valeur": math.floor(100 * y / n + 0.5),
        "basse": math.floor(round(100 * low, 9) / by) * by, "haute": math.ceil(round(100 * high, 9) / by) * by,
        "assise": next(name for floor, name in ((100, "100+"), (50, "50-99"), (20, "20-49"), (0, "11-19")) if n >= floor),
        "taux_reponse_classe": "90-100", "provenance": "mesure",
        "structures": row["structures"] if mean else None, "structures_attendues": row["structures"] if mean else None,
    }  # fmt: skip
    return none | key | told


def _structures() -> pl.DataFrame:
    """structure, reseau, departement, montree, and its persons by quarter."""
    rows = []
    for place, network in enumerate(NETWORKS):
        for order, size in enumerate((*_SHOWN_SIZES, *_HIDDEN_SIZES)):
            area = "22" if (order + place) % 2 else "29"
            rows.append((f"{network}-{order + 1}", network, area, order < len(_SHOWN_SIZES), size + place))
    return pl.DataFrame(rows, schema=["structure", "reseau", "departement", "montree", "taille"], orient="row")


def _cells(structures: pl.DataFrame) -> pl.DataFrame:
    """Every cell of both measures with y, n, structures and montree, sums of the structures' quarters."""
    quarters = structures.join(pl.DataFrame({"debut": QUARTERS, "rang": [0, 1, 2, 3]}), how="cross").with_columns(
        n=(pl.col("taille") + (7 * pl.col("rang") + pl.col("taille")) % 3).cast(pl.Int64), pas=pl.lit("trimestre")
    )
    fine = pl.concat([quarters.with_columns(mesure_id=pl.lit(name), y=_held(name)) for name in _MEASURES])
    yearly = fine.with_columns(debut=pl.lit(YEAR), pas=pl.lit("annee"))
    rows = pl.concat([fine, yearly])
    area = rows.filter(pas="annee").with_columns(niveau=pl.lit("departement"), unite_id="departement")
    placed = [
        rows.with_columns(niveau=pl.lit("structure"), unite_id="structure"),
        rows.with_columns(niveau=pl.lit("reseau"), unite_id="reseau"),
        area,
        rows.with_columns(niveau=pl.lit("region"), unite_id=pl.lit("bretagne")),
    ]
    whole = (
        pl.concat(placed)
        .group_by("mesure_id", "niveau", "unite_id", "pas", "debut", maintain_order=True)
        .agg(
            pl.sum("y", "n"),
            structures=pl.n_unique("structure"),
            montree=(pl.col("niveau") != "structure").any() | pl.col("montree").any(),
        )
        .with_columns(ventilation=pl.lit(""), modalite=pl.lit(""))
    )
    return pl.concat([whole, _channels(whole)], how="diagonal")


def _held(measure: str) -> pl.Expr:
    share = pl.col("n") * (0.7 if measure == PART else 0.55)
    return share.round(0).cast(pl.Int64)


def _channels(whole: pl.DataFrame) -> pl.DataFrame:
    """The year of each network by channel, and of the region as their sum."""
    years = whole.filter(niveau="reseau", pas="annee", mesure_id=PART)
    parts = []
    for channel, share in CHANNELS.items():
        n = (pl.col("n") * share).floor().cast(pl.Int64)
        parts.append(years.with_columns(modalite=pl.lit(channel), n=n, y=(n * 0.7).floor().cast(pl.Int64)))
    rest = pl.concat(parts).group_by("unite_id").agg(n_dit=pl.sum("n"), y_dit=pl.sum("y"))
    missing = years.join(rest, on="unite_id").select(
        "unite_id", dn=pl.col("n") - pl.col("n_dit"), dy=pl.col("y") - pl.col("y_dit")
    )
    first = pl.col("modalite") == "accueil"
    networks = (
        pl.concat(parts)
        .join(missing, on="unite_id")
        .with_columns(
            n=pl.col("n") + pl.when(first).then("dn").otherwise(0),
            y=pl.col("y") + pl.when(first).then("dy").otherwise(0),
        )
        .drop("dn", "dy")
    )
    keys = ["mesure_id", "pas", "debut", "modalite"]
    region = networks.group_by(keys, maintain_order=True).agg(pl.sum("y", "n", "structures"))
    every = pl.concat(
        [networks, region.with_columns(niveau=pl.lit("region"), unite_id=pl.lit("bretagne"))], how="diagonal"
    )
    return every.with_columns(ventilation=pl.lit("canal"), montree=~pl.col("modalite").is_in(HIDDEN_CHANNELS))


def _keys(counts: pl.DataFrame) -> pl.DataFrame:
    state = counts.select("mesure_id", *CELL, etat=pl.when("montree").then(pl.lit("ok")).otherwise(pl.lit("masque")))
    structure = state.filter(niveau="structure").with_columns(agregation=pl.lit("structure"))
    others = state.filter(pl.col("niveau") != "structure")
    made = [others.with_columns(agregation=pl.lit(name)) for name in ("moyenne_structures", "part_accueils")]
    return pl.concat([structure, *made])


def _units(structures: pl.DataFrame) -> pl.DataFrame:
    places = structures.select(
        pl.lit("structure").alias("niveau"),
        unite_id="structure",
        nom="structure",
        reseau="reseau",
        departement="departement",
    )
    larger = [("region", "bretagne", "Bretagne", None, None)]
    larger += [("reseau", each, each.capitalize(), each, None) for each in NETWORKS]
    larger += [("departement", each, each, None, each) for each in ("22", "29")]
    return pl.concat([pl.DataFrame(larger, schema=places.schema, orient="row"), places])


def _periods(release_id: str) -> pl.DataFrame:
    rows = [("trimestre", each) for each in QUARTERS] + [("annee", YEAR)]
    return pl.DataFrame(rows, schema=["pas", "debut"], orient="row").with_columns(edition=pl.lit(release_id))


def _measures() -> pl.DataFrame:
    rows = [(name, base, table, opinion) for name, (base, table, opinion) in _MEASURES.items()]
    return pl.DataFrame(rows, schema=["mesure_id", "base_id", "base_table", "opinion"], orient="row").with_columns(
        genre=pl.lit("part"),
        unite=pl.lit("%"),
        fait_d_organisation=False,
        libelle=pl.lit("part de ceux qui repartent informés"),
    )


def _attendance(counts: pl.DataFrame) -> pl.DataFrame:
    """Networks and the region by quarter, by year and by channel: as quality shows them."""
    wide = counts.filter(pl.col("niveau").is_in(["reseau", "region"]), mesure_id=PART)
    return wide.select(
        "niveau", "unite_id", "pas", "debut", canal="modalite",
        etat=pl.when("montree").then(pl.lit("ok")).otherwise(pl.lit("masque")),
        accueils=pl.when("montree").then(2 * pl.col("n")),
    )  # fmt: skip


def office_counts(release: Small) -> pl.DataFrame:
    """The back office's counts, as the attack is granted them."""
    return release.counts.select(
        "mesure_id", *CELL, groupe=pl.lit(""), categorie=pl.lit(""), y=pl.col("y"), n=pl.col("n")
    )
