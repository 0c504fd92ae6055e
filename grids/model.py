"""What a grid is made of: fields → criteria → indicators → measures, and the bases they count on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Literal

from pydantic import Field, field_validator

from grids.definitions import Definition
from grids.expressions import parse_expression
from grids.questions import ProfileQuestion, Question, Questionnaire, Scale

Table = Literal["accueils", "reponses", "structures"]
Level = Literal["structure", "reseau", "departement", "region"]
Step = Literal["mois", "trimestre", "annee"]
Kind = Literal["part", "repartition", "quantiles", "ecart", "diversite", "gain", "indice", "rapport_de_sommes"]
Nature = Literal["rendue", "percue", "declaree"]
Direction = Literal["plus", "moins", "zone", "neutre"]
Comparison = Literal["tous", "meme_reseau", "aucune"]
Computation = Literal["couverture_des_clauses", "redondance", "charge", "fiabilite"]
Framework = Literal["elgpn", "cep", "qualiopi", "matrix", "services-publics-plus", "cdm", "otp-2011"]

LEVELS: tuple[Level, ...] = ("structure", "reseau", "departement", "region")
STEPS: dict[Table, tuple[Step, ...]] = {
    "accueils": ("mois", "trimestre", "annee"),
    "reponses": ("trimestre", "annee"),
    "structures": ("annee",),
}
"""The steps of a base that names none: receptions come all the time, answers in waves, profiles once a year."""
PROCESS = "processus"
"""The field that speaks of the improvement itself, never of a structure."""


class Base(Definition):
    """Who is counted. One mask and one publication step hold for each base, whatever the measure.

    `unit`: a column of whole numbers by which each row counts, instead of once. `steps`: those of its table unless it says so.
    """

    table: Table
    condition: str = Field(default="", alias="si")
    label: str = Field(alias="libelle")
    opinion: bool = False
    is_fact: bool = Field(default=False, alias="fait_d_organisation")
    unit: str = Field(default="", alias="unite")
    levels: tuple[Level, ...] = Field(default=LEVELS, alias="niveaux", min_length=1)
    own_steps: tuple[Step, ...] = Field(default=(), alias="pas")

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps at which it may be shown, the finest first."""
        return tuple(step for step in STEPS[self.table] if step in (self.own_steps or STEPS[self.table]))

    @field_validator("condition")
    @classmethod
    def _must_parse(cls, text: str) -> str:
        return parse_expression(text).text if text else text


class Item(Definition):
    """One part of an index."""

    label: str = Field(alias="libelle")
    counted: str = Field(alias="compte")

    @field_validator("counted")
    @classmethod
    def _must_parse(cls, text: str) -> str:
        return parse_expression(text).text


class Continuity(Definition):
    """The measure of an earlier version that this one continues, and why both may be read as one series."""

    measure: str = Field(alias="mesure")
    reason: str = Field(alias="raison", min_length=10)


class Target(Definition):
    """A level that the networks chose to aim at, with its date and reason."""

    value: int = Field(alias="valeur")
    reason: str = Field(alias="raison", min_length=10)
    decided_on: date = Field(alias="decide_le")


