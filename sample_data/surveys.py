"""How LimeSurvey exports people's answers: codes as headings, every value quoted, a byte-order mark."""

from __future__ import annotations

import numpy as np
import polars as pl

from sample_data.answers import BOXES
from sample_data.draws import stream
from sample_data.exports import tool

_MOMENT = "%Y-%m-%d %H:%M:%S"
_U03 = {"1": "A1", "2": "A2", "3": "A3", "4": "A4", "pas_concerne": "A5"}
_M1 = {"continue": "A1", "attend": "A2", "arrete": "A3", "a_sa_reponse": "A4", "ne_sait_pas": "A5"}


def survey_frame(answers: pl.DataFrame, network: str, seed: int) -> pl.DataFrame:
    """The columns of LimeSurvey's export for the answers of a survey, all text, one response a row; null is empty."""
    channels = tool(network)["survey_channels"]
    submitted, started = (pl.col(name).dt.strftime(_MOMENT) for name in ("soumis", "debut"))
    return answers.hstack(_traces(answers, network, seed)).select(
        pl.col("id").cast(pl.String),
        submitted.alias("submitdate"),
        pl.when(pl.col("soumis").is_null()).then(pl.lit("1")).otherwise(pl.lit("2")).alias("lastpage"),
        pl.lit("fr").alias("startlanguage"),
        pl.col("seed"),
        pl.col("token"),
        started.alias("startdate"),
        pl.coalesce(submitted, started).alias("datestamp"),
        pl.col("ipaddr"),
        pl.lit("https://fictif.example/avis").alias("refurl"),
        pl.col("structure_id").alias("STRUCT"),
        pl.col("canal").replace_strict(channels, return_dtype=pl.String).alias("CANAL"),
        *_questions(answers),
    )


def survey_text(frame: pl.DataFrame) -> str:
    """The text of an export, with its mark at the start and its blank line at the end."""
    text = frame.fill_null("").write_csv(separator=";", quote_style="always", line_terminator="\r\n")
    return f"\ufeff{text}\r\n"


def _traces(answers: pl.DataFrame, network: str, seed: int) -> pl.DataFrame:
    """What a survey tool keeps of those who answer: all of it fictitious on its face."""
    first = int(answers["id"].min() or 0)  # type: ignore[arg-type]
    rng, size = stream(seed, network, f"traces from {first}"), len(answers)
    # Both networks of addresses are kept for documentation: nobody has one.
    nets = np.where(rng.random(size) < 0.5, "192.0.2.", "198.51.100.")
    return pl.DataFrame(
        {
            "seed": [str(number) for number in rng.integers(10**8, 2 * 10**9, size)],
            "token": [f"FICTIFTOKEN{number:06d}" for number in answers["id"]],
            "ipaddr": [f"{net}{host}" for net, host in zip(nets, rng.integers(1, 255, size), strict=True)],
        }
    )


def _questions(answers: pl.DataFrame) -> list[pl.Expr]:
    finished = pl.col("soumis").is_not_null()
    if "M1" in answers.columns:
        return [pl.when(finished).then(pl.col("M1").replace_strict(_M1, return_dtype=pl.String)).alias("M1")]
    boxes = [
        pl.when(finished & pl.col(box)).then(pl.lit("Y")).alias(f"U10[SQ{rank:03d}]")
        for rank, box in enumerate(BOXES, start=1)
    ]
    # Those who stopped on the first page had answered its question.
    return [pl.col("U03").replace_strict(_U03, return_dtype=pl.String), *boxes]
