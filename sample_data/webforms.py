"""How Webform (Drupal 7) exports answers: three heading lines, one column for each option, X where it is ticked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
import polars as pl

from sample_data.answers import BOXES
from sample_data.draws import stream
from sample_data.exports import tool
from sample_data.questionnaires import Asked
from sample_data.quoted_text import comma_text
from sample_data.surveys import FINISHED, on_its_page
from sample_data.tables import Table, table

_OWN = (
    "Serial", "SID", "Submitted Time", "Completed Time", "Modified Time", "Draft", "IP Address", "UID", "Username",
)  # fmt: skip
_PLACE = ("structure", "canal")
_UNDERSTOOD = "On a bien compris ce que je cherchais."
_OPTIONS = (
    "qui contacter", "pour quoi", "comment faire", "où", "rien de cela", "je n’ai besoin d’aucun autre contact",
)  # fmt: skip
_TITLE, _FOLLOWING = "Votre avis sur cet accueil (fictif)", "Pour la suite, je sais (cochez)"
_AGREEMENT = {
    "1": "Non, pas du tout", "2": "Plutôt non", "3": "Plutôt oui", "4": "Oui, tout à fait",
    "pas_concerne": "Je ne sais pas, pas concerné(e)",
}  # fmt: skip
_MOMENT = "%Y-%m-%d %H:%M:%S"
_FIRST_SID = 900


def webform_frame(answers: pl.DataFrame, network: str, seed: int, questions: Sequence[Asked]) -> pl.DataFrame:
    """The columns of the export for a questionnaire of grid 2025.1, all text, one submission a row; a draft is not
    completed. Columns under one question are named after it, joined by a line feed."""
    cells = [on_its_page(rank, _cell(each)).alias(_name(each)) for rank, each in enumerate(questions)]
    return answers.select(*_own(answers, network, seed), *cells)


def first_webform_frame(answers: pl.DataFrame, network: str, seed: int) -> pl.DataFrame:
    """The columns of the export for what grid 2023.1 asks right after a reception."""
    understood = pl.col("U03").replace_strict(_AGREEMENT, return_dtype=pl.String).alias(_UNDERSTOOD)
    boxes = (
        pl.when(FINISHED & pl.col(box)).then(pl.lit("X")).alias(f"{_FOLLOWING}\n{option}")
        for box, option in zip(BOXES, _OPTIONS, strict=True)
    )
    return answers.select(*_own(answers, network, seed), understood, *boxes)


def _own(answers: pl.DataFrame, network: str, seed: int) -> list[pl.Expr | pl.Series]:
    """The tool's own columns, then the place and the channel."""
    completed, started = (pl.col(name).dt.strftime(_MOMENT) for name in ("soumis", "debut"))
    hosts = stream(seed, network, f"webform from {answers['id'].to_list()[:1]}").integers(1, 255, len(answers))
    cells: tuple[pl.Expr | pl.Series, ...] = (
        pl.col("id").cast(pl.String),
        (pl.col("id") + _FIRST_SID).cast(pl.String),
        started,
        completed,
        pl.coalesce(completed, started),
        pl.when(FINISHED).then(pl.lit("0")).otherwise(pl.lit("1")),
        pl.Series(np.char.add("192.0.2.", hosts.astype(str)).tolist()),
        pl.lit("0"),
        pl.lit(""),
        pl.col("structure_id"),
        pl.col("canal").replace_strict(tool(network)["survey_channels"], return_dtype=pl.String),
    )
    return [cell.alias(name) for name, cell in zip((*_OWN, *_PLACE), cells, strict=True)]


def _name(each: Asked) -> str:
    return f"{each.under}\n{each.text}" if each.under else each.text


def _cell(each: Asked) -> pl.Expr:
    if each.is_box:
        return pl.when(pl.col(each.id)).then(pl.lit("X"))
    return pl.col(each.id).replace_strict(each.words, return_dtype=pl.String)


def webform_text(frame: pl.DataFrame) -> str:
    """The text of an export: the form's title, each question above its first option, then the headings."""
    above, headings = zip(*(_above_and_heading(name) for name in frame.columns), strict=True)
    groups = [group if group != before else "" for before, group in zip(chain([""], above), above, strict=False)]
    title = [_TITLE, *[""] * (len(headings) - 1)]
    filled = table(frame)
    return comma_text(Table(headings, filled.rows), above=(title, ["Submission Details", *groups[1:]]))


def _above_and_heading(name: str) -> tuple[str, str]:
    group, _, heading = name.rpartition("\n")
    return group, heading
