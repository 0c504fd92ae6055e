"""How figures left: nothing on a hidden row, whole percents, outward bounds, four bands, and no count in any word."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from pipelines.attack.bands import BANDS
from pipelines.attack.release_file import SHOWN, ReleaseFile
from pipelines.attack.report import Finding
from pipelines.attack.wording import cells_words

_NUMBERS = [
    "valeur",
    "basse",
    "haute",
    "structures",
    "structures_attendues",
    "assise",
    "taux_reponse_classe",
    "provenance",
]
_STATES = [*SHOWN, "masque", "sans_objet"]
_COARSE = ["11-19", "20-49"]
_EMPTY = "Une ligne masquée ne porte que sa clé et l'état « masque »."
_ROUND = "Arrondir comme le prévoient les méthodes (1.5 et 7.6)."


def ill_formed(release: ReleaseFile) -> list[Finding]:
    """Rows of quality that tell more than they may, by kind."""
    values = release.values.join(release.measures.select("mesure_id", "genre", "unite", "opinion"), on="mesure_id")
    shown = values.filter(pl.col("etat").is_in(SHOWN))
    hidden = values.filter(~pl.col("etat").is_in(SHOWN))
    return [each for part in (_hidden(hidden), _rounded(shown), _opinions(shown)) for each in part]


def _hidden(rows: pl.DataFrame) -> Iterator[Finding]:
    numbered = rows.filter(pl.any_horizontal(pl.col(name).is_not_null() for name in _NUMBERS))
    yield from _found("ligne_masquee_chiffree", numbered, "Une ligne masquée porte un nombre ou une classe.", _EMPTY)
    reasoned = rows.filter(pl.col("raison").is_not_null() | ~pl.col("etat").is_in(_STATES))
    yield from _found("raison_dite", reasoned, "Une ligne masquée dit pourquoi elle l'est.", _EMPTY)


def _rounded(rows: pl.DataFrame) -> Iterator[Finding]:
    strange = rows.filter(pl.col("assise").is_not_null() & ~pl.col("assise").is_in(BANDS))
    yield from _found("assise", strange, "La classe de l'assise est plus fine que les quatre prévues.", _ROUND)
    points = rows.filter(pl.col("unite").is_in(["%", "points"]))
    numbers = [pl.col(name).cast(pl.Float64) for name in ("valeur", "basse", "haute")]
    broken = points.filter(pl.any_horizontal((each != each.round(0)) | (each.abs() > 100) for each in numbers))
    yield from _found("pourcentage", broken, "Un pourcentage n'est pas un entier de 0 à 100.", _ROUND)
    coarse = points.filter(pl.col("assise").is_in(_COARSE))
    fine = coarse.filter(pl.any_horizontal(each % 5 != 0 for each in numbers[1:]))
    yield from _found("borne_trop_fine", fine, "Une borne n'est pas arrondie à 5 points sous 50 personnes.", _ROUND)


def _opinions(rows: pl.DataFrame) -> Iterator[Finding]:
    """A gain moves in points and may be nil; its two sides are shares."""
    share = (pl.col("genre") != "gain") | (pl.col("categorie") != "")
    unanimous = rows.filter(
        "opinion", share, pl.col("unite").is_in(["%", "points"]), (pl.col("valeur") <= 0) | (pl.col("valeur") >= 100)
    )
    why = "Un avis est montré comme partagé par tous, ou par personne."
    yield from _found("opinion_unanime", unanimous, why, "Le dire par une borne : « moins de … % », « plus de … % ».")


def _found(kind: str, rows: pl.DataFrame, why: str, remedy: str) -> Iterator[Finding]:
    if rows.height:
        yield Finding(kind, cells_words(rows), why, remedy)
