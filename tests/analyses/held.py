"""Which rows of two releases of the same cells must say the same, and in which columns (methods 8.1 and 10).

Held is what follows from the same points: a line whose points are the same, a criterion that reads the same measures.
A point may appear where its range has become narrow enough; then nothing is asked of what is made of it.

Out of scope, by design, since they tell how sure a figure is, or are made of what does:
- ranges, bands (assise), classes of response: more records are surer ones; states may only rise (`fallen`);
- `part_accueils` when the records of one structure are repeated: there each reception counts, which is why it stands second;
- so does, of `part_accueils`, whether more than half of the records hold the item: `trop_de_non_reponses` may come;
- p′ limits and labels, and which of both charts with limits a line has: they read bands, that stand for sizes;
- funnel limits and flags: what chance allows depends on how many there are;
- stabilised values: they lean on a structure's own figure as far as its size allows;
- the weighted share when one structure is repeated: its mix is that of the region's receptions;
- the status of a criterion, and verdicts of actions: a narrower range may say more (`unsure`), an estimate may not move;
- the solidity of a sentence and its question: they speak of states, ranges and flags.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from pipelines.command_line.analyses import Tables
from tests.analyses import held_lines, held_readings
from tests.analyses.side_by_side import AFTER, FIGURE, POOLED, Held, figures

TOO_FEW = "trop_de_non_reponses"
_RANK = {"sans_objet": 0, "masque": 0, "prudence": 1, "ok": 2}


def held(before: Tables, after: Tables, *, pooled: bool = True) -> dict[str, Held]:
    """By subject, what must be the same; `pooled`: whether each reception weighs as before, so that shares of them do."""
    kept = {name: each(before, after) for name, each in SUBJECTS.items() if pooled or name not in _OF_RECEPTIONS}
    if pooled:
        return kept
    told = {name: Held(_without_pooled(each.rows), each.columns) for name, each in kept.items()}
    return told | {"decompositions": told["decompositions"]._replace(columns=["depuis", "structures", "moyenne"])}


def lost(before: Tables, after: Tables) -> pl.DataFrame:
    """Figures that had a point and have none."""
    both = figures(before["quality.valeurs"], after["quality.valeurs"], FIGURE)
    return both.filter(pl.col("valeur").is_not_null() & pl.col(f"valeur{AFTER}").is_null())


def fallen(before: Tables, after: Tables) -> pl.DataFrame:
    """Figures whose state is lower than it was."""
    both = figures(before["quality.valeurs"], after["quality.valeurs"], FIGURE)
    return both.filter(pl.col("etat").replace_strict(_RANK) > pl.col(f"etat{AFTER}").replace_strict(_RANK))


def unsure(before: Tables, after: Tables) -> pl.DataFrame:
    """Actions whose change left 0 out and holds it now, or leaves it out on the other side."""
    both = held_readings.effects(before, after).rows
    was, became = (_side(end) for end in ("", AFTER))
    return both.filter((was != 0) & (was != became))


def _side(end: str) -> pl.Expr:
    low, high = (pl.col(name + end) for name in ("basse", "haute"))
    above, below = ((low > 0).fill_null(False), (high < 0).fill_null(False))
    return above.cast(pl.Int8) - below.cast(pl.Int8)


def _without_pooled(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.filter(pl.col("agregation") != POOLED) if "agregation" in rows.columns else rows


def _values(table: str, key: list[str]) -> Callable[[Tables, Tables], Held]:
    """Points that stay; those of an index where the same parts have a figure."""
    few = pl.col("categorie").filter(pl.col("raison") == TOO_FEW).sort().str.join(" ").over(key[:-1])

    def told(before: Tables, after: Tables) -> Held:
        both = figures(*(each[table].with_columns(tues=few) for each in (before, after)), key)
        points = pl.all_horizontal(pl.col("valeur", f"valeur{AFTER}").is_not_null())
        return Held(both.filter(points, pl.col("tues") == pl.col(f"tues{AFTER}")), ["valeur"])

    return told


SUBJECTS: Mapping[str, Callable[[Tables, Tables], Held]] = {
    "figures": _values("quality.valeurs", FIGURE),
    "breakdowns": _values("quality.ventilations", ["ventilation", "modalite", *FIGURE]),
    "charts": held_lines.charts,
    "points": held_lines.points,
    "limits": held_lines.limits,
    "verdicts": held_lines.verdicts,
    "views": held_readings.views,
    "agreements": held_readings.agreements,
    "criteria": held_readings.criteria,
    "decompositions": held_readings.decompositions,
    "comparisons": held_readings.comparisons,
    "peers": held_readings.peers,
    "references": held_readings.references,
    "weighted": held_readings.weighted,
    "effects": held_readings.effects,
    "facts": held_readings.facts,
}
_OF_RECEPTIONS = ("references", "weighted")
