"""What a grid asks: questions and their scales, questionnaires, the profile of structures."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from grids.definitions import Definition

Respondent = Literal["personne", "professionnel", "equipe"]
Wave = Literal["a_chaud", "m1"]


class Scale(Definition):
    """The answers a question admits: code → wording. `outside` are answers that leave the denominator."""

    values: dict[str, str] = Field(alias="valeurs", min_length=2)
    favorable: tuple[str, ...] = Field(default=(), alias="favorables")
    outside: dict[str, str] = Field(default={}, alias="hors_echelle")

    @property
    def is_number(self) -> bool:
        """Whether its codes are whole numbers, which expressions compare as such."""
        return all(code.isdigit() for code in self.values)

    @property
    def is_box(self) -> bool:
        """Whether it is a box to tick, which expressions read as true or false."""
        return set(self.values) == {"oui", "non"}


class Question(Definition):
    """A question of the grid, who answers it and when. `by_partner`: asked once for each partner network."""

    text: str = Field(alias="texte")
    respondents: tuple[Respondent, ...] = Field(alias="repondants", min_length=1)
    wave: Wave = Field(alias="vague")
    scale: str = Field(alias="echelle")
    part: str = Field(default="", alias="partie")
    block: str = Field(default="", alias="bloc")
    by_partner: bool = Field(default=False, alias="par_partenaire")
    on_trial: bool = Field(default=False, alias="a_l_essai")


class Questionnaire(Definition):
    """What one kind of respondent is given to fill in at one time: its title, what is said before and after."""

    title: str = Field(alias="titre")
    opening: str = Field(alias="chapeau")
    closing: str = Field(default="", alias="fin")
    respondent: Respondent = Field(alias="repondant")
    wave: Wave = Field(alias="vague")
    minutes: int = Field(ge=1, le=60)


class ProfileQuestion(Definition):
    """A question of the structure's yearly profile, and the columns of the contract that hold its answer."""

    text: str = Field(alias="texte")
    columns: tuple[str, ...] = Field(default=(), alias="colonnes")
