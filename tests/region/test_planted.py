"""What was planted in the sample region is found: effects in the release, defects in the receipts."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import duckdb
import pytest

pytestmark = pytest.mark.slow
Receipts = dict[tuple[str, str], dict[str, Any]]
# France Travail delivers no record, and the CIDFF's sheets begin in 2025.
RECORDED = [
    "mission-locale",
    "cap-emploi",
    "info-jeunes",
    "cio",
    "apec",
    "chambres-consulaires",
    "suio",
    "transitions-pro",
]
ANSWERED = ["mission-locale", "cap-emploi", "info-jeunes", "cio", "chambres-consulaires", "suio"]
LIMESURVEY = {"mission-locale", "cap-emploi", "info-jeunes", "cio", "chambres-consulaires"}
# A quarter of a small network rests on a few dozen waits.
STEADY = {"mission-locale": 2, "cap-emploi": 2, "cio": 2}


def _waits(release: duckdb.DuckDBPyConnection, network: str) -> dict[date, int]:
    return dict(
        release.execute(
            """SELECT debut, valeur FROM quality.valeurs JOIN reference.mesures USING (mesure_id)
            WHERE indicateur_id = 'OR02' AND niveau = 'reseau' AND unite_id = ? AND valeurs.pas = 'trimestre'
              AND categorie = 'p50' AND agregation = 'moyenne_structures' ORDER BY debut""",
            [network],
        ).fetchall()
    )


def _gaps(release: duckdb.DuckDBPyConnection, network: str, aggregation: str) -> list[int]:
    """What is recorded less what people say, year by year."""
    rows = release.execute(
        """SELECT debut, max(valeur) FILTER (nature = 'rendue') - max(valeur) FILTER (nature = 'percue')
        FROM quality.valeurs JOIN reference.mesures USING (mesure_id)
        WHERE indicateur_id = 'PD02' AND niveau = 'reseau' AND unite_id = ? AND valeurs.pas = 'annee' AND agregation = ?
        GROUP BY debut ORDER BY debut""",
        [network, aggregation],
    ).fetchall()
    return [gap for _, gap in rows]


def test_the_waits_of_one_network_jump_from_the_planted_month_on(
    release: duckdb.DuckDBPyConnection, planted: dict[str, Any]
) -> None:
    effect = next(each for each in planted["effects"] if each["indicator"] == "OR02")
    waits = _waits(release, effect["network"])
    start = date.fromisoformat(f"{effect['from']}-01")
    before = [days for quarter, days in waits.items() if quarter < start]
    after = [days for quarter, days in waits.items() if quarter >= start]
    assert (len(before), len(after)) == (9, 3)
    assert min(after) >= max(before) + 3
    assert abs(median(after) - effect["levels"]["wait"]) <= 1


@pytest.mark.parametrize("network", [network for network in RECORDED if network != "info-jeunes"])
def test_the_waits_of_the_other_networks_stay_as_they_were(release: duckdb.DuckDBPyConnection, network: str) -> None:
    waits = list(_waits(release, network).values())
    assert len(waits) == 12
    assert max(waits) - min(waits) <= STEADY.get(network, 3)


@pytest.mark.parametrize("aggregation", ["moyenne_structures", "part_accueils"])
def test_one_network_records_more_understanding_than_people_perceive(
    release: duckdb.DuckDBPyConnection, planted: dict[str, Any], aggregation: str
) -> None:
    effect = next(each for each in planted["effects"] if each["indicator"] == "PD02")
    gaps = _gaps(release, effect["network"], aggregation)
    expected = 100 * (effect["levels"]["reformulee"] - effect["levels"]["comprise"])
    assert len(gaps) == 3
    assert all(abs(gap - expected) <= 10 for gap in gaps)


@pytest.mark.parametrize("aggregation", ["moyenne_structures", "part_accueils"])
@pytest.mark.parametrize("network", [network for network in ANSWERED if network != "cio"])
def test_the_other_networks_have_no_such_gap(
    release: duckdb.DuckDBPyConnection, network: str, aggregation: str
) -> None:
    gaps = _gaps(release, network, aggregation)
    assert len(gaps) == 3
    assert all(gap <= (5 if network in STEADY or network == "info-jeunes" else 8) for gap in gaps)


def _time_enough(release: duckdb.DuckDBPyConnection, measure: str, aggregation: str) -> dict[str, int]:
    """Of each network that shows it, the percent who say in 2025 that there was time."""
    return dict(
        release.execute(
            """SELECT unite_id, valeur FROM quality.valeurs
            WHERE mesure_id = ? AND niveau = 'reseau' AND pas = 'annee' AND debut = DATE '2025-01-01'
              AND categorie = '' AND agregation = ? AND valeur IS NOT NULL""",
            [f"OR11.{measure}@2025.1", aggregation],
        ).fetchall()
    )


@pytest.mark.parametrize("aggregation", ["moyenne_structures", "part_accueils"])
def test_time_is_short_in_one_network_as_people_say(
    release: duckdb.DuckDBPyConnection, planted: dict[str, Any], aggregation: str
) -> None:
    effect = next(each for each in planted["effects"] if each["indicator"] == "OR11")
    told = _time_enough(release, "percue", aggregation)
    assert set(told) == set(ANSWERED)
    assert abs(told[effect["network"]] - 100 * effect["levels"]["U05"]) <= 8
    assert told.pop(effect["network"]) <= min(told.values()) - 10


def _months(release: duckdb.DuckDBPyConnection, change: dict[str, Any]) -> dict[date, int | None]:
    """The value of each month of 2024 and 2025 of the structure and the measure of a change; None where it is hidden."""
    return dict(
        release.execute(
            """SELECT debut, CASE WHEN etat IN ('ok', 'prudence') THEN valeur END FROM quality.valeurs
            WHERE mesure_id LIKE ? || '@%' AND niveau = 'structure' AND unite_id = ? AND pas = 'mois'
              AND categorie IN ('', 'p50') AND debut >= DATE '2024-01-01' ORDER BY debut""",
            [change["measure"], change["structure"]],
        ).fetchall()
    )


def test_what_changes_in_a_structure_is_shown_month_by_month(
    release: duckdb.DuckDBPyConnection, planted: dict[str, Any]
) -> None:
    for change in planted["changes"]:
        months, start = _months(release, change), date.fromisoformat(f"{change['from']}-01")
        before = [value for month, value in months.items() if month < start and value is not None]
        after = [value for month, value in months.items() if month >= start and value is not None]
        assert len(months) == 24
        assert len(before) >= 10, change["id"]
        assert len(after) >= 6, change["id"]
        assert len(before) + len(after) > 0.8 * 24, change["id"]
        moved = median(after) - median(before)
        expected = next(change["levels"][name] - change["before"][name] for name in _told(change))
        assert abs(moved - (expected if "wait" in change["levels"] else 100 * expected)) <= (
            2 if "wait" in change["levels"] else 8
        ), change["id"]


def _told(change: dict[str, Any]) -> list[str]:
    """The level that a change is about."""
    return [name for name in ("wait", "reformulee", "flux") if name in change["levels"]]


def test_each_action_has_the_verdict_that_was_planted(
    release: duckdb.DuckDBPyConnection, planted: dict[str, Any]
) -> None:
    told = dict(release.execute("SELECT action_id, verdict FROM quality.effets").fetchall())
    expected = {f"{each['network']}/{each['id']}": each["expected"]["verdict"] for each in planted["changes"]}
    assert told == expected


def test_two_years_of_waits_are_told_apart_in_one_network_though_three_quarters_are_too_few_for_its_line(
    release: duckdb.DuckDBPyConnection, planted: dict[str, Any]
) -> None:
    effect = next(each for each in planted["effects"] if each["indicator"] == "OR02")
    told = release.execute(
        """SELECT unite_id, pas, solidite FROM quality.phrases
        WHERE mesure_id = 'OR02.rendue@2025.1' AND niveau = 'reseau' AND pas IN ('annee', 'trimestre')"""
    ).fetchall()
    apart = {(network, step) for network, step, solidity in told if "ne se touchent pas" in solidity}
    assert len(told) >= 14
    assert apart == {(effect["network"], "annee"), (effect["network"], "trimestre")}


def test_two_views_part_in_the_network_where_it_was_planted(
    release: duckdb.DuckDBPyConnection, planted: dict[str, Any]
) -> None:
    effect = next(each for each in planted["effects"] if each["indicator"] == "PD02" and "from" not in each)
    rows = release.execute(
        """SELECT unite_id, ecart, basse FROM quality.regards
        WHERE indicateur_id = 'PD02' AND niveau = 'reseau' AND pas = 'annee'
          AND regard_a LIKE '%.rendue@%' AND regard_b LIKE '%.percue@%'"""
    ).fetchall()
    apart = {network for network, gap, low in rows if gap >= 15 and low > 0}
    assert {network for network, *_ in rows} == set(ANSWERED)
    assert apart == {effect["network"]}


def test_a_network_where_time_is_short_is_below_the_region_beyond_both_ranges(
    release: duckdb.DuckDBPyConnection, planted: dict[str, Any]
) -> None:
    effect = next(each for each in planted["effects"] if each["indicator"] == "OR11")
    ranges = {
        unit: (low, high)
        for unit, low, high in release.execute(
            """SELECT unite_id, basse, haute FROM quality.valeurs
            WHERE mesure_id = 'OR11.percue@2025.1' AND niveau IN ('reseau', 'region') AND pas = 'annee'
              AND debut = DATE '2025-01-01' AND agregation = 'moyenne_structures' AND valeur IS NOT NULL"""
        ).fetchall()
    }
    lowest = ranges["bretagne"][0]
    assert {unit for unit, (_, high) in ranges.items() if high < lowest} == {effect["network"]}


def test_actions_and_events_are_taken_in_whole(receipts: Receipts, planted: dict[str, Any]) -> None:
    found = {key: receipt for key, receipt in receipts.items() if receipt["contrat"] in ("actions", "evenements")}
    assert sum(receipt["bilan"]["nouvelles"] for receipt in found.values()) == len(planted["changes"]) + len(
        planted["events"]
    )
    assert {receipt["etat"] for receipt in found.values()} == {"acceptee"}


def test_each_answer_of_a_questionnaire_in_the_contract_s_shape_is_kept(receipts: Receipts) -> None:
    balance = receipts["france-travail", "reponses_professionnels_2025.csv"]["bilan"]
    assert balance["nouvelles"] == balance["lues"] > 1000


def test_planted_rows_are_in_quarantine_by_file_line_column_and_rule_and_no_other_row_is(
    receipts: Receipts, planted: dict[str, Any]
) -> None:
    expected = {
        (each["network"], each["file"], line, each["target"], each["rule"])
        for each in planted["defects"]
        if "target" in each
        for line in each["lines"]
    }
    found = {
        (network, file, breach["ligne"], breach["colonne"], breach["regle"])
        for (network, file), receipt in receipts.items()
        for breach in receipt["quarantaine"]
    }
    assert len(expected) == 46
    assert found == expected


def test_what_the_gate_counted_is_what_the_quarantine_holds(receipts: Receipts) -> None:
    for receipt in receipts.values():
        held = Counter((each["colonne"], each["regle"]) for each in receipt["quarantaine"])
        gate = {(each["colonne"], each["regle"]): each["ecarts"] for each in receipt["controles"] if each["ecarts"]}
        assert gate == dict(held)
        assert receipt["etat"] == "refusee" or len(receipt["controles"]) >= 5


def test_records_given_again_are_counted_as_repeated(receipts: Receipts, planted: dict[str, Any]) -> None:
    defect = next(each for each in planted["defects"] if each["rule"] == "repetees")
    repeated = {
        key: receipt["bilan"]["repetees"] for key, receipt in receipts.items() if receipt["contrat"] == "accueils"
    }
    assert {key: count for key, count in repeated.items() if count} == {
        (defect["network"], defect["file"]): defect["count"]
    }


def test_corrected_records_replace_those_of_the_first_file(receipts: Receipts, planted: dict[str, Any]) -> None:
    defect = next(each for each in planted["defects"] if each["rule"] == "remplacantes")
    replacing = {
        key: receipt["bilan"]["remplacantes"] for key, receipt in receipts.items() if receipt["contrat"] == "accueils"
    }
    assert {key: count for key, count in replacing.items() if count} == {
        (defect["network"], defect["file"]): defect["count"]
    }


def test_planted_files_are_refused_with_the_planted_reason_and_nothing_of_them_is_staged(
    region: Path, receipts: Receipts, planted: dict[str, Any]
) -> None:
    expected = {(each["network"], each["file"]): each for each in planted["defects"] if each.get("refused_whole")}
    refused = {key: receipt for key, receipt in receipts.items() if receipt["etat"] == "refusee"}
    assert set(refused) == set(expected)
    for key, receipt in refused.items():
        assert expected[key].get("receipt", f"« {expected[key].get('column')} »") in receipt["refus"]
        assert receipt["remede"]
        assert set(receipt["bilan"].values()) == {0}
        assert not list((region / "staged").rglob(f"{receipt['livraison_id']}*"))


def test_rows_that_are_no_record_are_counted_apart(receipts: Receipts, planted: dict[str, Any]) -> None:
    for each in planted["set_aside"]:
        found = receipts[each["network"], each["file"]]["motifs_ecart"][each["reason"]]
        assert found == each["count"] if "count" in each else found > 3


def test_every_content_of_the_inbox_has_a_receipt_and_every_accepted_one_is_staged(
    region: Path, receipts: Receipts
) -> None:
    contents = {(path.parent.name, path.read_bytes()) for path in (region / "inbox").glob("*/*.*")}
    answered = {(network, (region / "inbox" / network / file).read_bytes()) for network, file in receipts}
    assert answered == contents
    assert len(receipts) == len(contents)
    staged = {path.stem for path in (region / "staged").rglob("*.parquet")}
    assert staged == {each["livraison_id"] for each in receipts.values() if each["etat"] == "acceptee"}


def test_every_receipt_accounts_for_each_row_once(region: Path, receipts: Receipts) -> None:
    for (network, file), receipt in receipts.items():
        balance = receipt["bilan"]
        assert balance["lues"] == sum(count for key, count in balance.items() if key != "lues"), (network, file)
        assert balance["ecartees"] == sum(receipt["motifs_ecart"].values())
        own_csv = network in {*STEADY, "info-jeunes"}
        if own_csv and receipt["etat"] == "acceptee" and receipt["contrat"] == "accueils":
            text = (region / "inbox" / network / file).read_bytes().decode("cp1252")
            title = 0 if "Référence" in text.split("\r\n")[0] or "N° de fiche" in text.split("\r\n")[0] else 1
            assert balance["lues"] == len(text.splitlines()) - 1 - title, (network, file)


def test_columns_with_identities_are_told_as_dropped(receipts: Receipts, planted: dict[str, Any]) -> None:
    for identity in planted["identities"]:
        if identity["fate"] != "stripped while reading":
            continue
        dropped = [receipt["reseau"] for receipt in receipts.values() if identity["column"] in receipt["retirees"]]
        assert set(dropped) == (LIMESURVEY if identity["network"] == "limesurvey" else {identity["network"]})
