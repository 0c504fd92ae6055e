"""Answers in the contract's own shape: one line for each answer, several with the reference of one questionnaire."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from grids.contract import load_contract
from grids.partner_questions import ABOUT
from sample_data.questionnaires import PRESENT, Asked


def single_answers(answers: pl.DataFrame, questions: Sequence[Asked], respondent: str) -> pl.DataFrame:
    """[answer] The columns of the contract's table `reponses`; `mois` is a date. A question left empty has no line.

    In: one questionnaire a row (`id`, `debut`, `structure_id`), a column a question.
    """
    lines = answers.unpivot(
        on=[each.id for each in questions],
        index=["id", "debut", "structure_id"],
        variable_name="posee",
        value_name="valeur",
    ).drop_nulls("valeur")
    parts = pl.col("posee").str.split(ABOUT)
    told = lines.sort("id", maintain_order=True).with_columns(
        pl.lit("FICTIF-Q-").add(pl.col("id").cast(pl.String)).alias("reponse_ref"),
        pl.lit("api-bretagne").alias("grille"),
        pl.lit(PRESENT).alias("version"),
        pl.lit("a_chaud").alias("vague"),
        pl.lit(respondent).alias("repondant"),
        pl.col("debut").dt.truncate("1mo").dt.date().alias("mois"),
        parts.list.get(0).alias("question"),
        parts.list.get(1, null_on_oob=True).alias("partenaire"),
        *(pl.lit(None, pl.String).alias(name) for name in ("canal", "tranche_age", "situation")),
    )
    return told.select(column.name for column in load_contract("reponses").columns)
