"""The receptions of a network, as its teams would have recorded them in their tool."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from sample_data.definitions import Network, region
from sample_data.draws import Floats, pick, pick_by_row, stream
from sample_data.planted import levels_of
from sample_data.working_days import working_days_before, working_days_of

# Cells that teams sometimes leave empty. Never those without which a tool would not save the record.
OPTIONAL = (
    "modalite", "demande", "date_choisie_par_la_personne", "type_echange", "situation_personnelle",
    "situation_professionnelle_ou_scolaire", "demande_reformulee", "mediation", "orientation",
    "orientation_documentee", "conseil", "urgence", "tranche_age", "situation",
)  # fmt: skip


def months() -> NDArray[np.datetime64]:
    """The months of the region."""
    first = np.datetime64(region()["first_month"], "M")
    return np.arange(first, first + region()["months"])


def receptions(structures: pl.DataFrame, network: Network, seed: int) -> pl.DataFrame:
    """The receptions of a network in the order of its tool, one a row.

    In: the network's structures, from `sample_data.region`. Out: `accueil_ref` (a number from 1), `structure_id`,
    `nom`, `professionnel`, `jour`, `canal`, `demande`, `premier_creneau` (dates), `attente_jours_ouvres` as planted,
    and the columns of the contract's table `accueils` that tools record, as the contract's codes; empty is null.
    """
    rng = stream(seed, network.code, "receptions")
    frame = _visits(structures, rng).sort("jour", "structure_id", maintain_order=True)
    place = structures[frame["rang"].to_list()]
    frame = _channel_and_delay(frame.with_row_index("accueil_ref", offset=1), place, network, rng)
    frame = _exchange(frame, place, rng)
    frame = _follow_up(frame, network, rng)
    return _with_empty_cells(frame, network.missing, rng).drop("rang")


def open_in(structures: pl.DataFrame) -> NDArray[np.bool_]:
    """Whether each structure (row) is open in each month (column)."""
    opened = structures["actif_du"].to_numpy().astype("datetime64[M]")
    closed = structures["actif_au"].fill_null(pl.date(9999, 12, 1)).to_numpy().astype("datetime64[M]")
    return np.asarray((opened[:, None] <= months()) & (months() <= closed[:, None]))


def _visits(structures: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    season = np.array(region()["season"]) / np.mean(region()["season"])
    expected = structures["volume"].to_numpy()[:, None] * np.resize(season, region()["months"]) * open_in(structures)
    counts = rng.poisson(expected)
    rank = np.concatenate([np.repeat(np.arange(len(counts)), column) for column in counts.T])
    days = np.concatenate(
        [rng.choice(working_days_of(month), column.sum()) for month, column in zip(months(), counts.T, strict=True)]
    )
    team = rng.integers(1, 4, len(rank)) + 3 * rank
    visits: pl.DataFrame = structures.select("structure_id", "nom")[rank.tolist()]
    professionals = pl.Series([f"FICTIF-PRO-{number:04d}" for number in team])
    return visits.with_columns(rang=pl.Series(rank), jour=pl.Series(days), professionnel=professionals)


def _channel_and_delay(
    frame: pl.DataFrame, place: pl.DataFrame, network: Network, rng: np.random.Generator
) -> pl.DataFrame:
    immediate = rng.random(len(frame)) < place["flux"].to_numpy()
    chosen = rng.random(len(frame)) < 0.2
    wait = np.rint(rng.lognormal(np.log(_median_waits(frame, place, network)), 0.6)).astype(np.int64)
    meeting = frame["jour"].to_numpy().astype("datetime64[D]")
    slot = working_days_before(meeting, np.where(chosen, rng.integers(1, 8, len(frame)), 0))
    waited = pl.Series(~immediate) & (pl.col("canal") != "courriel")
    return frame.with_columns(
        canal=_channels(place, rng),
        modalite=pl.Series(np.where(immediate, "flux", "differe")),
    ).with_columns(
        demande=pl.when(waited).then(pl.Series(working_days_before(slot, wait))),
        premier_creneau=pl.when(waited).then(pl.Series(slot)),
        attente_jours_ouvres=pl.when(waited).then(pl.Series(wait)),
        date_choisie_par_la_personne=pl.when(waited).then(pl.Series(np.where(chosen, "oui", "non"))),
    )


def _median_waits(frame: pl.DataFrame, place: pl.DataFrame, network: Network) -> Floats:
    medians = {str(month): levels_of(network, str(month))["wait"] for month in months()}
    month = frame["jour"].dt.strftime("%Y-%m").replace_strict(medians, return_dtype=pl.Float64)
    return np.asarray(month.to_numpy() * place["attente"].to_numpy())


def _channels(place: pl.DataFrame, rng: np.random.Generator) -> pl.Series:
    shares: dict[str, float] = region()["channels"]
    offered = np.column_stack([place["canaux_proposes"].str.contains(code).to_numpy() for code in shares])
    return pick_by_row(rng, list(shares), offered * np.array(list(shares.values())))


def _exchange(frame: pl.DataFrame, place: pl.DataFrame, rng: np.random.Generator) -> pl.DataFrame:
    analysed = rng.random(len(frame)) < place["analyse"].to_numpy()

    def box(level: Floats | float) -> pl.Expr:
        # On an exchange of information these boxes do not exist: empty, never "non".
        ticked = np.where(rng.random(len(frame)) < level, "oui", "non")
        return pl.when(pl.Series(analysed)).then(pl.Series(ticked))

    return frame.with_columns(
        type_echange=pl.Series(np.where(analysed, "analyse", "information")),
        situation_personnelle=box(0.72),
        situation_professionnelle_ou_scolaire=box(0.88),
        demande_reformulee=box(place["reformulee"].to_numpy()),
    )


def _follow_up(frame: pl.DataFrame, network: Network, rng: np.random.Generator) -> pl.DataFrame:
    size, shares = len(frame), region()
    first, second = pick(rng, shares["orientations"], size), pick(rng, shares["orientations"], size)
    none = (first == "aucune").to_numpy()
    # Two networks at most, and a second one only now and then.
    alone = (rng.random(size) < 0.75) | (second == "aucune").to_numpy() | (first == second).to_numpy() | none
    return frame.with_columns(
        mediation=pick(rng, shares["mediations"], size),
        orientation=pl.when(pl.Series(alone)).then(first).otherwise(first + "," + second),
        orientation_documentee=pl.when(pl.Series(~none)).then(pick(rng, shares["documentees"], size)),
        conseil=pick(rng, shares["conseils"], size),
        urgence=pick(rng, shares["urgences"], size),
        tranche_age=pick(rng, network.ages, size),
        situation=pick(rng, network.situations, size),
    )


def _with_empty_cells(frame: pl.DataFrame, share: float, rng: np.random.Generator) -> pl.DataFrame:
    return frame.with_columns(
        pl.when(pl.Series(rng.random(len(frame)) >= share)).then(pl.col(name)).alias(name) for name in OPTIONAL
    )
