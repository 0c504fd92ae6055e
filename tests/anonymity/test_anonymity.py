"""k-anonymity and l-diversity: textbook tables, a second implementation, the declared coarsening, a million records."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grids.anonymity import AnonymityRules, load_anonymity_rules
from grids.errors import GridError
from pipelines.anonymity.classes import Classes, Diversity, count_classes
from pipelines.anonymity.coding import code_records
from pipelines.anonymity.measure import Anonymity, band_names, measure_anonymity, risk_percent, whole_percent

Rows = Sequence[tuple[str | None, ...]]

# Machanavajjhala et al. 2007, figures 2 and 3: in-patients by code, age and condition.
FOUR_ANONYMOUS = [
    *[("130**", "< 30", condition) for condition in ("coeur", "coeur", "virus", "virus")],
    *[("1485*", ">= 40", condition) for condition in ("cancer", "coeur", "virus", "virus")],
    *[("130**", "3*", "cancer")] * 4,
]
THREE_DIVERSE = [
    *[("1305*", "<= 40", condition) for condition in ("coeur", "virus", "cancer", "cancer")],
    *[("1485*", "> 40", condition) for condition in ("cancer", "coeur", "virus", "virus")],
    *[("1306*", "<= 40", condition) for condition in ("coeur", "virus", "cancer", "cancer")],
]


def _classes(rows: Rows, singling: Sequence[str], sensitive: Sequence[str], k: int = 5, fewest: int = 2) -> Classes:
    with duckdb.connect(":memory:") as connection:
        names = [*singling, *sensitive]
        frame = pl.DataFrame(rows, schema=dict.fromkeys(names, pl.String), orient="row")
        connection.register("fiches", frame.to_arrow())
        values = code_records(connection, "SELECT * FROM fiches", singling, sensitive)
        return count_classes(connection, values, sensitive, k, fewest)


def _naive(rows: Rows, singling: int, sensitive: Sequence[str], k: int, fewest: int) -> Classes:
    groups: dict[tuple[str | None, ...], list[tuple[str | None, ...]]] = defaultdict(list)
    for row in rows:
        groups[row[:singling]].append(row[singling:])
    sizes = [len(group) for group in groups.values()]
    diversities = {}
    for place, name in enumerate(sensitive):
        met = [({row[place] for row in group} - {None}, len(group)) for group in groups.values()]
        taught = [(len(values), size) for values, size in met if values]
        diversities[name] = Diversity(
            min((count for count, _ in taught), default=0),
            sum(size for _, size in taught),
            sum(size for count, size in taught if count < fewest),
        )
    starts = [0, k, *(edge for edge in (11, 20, 50) if edge > k)]
    ends = [*starts[1:], len(rows) + 1]
    bands = tuple(sum(n for n in sizes if low <= n < high) for low, high in zip(starts, ends, strict=True))
    return Classes(len(rows), min(sizes, default=0), bands, diversities)


@pytest.mark.parametrize(
    ("rows", "smallest", "diversity", "homogeneous"), [(FOUR_ANONYMOUS, 4, 1, 4), (THREE_DIVERSE, 4, 3, 0)]
)
def test_textbook_tables(rows: Rows, smallest: int, diversity: int, homogeneous: int) -> None:
    found = _classes(rows, ["code", "age"], ["maladie"])
    assert (found.records, found.smallest, found.by_band[0]) == (12, smallest, 12)
    assert found.diversities["maladie"] == Diversity(diversity, 12, homogeneous)


CELL = st.sampled_from(["a", "b", "c", None])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(CELL, CELL, CELL, CELL, CELL), max_size=80), st.integers(2, 10), st.integers(2, 3), st.booleans()
)
def test_a_second_implementation_counts_the_same(rows: list[Any], k: int, fewest: int, twice: bool) -> None:
    rows = rows * (6 if twice else 1)
    assert _classes(rows, ["q1", "q2", "q3"], ["s1", "s2"], k, fewest) == _naive(rows, 3, ["s1", "s2"], k, fewest)


def test_rare_values_beyond_the_bits_only_lower_a_diversity() -> None:
    rows = [("ici", f"valeur {number}") for number in range(300)]
    assert _classes(rows, ["lieu"], ["reponse"]).diversities["reponse"] == Diversity(126, 300, 0)


def test_classes_wider_than_sixty_four_bits_are_counted_too() -> None:
    names = [f"q{number}" for number in range(12)]
    rows = [(*(str(row * prime % 97) for prime in range(1, 13)), "s") for row in range(97)] * 2
    found = _classes(rows, names, ["s"])
    assert found == _naive(rows, 12, ["s"], 5, 2)


RULES: dict[str, Any] = {
    "table": "accueils",
    "quasi_identifiants": ["mois", "tranche_age", "situation"],
    "sensibles": ["urgence"],
    "k": {"valeur": 5, "raison": "essai d'essai", "decide_par": "essai"},
    "l": {"valeur": 2, "raison": "essai d'essai", "decide_par": "essai"},
    "part_maximale": {"valeur": 5, "raison": "essai d'essai", "decide_par": "essai"},
    "etapes": [
        {"colonne": "mois", "devient": "trimestre"},
        {"colonne": "situation", "devient": "retiree"},
        {"colonne": "tranche_age", "groupes": {"moins_18": "jeunes", "18_25": "jeunes"}},
        {"colonne": "mois", "devient": "annee"},
    ],
}


def _measure(rows: Rows, rules: dict[str, Any] = RULES) -> Anonymity:
    with duckdb.connect(":memory:") as connection:
        schema = dict.fromkeys(("mois", "tranche_age", "situation", "urgence"), pl.String)
        connection.register("fiches", pl.DataFrame(rows, schema=schema, orient="row").to_arrow())
        told = AnonymityRules.model_validate(rules)
        return measure_anonymity(connection, told, "SELECT * REPLACE (mois::DATE AS mois) FROM fiches")


def test_coarsening_goes_in_order_and_stops_once_enough_is_hidden() -> None:
    rows = [
        (f"2025-{month:02}-01", age, situation, urgency)
        for month in (1, 2, 3)
        for age in ("moins_18", "45_plus")
        for situation, urgency in (("en_emploi", "aucune"), (None, "sociale"))
    ]
    found = _measure(rows)
    assert [step.etape for step in found.etapes] == ["telles quelles", "mois par trimestre", "sans situation"]
    assert [step.part_sous_k for step in found.etapes] == [100, 100, 0]
    assert found.etapes[0].diversites[0].model_dump() == {"colonne": "urgence", "plus_petite": 1, "part_sous_l": 100}
    assert found.etapes[2].diversites[0].part_sous_l == 0
    assert found.etapes[2].plus_petite_classe == "5 à 10"
    assert found.atteint


def test_groups_and_years_merge_what_they_say() -> None:
    rows = [(f"2025-{month:02}-01", age, "x", "aucune") for month in (1, 4, 7) for age in ("moins_18", "18_25")]
    found = _measure(rows)
    assert [step.part_sous_k for step in found.etapes] == [100, 100, 100, 100, 0]
    assert _measure([(day.replace("2025-07", "2024-07"), *rest) for day, *rest in rows]).atteint is False


def test_nothing_recorded_teaches_nothing() -> None:
    found = _measure([("2025-01-01", "18_25", "x", None)] * 6)
    assert found.etapes[0].diversites[0].model_dump() == {"colonne": "urgence", "plus_petite": 0, "part_sous_l": 0}


def test_no_record_at_all_is_told_so() -> None:
    found = _measure([])
    assert (found.etapes[0].plus_petite_classe, found.atteint) == ("aucune", True)


@pytest.mark.parametrize(
    ("part", "whole", "nearest", "at_least"),
    [(0, 9, 0, 0), (9, 9, 100, 100), (0, 0, 0, 0), (1, 10_000, 1, 1), (9_999, 10_000, 99, 99), (104, 2000, 5, 6)],
)
def test_a_share_of_none_or_all_is_never_said_of_nearly(part: int, whole: int, nearest: int, at_least: int) -> None:
    assert (whole_percent(part, whole), risk_percent(part, whole)) == (nearest, at_least)


def test_bands_follow_k() -> None:
    assert band_names(5) == ["moins de 5", "5 à 10", "11 à 19", "20 à 49", "50 et plus"]


def test_what_is_told_holds_no_small_count() -> None:
    dumped = _measure([("2025-01-01", "18_25", "x", "aucune")] * 3).model_dump()
    assert all(isinstance(value, str) for step in dumped["etapes"] for value in [step["plus_petite_classe"]])
    assert all(share in (0, 100) for step in dumped["etapes"] for share in step["repartition"].values())


def test_the_declared_rules_can_be_read_and_name_columns_of_the_contract() -> None:
    rules = load_anonymity_rules()
    assert rules.quasi_identifiers[0] == "structure_id"
    assert rules.k.value == 5


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ('"situation", "provenance"]', '"prenom"]', "quasi-identifiant"),
        ('sensibles: ["urgence"', 'sensibles: ["sante"', "n'est pas une colonne"),
        ('devient: "annee"', 'devient: "siecle"', "n'est pas admis"),
        ("    devient: \"annee\"\n", "", "l'un des deux"),
    ],
)  # fmt: skip
def test_rules_that_cannot_be_are_told_in_french(tmp_path: Path, before: str, after: str, sentence: str) -> None:
    text = (Path(__file__).parents[2] / "grids/anonymat.yaml").read_text(encoding="utf-8")
    assert before in text
    (tmp_path / "anonymat.yaml").write_text(text.replace(before, after), encoding="utf-8")
    with pytest.raises(GridError, match=sentence):
        load_anonymity_rules(tmp_path / "anonymat.yaml")


@pytest.mark.slow
@pytest.mark.long
def test_a_million_records_in_five_seconds() -> None:
    with duckdb.connect(":memory:") as connection:
        connection.execute("""CREATE TABLE accueils AS SELECT
          'FICTIF-' || (hash(i) % 300) AS structure_id,
          (DATE '2023-01-01' + to_months((hash(i, 1) % 36)::INT))::DATE AS mois,
          ['presentiel', 'telephone', 'visioconference', 'tchat', 'courriel'][1 + (hash(i, 2) % 5)::BIGINT] AS canal,
          ['flux', 'differe', NULL][1 + (hash(i, 3) % 3)::BIGINT] AS modalite,
          ['moins_18', '18_25', '26_44', '45_plus', 'non_precise'][1 + (hash(i, 4) % 5)::BIGINT] AS tranche_age,
          ['a', 'b', 'c', 'd', 'e', 'f'][1 + (hash(i, 5) % 6)::BIGINT] AS situation,
          NULL::VARCHAR AS provenance,
          ['aucune', 'sociale', 'autre'][1 + (hash(i, 6) % 3)::BIGINT] AS urgence,
          ['x', 'y', NULL][1 + (hash(i, 7) % 3)::BIGINT] AS conseil,
          [['cio', 'apec', 'cidff', 'aucune'][1 + (hash(i, 8) % 4)::BIGINT]] AS orientation,
          hash(i, 9) % 3 = 0 AS freins_et_appuis,
          ['oui', 'non'][1 + (hash(i, 10) % 2)::BIGINT] AS autonomie_distance
          FROM range(1000000) AS rows(i)""")
        began = time.process_time()
        found = measure_anonymity(connection, load_anonymity_rules(), "SELECT * FROM accueils")
        # Two cores for five seconds, however busy the machine is.
        assert time.process_time() - began < 2 * 5
    assert found.etapes[0].part_sous_k == 99
