"""The situations that a person reads again one by one: what is known, in words and in rows. See golden/phrases.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from pipelines.sentences.wording import plain
from tests.sentences.small import LAST_YEAR, YEAR, Row, Told, one, told

GOLDEN = Path(__file__).parent / "golden" / "phrases.md"


@dataclass(frozen=True)
class Case:
    """A situation: its title and inputs in French, and the rows that make it. `key`: the row that is read, if several."""

    title: str
    inputs: str
    cells: list[Row]
    measures: list[Row] = field(default_factory=lambda: [{}])
    categories: list[Row] = field(default_factory=list)
    analyses: dict[str, list[Row]] = field(default_factory=dict)
    key: Row = field(default_factory=dict)

    def told(self) -> Told:
        return one(told(self.cells, self.measures, self.categories, **self.analyses), **self.key)


SHARE = {"valeur": 81, "basse": 77, "haute": 85, "assise": "100+"}
BEFORE = {"valeur": 80, "basse": 76, "haute": 84, "assise": "100+", "debut": LAST_YEAR}
STRUCTURE = {"niveau": "structure", "unite_id": "CIO-1", "agregation": "structure"}
NOTED: Row = {
    "mesure_id": "A.rendue@2025.1", "nature": "rendue", "base_table": "accueils",
    "base_libelle": "accueils où la situation a été analysée",
    "libelle": "Demandes reformulées et confirmées par la personne",
}  # fmt: skip
WAIT: Row = {
    "genre": "quantiles", "nature": "rendue", "base_table": "accueils", "base_libelle": "accueils différés", "sens": "moins",
    "unite": "jours ouvrés", "libelle": "Attente jusqu'au premier créneau proposé",
}  # fmt: skip
GAP: Row = WAIT | {"genre": "ecart", "libelle": "Attente en plus pour les personnes peu à l'aise à distance"}
ADVICE: Row = {
    "genre": "repartition", "nature": "rendue", "base_table": "accueils", "base_libelle": "tous les accueils", "sens": "zone",
    "libelle": "Ce qui s'est passé pour le conseil",
}  # fmt: skip
ADVICE_ANSWERS = [
    {"mesure_id": "A.percue@2025.1", "categorie": "pas_propose", "libelle": "pas proposé"},
    {"mesure_id": "A.percue@2025.1", "categorie": "propose", "libelle": "proposé, accepté"},
]
FACT: Row = {
    "nature": "declaree", "base_table": "structures", "base_libelle": "structures, d'après leur profil de l'année",
    "fait_d_organisation": True, "libelle": "Structures qui suivent leurs délais",
}  # fmt: skip
POSTURE: Row = {
    "genre": "indice", "nature": "declaree", "base_libelle": "professionnels ayant répondu",
    "libelle": "Ce que disent les professionnels de leur façon d'accueillir",
}  # fmt: skip
POSTURE_ITEMS = [
    {"mesure_id": "A.percue@2025.1", "categorie": "p01", "libelle": "laisser la personne exposer sa demande"},
    {"mesure_id": "A.percue@2025.1", "categorie": "p02", "libelle": "reformuler et vérifier"},
]


def line(variation: str, **more: object) -> Row:
    """A row of quality.series on the usual cell."""
    signal = None if variation in ("habituelle", "trop_tot") else "decalage"
    usual = {
        "serie_id": "s",
        "mesure_id": "A.percue@2025.1",
        "niveau": "region",
        "unite_id": "bretagne",
        "pas": "annee",
    }
    drawn = {"categorie": "", "agregation": "moyenne_structures", "carte": "xmr", "provisoire": False}
    return {**usual, **drawn, "variation": variation, "signal": signal, **more}


def action(verdict: str, **more: object) -> dict[str, list[Row]]:
    """An action on the usual cell, and its verdict."""
    told_of: Row = {
        "action_id": "a", "libelle": "créneaux courts", "niveau": "region", "unite_id": "bretagne", "mesure": "A.percue",
        "sens": "moins", "debut": date(2025, 4, 1), "latence_mois": 1, "revue_le": date(2026, 10, 1),
    }  # fmt: skip
    effect = {
        "action_id": "a",
        "mesure_id": "A.percue@2025.1",
        "pas": "annee",
        "verdict": verdict,
        "phrase": "",
        **more,
    }
    return {"actions": [told_of], "effects": [effect]}


def apart(*structures: str) -> list[Row]:
    """Structures beyond 99.8 %, of the whole region."""
    usual = {
        "mesure_id": "A.rendue@2025.1",
        "pas": "annee",
        "debut": YEAR,
        "perimetre": "region",
        "valeur": 50,
        "assise": "100+",
    }
    return [{**usual, "structure_id": each, "a_examiner": "au_dessous"} for each in structures]


CASES = (
    Case(
        "Ouverture",
        "Région, année 2025 ; 81 %, fourchette 77 à 85 ; 80 % un an plus tôt ; variation habituelle.",
        [SHARE, BEFORE],
        analyses={"series": [line("habituelle")]},
    ),
    Case(
        "Progrès avéré, après une action",
        "Délai médian de 5 jours ouvrés, 9 un an plus tôt ; verdict « Amélioration significative ».",
        [
            {"categorie": "p50", "valeur": 5, "basse": 4, "haute": 6},
            {"categorie": "p90", "valeur": 12, "basse": 10, "haute": 15},
            {"categorie": "p50", "valeur": 9, "basse": 8, "haute": 10, "debut": LAST_YEAR},
        ],
        [WAIT],
        analyses=action("Amélioration significative"),
    ),
    Case(
        "Pas de changement, après une action",
        "81 %, 80 % un an plus tôt ; verdict « Variation habituelle » ; revue en octobre 2026.",
        [SHARE, BEFORE],
        analyses=action("Variation habituelle"),
    ),
    Case(
        "À confirmer, après une action",
        "81 %, 72 % un an plus tôt ; verdict « Évolution favorable à confirmer ».",
        [SHARE, BEFORE | {"valeur": 72, "basse": 68, "haute": 76}],
        analyses=action("Évolution favorable à confirmer"),
    ),
    Case(
        "Données insuffisantes, après une action",
        "81 % ; verdict « Données insuffisantes » ; il manque environ 40 réponses.",
        [SHARE],
        analyses=action("Données insuffisantes", manque=40),
    ),
    Case(
        "Fourchette trop large : réponses des personnes",
        "Structure ; fourchette 30 à 80, assise 11-19 : pas de point.",
        [STRUCTURE | {"raison": "fourchette_trop_large", "basse": 30, "haute": 80, "assise": "11-19", "etat": "prudence"}],
    ),
    Case(
        "Fourchette trop large : accueils",
        "La même fourchette, pour ce que notent les équipes : jamais de nombre d'accueils.",
        [
            STRUCTURE
            | {"mesure_id": "A.rendue@2025.1", "raison": "fourchette_trop_large", "basse": 30, "haute": 80, "assise": "11-19"}
        ],
        [NOTED],
    ),
    Case(
        "Non diffusé, réseau lisible",
        "Structure masquée ; son réseau a un chiffre pour la même période.",
        [STRUCTURE | {"etat": "masque"}, {"niveau": "reseau", "unite_id": "cio"} | SHARE],
        key={"niveau": "structure"},
    ),
    Case("Non diffusé, rien autour", "Région masquée.", [{"etat": "masque"}]),
    Case("Sans objet", "Structure fermée sur la période.", [STRUCTURE | {"etat": "sans_objet"}]),
    Case(
        "Trop de non-réponses",
        "Moins de la moitié des réponses attendues.",
        [{"raison": "trop_de_non_reponses", "assise": "20-49"}],
    ),
    Case(
        "Signaux contradictoires",
        "Les équipes notent 94 %, les personnes disent 62 % ; écart de 32 points, fourchette 24 à 40.",
        [{"valeur": 62, "basse": 55, "haute": 69}, {"mesure_id": "A.rendue@2025.1", "valeur": 94, "basse": 91, "haute": 97}],
        [{}, NOTED],
        analyses={
            "views": [
                {
                    "indicateur_id": "A", "niveau": "region", "unite_id": "bretagne", "pas": "annee", "debut": YEAR,
                    "regard_a": "A.rendue@2025.1", "regard_b": "A.percue@2025.1", "ecart": 32, "basse": 24, "haute": 40,
                }
            ],
            "series": [line("habituelle")],
        },
        key={"mesure_id": "A.percue@2025.1"},
    ),
    Case(
        "Écart entre structures, région",
        "Trois structures au-delà de 99,8 %.",
        [{"mesure_id": "A.rendue@2025.1", "valeur": 76, "basse": 72, "haute": 80}],
        [NOTED],
        analyses={"comparisons": apart("CIO-1", "CIO-2", "CIO-3")},
    ),
    Case(
        "Écart entre structures : une seule",
        "Une structure au-delà de 99,8 % : on ne dit pas combien.",
        [{"mesure_id": "A.rendue@2025.1", "valeur": 76, "basse": 72, "haute": 80}],
        [NOTED],
        analyses={"comparisons": apart("CIO-1")},
    ),
    Case(
        "La structure qui s'écarte, pour elle-même",
        "Structure au-delà de 99,8 %, sans dire de quel côté.",
        [STRUCTURE | {"mesure_id": "A.rendue@2025.1", "valeur": 52, "basse": 44, "haute": 60, "assise": "100+"}],
        [NOTED],
        analyses={"comparisons": apart("CIO-1")},
    ),
    Case(
        "Équité : un écart en jours",
        "3 jours de plus, fourchette 1 à 5 ; 9 jours contre 6.",
        [
            {"valeur": 3, "basse": 1, "haute": 5},
            {"categorie": "groupe", "valeur": 9, "basse": 8, "haute": 10},
            {"categorie": "contre", "valeur": 6, "basse": 5, "haute": 7},
        ],
        [GAP],
    ),
    Case(
        "Équité : pas d'écart établi",
        "1 jour de plus, fourchette −1 à 2 ; 1 jour de moins un an plus tôt.",
        [
            {"valeur": 1, "basse": -1, "haute": 2},
            {"valeur": -1, "basse": -3, "haute": 1, "debut": LAST_YEAR},
        ],
        [GAP],
    ),
    Case(
        "Descriptif, sans bon niveau (◇)",
        "Conseil : pas proposé 75 %, proposé et accepté 25 %.",
        [
            {"categorie": "pas_propose", "valeur": 75, "basse": 72, "haute": 78},
            {"categorie": "propose", "valeur": 25, "basse": 22, "haute": 28},
        ],
        [ADVICE],
        ADVICE_ANSWERS,
    ),
    Case(
        "Effectif faible",
        "Structure, premier trimestre ; 75 %, fourchette 50 à 90 ; 60 % un an plus tôt, fourchette 40 à 80.",
        [
            STRUCTURE
            | {
                "etat": "prudence", "valeur": 75, "basse": 50, "haute": 90, "assise": "11-19", "pas": "trimestre",
                "debut": each,
            }
            | ({"valeur": 60, "basse": 40, "haute": 80} if each.year == 2024 else {})
            for each in (YEAR, LAST_YEAR)
        ],
    ),
    Case("Première année", "81 %, rien avant.", [SHARE]),
    Case(
        "La définition a changé",
        "81 % ; la version d'avant avait un chiffre, que celle-ci ne continue pas.",
        [SHARE, BEFORE | {"mesure_id": "A.percue@2023.1"}],
        [{"precedente": "A.percue@2023.1"}, {"mesure_id": "A.percue@2023.1"}],
        key={"mesure_id": "A.percue@2025.1"},
    ),
    Case(
        "La version d'avant continue",
        "81 % ; 70 % un an plus tôt sous la version d'avant ; fourchettes qui ne se touchent pas.",
        [SHARE, BEFORE | {"mesure_id": "A.percue@2023.1", "valeur": 70, "basse": 66, "haute": 74}],
        [{"precedente": "A.percue@2023.1", "suite_de": "A.percue@2023.1"}, {"mesure_id": "A.percue@2023.1"}],
        key={"mesure_id": "A.percue@2025.1"},
    ),
    Case(
        "Délai, au moins",
        "Médiane 9 jours ouvrés, fourchette sans limite haute ; 5 un an plus tôt.",
        [
            {"categorie": "p50", "valeur": 9, "basse": 7},
            {"categorie": "p50", "valeur": 5, "basse": 4, "haute": 6, "debut": LAST_YEAR},
        ],
        [WAIT],
    ),
    Case(
        "Gain",
        "25 points de plus : 46 % avant, 71 % après ; dégradation par rapport à la variation habituelle.",
        [
            {"valeur": 25, "basse": 21, "haute": 30},
            {"valeur": 34, "basse": 30, "haute": 38, "debut": LAST_YEAR},
            {"categorie": "avant", "valeur": 46, "basse": 42, "haute": 50},
            {"categorie": "apres", "valeur": 71, "basse": 67, "haute": 75},
        ],
        [{"genre": "gain", "unite": "points", "libelle": "Ce que l'accueil a changé"}],
        analyses={"series": [line("deterioration")]},
    ),
    Case(
        "◇ : une hausse",
        "57 %, 48 % un an plus tôt ; hausse au-delà de la variation habituelle, limites provisoires.",
        [
            {"mesure_id": "A.rendue@2025.1", "valeur": 57, "basse": 54, "haute": 60},
            {"mesure_id": "A.rendue@2025.1", "valeur": 48, "basse": 45, "haute": 51, "debut": LAST_YEAR},
        ],
        [NOTED | {"sens": "zone", "libelle": "Personnes reçues le jour même, sans rendez-vous"}],
        analyses={"series": [line("hausse", mesure_id="A.rendue@2025.1", provisoire=True)]},
    ),
    Case(
        "○ : une baisse",
        "37 %, 50 % un an plus tôt ; baisse.",
        [{"valeur": 37, "basse": 33, "haute": 41}, BEFORE | {"valeur": 50, "basse": 46, "haute": 54}],
        [
            {
                "sens": "neutre", "nature": "declaree", "base_libelle": "professionnels ayant répondu",
                "libelle": "Professionnels qui fixent souvent un second accueil",
            }
        ],
        analyses={"series": [line("baisse")]},
    ),
    Case(
        "Fait d'organisation, pour la structure",
        "Profil : oui ; non un an plus tôt.",
        [STRUCTURE | {"valeur": 100}, STRUCTURE | {"valeur": 0, "debut": LAST_YEAR}],
        [FACT],
    ),
    Case("Fait d'organisation, pour la région", "53 % des structures.", [{"valeur": 53}], [FACT]),
    Case(
        "Indice, avec son point faible",
        "73 % en moyenne ; reformuler et vérifier : 30 %.",
        [
            {"valeur": 73, "basse": 68, "haute": 78},
            {"categorie": "p01", "valeur": 95, "basse": 90, "haute": 99},
            {"categorie": "p02", "valeur": 30, "basse": 24, "haute": 36},
        ],
        [POSTURE],
        POSTURE_ITEMS,
    ),
    Case(
        "Moyenne des structures et part des accueils se séparent",
        "Réseau : moyenne +5 points, part des accueils −14, dont pratiques +5 et composition −19.",
        [
            {"mesure_id": "A.rendue@2025.1", "niveau": "reseau", "unite_id": "cio", "debut": each, "valeur": percent}
            | {"basse": percent - 4, "haute": percent + 4}
            for each, percent in ((YEAR, 70), (LAST_YEAR, 65))
        ],
        [NOTED],
        analyses={
            "decompositions": [
                {
                    "mesure_id": "A.rendue@2025.1", "niveau": "reseau", "unite_id": "cio", "pas": "annee", "debut": YEAR,
                    "depuis": LAST_YEAR, "structures": 8, "moyenne": 5, "part": -14, "pratiques": 5, "composition": -19,
                    "separees": True,
                }
            ]
        },
    ),
    Case(
        "Un réseau dont le chiffre se dégrade",
        "Réseau : 66 %, 80 % un an plus tôt ; dégradation au-delà de la variation habituelle.",
        [
            {"niveau": "reseau", "unite_id": "cio", "valeur": 66, "basse": 61, "haute": 71},
            BEFORE | {"niveau": "reseau", "unite_id": "cio"},
        ],
        analyses={"series": [line("deterioration", niveau="reseau", unite_id="cio")]},
    ),
    Case(
        "Progrès, sans action connue",
        "90 %, 79 % un an plus tôt ; amélioration ; repère de 85 % tenu.",
        [SHARE | {"valeur": 90, "basse": 87, "haute": 93}, BEFORE | {"valeur": 79}],
        [{"seuil": 85}],
        analyses={"series": [line("amelioration", assurance="atteinte")]},
    ),
    Case(
        "Stable et loin du but",
        "33 % disent avoir compris, comme un an plus tôt ; variation habituelle.",
        [{"valeur": 33, "basse": 29, "haute": 37}, BEFORE | {"valeur": 34, "basse": 30, "haute": 38}],
        analyses={"series": [line("habituelle")]},
    ),
    Case(
        "Le point faible de son critère",
        "62 %, trop tôt ; la mesure est le point faible du critère.",
        [{"valeur": 62, "basse": 57, "haute": 67}],
        analyses={
            "criteria": [
                {
                    "critere": "c", "niveau": "region", "unite_id": "bretagne", "pas": "annee", "debut": YEAR,
                    "mesure_id": "A.percue@2025.1", "point_faible": "A.percue@2025.1", "statut": "trop_tot",
                }
            ]
        },
    ),
    Case(
        "Un avis presque unanime",
        "Structure : seule la limite « plus de 85 % » est dite.",
        [STRUCTURE | {"basse": 85, "haute": 100, "assise": "20-49"}],
    ),
    Case(
        "Canaux",
        "Trois canaux, un autre proposé et peu utilisé.",
        [{"valeur": 3}, {"valeur": 2, "debut": LAST_YEAR}, {"categorie": "proposes", "valeur": 1}],
        [
            {
                "genre": "diversite", "nature": "rendue", "base_table": "accueils", "base_libelle": "tous les accueils",
                "sens": "zone", "unite": "canaux", "libelle": "Canaux vraiment utilisés",
            }
        ],
    ),
    Case(
        "Deux années qui ne se touchent pas, et une courbe qui ne le voit pas encore",
        "Délai médian de 10 jours ouvrés, fourchette 8 à 11 ; 5 un an plus tôt, fourchette 4 à 5 ; variation habituelle.",
        [
            {"categorie": "p50", "valeur": 10, "basse": 8, "haute": 11},
            {"categorie": "p50", "valeur": 5, "basse": 4, "haute": 5, "debut": LAST_YEAR},
        ],
        [WAIT],
        analyses={"series": [line("habituelle", categorie="p50")]},
    ),
)  # fmt: skip


def document() -> str:
    """All situations as one page, with plain spaces, so that a person can read and search it."""
    parts = ["# Les phrases, situation par situation", "Se réécrit par `python -m tests.sentences.situations`."]
    for rank, case in enumerate(CASES, start=1):
        fact, solidity, question = map(plain, case.told())
        parts += [f"## {rank}. {case.title}", f"*{case.inputs}*", f"- {fact}\n- {solidity}\n- {question}"]
    return "\n\n".join(parts) + "\n"


if __name__ == "__main__":
    GOLDEN.parent.mkdir(exist_ok=True)
    GOLDEN.write_text(document(), encoding="utf-8")
