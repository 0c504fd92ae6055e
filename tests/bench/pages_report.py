"""The section of the page that tells what it takes to show the pages, in French: ratios within one run first."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.bench.tables import decimal, number, spread, table

HEADING = "## Ce que coûtent les pages"
_MOST = 3.0
_TAIL = (
    "La page vide est servie par le même serveur ; son script n'a que des graphiques vides, sans menu ni texte : à une page "
    "sans graphique, on compare donc un script qui ne fait rien. Les sessions sont de vraies sessions, par le même protocole "
    "qu'un navigateur. Les éditions de chaque taille sont celle du jeu d'essai, dont on retire des structures, ou dont on "
    "recopie les structures sous d'autres noms, dans toutes les tables qui les nomment ; les chiffres de la région n'y "
    "changent pas. Un passage relit la même page : la première lecture d'une édition coûte davantage."
)


@dataclass(frozen=True)
class Cost:
    """CPU seconds of one run of a page that has `charts` charts, round by round, each beside that of an empty page."""

    charts: int
    rounds: tuple[tuple[float, float], ...]

    @property
    def ratios(self) -> tuple[float, ...]:
        """In times the empty page."""
        return tuple(page / empty for page, empty in self.rounds)

    @property
    def ratio(self) -> float:
        """The median of rounds."""
        return statistics.median(self.ratios)

    @property
    def milliseconds(self) -> float:
        """Of the page, the median of rounds."""
        return 1000 * statistics.median(page for page, _ in self.rounds)


@dataclass(frozen=True)
class Crowd:
    """Many sessions at once: how many views failed, the latest view in twenty, a view for somebody alone (its median)."""

    sessions: int
    minutes: float
    views: int
    failed: int
    late_seconds: float
    alone_seconds: float


@dataclass(frozen=True)
class Memory:
    """Megabytes: of one session among many, of the server before them, and of the server once so many have left."""

    session: float
    before: float
    after: Mapping[int, float]


@dataclass(frozen=True)
class Browser:
    """What a cold browser fetches of a page, and when its first chart is there."""

    requests: int
    megabytes: float
    streamed_megabytes: float
    seconds: float


@dataclass(frozen=True)
class Pages:
    """All that was measured of pages: costs by number of structures and page. `shared`: None where nginx is absent."""

    costs: Mapping[int, Mapping[str, Cost]]
    crowd: Crowd
    shared: Crowd | None
    memory: Memory
    browser: Browser


def section(pages: Pages, head: str, usual: int) -> str:
    """The section of `docs/benchmarks.md`."""
    tables = [
        table(("ce qui est mesuré", "résultat", "objectif"), _results(pages, usual)),
        table(_columns(pages, usual), _by_page(pages, usual)),
    ]
    return "\n\n".join([HEADING, head, *tables, _TAIL]) + "\n"


def _results(pages: Pages, usual: int) -> Iterator[tuple[str, str, str]]:
    usually = pages.costs[usual]
    over = [page for page, cost in usually.items() if cost.ratio > _MOST]
    yield (
        f"CPU d'une page déjà lue, à 10 sessions, {usual} structures, par rapport à une page vide qui a autant de graphiques",
        f"{spread([cost.ratio for cost in usually.values()], ' fois')} ; {_beyond(over)}",
        "3 fois au plus",
    )
    smallest, *larger = sorted(pages.costs)
    for size in larger:
        yield (
            f"la même, de {number(smallest)} à {number(size)} structures : médiane des pages (étendue)",
            spread(_growth(pages.costs[smallest], pages.costs[size]), " %"),
            "20 % au plus",
        )
    yield from _crowded(pages.crowd, "un processus")
    if pages.shared is None:
        yield "150 sessions, deux processus derrière nginx", "non mesuré : nginx absent", "aucune erreur"
    else:
        yield from _crowded(pages.shared, "deux processus derrière nginx")
    memory = pages.memory
    yield "mémoire d'une session, parmi 100", f"{decimal(memory.session)} Mo", "pour comparaison"
    told = ", ".join(f"{number(round(mb))} Mo après {number(gone)}" for gone, mb in memory.after.items())
    yield (
        "mémoire du serveur, à mesure que des sessions viennent et s'en vont",
        f"{number(round(memory.before))} Mo avant ; {told}",
        "ne croît pas",
    )
    browser = pages.browser
    yield (
        "première page d'un navigateur qui n'a rien gardé (Organisation, même machine)",
        f"{browser.requests} requêtes, {decimal(browser.megabytes)} Mo et {decimal(browser.streamed_megabytes)} Mo de flux ; "
        f"premier graphique en {decimal(browser.seconds)} s",
        "pour comparaison",
    )


def _beyond(over: list[str]) -> str:
    return f"au-delà de 3 fois : {', '.join(over)}" if over else "aucune au-delà de 3 fois"


def _growth(smaller: Mapping[str, Cost], larger: Mapping[str, Cost]) -> list[float]:
    """Page by page, in percent: of what it costs in times the empty page measured beside it."""
    return [100 * (larger[page].ratio / smaller[page].ratio - 1) for page in smaller]


def _crowded(crowd: Crowd, where: str) -> Iterator[tuple[str, str, str]]:
    who = f"{crowd.sessions} sessions qui s'arrêtent 5 s en moyenne, pendant {decimal(crowd.minutes)} min, {where}"
    yield who, f"{number(crowd.failed)} erreur sur {number(crowd.views)} pages lues", "aucune erreur"
    yield (
        f"{who} : la page la plus lente sur vingt, par rapport à la médiane d'une session seule",
        f"{decimal(crowd.late_seconds / crowd.alone_seconds)} fois ({decimal(crowd.late_seconds)} s)",
        "pour comparaison",
    )


def _columns(pages: Pages, usual: int) -> tuple[str, ...]:
    sizes = (f"à {number(size)} structures" for size in sorted(pages.costs) if size != usual)
    return ("page", "graphiques", f"fois la page vide, à {number(usual)} structures", "CPU (ms)", *sizes)


def _by_page(pages: Pages, usual: int) -> Iterator[tuple[str, ...]]:
    for page, cost in pages.costs[usual].items():
        others = (f"{decimal(pages.costs[size][page].ratio)} fois" for size in sorted(pages.costs) if size != usual)
        yield page, str(cost.charts), spread(cost.ratios), decimal(cost.milliseconds), *others
