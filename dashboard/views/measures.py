"""The measures of the grid, as a release describes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

FAVOURABLE = "favorable"
SHARE, DISTRIBUTION, QUANTILES, GAP = "part", "repartition", "quantiles", "ecart"
DIVERSITY, GAIN, INDEX, RATIO = "diversite", "gain", "indice", "rapport_de_sommes"
MEDIAN, NINTH_DECILE = "p50", "p90"
PERCEIVED, RENDERED = "percue", "rendue"
PERCENT = "%"
MORE, FEWER = "plus", "moins"
TOGETHER, SAME_NETWORK, NEVER = "tous", "meme_reseau", "aucune"


@dataclass(frozen=True)
class Category:
    """One answer of a distribution, or one part of an index."""

    code: str
    libelle: str
    favorable: bool = False


@dataclass(frozen=True)
class Clause:
    """A clause of the cahier des charges."""

    id: str
    texte: str


@dataclass(frozen=True)
class Measure:
    """One measure of an indicator, with its answers and the clauses it evidences.

    `parts`: the items of an index, or the partners of a share told for each of them, in the order of the grid.
    """

    id: str
    indicateur: str
    champ: str
    champ_libelle: str
    critere: str
    critere_libelle: str
    critere_question: str
    genre: str
    nature: str
    base_libelle: str
    sens: str
    unite: str
    libelle: str
    definition: str
    detournement: str | None
    calcul: str
    version: str
    indicateur_id: str = ""
    base_table: str = ""
    fait_d_organisation: bool = False
    niveaux: tuple[str, ...] = ()
    pas: tuple[str, ...] = ()
    limite: str | None = None
    noyau: bool = False
    comparaison: str = TOGETHER
    seuil: int | None = None
    seuil_raison: str | None = None
    seuil_date: date | None = None
    precedente: str | None = None
    suite_de: str | None = None
    suite_raison: str | None = None
    categories: tuple[Category, ...] = ()
    clauses: tuple[Clause, ...] = ()
    parts: tuple[Category, ...] = ()

    @property
    def name(self) -> str:
        """« OR02.rendue »: what versions of the grid have in common."""
        return self.id.partition("@")[0]

    @property
    def headline(self) -> str | None:
        """The category of the figure that stands for the measure; None when no answer is better than another."""
        if self.genre == DISTRIBUTION:
            return FAVOURABLE if any(category.favorable for category in self.categories) else None
        return MEDIAN if self.genre == QUANTILES else ""

    @property
    def telling_category(self) -> str:
        """The category whose state tells whether the measure can be shown."""
        return self.categories[0].code if self.headline is None else self.headline

    @property
    def counts_answers(self) -> bool:
        """Whether answers are counted, rather than receptions or structures."""
        return self.nature != RENDERED and not self.fait_d_organisation

    @property
    def is_share(self) -> bool:
        """Whether its figures go from 0 to 100 %."""
        return self.unite == PERCENT and self.genre not in (GAP, GAIN)

    @property
    def has_ranges(self) -> bool:
        """Whether chance plays a part in its figures: a census of structures, or a count of channels, has no range."""
        return not self.fait_d_organisation and self.genre != DIVERSITY

    @property
    def shown_unit(self) -> str:
        """The unit as `figures` writes it: a gap says which way it goes, « 3 jours ouvrés de plus »."""
        return f"{self.unite} d'écart" if self.genre == GAP else self.unite

    def shown_at(self, niveau: str) -> bool:
        """Whether it is ever shown for a unit of this level."""
        return not self.niveaux or niveau in self.niveaux

    def shown_by(self, pas: str) -> bool:
        """Whether it is ever shown for periods of this step."""
        return not self.pas or pas in self.pas


def read_measures(measures: pl.DataFrame, categories: pl.DataFrame, clauses: pl.DataFrame) -> list[Measure]:
    """Measures of every version in the order of their grid, from the three reference frames."""
    # « favorable » gathers answers; it is not one of them, and would be counted twice beside them.
    answers = _grouped(
        categories.filter(pl.col("categorie") != FAVOURABLE), ("categorie", "libelle", "favorable"), Category
    )
    evidence = _grouped(clauses, ("clause_id", "texte"), Clause)
    kept = [name for name in Measure.__dataclass_fields__ if name in measures.columns]
    return [
        _measure(row, kept, answers.get(row["mesure_id"], ()), evidence.get(row["mesure_id"], ()))
        for row in measures.iter_rows(named=True)
    ]


def _measure(
    row: dict[str, Any], kept: list[str], categories: tuple[Category, ...], clauses: tuple[Clause, ...]
) -> Measure:
    told: dict[str, Any] = {name: tuple(row[name]) if isinstance(row[name], list) else row[name] for name in kept}
    return Measure(id=row["mesure_id"], categories=categories, clauses=clauses, **told)


def _grouped(frame: pl.DataFrame, columns: tuple[str, ...], kind: type) -> dict[str, tuple]:
    groups: dict[str, tuple] = {}
    for measure_id, *row in frame.select("mesure_id", *columns).iter_rows():
        groups[measure_id] = (*groups.get(measure_id, ()), kind(*row))
    return groups
