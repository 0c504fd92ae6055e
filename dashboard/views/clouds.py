"""Which cloud a reader sees: the structures compared, from the edition, gathered so that nobody stands almost alone."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from dashboard.access import NETWORK, REGION
from dashboard.selection import Period, Unit
from dashboard.views.cloud import ALIKE, BANDS, FEWEST, WHOLE, Band, Cloud, Limits, Structure
from dashboard.views.measures import NEVER, TOGETHER, Measure

Clouds = Mapping[tuple[str, str], tuple[pl.DataFrame, pl.DataFrame]]
"""(measure, perimeter) → its rows of quality.comparaisons and of quality.entonnoirs, for one period.

The former have the columns nom and lettre besides once the reader's own are named (dashboard.views.cloud_names).
"""


def read_clouds(structures: pl.DataFrame, limits: pl.DataFrame) -> Clouds:
    """From the unnamed rows of quality.comparaisons, and quality.entonnoirs, of one period."""
    told = {_key(key): frame for key, frame in limits.partition_by("mesure_id", "perimetre", as_dict=True).items()}
    beside = structures.partition_by("mesure_id", "perimetre", as_dict=True)
    return {_key(key): (frame, told[_key(key)]) for key, frame in beside.items() if _key(key) in told}


def _key(key: tuple) -> tuple[str, str]:
    return str(key[0]), str(key[1])


def cloud_of(measure: Measure, clouds: Clouds, unit: Unit, period: Period) -> Cloud | None:
    """The cloud to show for a unit: a network's own where the grid compares within it alone, else the region's.

    None where the grid or the edition compares no structures, and for a département, which has no cloud of its own.
    """
    own = {NETWORK: unit.id, REGION: WHOLE}.get(unit.niveau, "")
    perimeter = WHOLE if own and measure.comparaison == TOGETHER else own
    if measure.comparaison == NEVER or (measure.id, perimeter) not in clouds:
        return None
    structures, limits = clouds[measure.id, perimeter]
    withheld = perimeter != WHOLE and _known_by_elimination(structures)
    if withheld:
        structures = structures.filter(pl.col("nom").is_not_null())
    first = limits.row(0, named=True)
    return Cloud(
        title=measure.libelle,
        place=unit.nom if perimeter == own else "toute la région",
        period=period.name,
        unite=measure.shown_unit,
        answers=measure.counts_answers,
        reference=first["reference"],
        widened=first["surdispersion"],
        bands=_bands(structures, limits),
        withheld=withheld,
        perimeter=perimeter,
    )


def _known_by_elimination(structures: pl.DataFrame) -> bool:
    """Whether a network's own cloud holds names and one or two structures without: its head knows which these are."""
    unnamed = structures["nom"].null_count() if "nom" in structures.columns else structures.height
    return unnamed < structures.height and 0 < unnamed < FEWEST


def _bands(structures: pl.DataFrame, limits: pl.DataFrame) -> tuple[Band, ...]:
    columns = ("assise", "bas95", "haut95", "bas998", "haut998")
    told = {band: Limits(*ends) for band, *ends in limits.select(columns).iter_rows()}
    beside: dict[str, list[Structure]] = {band: [] for band in BANDS}
    unnamed = {"nom": pl.lit(None, pl.String), "lettre": pl.lit(None, pl.String)}
    rows = structures if "nom" in structures.columns else structures.with_columns(**unnamed)
    for band, value, apart, name, letter in rows.select(*ALIKE, "nom", "lettre").iter_rows():
        beside[band].append(Structure(value, apart or "", name or "", letter or ""))
    crowded = _crowded([beside[band] for band in BANDS])
    return tuple(Band(band, told.get(band), tuple(each)) for band, each in zip(BANDS, crowded, strict=True))


def _crowded(bands: list[list[Structure]]) -> list[list[Structure]]:
    """Bands where nobody can be told by being almost alone: fewer than three join the band below, those of the lowest the next.

    The order of values is kept, so that those who joined do not stand apart.
    """
    joined = [list(each) for each in bands]
    downward = [(here, here - 1) for here in range(len(joined) - 1, 0, -1)]
    upward = [(here, here + 1) for here in range(len(joined) - 1)]
    for here, there in (*downward, *upward):
        if 0 < len(joined[here]) < FEWEST:
            joined[there] = sorted([*joined[there], *joined[here]], key=lambda each: (each.value, each.apart))
            joined[here] = []
    return joined
