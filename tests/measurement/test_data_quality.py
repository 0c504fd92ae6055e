"""Rates of data quality: a defect always shows, a hidden network shows nothing."""

from datetime import date

import polars as pl
import pytest

from pipelines.measurement.data_quality import broken_rules, data_quality

COLUMNS = ["reseau", "pas", "debut", "controlees", "inexactes", "incoherentes", "portes", "attendus", "jours"]
CASES = [
    # rows checked, inexact, incoherent, items held, items due, days → exactness, coherence, completeness, delay with words
    ((10_000, 1, 0, 95, 100, 20.0), (99, "solide"), (100, "solide"), (95, "solide"), (20, "solide")),
    ((100, 10, 30, 80, 100, 46.0), (90, "a_surveiller"), (70, "a_reprendre"), (80, "a_surveiller"), (46, "a_surveiller")),
    ((100, 0, 0, 10, 100, 91.0), (100, "solide"), (100, "solide"), (10, "a_reprendre"), (91, "a_reprendre")),
]  # fmt: skip


@pytest.mark.parametrize(("balance", "exactness", "coherence", "completeness", "delay"), CASES)
def test_dimensions(balance, exactness, coherence, completeness, delay) -> None:
    frame = pl.DataFrame([("cio", "annee", date(2025, 1, 1), *balance)], schema=COLUMNS, orient="row")
    found = {row["dimension"]: (row["valeur"], row["mot"]) for row in data_quality(frame).iter_rows(named=True)}
    assert found == {"exactitude": exactness, "coherence": coherence, "completude": completeness, "delai": delay}


def test_a_network_under_the_threshold_shows_nothing() -> None:
    row = ("cio", "annee", date(2025, 1, 1), None, None, None, 5, 6, 20.0)
    found = data_quality(pl.DataFrame([row], schema=COLUMNS, orient="row"))
    assert set(found["etat"]) == {"masque"}
    assert found["valeur"].null_count() == found["mot"].null_count() == 4


@pytest.mark.parametrize(("checked", "broken", "kept"), [(10_000, 1, 99), (100, 100, 0), (3, 1, 66)])
def test_a_broken_rule_never_reads_a_hundred_percent(checked: int, broken: int, kept: int) -> None:
    columns = ["reseau", "contrat", "colonne", "regle", "controlees", "ecarts"]
    rules = pl.DataFrame([("cio", "accueils", "canal", "code_inconnu", checked, broken)], schema=columns, orient="row")
    assert broken_rules(rules)["part_conforme"].to_list() == [kept]
