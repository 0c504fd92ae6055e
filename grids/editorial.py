"""The editorial check of a grid: what keeps a version from going further, and what would make it plainer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from grids.clauses import coverage
from grids.definitions import TRAIL
from grids.expressions import Expression
from grids.model import Grid
from grids.versions import State, VersionRecord
from grids.wording import advice, is_placeholder, question_advice

Severity = Literal["refus", "conseil"]
_PROSE = {
    "libelle", "definition", "question", "texte", "titre", "chapeau", "fin", "detournement", "limite", "raison",
    "pas_encore", "partie", "chef_de_file", "auteur", "verifie_par",
}  # fmt: skip
_PROSE_UNDER = {"champs", "valeurs", "hors_echelle", "categories"}
"""Words of the file whose value is a sentence; words whose every entry is one."""
_CHECKER = "verifie_par"
_SHOWN_ELSEWHERE = "references"


@dataclass(frozen=True)
class Remark:
    """One thing to mend. `refus`: the version does not go further as it is; `conseil`: it would read better.

    `place`: the words that lead to it, or its file. `line`: from 1, None where it is not known.
    """

    severity: Severity
    place: str
    sentence: str
    remedy: str
    line: int | None = None

    def __str__(self) -> str:
        located = f"{self.place}, ligne {self.line}" if self.line else self.place
        return f"{located} : {self.sentence} {self.remedy}"


def remarks(grid: Grid, record: VersionRecord, today: date) -> tuple[Remark, ...]:
    """What is to mend in a version, refusals first. A retired version is left in peace: its file may not change any more."""
    if record.state == "retiree":
        return ()
    found = (
        *_text_remarks(grid, record.state),
        *_owner_remarks(grid, record.state),
        *_date_remarks(record, today),
        *_clause_remarks(grid),
        *_twin_remarks(grid),
        *_idle_remarks(grid),
    )
    return tuple(sorted(found, key=lambda each: each.severity, reverse=True))


def _text_remarks(grid: Grid, state: State) -> Iterator[Remark]:
    for place, word, text in _texts(grid.model_dump(by_alias=True, exclude_defaults=True)):
        if is_placeholder(text):
            remedy = "Dites qui vérifie cette version." if word == _CHECKER else "Écrivez le texte."
            yield Remark(_placeholder_severity(word, state), place, f"« {text} » ne dit encore rien.", remedy)
            continue
        asked = question_advice(text) if place.startswith("questions") and word == "texte" else ()
        yield from (Remark("conseil", place, sentence, remedy) for sentence, remedy in (*advice(text), *asked))


def _placeholder_severity(word: str, state: State) -> Severity:
    """Who checks a version may be left open until it is proposed; anything else is said from the first day."""
    return "conseil" if word == _CHECKER and state == "travail" else "refus"


def _texts(tree: dict[str, Any], *trail: str) -> Iterator[tuple[str, str, str]]:
    """Every sentence of a grid: the words that lead to it, the last of them, the sentence."""
    for word, value in tree.items():
        if isinstance(value, dict) and word != _SHOWN_ELSEWHERE:
            yield from _texts(value, *trail, word)
        elif isinstance(value, str) and (word in _PROSE or (trail and trail[-1] in _PROSE_UNDER)):
            yield TRAIL.join((*trail, word)), word, value


def _owner_remarks(grid: Grid, state: State) -> Iterator[Remark]:
    alone = [name for name, each in grid.indicators.items() if not each.owner]
    if alone:
        severity: Severity = "conseil" if state in ("travail", "proposee") else "refus"
        told = "Un indicateur n'a" if len(alone) == 1 else f"{len(alone)} indicateurs n'ont"
        yield Remark(
            severity,
            "indicateurs",
            f"{told} pas de « chef_de_file » : {', '.join(alone)}.",
            "Nommez un réseau ou un groupe.",
        )


def _date_remarks(record: VersionRecord, today: date) -> Iterator[Remark]:
    if record.next_review < today:
        yield Remark(
            "conseil" if record.state in ("travail", "proposee") else "refus",
            f"versions{TRAIL}{record.version}",
            f"La prochaine revue était le {record.next_review:%d/%m/%Y}.",
            "Tenez-la, puis écrivez la suivante dans versions.yaml.",
        )


def _clause_remarks(grid: Grid) -> Iterator[Remark]:
    left = [each.clause for each in coverage(grid) if each.standing is None]
    if not left:
        return
    named = ", ".join(f"{each.id} (« {each.text} »)" if len(left) <= 3 else each.id for each in left)
    many = f"Ces {len(left)} clauses n'ont" if len(left) > 1 else "Une clause n'a"
    yield Remark(
        "refus",
        "indicateurs",
        f"{many} ni indicateur ni raison de n'en pas avoir : {named}.",
        "Un indicateur la cite, ou clauses.yaml dit pourquoi aucun chiffre ne peut la dire (« sans_mesure »).",
    )


def _twin_remarks(grid: Grid) -> Iterator[Remark]:
    """Two things that a reader could not tell apart, since they bear the same words."""
    named: dict[str, list[tuple[tuple[str, ...], str]]] = {
        "criteres": [((name,), each.label) for name, each in grid.criteria.items()],
        "indicateurs": [((name,), each.label) for name, each in grid.indicators.items()],
        "mesures": [
            ((name, "mesures", each), f"{indicator.label} : {measure.label}")
            for name, indicator in grid.indicators.items()
            for each, measure in indicator.measures.items()
        ],
        "questions": [((name,), f"{each.text} ({each.wave})") for name, each in grid.questions.items()],
    }
    for section, things in named.items():
        first: dict[str, str] = {}
        for trail, text in things:
            place = TRAIL.join(("indicateurs" if section == "mesures" else section, *trail))
            if text in first:
                told = f"« {text} » est déjà le texte de {first[text]}."
                severity: Severity = "conseil" if section == "questions" else "refus"
                yield Remark(severity, place, told, "Distinguez-les par leurs mots.")
            first.setdefault(text, place)


def _idle_remarks(grid: Grid) -> Iterator[Remark]:
    """What is asked, or opened, for nothing; and figures that nobody thought how to distort."""
    read = {
        name
        for _, _, measure in grid.defined_measures()
        for name in _names_read(grid, measure.base, measure.expressions)
    }
    for name in grid.questions:
        # A box may be there only to close a list (« rien de cela »).
        if name not in read and not grid.scale_of(name).is_box:
            yield Remark("conseil", f"questions{TRAIL}{name}", "Aucune mesure ne lit cette question.", "Retirez-la.")
    held = {each.criterion for each in grid.indicators.values()}
    for name in grid.criteria:
        if name not in held:
            yield Remark("conseil", f"criteres{TRAIL}{name}", "Ce critère n'a pas d'indicateur.", "Retirez-le.")
    for name, each in grid.indicators.items():
        if each.measures and not each.gaming:
            yield Remark(
                "conseil",
                f"indicateurs{TRAIL}{name}",
                "Rien ne dit comment ce chiffre peut être faussé.",
                "Ajoutez « detournement ».",
            )


def _names_read(grid: Grid, base: str, expressions: tuple[str, ...]) -> Iterator[str]:
    condition = grid.bases[base].condition
    for text in (*expressions, *([condition] if condition else [])):
        yield from Expression(text).names