class Measure(Definition):
    """One figure of an indicator. `kind` says which of the next fields it needs; `grids.kinds` checks that.

    `pending`: why it is defined and not measured yet. `by_equivalence`: only networks' own indicators can tell it, and
    nothing is counted for it from records or answers.
    """

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
    items: dict[str, Item] = {}
    of: str = Field(default="", alias="de")
    quantile: float | None = Field(default=None, gt=0, lt=1)
    group: str = Field(default="", alias="groupe")
    against: str = Field(default="", alias="contre")
    before: str = Field(default="", alias="avant")
    after: str = Field(default="", alias="apres")
    total: str = Field(default="", alias="somme")
    smallest_share: float | None = Field(default=None, alias="part_minimale", gt=0, lt=1)
    offered: str = Field(default="", alias="proposes")
    breakdowns: tuple[Literal["partenaire"], ...] = Field(default=(), alias="ventilations")
    levels: tuple[Level, ...] = Field(default=(), alias="niveaux")
    compared: Comparison = Field(default="tous", alias="compare")
    target: Target | None = Field(default=None, alias="seuil")
    continues: Continuity | None = Field(default=None, alias="suite_de")
    by_equivalence: bool = Field(default=False, alias="par_equivalence")
    pending: str = Field(default="", alias="pas_encore")

    @field_validator("condition", "counted", "value", "group", "against", "before", "after")
    @classmethod
    def _must_parse(cls, text: str) -> str:
        return parse_expression(text).text if text else text

    @property
    def expressions(self) -> tuple[str, ...]:
        """Every expression that says what is counted, its own condition first."""
        texts = (self.condition, self.counted, self.value, self.group, self.against, self.before, self.after)
        return tuple(filter(None, (*texts, *(item.counted for item in self.items.values()))))


class Reference(Definition):
    """What another framework says of the same thing."""

    framework: Framework = Field(alias="cadre")
    code: str
    label: str = Field(alias="libelle")


class Indicator(Definition):
    """An indicator of a criterion; its first measure is the headline.

    `core`: among the few proposed for a first discussion. `approached`: clauses that it comes near without evidencing them.
    `computed`: what the product works out by itself, for the indicators of the process.
    """

    label: str = Field(alias="libelle")
    criterion: str = Field(alias="critere")
    clauses: tuple[str, ...] = ()
    approached: tuple[str, ...] = Field(default=(), alias="approche")
    gaming: str = Field(default="", alias="detournement")
    limit: str = Field(default="", alias="limite")
    owner: str = Field(default="", alias="chef_de_file")
    core: bool = Field(default=False, alias="noyau")
    references: tuple[Reference, ...] = ()
    measures: dict[str, Measure] = Field(default={}, alias="mesures")
    definition: str = ""
    direction: Direction = Field(default="neutre", alias="sens")
    computed: Computation | None = Field(default=None, alias="calcul")
    pending: str = Field(default="", alias="pas_encore")


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
    questionnaires: dict[str, Questionnaire] = {}
    questions: dict[str, Question]
    profile: dict[str, ProfileQuestion] = Field(default={}, alias="profil")
    bases: dict[str, Base]
    indicators: dict[str, Indicator] = Field(alias="indicateurs")

    def measures(self) -> tuple[tuple[str, Indicator, Measure], ...]:
        """Every measure that can be measured, with its id ("PD02.rendue@2025.1") and its indicator, in the grid's order."""
        return tuple(each for each in self.defined_measures() if not (each[1].pending or each[2].pending))

    def defined_measures(self) -> Iterator[tuple[str, Indicator, Measure]]:
        """The same, with those that wait for data to come."""
        for indicator_id, indicator in self.indicators.items():
            for name, measure in indicator.measures.items():
                yield f"{indicator_id}.{name}@{self.version}", indicator, measure

    def base_id(self, base: str) -> str:
        """How a base is known outside its grid, like a measure: with the version ("accueils_analyse@2025.1")."""
        return f"{base}@{self.version}"

    def scale_of(self, question: str) -> Scale:
        """The scale on which `question` is answered."""
        return self.scales[self.questions[question].scale]

    def levels_of(self, measure: Measure) -> tuple[Level, ...]:
        """The levels at which a measure is shown: its own among those of its base."""
        allowed = self.bases[measure.base].levels
        return tuple(level for level in allowed if level in (measure.levels or allowed))

    def questions_of(self, questionnaire: str) -> dict[str, Question]:
        """The questions of a questionnaire, in the grid's order."""
        asked = self.questionnaires[questionnaire]
        return {
            name: question
            for name, question in self.questions.items()
            if asked.respondent in question.respondents and question.wave == asked.wave
        }
