"""What a share is a share of: the first word of its base (« accueils où la situation a été analysée »)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Noun:
    """A thing that is counted, with its gender."""

    one: str
    many: str
    feminine: bool = False

    @property
    def un(self) -> str:
        return "une" if self.feminine else "un"

    @property
    def all(self) -> str:
        return "toutes" if self.feminine else "tous"

    @property
    def of_many(self) -> str:
        return f"des {self.many}"


NOUNS = {
    noun.many: noun
    for noun in (
        Noun("accueil", "accueils"),
        Noun("courriel", "courriels"),
        Noun("urgence", "urgences", feminine=True),
        Noun("personne", "personnes", feminine=True),
        Noun("professionnel", "professionnels"),
        Noun("accueillant", "accueillants"),
        Noun("équipe", "équipes", feminine=True),
        Noun("structure", "structures", feminine=True),
        Noun("réponse", "réponses", feminine=True),
    )
}


def counted_noun(base_label: str, table: str) -> Noun:
    """The noun of a base: the first word of its label; where it is not known, what its table holds."""
    of_table = NOUNS.get(table, NOUNS["réponses"])
    first = base_label.replace(",", " ").split(maxsplit=1)[:1]
    return NOUNS.get(first[0], of_table) if first else of_table


def names(label: str, noun: Noun) -> bool:
    """Whether a label already begins with the noun: « Accueils où l'urgence a été évaluée »."""
    return label.split(maxsplit=1)[0].casefold() == noun.many


def predicate(label: str) -> tuple[Noun, str] | None:
    """« Personnes qui disent … » → the noun and « disent … »: a label that makes a sentence. None for the others."""
    first, _, rest = label.partition(" qui ")
    noun = NOUNS.get(first.casefold())
    return (noun, rest) if noun and rest else None
