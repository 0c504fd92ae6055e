"""What the page of practices opens with: which measures compare structures, how many of the reader's part from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.selection import Period, Unit
from dashboard.text import numbers
from dashboard.text.typography import capitalised, uncapitalised
from dashboard.views.catalogue import Field
from dashboard.views.cloud import ABOVE, BELOW, Cloud
from dashboard.views.clouds import Clouds, cloud_of
from dashboard.views.measures import Measure

QUESTION = "Comment mes structures pratiquent-elles, comparées à d'autres qui leur ressemblent ?"
TEAM_QUESTION = "Comment pratiquons-nous, comparés à d'autres structures qui nous ressemblent ?"
NOBODY_NAMED = (
    "Aucune structure n'est nommée ici pour vous : seuls la voient par son nom son équipe et, si elle l'a accepté, "
    "le responsable de son réseau. Voici donc toutes les structures comparées, sans leur nom."
)
NONE_CONSENTS = (
    "Aucune structure de votre réseau ne peut être nommée à ce jour : ou bien aucune ne l'a accepté, ou bien une ou deux "
    "seulement ne l'ont pas accepté, et leurs chiffres se déduiraient de ceux des autres. Elles sont dans le nuage, sans "
    "leur nom."
)
NOT_COMPARED = (
    "Aucune mesure ne compare les structures pour cette période : les chiffres d'une structure demandent du temps."
)
NONE_APART = (
    "Aucune ne s'écarte nettement des autres : le hasard peut l'expliquer. Que voulez-vous comprendre ensemble ?"
)
NONE_OF_ONE = (
    "Elle ne s'écarte nettement des autres sur aucune : le hasard peut expliquer les écarts. "
    "Que voulez-vous comprendre ensemble ?"
)
_LONGEST_LIST = 3


@dataclass(frozen=True)
class Offered:
    """A measure that compares structures, where it stands in the grid, and its cloud."""

    field: Field
    criterion: str
    measure: Measure
    cloud: Cloud

    @property
    def code(self) -> str:
        """What the URL says of it, under any version of the grid."""
        return self.measure.name

    @property
    def perimeter(self) -> str:
        """« region », or the network within which alone the grid compares."""
        return self.cloud.perimeter

    @property
    def label(self) -> str:
        """« Compréhension de la demande – Personnes qui disent que… (noyau) »."""
        return f"{self.criterion} – {self.measure.libelle}{' (noyau)' if self.measure.noyau else ''}"


def offered(fields: Iterable[Field], clouds: Clouds, around: Unit, period: Period) -> list[Offered]:
    """Measures that have a cloud to show for a unit: by field, those of the core first, then in the order of the grid."""
    found = []
    for field in fields:
        every = [(each.libelle, measure) for each in field.criteria for measure in each.measures]
        for criterion, measure in sorted(every, key=lambda pair: not pair[1].noyau):
            cloud = cloud_of(measure, clouds, around, period)
            if cloud is not None:
                found.append(Offered(field, criterion, measure, cloud))
    return found


def firsts(offers: Sequence[Offered]) -> dict[str, str]:
    """The code of the first measure of each field, with the field's name."""
    fields = {each.field.code: each for each in reversed(offers)}
    return {each.code: each.field.libelle for each in reversed(fields.values())}


def opening(offers: Sequence[Offered], period: Period, names: Collection[str]) -> list[str]:
    """How many of the reader's structures are told, which ones part from the others and where, and a question."""
    told = {each.name for offer in offers for each in offer.cloud.named}
    if not told:
        return [
            f"{capitalised(period.within)}, aucun chiffre de vos structures ne peut être comparé : elles sont trop peu sûres."
        ]
    where = f"sur {_measures(_of(offers))}"
    if len(names) == 1:
        return [
            f"{capitalised(period.within)}, {told.pop()} se compare à d'autres {where}.",
            _apart(offers, NONE_OF_ONE),
        ]
    first = f"{capitalised(period.within)}, {_how_many(len(told), len(names))} à d'autres {where}."
    return [first, _apart(offers, NONE_APART)]


def opening_without_names(offers: Sequence[Offered], period: Period) -> str:
    """On how many measures at least one structure parts from the others, and a question."""
    apart = [offer for offer in offers if any(each.apart for each in offer.cloud.structures)]
    compared = f"{capitalised(period.within)}, les structures se comparent sur {_measures(offers)}."
    if not apart:
        return f"{compared} Aucune ne s'écarte nettement des autres : leurs écarts peuvent venir du hasard."
    where = f"Sur {_measures(apart)}, une structure au moins s'écarte nettement des autres"
    return f"{compared} {where} : que voulons-nous comprendre ensemble ?"


def unnamed_sentence(refusing: int) -> str:
    """« Deux structures n'ont pas accepté d'être nommées… »; empty where all did."""
    if not refusing:
        return ""
    who = capitalised(numbers.spelled(refusing, feminine=True))
    if refusing == 1:
        return (
            f"{who} structure de votre réseau n'a pas accepté d'être nommée : là où elle est comparée, elle est dans le "
            "nuage, sans son nom."
        )
    return (
        f"{who} structures de votre réseau n'ont pas accepté d'être nommées : là où elles sont comparées, elles sont dans "
        "le nuage, sans leur nom."
    )


def around_sentence(chosen: Unit, around: Unit, names: Mapping[str, str] | Collection[str]) -> str:
    """Said where the territory that the reader chose does not change this page; empty elsewhere."""
    if chosen == around:
        return ""
    if names:
        return f"Vos structures sont les mêmes quel que soit le territoire choisi à gauche ({chosen.nom})."
    return f"Les structures se comparent dans toute la région, pas dans un département ({chosen.nom})."


def _of(offers: Sequence[Offered]) -> list[Offered]:
    return [offer for offer in offers if offer.cloud.named]


def _how_many(told: int, named: int) -> str:
    if told == named:
        return f"vos {numbers.spelled(told)} structures montrées par leur nom se comparent"
    verb = "se compare" if told == 1 else "se comparent"
    return f"{numbers.spelled(told, feminine=True)} de vos {numbers.spelled(named)} structures montrées par leur nom {verb}"


def _apart(offers: Sequence[Offered], none: str) -> str:
    apart = [offer for offer in offers if any(each.apart for each in offer.cloud.named)]
    if not apart:
        return none
    said = [_side(offer) for offer in apart[:_LONGEST_LIST]]
    more = len(apart) - len(said)
    said += (
        [f"{numbers.spelled(more, feminine=True)} autre{'s' if more > 1 else ''} mesure{'s' if more > 1 else ''}"]
        if more
        else []
    )
    return f"Un écart net se voit sur {numbers.listed(said)}. Qu'a-t-on fait, ou connu, de différent ?"


def _side(offer: Offered) -> str:
    counts = Counter(each.apart for each in offer.cloud.named)
    sides = [
        f"{numbers.spelled(counts[side], feminine=True)} structure{'s' if counts[side] > 1 else ''} {words}"
        for side, words in ((ABOVE, "au-dessus"), (BELOW, "au-dessous"))
        if counts[side]
    ]
    return f"« {uncapitalised(offer.measure.libelle)} » ({numbers.listed(sides)})"


def _measures(offers: Sequence[Offered]) -> str:
    count = len(offers)
    return f"{numbers.spelled(count, feminine=True)} mesure{'s' if count > 1 else ''}"
