"""The language of a grid: what it says, and what it refuses, with a sentence."""

import pytest

from grids.errors import GridError
from grids.expressions import parse_expression

SAID = [
    ("canal <> 'courriel'", ("canal",)),
    ("modalite = 'differe' and not date_choisie_par_la_personne", ("date_choisie_par_la_personne", "modalite")),
    ("contient_autre_que(orientation, 'aucune')", ("orientation",)),
    ("contient_autre_que(orientation, reseau)", ("orientation", "reseau")),
    ("favorable(U03)", ("U03",)),
    ("nombre_vrais(U10_QUI, U10_OU)", ("U10_OU", "U10_QUI")),
    ("urgence in ('echeance', 'sociale')", ("urgence",)),
    ("est_renseigne(canal) or attente_jours_ouvres + 1 >= 3", ("attente_jours_ouvres", "canal")),
]

REFUSED = [
    ("canal =", "ne se lit pas"),
    ("moyenne(canal)", "n'existe pas"),
    ("(SELECT 1)", "n'existe pas"),
    ("canal LIKE 'a%'", "n'existe pas"),
    ("accueils.canal = 'a'", "sans point"),
    ("a * b", "n'existe pas"),
    ("favorable(U03, U04)", "attend 1 terme"),
    ("favorable('U03')", "s'applique à un nom"),
    ("nombre_vrais(1, 2)", "s'applique à un nom"),
    ("CASE WHEN canal = 'a' THEN 1 END", "n'existe pas"),
    ("canal = 'a'; DROP TABLE accueils", "n'existe pas"),
    ("read_csv('x')", "n'existe pas"),
]


@pytest.mark.parametrize(("text", "names"), SAID)
def test_what_the_language_says(text: str, names: tuple[str, ...]) -> None:
    assert parse_expression(text).names == names


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_the_language_refuses(text: str, reason: str) -> None:
    with pytest.raises(GridError, match=reason):
        parse_expression(text)
