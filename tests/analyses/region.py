"""A region that is drawn, counted and masked once: what figures and analyses are made of, as frames that a test may change."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import duckdb
import numpy as np
import polars as pl

from grids.territories import communes
from grids.thresholds import load_thresholds
from pipelines.counting.count import roll_up
from pipelines.frames import query_frame
from pipelines.protection.mask import mask
from pipelines.protection.visible import visible_cells
from pipelines.release import reference
from tests.scale.counted_region import counted_region
from tests.scale.rolling_up import grid_in_force, with_finest_rows

CHANNELS = ("presentiel", "telephone", "courriel", "visioconference")
EVENTS = {
    **dict.fromkeys(("niveau", "unite_id", "mesure"), pl.String), "mois": pl.Date,
    **dict.fromkeys(("nature", "raison", "auteur"), pl.String),
}  # fmt: skip
ACTIONS = {
    **dict.fromkeys(("action_id", "libelle", "niveau", "unite_id", "mesure", "sens"), pl.String),
    "debut": pl.Date, "latence_mois": pl.Int32, "revue_le": pl.Date,
}  # fmt: skip
_MIDDLE = date(2024, 6, 1)
"""There are twelve months and more on each side of it, of the three years that are drawn."""
_HOPES = ("plus", "moins", "neutre")
_ENOUGH_FOR_A_POINT = 30


@dataclass(frozen=True)
class Region:
    """`counts`, `hidden`: see VisibleCells. `parts`: rows of comptes_structures. `units`: reference.unites.

    `profiles`: what comparisons read of structures; `events`, `actions`: what persons told [EVENTS, ACTIONS].
    """

    counts: pl.DataFrame
    hidden: pl.DataFrame
    parts: pl.DataFrame
    units: pl.DataFrame
    profiles: pl.DataFrame
    events: pl.DataFrame
    actions: pl.DataFrame

    @property
    def structures(self) -> list[str]:
        """Their identifiers, in order."""
        return self.units.filter(niveau="structure")["unite_id"].sort().to_list()

    @property
    def largest(self) -> str:
        """The structure of which most is counted."""
        own = self.counts.filter(niveau="structure", pas="annee", groupe="")
        sizes = own.group_by("unite_id").agg(pl.sum("n")).sort("n", "unite_id")
        return str(sizes["unite_id"][-1])

    @contextmanager
    def warehouse(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """The tables that analyses read beside counts."""
        with duckdb.connect() as connection:
            tables = {"structures": self.profiles, "evenements": self.events, "actions": self.actions}
            for name, frame in tables.items():
                connection.register("lignes", frame.to_arrow())
                connection.execute(f"CREATE TABLE {name} AS FROM lignes")
                connection.unregister("lignes")
            yield connection


def masked_region(structures: int, networks: int, bases: Collection[str] | None = None, seed: int = 7) -> Region:
    """The region as its first edition would show it, three years long; `bases` of the working grid, or every one."""
    grid, record = grid_in_force()
    thresholds = load_thresholds()
    with duckdb.connect() as connection:
        counted_region(connection, structures, networks, bases=bases, seed=seed)
        with_finest_rows(connection)
        roll_up(connection, [grid], [record])
        mask(connection, thresholds)
        visible = visible_cells(connection, thresholds)
        parts = query_frame(connection, "FROM comptes_structures")
        units = reference.units(connection)
    rng = np.random.default_rng(seed)
    return Region(
        counts=visible.counts,
        hidden=visible.hidden,
        parts=parts,
        units=units,
        profiles=_profiles(rng, units),
        events=_events(rng, visible.counts),
        actions=_actions(rng, visible.counts, parts.select("mesure_id", "genre").unique()),
    )


def _profiles(rng: np.random.Generator, units: pl.DataFrame) -> pl.DataFrame:
    """Where structures are and what they offer; few ways to offer it, so that many are alike, and some say nothing."""
    structures = units.filter(niveau="structure").sort("unite_id")
    codes = sorted(communes())
    return pl.DataFrame(
        {
            "structure_id": structures["unite_id"],
            "reseau": structures["reseau"],
            "mode_collecte": [("outil", "semaine_temoin")[rank % 3 == 2] for rank in range(structures.height)],
            "commune_insee": [codes[each] for each in rng.integers(len(codes), size=structures.height)],
            "canaux_proposes": [list(CHANNELS[: 2 + each]) for each in rng.integers(3, size=structures.height)],
            "sans_rendez_vous_demi_journees": [
                None if each == 11 else int(each) for each in rng.integers(12, size=structures.height)
            ],
        },
        schema_overrides={"sans_rendez_vous_demi_journees": pl.Int32},
    )


def _events(rng: np.random.Generator, counts: pl.DataFrame) -> pl.DataFrame:
    """New references of some of the longest lines, one of them for all lines of its unit, and an event of another nature."""
    chosen = _shuffled(rng, _lines(counts)).head(12)
    rows = [
        (level, unit, measure if rank else "", _MIDDLE, "nouveau_repere", "Nouvel outil de saisie.", "Le réseau")
        for rank, (level, unit, measure) in enumerate(chosen.select("niveau", "unite_id", "mesure").iter_rows())
    ]
    rows.append((*rows[0][:3], date(2024, 9, 1), "fermeture", "Travaux.", "Le réseau"))
    return pl.DataFrame(rows, schema=EVENTS, orient="row")


def _actions(rng: np.random.Generator, counts: pl.DataFrame, kinds: pl.DataFrame) -> pl.DataFrame:
    """A few actions for each kind of measure and level, with each hope; where lines are long, if there are some."""
    drawn = _shuffled(rng, _lines(counts)).join(kinds, on="mesure_id", maintain_order="left")
    chosen = drawn.filter(pl.int_range(pl.len()).over("genre", "niveau") < 2 * len(_HOPES))
    rows = [
        (f"action-{rank:03d}", f"Action {rank}", level, unit, measure, _HOPES[rank % 3], _MIDDLE, 1 + rank % 2, None)
        for rank, (level, unit, measure) in enumerate(chosen.select("niveau", "unite_id", "mesure").iter_rows())
    ]
    return pl.DataFrame(rows, schema=ACTIONS, orient="row")


def _shuffled(rng: np.random.Generator, lines: pl.DataFrame) -> pl.DataFrame:
    """In an order drawn by chance, the long ones first."""
    chance = pl.Series("hasard", rng.permutation(lines.height))
    return lines.with_columns(chance).sort(pl.col("mois") < 24, "hasard").drop("hasard")


def _lines(counts: pl.DataFrame) -> pl.DataFrame:
    """mesure_id, mesure (without version), niveau, unite_id, and mois: how many months have enough for a point."""
    months = pl.col("debut").filter(pl.col("pas") == "mois", pl.col("n") >= _ENOUGH_FOR_A_POINT)
    return (
        counts.filter(pl.col("ventilation") == "", pl.col("niveau") != "departement")
        .group_by("mesure_id", "niveau", "unite_id")
        .agg(mois=months.n_unique())
        .with_columns(mesure=pl.col("mesure_id").str.split("@").list.first())
        .sort("mesure_id", "niveau", "unite_id")
    )
