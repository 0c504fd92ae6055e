"""The reader's own structures in a cloud, by name: the others keep none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from dashboard.views.cloud import ALIKE
from dashboard.views.clouds import Clouds


def with_names(clouds: Clouds, compared: pl.DataFrame, names: Mapping[str, str]) -> Clouds:
    """The same with the names of the reader's own structures.

    `compared`: rows of quality.comparaisons of the structures that the reader sees by name; `names`: theirs, by id. Each
    takes the place of one unnamed row that holds the same: which of them makes no difference.
    """
    own = compared.with_columns(nom=pl.col("structure_id").replace_strict(names, return_dtype=pl.String))
    by_key = {
        (str(key[0]), str(key[1])): each
        for key, each in own.partition_by("mesure_id", "perimetre", as_dict=True).items()
    }
    return {
        key: (_named(frame, by_key[key]), limits) if key in by_key else (frame, limits)
        for key, (frame, limits) in clouds.items()
    }


def _named(frame: pl.DataFrame, own: pl.DataFrame) -> pl.DataFrame:
    numbered, mine = (each.with_columns(pl.int_range(pl.len()).over(ALIKE).alias("place")) for each in (frame, own))
    letters = _letters(own["nom"])
    told = mine.select(*ALIKE, "place", "nom", lettre=pl.col("nom").replace_strict(letters, return_dtype=pl.String))
    named = numbered.join(told, on=[*ALIKE, "place"], how="left", nulls_equal=True, maintain_order="left")
    return named.drop("place")


def _letters(names: Iterable[str]) -> dict[str, str]:
    """A, B… Z, then AA, BB…: a letter for each name, in the order of names."""
    ordered = sorted(names, key=str.casefold)
    return {name: chr(ord("A") + place % 26) * (1 + place // 26) for place, name in enumerate(ordered)}
