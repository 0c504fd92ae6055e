"""What is held of figures read together: views, criteria, comparisons, actions, sentences."""

from __future__ import annotations

import polars as pl

from pipelines.command_line.analyses import Tables
from tests.analyses.side_by_side import (
    AFTER,
    LINE,
    MEAN,
    PLACE,
    POOLED,
    Held,
    dates,
    headlines,
    joined,
    one_aggregation,
)

_PAIR = ["regard_a", "regard_b"]
_STRUCTURE = ["mesure_id", "structure_id", "pas", "debut"]


def views(before: Tables, after: Tables) -> Held:
    """The gap of two views of the same aggregation."""
    sides = (_with_aggregation(each) for each in (before, after))
    return Held(joined(*sides, [*_PAIR, *PLACE, "agregation"]), ["indicateur_id", "ecart"])


def agreements(before: Tables, after: Tables) -> Held:
    """How alike structures stand in two views, where as many of them show both."""
    sides = (_with_structures(each["quality.regards"]) for each in (before, after))
    return Held(joined(*sides, [*_PAIR, "pas", "debut", "structures"]), ["concordance", "mot"])


def criteria(before: Tables, after: Tables) -> Held:
    """What leads and what is weakest, of the same measures, each under the same aggregation."""
    sides = (_with_measures(each) for each in (before, after))
    return Held(joined(*sides, ["critere", *PLACE, "lues", "agregation"]), ["mesure_id", "point_faible"])


def decompositions(before: Tables, after: Tables) -> Held:
    """Both changes of a year, and what they are made of."""
    sides = (each["quality.decompositions"] for each in (before, after))
    columns = ["depuis", "structures", "moyenne", "part", "pratiques", "composition", "separees"]
    return Held(joined(*sides, ["mesure_id", *PLACE]), columns)


def comparisons(before: Tables, after: Tables) -> Held:
    """Structures that are compared."""
    sides = (each["quality.comparaisons"] for each in (before, after))
    return Held(joined(*sides, _STRUCTURE), ["perimetre", "valeur"])


def peers(before: Tables, after: Tables) -> Held:
    """Those alike, where as many of them have a figure: they are then the same."""
    sides = (each["quality.comparaisons"].drop_nulls("pairs") for each in (before, after))
    return Held(joined(*sides, [*_STRUCTURE, "pairs"]), ["pairs_valeur", "pairs_basse", "pairs_haute"])


def references(before: Tables, after: Tables) -> Held:
    """What structures have in common, where as many are compared."""
    place = ["mesure_id", "perimetre", "pas", "debut", "structures"]
    sides = (each["quality.entonnoirs"].select(*place, "reference").unique() for each in (before, after))
    return Held(joined(*sides, place), ["reference"])


def weighted(before: Tables, after: Tables) -> Held:
    """Shares under the year's mix of channels, and as they are."""
    sides = (each["quality.redressements"] for each in (before, after))
    return Held(joined(*sides, ["mesure_id", *PLACE]), ["brute", "redressee"])


def effects(before: Tables, after: Tables) -> Held:
    """Both sides of actions, where the line that is read has the same points."""
    both = same_effects(before, after)
    told = pl.all_horizontal(pl.col("avant", f"avant{AFTER}").is_not_null())
    columns = ["avant_du", "avant_au", "apres_du", "apres_au", "avant", "apres", "ecart", "signal", "saut"]
    return Held(both.filter(told), columns)


def same_effects(before: Tables, after: Tables) -> pl.DataFrame:
    """The actions that are looked at on the same points of the same line."""
    sides = (_with_points(each) for each in (before, after))
    return joined(*sides, ["action_id", *LINE, "points", "agregation"])


def facts(before: Tables, after: Tables) -> Held:
    """First sentences, of lines that have the same points, and where there is none the same bounds or the same reason."""
    sides = (_with_cells(each) for each in (before, after))
    return Held(joined(*sides, [*LINE, "debut", "cellules"]), ["fait"])


def _with_aggregation(tables: Tables) -> pl.DataFrame:
    """quality.regards with the aggregation of each gap: the mean of structures where both views have one."""
    means = headlines(tables).filter(agregation=MEAN).select(*PLACE, "mesure_id", moyenne=pl.lit(True))
    rows = tables["quality.regards"]
    for view in _PAIR:
        told = means.rename({"mesure_id": view, "moyenne": f"moyenne_{view}"})
        rows = rows.join(told, on=[view, *PLACE], how="left")
    both = pl.all_horizontal(pl.col(f"moyenne_{view}").fill_null(False) for view in _PAIR)
    structure = pl.when(pl.col("niveau") == "structure").then(pl.lit("structure"))
    return rows.with_columns(agregation=structure.when(both).then(pl.lit(MEAN)).otherwise(pl.lit(POOLED)))


def _with_structures(regards: pl.DataFrame) -> pl.DataFrame:
    """The region's rows that tell an agreement, with how many structures show both views."""
    pair = [*_PAIR, "pas", "debut"]
    structures = regards.filter(niveau="structure").group_by(pair).agg(structures=pl.len())
    return regards.filter(niveau="region").drop_nulls("concordance").join(structures, on=pair)


def _with_measures(tables: Tables) -> pl.DataFrame:
    """quality.criteres with the measures that have a figure; `agregation`: POOLED where one is a share of receptions."""
    read = (
        one_aggregation(headlines(tables), ["mesure_id", *PLACE])
        .sort("mesure_id")
        .group_by("critere", *PLACE)
        .agg(pl.max("agregation"), lues=pl.concat_str("mesure_id", pl.lit("/"), "agregation").str.join(" "))
    )
    return tables["quality.criteres"].join(read, on=["critere", *PLACE])


def _with_points(tables: Tables) -> pl.DataFrame:
    """quality.effets with the points of the line that each reads, and their aggregation."""
    lines = headlines(tables).group_by(*LINE, "agregation").agg(points=dates())
    where = tables["quality.actions"].select("action_id", "niveau", "unite_id")
    return tables["quality.effets"].join(where, on="action_id").join(one_aggregation(lines, LINE), on=LINE)


def _with_cells(tables: Tables) -> pl.DataFrame:
    """quality.phrases with what every cell of the line says, in one text."""
    bounds = [pl.when(pl.col("valeur").is_null()).then(name) for name in ("basse", "haute")]
    key = ["debut", "categorie", "agregation"]
    said = pl.concat_str(*key, "valeur", "raison", *bounds, separator=":", ignore_nulls=True)
    cells = tables["quality.valeurs"].sort(key).group_by(LINE).agg(cellules=said.str.join(" "))
    return tables["quality.phrases"].join(cells, on=LINE)
