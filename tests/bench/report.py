"""The page of what was measured, in French: ratios within one run first, since seconds are the machine's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from tests.bench.tables import decimal, number, spread, table


@dataclass(frozen=True)
class Piece:
    """What a piece took: seconds, and the most memory that its process held."""

    seconds: float
    megabytes: float


@dataclass(frozen=True)
class Run:
    """One run over the large file."""

    file_megabytes: float
    reference: Piece
    whole: Piece
    more: Piece


@dataclass(frozen=True)
class Checks:
    """The contract's checks on fewer rows: as the product makes them, and by great_expectations on pandas."""

    rows: int
    here: Piece
    pandas: Piece


@dataclass(frozen=True)
class Counts:
    """All the measures of the working grid counted, run by run: as one would write it by hand, and as the product does.

    `compiling`: the seconds that it takes to write the product's statements, once the grid is read; `rolling`: to add the
    finest counts up to every step and level, which nobody does by hand.
    """

    receptions: int
    answers: int
    hand: tuple[Piece, ...]
    grid: tuple[Piece, ...]
    compiling: tuple[float, ...]
    rolling: tuple[float, ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """Of the finest counts, run by run."""
        rounds = zip(self.grid, self.rolling, self.hand, strict=True)
        return tuple((grid.seconds - rolling) / hand.seconds for grid, rolling, hand in rounds)


@dataclass(frozen=True)
class Measures:
    """All that was measured."""

    rows: int
    more_rows: int
    runs: tuple[Run, ...]
    checks: Checks
    counts: Counts
    machine: str
    on: date


def page(measures: Measures) -> str:
    """The page `docs/benchmarks.md`."""
    rows = number(measures.rows)
    ratio = _told(measures.runs, lambda run: run.whole.seconds / run.reference.seconds, " fois")
    share = _told(measures.runs, lambda run: 100 * run.more.seconds / run.whole.seconds, " %")
    peak = max(run.whole.megabytes for run in measures.runs) / 1000
    checks, counts = measures.checks, measures.counts
    head = (
        f"Faites par `make bench` le {measures.on:%d/%m/%Y}, en {len(measures.runs)} passages, chacun dans ses propres "
        f"processus : {measures.machine}. Les secondes sont celles de cette machine ; les rapports, pris dans un "
        "même "
        "passage, se comparent d'une machine à l'autre. Médiane, puis étendue entre parenthèses. Les "
        "importations de bibliothèques ne sont pas comptées."
    )
    ratios = [
        (
            f"{rows} accueils, d'un CSV de {number(round(measures.runs[0].file_megabytes))} Mo à un entrepôt prêt à compter "
            "(porte, contrat et great_expectations compris), par rapport au seul `read_csv` de DuckDB vers une table",
            ratio,
            "3 fois au plus",
        ),
        ("mémoire la plus haute de ce passage", f"{decimal(peak)} Go", "moins de 2 Go"),
        (
            f"{number(measures.more_rows)} accueils de plus dans cet entrepôt, par rapport à sa construction entière",
            share,
            "15 % au plus",
        ),
        (
            f"contrôles du contrat sur {number(checks.rows)} accueils : great_expectations sur pandas, par rapport aux nôtres "
            "(SQL de quarantaine et great_expectations sur DuckDB ensemble)",
            f"{decimal(checks.pandas.seconds / checks.here.seconds)} fois plus long, "
            f"{decimal(checks.pandas.megabytes / 1000)} Go contre {decimal(checks.here.megabytes / 1000)} Go",
            "pour comparaison",
        ),
        (
            f"toutes les mesures sur {number(counts.receptions)} accueils et {number(counts.answers)} réponses, jusqu'aux "
            "décomptes les plus fins (structure × mois ou trimestre, structure × année × modalité), par rapport aux mêmes "
            "conditions écrites à la main en une requête par table",
            spread(counts.ratios, " fois"),
            "1,5 fois au plus",
        ),
        (
            "écriture de ces requêtes à partir de la grille",
            spread([1000 * each for each in counts.compiling], " ms"),
            "moins de 100 ms",
        ),
    ]
    seconds = [
        (
            f"`read_csv` de DuckDB vers une table, {rows} lignes",
            _told(measures.runs, lambda run: run.reference.seconds),
        ),
        (f"du fichier à l'entrepôt, {rows} lignes", _told(measures.runs, lambda run: run.whole.seconds)),
        (f"{number(measures.more_rows)} lignes de plus", _told(measures.runs, lambda run: run.more.seconds)),
        (f"contrôles sur DuckDB, {number(checks.rows)} lignes", decimal(checks.here.seconds)),
        (f"les mêmes sur pandas, {number(checks.rows)} lignes", decimal(checks.pandas.seconds)),
        ("décompte de la grille", spread([each.seconds for each in counts.grid])),
        ("dont l'addition à tous les pas et niveaux", spread(counts.rolling)),
        ("le même, écrit à la main", spread([each.seconds for each in counts.hand])),
    ]
    tail = (
        "Le fichier est synthétique et sans faute : 20 colonnes, 400 structures, 36 mois, une référence par accueil. Un "
        "fichier qui a des fautes coûte davantage : leurs lignes sont alors cherchées une à une."
    )
    tables = [
        table(("ce qui est mesuré", "résultat", "objectif"), ratios),
        table(("en secondes", "médiane (étendue)"), seconds),
    ]
    return "\n\n".join(["# Mesures", head, *tables, tail]) + "\n"


def _told(runs: Sequence[Run], measure: Callable[[Run], float], unit: str = "") -> str:
    return spread([measure(run) for run in runs], unit)
