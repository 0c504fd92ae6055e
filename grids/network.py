"""How each network's files become the contract (`grids/networks/`)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, model_validator

from grids.contract import TABLES, load_contract
from grids.definitions import ROOT, Definition, read_definition
from grids.errors import GridError
from grids.mapping_check import check_mapping
from grids.register import network_codes, networks

DATE_FORMATS = {
    "JJ/MM/AAAA": "%d/%m/%Y",
    "AAAA-MM-JJ": "%Y-%m-%d",
    "AAAA-MM-JJ hh:mm:ss": "%Y-%m-%d %H:%M:%S",
    "AAAA-MM-JJ hh:mm": "%Y-%m-%d %H:%M",
    "JJ/MM/AAAA hh:mm:ss": "%d/%m/%Y %H:%M:%S",
    "JJ/MM/AAAA hh:mm": "%d/%m/%Y %H:%M",
    "JJ/MM/AA": "%d/%m/%y",
    "J mois AAAA": "%d %m %Y",
}
"""Date shapes that a mapping may name, and their strptime form."""


class WorkingDays(Definition):
    """A delay counted in working days between two date columns of the export."""

    start: str = Field(alias="de")
    end: str = Field(alias="a")


class Source(Definition):
    """Where one column of the contract, or one question of the grid, comes from in an export."""

    heading: str = Field(default="", alias="colonne")
    values: dict[str, str] = Field(default={}, alias="valeurs")
    separator: str = Field(default="", alias="separateur")
    date: str = ""
    working_days: WorkingDays | None = Field(default=None, alias="jours_ouvres")
    block: str = Field(default="", alias="bloc")

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading that this source reads."""
        return (self.working_days.start, self.working_days.end) if self.working_days else (self.heading,)

    @model_validator(mode="after")
    def _one_origin(self) -> Source:
        if bool(self.heading) == bool(self.working_days):
            raise ValueError("Dites d'où vient la valeur : « colonne », ou « jours_ouvres », et pas les deux.")
        if self.date and self.date not in DATE_FORMATS:
            raise ValueError(f"Forme de date inconnue : « {self.date} » (formes : {', '.join(DATE_FORMATS)}).")
        return self


class Delivery(Definition):
    """A kind of file that a network delivers, and how it becomes a table of the contract.

    `questions`: by question of the grid; one asked for each partner network is told once a partner, « P21@cio ».
    """

    id: str
    table: str = Field(alias="contrat")
    reader: Literal["csv", "limesurvey", "webform"] = Field(alias="lecteur")
    recognised_by: tuple[str, ...] = Field(default=(), alias="reconnue_a")
    constants: dict[str, str] = Field(default={}, alias="constantes")
    columns: dict[str, Source] = Field(alias="colonnes")
    questions: dict[str, Source] = {}
    comments: dict[str, Source] = Field(default={}, alias="commentaires")
    removed: tuple[str, ...] = Field(default=(), alias="a_retirer")
    ignored: tuple[str, ...] = Field(default=(), alias="ignorer")
    closing: dict[str, tuple[str, ...]] = Field(default={}, alias="cases_de_cloture")
    telling: tuple[str, ...] = Field(default=(), alias="vide_sans")

    @property
    def kept_headings(self) -> tuple[str, ...]:
        """Headings whose cells are read, in the mapping's order, each once.

        Beside those that fill a column: the boxes that close a block ("rien de cela"), and those without which a prepared
        line is blank.
        """
        sources = (*self.columns.values(), *self.questions.values(), *self.comments.values())
        named = [heading for source in sources for heading in source.headings]
        closing = [heading for headings in self.closing.values() for heading in headings]
        return tuple(dict.fromkeys([*named, *closing, *self.telling]))

    @model_validator(mode="after")
    def _targets_exist(self) -> Delivery:
        if self.table not in TABLES:
            raise ValueError(f"« {self.table} » n'est pas une table du contrat ({', '.join(TABLES)}).")
        contract = load_contract(self.table)
        for name in (*self.columns, *self.constants):
            if contract.column(name) is None:
                raise ValueError(f"« {name} » n'est pas une colonne du contrat « {self.table} ».")
        if self.comments and not (self.table == "reponses" and self.questions and "reponse_ref" in self.columns):
            raise ValueError(
                "Des « commentaires » accompagnent des « questions » du contrat « reponses » et leur référence."
            )
        return self


class Mapping(Definition):
    """All that a network delivers through its own tools."""

    network: str = Field(alias="reseau")
    name: str = Field(alias="nom")
    deliveries: tuple[Delivery, ...] = Field(alias="livraisons")


def load_mapping(network: str, folder: Path = ROOT / "networks") -> Mapping:
    """The mapping of `network`.

    Raises GridError if the network is not in the register or its file says something that cannot be.
    A network of the register without a file delivers in the contract's own shape: its mapping is empty.
    """
    known = {each.code: each for each in networks()}
    if network not in known:
        raise GridError(
            f"« {network} » n'est pas un réseau du registre.", remedy=f"Réseaux connus : {', '.join(known)}."
        )
    path = folder / f"{network}.yaml"
    if not path.is_file():
        return Mapping(network=network, name=known[network].name, deliveries=())
    mapping = read_definition(Mapping, path)
    check_mapping(mapping, network_codes(), path)
    return mapping


def contract_delivery(table: str) -> Delivery:
    """The delivery of a file that already has the contract's own headings: it needs no mapping."""
    contract = load_contract(table)
    shapes = {"mois": "AAAA-MM-JJ", "date": "AAAA-MM-JJ"}
    columns = {
        column.name: Source(
            heading=column.name,
            date=shapes.get(column.type, ""),
            separator="|" if column.type == "ensemble" else "",
        )
        for column in contract.columns
    }
    return Delivery(id=f"contrat-{table}", table=table, reader="csv", columns=columns)
