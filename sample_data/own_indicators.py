"""The indicators that a network computes by itself: aggregates, with their base and the version of their definition."""

from __future__ import annotations

import numpy as np
import polars as pl

from sample_data.draws import stream

SOON = 3
"""Working days within which a deferred reception is said to be soon."""
DELAY, SOON_SHARE, GUIDED_SHARE = "FT-DELAI-MEDIAN", "FT-PART-3-JOURS", "FT-PART-ORIENTEE"
UNDERSTOOD_SHARE, MAILS_SHARE = "FT-COMPRIS-ENQUETE", "FT-COURRIEL-48H"
"""Told as the grid tells PD02 as people say it, and OR04: the same question, the same base."""
_MAIL_ANSWERED_SOON = 0.81
_NEW_DEFINITION = pl.date(2024, 1, 1)
_FRENCH_PERCENT_UNTIL = pl.date(2025, 1, 1)


def own_indicators(receptions: pl.DataFrame, answers: pl.DataFrame, seed: int) -> pl.DataFrame:
    """One row a structure, quarter and indicator: `structure_id`, `debut` (date), `indicateur`, `valeur`, `base`, `version`.

    Values are texts as its tool writes them: days with a comma, shares as « 12,5 % », and from 2025 on as 0,125.
    """
    waits = pl.col("attente_jours_ouvres").filter(pl.col("date_choisie_par_la_personne") == "non")
    told = pl.col("orientation").drop_nulls()
    scored = pl.col("U03").filter(pl.col("U03") != "pas_concerne")
    soon = pl.col("rapide")
    frames = [
        _quarterly(receptions, "jour", DELAY, waits.median(), waits.len()),
        _quarterly(receptions, "jour", SOON_SHARE, (waits <= SOON).mean(), waits.len()),
        _quarterly(receptions, "jour", GUIDED_SHARE, (told != "aucune").mean(), told.len()),
        _quarterly(answers, "soumis", UNDERSTOOD_SHARE, scored.is_in(["3", "4"]).mean(), scored.len()),
        _quarterly(_mails(receptions, seed), "jour", MAILS_SHARE, soon.mean(), soon.len()),
    ]
    ordered = pl.concat(frames).drop_nulls("valeur").sort("debut", "structure_id", "indicateur")
    return ordered.with_columns(valeur=_as_written(), version=_version())


def _quarterly(frame: pl.DataFrame, day: str, name: str, value: pl.Expr, base: pl.Expr) -> pl.DataFrame:
    """[structure × quarter] An indicator over the rows that have a `day`."""
    dated = frame.drop_nulls(day).with_columns(debut=pl.col(day).cast(pl.Date).dt.truncate("1q"))
    counted = dated.group_by("structure_id", "debut").agg(valeur=value, base=base.cast(pl.Int64))
    return counted.with_columns(indicateur=pl.lit(name))


def _mails(receptions: pl.DataFrame, seed: int) -> pl.DataFrame:
    """The mails received, and whether each was answered within two working days."""
    mails = receptions.filter(pl.col("canal") == "courriel")
    answered = stream(seed, "mails").random(len(mails)) < _MAIL_ANSWERED_SOON
    return mails.with_columns(rapide=pl.Series(np.asarray(answered)))


def _as_written() -> pl.Expr:
    percent = (pl.col("valeur") * 100).round(1).cast(pl.String) + "\N{NO-BREAK SPACE}%"
    share = (
        pl.when(pl.col("debut") < _FRENCH_PERCENT_UNTIL)
        .then(percent)
        .otherwise(pl.col("valeur").round(3).cast(pl.String))
    )
    days = pl.col("valeur").round(1).cast(pl.String)
    return pl.when(pl.col("indicateur") == DELAY).then(days).otherwise(share).str.replace(".", ",", literal=True)


def _version() -> pl.Expr:
    # A definition told anew: the same code, two versions, that nobody may compare without a thought.
    renewed = (pl.col("indicateur") == DELAY) & (pl.col("debut") >= _NEW_DEFINITION)
    return pl.when(renewed).then(pl.lit("2024")).otherwise(pl.lit("2022"))
