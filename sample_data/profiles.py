"""The profile that each structure sends in January: what it offers, how it receives, its team, all invented."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import polars as pl

from grids.contract import load_contract
from sample_data.definitions import Network, read
from sample_data.draws import pick, stream

Drawn = dict[str, pl.Series]
_YES_OR_NO = (
    "soir_ou_samedi", "lieu_reserve", "creneaux_reserves", "regle_distinction_missions", "suivi_delais",
    "documentation_responsable",
)  # fmt: skip
_CODES = ("espace_confidentiel", "recevoir_sans_identifier", "donnees_locales")
_SETS = ("accessibilite", "anonymat_indique")
_SIGNED_FROM, _SIGNED_TO = 2019, 2027


def profiles(structures: pl.DataFrame, network: Network, year: int, seed: int) -> pl.DataFrame:
    """The profiles sent at the start of `year`: the columns of the contract's table `structures`, one structure a row.

    In: the network's structures (see `sample_data.region`). What a team says of itself stays from year to year, but for
    agreements signed meanwhile, reviews made again, and closings decided for that year.
    """
    said = _said(structures["structure_id"], network, year, stream(seed, network.code, "profiles"))
    # A January's file tells the closings already decided for that year, not later ones.
    closing = pl.when(pl.col("actif_au").dt.year() <= year).then(pl.col("actif_au")).alias("actif_au")
    whole = structures.with_columns(
        closing, pl.lit(year).alias("annee"), *(series.alias(name) for name, series in said.items())
    )
    known = whole.filter(pl.col("actif_du").dt.year() <= year)
    return known.select(column.name for column in load_contract("structures").columns)


def _said(identifiers: pl.Series, network: Network, year: int, rng: np.random.Generator) -> Drawn:
    habits: dict[str, Any] = read("profiles.yaml")["ordinary"] | read("profiles.yaml").get(network.code, {})
    size = len(identifiers)
    said = _offer(habits, size, rng) | _delays(habits, size, rng) | _team(habits, size, rng)
    said |= _agreements(year, size, rng)
    said["documentation_derniere_revue"] = _reviews(said["documentation_responsable"], year, rng)
    kept = {name: pl.Series(rng.random(size) >= habits["blank"]) for name in said}
    blanked = {name: _where(kept[name], series) for name, series in said.items()}
    return {"siret": _sirets(identifiers, network, habits)} | blanked


def _offer(habits: dict[str, Any], size: int, rng: np.random.Generator) -> Drawn:
    half_days = pl.Series(np.clip(rng.poisson(habits["half_days"], size), 0, 10))
    yes_or_no = {name: _yes(rng.random(size) < habits[name]) for name in _YES_OR_NO}
    codes = {name: pick(rng, habits[name], size) for name in _CODES}
    sets = {name: _set(habits[name], size, rng) for name in _SETS}
    sets["anonymat_indique"] = sets["anonymat_indique"].fill_null("nulle_part")
    # Where nobody is asked who they are, there is no right to be told of.
    never_asked = pl.Series(rng.random(size) < 0.08)
    sets["anonymat_indique"] = sets["anonymat_indique"].zip_with(~never_asked, pl.Series(["sans_objet"] * size))
    return {"sans_rendez_vous_demi_journees": half_days} | yes_or_no | codes | sets


def _delays(habits: dict[str, Any], size: int, rng: np.random.Generator) -> Drawn:
    announced = pl.Series(rng.random(size) < habits["delais_annonces"])
    meeting = pl.Series(1 + rng.poisson(habits["delai_rdv"] - 1, size))
    mail = pl.Series(1 + rng.poisson(habits["delai_courriel"] - 1, size))
    return {
        "delai_rdv_annonce_jours_ouvres": _where(announced, meeting),
        "delai_courriel_annonce_jours_ouvres": _where(announced, mail),
    }


def _team(habits: dict[str, Any], size: int, rng: np.random.Generator) -> Drawn:
    team = 1 + rng.poisson(habits["team"] - 1, size)
    trained = rng.binomial(team, habits["formes"])
    return {
        "accueillants": pl.Series(team),
        "formes_24m": pl.Series(trained),
        "formes_inter_reseaux_24m": pl.Series(rng.binomial(trained, habits["inter_reseaux"])),
    }


def _agreements(year: int, size: int, rng: np.random.Generator) -> Drawn:
    signed, begun = (_days(_SIGNED_FROM, _SIGNED_TO, size, rng) for _ in range(2))
    started = date(year, 1, 1)
    # A framework takes a year to be written.
    finished, under_way = begun.dt.offset_by("1y") < started, begun < started
    framework = pl.Series(np.select([finished.to_numpy(), under_way.to_numpy()], ["oui", "en_cours"], "non"))
    return {
        "convention_signee": _yes((signed < started).to_numpy()),
        "convention_date": _where(signed < started, signed),
        "referentiel_decline": framework,
        "referentiel_date": _where(finished, begun.dt.offset_by("1y")),
    }


def _reviews(responsible: pl.Series, year: int, rng: np.random.Generator) -> pl.Series:
    return _where(responsible == "oui", _days(year - 1, year, len(responsible), rng))


def _days(first_year: int, end_year: int, size: int, rng: np.random.Generator) -> pl.Series:
    """Days from the first of January of `first_year` on, before `end_year`."""
    first, end = (np.datetime64(f"{year}-01-01", "D") for year in (first_year, end_year))
    span = int((end - first).astype(int))
    return pl.Series(first + np.floor(rng.random(size) * span).astype(int))


def _yes(which: np.typing.NDArray[np.bool_]) -> pl.Series:
    return pl.Series(np.where(which, "oui", "non"))


def _set(shares: dict[str, float], size: int, rng: np.random.Generator) -> pl.Series:
    chosen = rng.random((size, len(shares))) < np.array(list(shares.values()))
    words = ["|".join(code for code, kept in zip(shares, row, strict=True) if kept) for row in chosen]
    return pl.Series([each or None for each in words], dtype=pl.String)


def _where(kept: pl.Series, series: pl.Series) -> pl.Series:
    return pl.select(pl.when(kept).then(series)).to_series()


def _sirets(identifiers: pl.Series, network: Network, habits: dict[str, Any]) -> pl.Series:
    if not habits["siret"]:
        return pl.Series([None] * len(identifiers), dtype=pl.String)
    return pl.Series([_siret(network, identifier) for identifier in identifiers])


def _siret(network: Network, identifier: str) -> str:
    """A number whose key holds and that no company has: none begins with four zeros."""
    company = sum(rank * ord(letter) for rank, letter in enumerate(network.prefix, start=1)) % 10_000
    bare = f"0000{company:04d}0{int(identifier.rpartition('-')[2]):04d}"
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(bare), start=1)]
    return f"{bare}{-sum(value - 9 * (value > 9) for value in doubled) % 10}"
