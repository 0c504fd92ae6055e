"""What the structures of a perimeter have in common, and how much they differ: one look at all before any of them."""

from __future__ import annotations

import polars as pl

from pipelines.comparison.compared import PERIMETER
from pipelines.statistics.dispersion import dispersion
from pipelines.statistics.proportions import wilson
from pipelines.statistics.shrinkage import fitted_prior

_LOOK = {
    "structures": pl.Int32, "reference": pl.Float64, "reference_basse": pl.Float64, "reference_haute": pl.Float64,
    "tau_carre": pl.Float64, "a": pl.Float64, "b": pl.Float64,
}  # fmt: skip


def perimeters(compared: pl.DataFrame) -> pl.DataFrame:
    """[PERIMETER], with opinion and what `compared` (see `compared_structures`) has in common there.

    structures: how many are compared; reference: Σy / Σn, with its Wilson bounds, in [0, 1]; tau_carre: the variance between
    them that chance does not explain, in angles², 0 where it explains all; a, b: the Beta that their rates follow, null where
    nothing separates them.
    """
    looks = [
        (*key, group["opinion"][0], *_look(group)) for key, group in compared.group_by(PERIMETER, maintain_order=True)
    ]
    schema = {name: compared.schema[name] for name in (*PERIMETER, "opinion")} | _LOOK
    return pl.DataFrame(looks, schema=schema, orient="row")


def _look(group: pl.DataFrame) -> tuple[int, float, float, float, float, float | None, float | None]:
    """The columns of _LOOK for one perimeter."""
    count, size = group["y"].to_numpy(), group["n"].to_numpy()
    reference = float(count.sum() / size.sum())
    low, high = wilson(count.sum(), size.sum())
    prior = fitted_prior(count, size)
    return (
        group.height,
        reference,
        float(low),
        float(high),
        dispersion(count, size, reference).tau_squared,
        prior.a if prior else None,
        prior.b if prior else None,
    )
