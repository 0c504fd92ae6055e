"""How LimeSurvey exports answers in full: questions and answers in French, no-break spaces and HTML left in headings."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from sample_data.questionnaires import Asked
from sample_data.surveys import first_questions, on_its_page, survey_frame

_OWN = {
    "id": "ID de la réponse",
    "submitdate": "Date de soumission",
    "lastpage": "Dernière page",
    "startlanguage": "Langue de départ",
    "seed": "Tête de série",
    "token": "Code d’accès",
    "startdate": "Date de lancement",
    "datestamp": "Date de la dernière action",
    "ipaddr": "Adresse IP",
    "refurl": "URL référente",
}
_FOLLOWING = "Pour la suite, je sais (cochez)\N{NO-BREAK SPACE}:"
_PLACE = {"STRUCT": "Lieu &amp; service", "CANAL": "Vous avez été reçu(e)\N{NO-BREAK SPACE}:"}
_ASKED = {
    "U03": "On a bien compris ce que je cherchais.",
    "U10[SQ001]": f"{_FOLLOWING} [Qui contacter]",
    "U10[SQ002]": f"{_FOLLOWING} [Pour quoi]",
    "U10[SQ003]": f"{_FOLLOWING} [Comment faire]",
    "U10[SQ004]": f"{_FOLLOWING} [Où]",
    "U10[SQ005]": f"{_FOLLOWING} [Rien de cela]",
    "U10[SQ006]": f"{_FOLLOWING} [Je n’ai besoin d’aucun autre contact]",
}
_AGREEMENT = {
    "A1": "Non, pas du tout",
    "A2": "Plutôt non",
    "A3": "Plutôt oui",
    "A4": "Oui, tout à fait",
    "A5": "Je ne sais pas / pas concerné(e)",
}


def full_frame(answers: pl.DataFrame, network: str, seed: int, questions: Sequence[Asked]) -> pl.DataFrame:
    """The columns of the export for the answers to a questionnaire of grid 2025.1, all text, one response a row."""
    cells = [on_its_page(rank, _in_words(each)).alias(_heading(each)) for rank, each in enumerate(questions)]
    return survey_frame(answers, network, seed, cells).rename(_OWN | _PLACE, strict=False)


def first_full_frame(answers: pl.DataFrame, network: str, seed: int) -> pl.DataFrame:
    """The columns of the export for what grid 2023.1 asks right after a reception; null is empty."""
    coded = survey_frame(answers, network, seed, first_questions())
    finished = pl.col("submitdate").is_not_null()
    boxes = [name for name in coded.columns if name.startswith("U10[")]
    told = coded.with_columns(
        pl.col("U03").replace(_AGREEMENT),
        *(
            pl.when(finished).then(pl.when(pl.col(box) == "Y").then(pl.lit("Oui")).otherwise(pl.lit("Non"))).alias(box)
            for box in boxes
        ),
    )
    return told.rename(_OWN | _PLACE | _ASKED)


def _heading(each: Asked) -> str:
    return f"{each.under}\N{NO-BREAK SPACE}: [{each.text[0].upper()}{each.text[1:]}]" if each.under else each.text


def _in_words(each: Asked) -> pl.Expr:
    if each.is_box:
        return pl.when(pl.col(each.id)).then(pl.lit("Oui")).otherwise(pl.lit("Non"))
    return pl.col(each.id).replace_strict(each.words, return_dtype=pl.String)
