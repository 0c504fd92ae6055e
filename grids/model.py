"""What a grid is made of: fields → criteria → indicators → measures, the bases they count on, the questions they ask."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from grids.definitions import Definition
from grids.expressions import parse_expression

Level = Literal["structure", "reseau", "region"]
Kind = Literal["part", "repartition", "quantiles"]
Nature = Literal["rendue", "percue", "declaree"]
Direction = Literal["plus", "moins", "zone", "neutre"]
State = Literal["travail", "proposee", "essai", "adoptee", "retiree"]

LEVELS: tuple[Level, ...] = ("structure", "reseau", "region")


class Scale(Definition):
    """The answers a question admits: code → wording. `outside` are answers that leave the denominator."""

    values: dict[str, str] = Field(alias="valeurs", min_length=2)
    favorable: tuple[str, ...] = Field(default=(), alias="favorables")
    outside: dict[str, str] = Field(default={}, alias="hors_echelle")


class Question(Definition):
    """A question of the grid, who answers it and when."""

    text: str = Field(alias="texte")
    respondent: Literal["personne", "professionnel", "equipe"] = Field(alias="repondant")
    wave: Literal["a_chaud", "m1"] = Field(alias="vague")
    scale: str = Field(alias="echelle")


class Base(Definition):
    """Who is counted. One mask and one publication step hold for each base, whatever the measure."""

    table: Literal["accueils", "reponses"]
    condition: str = Field(alias="si")
    label: str = Field(alias="libelle")
    opinion: bool = False
    levels: tuple[Level, ...] = Field(default=LEVELS, alias="niveaux")

    @field_validator("condition")
    @classmethod
    def _must_parse(cls, text: str) -> str:
        return parse_expression(text).text


class Measure(Definition):
    """One figure of an indicator. `kind` says which of the next fields it needs; `grids.load` checks that."""

    base: str
    nature: Nature
    label: str = Field(alias="libelle")
    definition: str
    kind: Kind = Field(alias="genre")
    direction: Direction = Field(alias="sens")
    condition: str = Field(default="", alias="si")
    counted: str = Field(default="", alias="compte")
    value: str = Field(default="", alias="valeur")
    quantiles: tuple[float, ...] = ()
    unit: str = Field(default="%", alias="unite")
    categories: dict[str, str] = {}
    favorable: tuple[str, ...] = Field(default=(), alias="favorables")

    @field_validator("condition", "counted", "value")
    @classmethod
    def _must_parse(cls, text: str) -> str:
        return parse_expression(text).text if text else text


class Indicator(Definition):
    """An indicator of a criterion; its first measure is the headline."""

    label: str = Field(alias="libelle")
    criterion: str = Field(alias="critere")
    clauses: tuple[str, ...] = Field(min_length=1)
    gaming: str = Field(default="", alias="detournement")
    measures: dict[str, Measure] = Field(alias="mesures", min_length=1)


class Criterion(Definition):
    """A criterion of a field, and the question it asks in plain words."""

    field: str = Field(alias="champ")
    label: str = Field(alias="libelle")
    question: str


class Authorship(Definition):
    """Who wrote a version and who checks it."""

    author: str = Field(alias="auteur")
    checker: str = Field(alias="verifie_par")


class Grid(Definition):
    """One version of a grid."""

    id: str = Field(alias="grille")
    version: str
    label: str = Field(alias="libelle")
    authorship: Authorship = Field(alias="gouvernance")
    field_labels: dict[str, str] = Field(alias="champs")
    criteria: dict[str, Criterion] = Field(alias="criteres")
    scales: dict[str, Scale] = Field(alias="echelles")
    questions: dict[str, Question]
    bases: dict[str, Base]
    indicators: dict[str, Indicator] = Field(alias="indicateurs")

    def measures(self) -> tuple[tuple[str, Indicator, Measure], ...]:
        """Every measure with its id ("PD02.rendue@2026.1") and its indicator, in the grid's order."""
        return tuple(
            (f"{indicator_id}.{name}@{self.version}", indicator, measure)
            for indicator_id, indicator in self.indicators.items()
            for name, measure in indicator.measures.items()
        )

    def scale_of(self, question: str) -> Scale:
        """The scale on which `question` is answered."""
        return self.scales[self.questions[question].scale]


class VersionRecord(Definition):
    """Where a version stands, and since when."""

    version: str
    state: State = Field(alias="etat")
    in_force_from: date = Field(alias="en_vigueur_du")
    next_review: date = Field(alias="prochaine_revue")


class Clause(Definition):
    """A commitment of the specification, paraphrased."""

    id: str
    text: str = Field(alias="texte")
    field: str = Field(alias="champ")
    evidence: tuple[str, ...] = Field(alias="preuve")
