"""How LimeSurvey exports answers: codes as headings, every value quoted, a byte-order mark."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import polars as pl

from sample_data.answers import BOXES
from sample_data.draws import stream
from sample_data.exports import tool
from sample_data.questionnaires import Asked

FIRST_PAGE = 3
"""How many questions those who stop before the end have answered."""
FINISHED = pl.col("soumis").is_not_null()
_MOMENT = "%Y-%m-%d %H:%M:%S"
_U03 = {"1": "A1", "2": "A2", "3": "A3", "4": "A4", "pas_concerne": "A5"}
_M1 = {"continue": "A1", "attend": "A2", "arrete": "A3", "a_sa_reponse": "A4", "ne_sait_pas": "A5"}


def survey_frame(answers: pl.DataFrame, network: str, seed: int, questions: Sequence[pl.Expr]) -> pl.DataFrame:
    """The columns of LimeSurvey's export for the answers of a survey, all text, one response a row; null is empty.

    `questions`: the cells of each question, named by its heading. The channel is there if the answers have one.
    """
    submitted, started = (pl.col(name).dt.strftime(_MOMENT) for name in ("soumis", "debut"))
    return answers.hstack(_traces(answers, network, seed)).select(
        pl.col("id").cast(pl.String),
        submitted.alias("submitdate"),
        pl.when(FINISHED).then(pl.lit("2")).otherwise(pl.lit("1")).alias("lastpage"),
        pl.lit("fr").alias("startlanguage"),
        pl.col("seed"),
        pl.col("token"),
        started.alias("startdate"),
        pl.coalesce(submitted, started).alias("datestamp"),
        pl.col("ipaddr"),
        pl.lit("https://fictif.example/avis").alias("refurl"),
        pl.col("structure_id").alias("STRUCT"),
        *_channel(answers, network),
        *questions,
    )


def coded(questions: Sequence[Asked]) -> list[pl.Expr]:
    """The cells of a questionnaire of grid 2025.1 in an export by code."""
    return [on_its_page(rank, _coded(each)).alias(each.code) for rank, each in enumerate(questions)]


def first_questions() -> list[pl.Expr]:
    """The cells of what grid 2023.1 asks right after a reception."""
    boxes = [
        pl.when(FINISHED & pl.col(box)).then(pl.lit("Y")).alias(f"U10[SQ{rank:03d}]")
        for rank, box in enumerate(BOXES, start=1)
    ]
    # Those who stopped on the first page had answered its question.
    return [pl.col("U03").replace_strict(_U03, return_dtype=pl.String), *boxes]


def first_month_later() -> list[pl.Expr]:
    """The cells of what grid 2023.1 asks a month after."""
    return [pl.when(FINISHED).then(pl.col("M1").replace_strict(_M1, return_dtype=pl.String)).alias("M1")]


def survey_text(frame: pl.DataFrame) -> str:
    """The text of an export, with its mark at the start and its blank line at the end."""
    text = frame.fill_null("").write_csv(separator=";", quote_style="always", line_terminator="\r\n")
    return f"\ufeff{text}\r\n"


def on_its_page(rank: int, cell: pl.Expr) -> pl.Expr:
    """A cell of the question of that rank (from 0), empty for those who stopped before."""
    return cell if rank < FIRST_PAGE else pl.when(FINISHED).then(cell)


def _coded(each: Asked) -> pl.Expr:
    if each.is_box:
        return pl.when(pl.col(each.id)).then(pl.lit("Y"))
    return pl.col(each.id).replace_strict(each.codes, return_dtype=pl.String)


def _channel(answers: pl.DataFrame, network: str) -> list[pl.Expr]:
    if "canal" not in answers.columns:
        return []
    return [pl.col("canal").replace_strict(tool(network)["survey_channels"], return_dtype=pl.String).alias("CANAL")]


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
