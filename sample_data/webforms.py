"""How Webform (Drupal 7) exports answers: three heading lines, one column for each option, X where it is ticked."""

from __future__ import annotations

import numpy as np
import polars as pl

from sample_data.answers import BOXES
from sample_data.draws import stream
from sample_data.exports import tool
from sample_data.quoted_text import comma_text
from sample_data.tables import table

_OWN = (
    "Serial", "SID", "Submitted Time", "Completed Time", "Modified Time", "Draft", "IP Address", "UID", "Username",
)  # fmt: skip
_ASKED = ("structure", "canal", "On a bien compris ce que je cherchais.")
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


def webform_frame(answers: pl.DataFrame, network: str, seed: int) -> pl.DataFrame:
    """The columns of the export (see `sample_data.answers`), all text, one submission a row; a draft is not completed."""
    finished, completed = pl.col("soumis").is_not_null(), pl.col("soumis").dt.strftime(_MOMENT)
    started = pl.col("debut").dt.strftime(_MOMENT)
    hosts = stream(seed, network, f"webform from {answers['id'].to_list()[:1]}").integers(1, 255, len(answers))
    own = (
        pl.col("id").cast(pl.String),
        (pl.col("id") + _FIRST_SID).cast(pl.String),
        started,
        completed,
        pl.coalesce(completed, started),
        pl.when(finished).then(pl.lit("0")).otherwise(pl.lit("1")),
        pl.Series(np.char.add("192.0.2.", hosts.astype(str)).tolist()),
        pl.lit("0"),
        pl.lit(""),
    )
    asked = (
        pl.col("structure_id"),
        pl.col("canal").replace_strict(tool(network)["survey_channels"], return_dtype=pl.String),
        pl.col("U03").replace_strict(_AGREEMENT, return_dtype=pl.String),
    )
    boxes = (pl.when(finished & pl.col(box)).then(pl.lit("X")) for box in BOXES)
    cells: tuple[pl.Expr | pl.Series, ...] = (*own, *asked, *boxes)
    return answers.select(cell.alias(name) for name, cell in zip((*_OWN, *_ASKED, *_OPTIONS), cells, strict=True))


def webform_text(frame: pl.DataFrame) -> str:
    """The text of an export: the form's title, the question above its options, then the headings."""
    width = len(frame.columns)
    title = [_TITLE, *[""] * (width - 1)]
    groups = ["Submission Details", *[""] * (width - len(_OPTIONS) - 1), _FOLLOWING, *[""] * (len(_OPTIONS) - 1)]
    return comma_text(table(frame), above=(title, groups))
