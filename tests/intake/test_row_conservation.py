"""Rows read = rows set aside + rows staged, whatever the file holds."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipelines.intake.door import Passed

Door = Callable[..., Passed]
CELLS = {
    "ref": st.sampled_from(["FICTIF-1", "FICTIF-2", "", "#inconnu", "ensemblier-1"]),
    "lieu": st.sampled_from(["A-1", "A 1", "", "\u00a0", '"A\n1"', '"A;1"']),
    "date": st.sampled_from(["03/02/2025", "31/02/2025", "", "hier", "29/02/2024"]),
    "canal": st.sampled_from(["Téléphone", "téléphone ", "Fax", "", '"dit ""oui"""']),
}
RECORD = st.tuples(*CELLS.values()).map(";".join)
BLANK = st.sampled_from([";;;", " ;;\u202f;", ';"";;', "\t;;;"])
TOTAL = st.sampled_from(["TOTAL;4;;", "Moyenne;;;", "ensemble;;;", "Totaux FICTIF;;;2"])
FILES = st.lists(st.one_of(RECORD.map(lambda row: ("record", row)), BLANK.map(lambda row: ("blank", row)),
                           TOTAL.map(lambda row: ("total", row))), max_size=25)  # fmt: skip


def _counted(**reasons: int) -> dict[str, int]:
    return {reason: count for reason, count in reasons.items() if count}


def _is_blank(row: str) -> bool:
    return not row.replace('"', "").replace(";", "").strip()


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=FILES, encoding=st.sampled_from(["utf-8", "cp1252", "utf-8-sig"]), title=st.booleans())
def test_every_row_read_is_staged_or_set_aside(
    door: Door, rows: list[tuple[str, str]], encoding: str, title: bool
) -> None:
    above = ["Export FICTIF;;;"] if title else []
    lines = [*above, "Numéro;Lieu;Reçu le;Canal – accueil", *(row for _, row in rows)]
    content = "".join(f"{line}\n" for line in lines).replace("\u202f", "\u00a0").encode(encoding)
    passed = door(content)
    blank = sum(_is_blank(row) for _, row in rows)
    totals = sum(kind == "total" for kind, _ in rows)
    staged = passed.connection.execute("SELECT count(*), count(DISTINCT ligne) FROM staged").fetchone()
    assert passed.read == len(rows)
    assert passed.set_aside == _counted(vides=blank, totaux=totals)
    assert staged == (len(rows) - blank - totals,) * 2


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["2025-02-03 10:00:00", ""]),
        st.sampled_from(["A1", "A9", ""]),
        st.sampled_from(["Y", "N", "?", ""]),
        st.sampled_from(["", 'x""y', "a\nb", ";"]),
    ),
    min_size=1,
    max_size=20,
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ANSWERS)
def test_every_questionnaire_read_is_staged_or_set_aside(door: Door, rows: list[tuple[str, str, str, str]]) -> None:
    heading = '"id";"submitdate";"STRUCT";"U03";"U10[SQ001]";"Commentaire"\r\n'
    body = "".join(
        f'"{i}";"{sent}";"A-1";"{u03}";"{box}";"{comment}"\r\n' for i, (sent, u03, box, comment) in enumerate(rows)
    )
    passed = door(f"\ufeff{heading}{body}\r\n")
    staged = passed.connection.execute("SELECT count(DISTINCT ligne) FROM staged").fetchone()
    unfinished = sum(not sent for sent, *_ in rows)
    silent = sum(bool(sent) and not u03 and box not in ("Y", "?") for sent, u03, box, _ in rows)
    assert passed.read == len(rows) + 1
    assert passed.set_aside == _counted(vides=1, inachevés=unfinished) | _counted(**{"sans réponse": silent})
    assert staged == (len(rows) - unfinished - silent,)
