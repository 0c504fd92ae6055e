"""The data contract: the tables a network delivers, each defined once in `grids/contract/`."""

from __future__ import annotations

from functools import cache
from typing import Literal

from pydantic import Field, field_validator

from grids.definitions import ROOT, Definition, read_definition
from grids.expressions import parse_expression

ColumnType = Literal[
    "reference", "texte", "code", "ensemble", "booleen", "entier", "nombre", "mois", "date", "commune", "siret",
    "question", "reponse", "phrase",
]  # fmt: skip
TABLES = ("structures", "accueils", "reponses", "indicateurs_reseau", "frequentation", "actions", "evenements")
"""The tables of the contract, in the order in which they are checked: a link points to an earlier table."""

BOOLEAN_VALUES = ("oui", "non")


class Column(Definition):
    """A column of the contract: its type, its bounds or code values, and what it is used for.

    A set holds `at_most` so many codes, and a code of `alone` never beside another. A phrase is some words written by a person,
    in which nobody may be named. The `values` of a text that is linked are words admitted beside what the link knows.
    """

    name: str = Field(alias="nom")
    type: ColumnType
    label: str = Field(alias="libelle")
    required: bool = Field(default=False, alias="obligatoire")
    values: tuple[str, ...] = Field(default=(), alias="valeurs")
    referential: Literal["reseaux", ""] = Field(default="", alias="referentiel")
    minimum: int | None = None
    maximum: int | None = None
    at_most: int | None = Field(default=None, alias="au_plus")
    alone: tuple[str, ...] = Field(default=(), alias="seules")
    uses: tuple[str, ...] = Field(min_length=1, alias="usage")


class RowRule(Definition):
    """A rule across the columns of one row: where `condition` holds, `consequence` must."""

    id: str
    label: str = Field(alias="libelle")
    remedy: str = Field(alias="remede")
    column: str = Field(alias="colonne")
    condition: str = Field(alias="si")
    consequence: str = Field(alias="alors")

    @field_validator("condition", "consequence")
    @classmethod
    def _must_parse(cls, text: str) -> str:
        return parse_expression(text).text


class Link(Definition):
    """A column whose values must be known elsewhere: a structure delivered, the unit that `niveau` says, or the grid."""

    column: str = Field(alias="colonne")
    target: Literal["structures", "unites", "grille"] = Field(alias="vers")


class Contract(Definition):
    """One table of the contract."""

    table: str
    title: str = Field(alias="titre")
    description: str
    key: tuple[str, ...] = Field(min_length=1, alias="cle")
    columns: tuple[Column, ...] = Field(alias="colonnes")
    rules: tuple[RowRule, ...] = Field(default=(), alias="regles")
    links: tuple[Link, ...] = Field(default=(), alias="liens")

    def column(self, name: str) -> Column | None:
        """The column called `name`, or None."""
        return next((column for column in self.columns if column.name == name), None)


@cache
def load_contract(table: str) -> Contract:
    """The contract of one of TABLES; raises GridError if its file says something that cannot be."""
    return read_definition(Contract, ROOT / "contract" / f"{table}.yaml")


def allowed_values(column: Column, networks: tuple[str, ...]) -> tuple[str, ...]:
    """Every code that `column` admits, the register of networks included where it refers to it; empty if free."""
    if column.type == "booleen":
        return BOOLEAN_VALUES
    return column.values + (networks if column.referential == "reseaux" else ())


def column_types(table: str) -> dict[str, Column]:
    """What an expression over `table` may name: the contract's columns, and the network that delivered the row."""
    network = Column(name="reseau", type="code", label="Réseau", referential="reseaux", uses=("fonctionnement",))
    return {network.name: network} | {column.name: column for column in load_contract(table).columns}
