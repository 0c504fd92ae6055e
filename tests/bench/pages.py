"""The pages measured as they are served: CPU beside empty charts at three sizes, many sessions, memory, a cold browser."""

from __future__ import annotations

import asyncio
import random
import statistics
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

from tests.bench.pages_browser import first_page
from tests.bench.pages_releases import release_of
from tests.bench.pages_report import Cost, Crowd, Memory, Pages
from tests.bench.pages_server import EMPTY, Server, balanced, nginx_is_here, served
from tests.bench.pages_session import Session, View

SIZES, USUAL = (60, 400, 1600), 400
SESSIONS = 10
CROWD, SHARED_CROWD, PAUSE_SECONDS = 100, 150, 5.0
LEAK_STEPS = (500, 1_000, 2_000)
_AT_ONCE = 20
_VIEWS_EACH = 4
_HEAD, _TEAM = "lecteur=reseau:cio", "lecteur=structure:CIO-0001"
PAGES = {
    "synthese": "",
    "principes": "",
    "organisation": "",
    "effets": "",
    "territoires": "",
    "comparer-les-pratiques": _HEAD,
    "cahier-des-charges": "",
    "fiche-structure": _TEAM,
    "qualite-des-donnees": "",
    "grille": "",
    # What is asked of a network: its deliveries are read with the door, which does not stand beside these pages.
    "donnees": f"{_HEAD}&lire=demandes",
    "frequentation": "",
    "methodes": "",
    "accessibilite": "",
}
"""Each page, with the reader for whom it has most to show."""


def measured(folder: Path, home: Path, rounds: int, minutes: float) -> Pages:
    """Everything, over the release published in `home` told for each size; the crowd stays for so many minutes."""
    homes = {size: release_of(home, folder, size) for size in SIZES}
    with served(homes[USUAL], EMPTY) as empty:
        costs = {size: _costs(homes[size], empty, rounds) for size in SIZES}
    with served(homes[USUAL]) as server:
        browser = first_page(server.address)
        crowd, memory = asyncio.run(_one_process(server, minutes))
    return Pages(costs, crowd, _two_processes(folder, homes[USUAL], minutes), memory, browser)


def _costs(home: Path, empty: Server, rounds: int) -> dict[str, Cost]:
    """By page: what a run takes, round by round, each beside a page of as many empty charts."""
    with served(home) as server:
        return asyncio.run(_by_page(server, empty, rounds))


async def _by_page(server: Server, empty: Server, rounds: int) -> dict[str, Cost]:
    found = {}
    for page, query in PAGES.items():
        async with AsyncExitStack() as opened:
            ours = [await opened.enter_async_context(Session(server.address)) for _ in range(SESSIONS)]
            theirs = [await opened.enter_async_context(Session(empty.address)) for _ in range(SESSIONS)]
            charts = [await each.view(page, query) for each in ours][-1].charts
            nothing = f"graphiques={charts}"
            await asyncio.gather(*(each.view("", nothing) for each in theirs))
            taken = [
                (await _cpu(server, ours, page, query), await _cpu(empty, theirs, "", nothing)) for _ in range(rounds)
            ]
        found[page] = Cost(charts, tuple(taken))
        print(f"{page}: {found[page]}", flush=True)
    return found


async def _cpu(server: Server, sessions: Sequence[Session], page: str, query: str) -> float:
    """CPU seconds of one run, over some by all sessions at once; with the collection that follows the last of them."""
    before = server.cpu_seconds

    async def look(session: Session) -> list[View]:
        return [await session.view(page, query) for _ in range(_VIEWS_EACH)]

    views = [view for each in await asyncio.gather(*map(look, sessions)) for view in each]
    await asyncio.sleep(0.3)
    if any(view.failed for view in views):
        raise RuntimeError(f"{page}?{query} failed")
    return (server.cpu_seconds - before) / len(views)


async def _one_process(server: Server, minutes: float) -> tuple[Crowd, Memory]:
    alone = await _walk(Session(server.address), 2 * len(PAGES), random.Random(0))
    before = server.megabytes
    crowd, during = await _crowd([Session(server.address) for _ in range(CROWD)], minutes, alone, [server])
    return crowd, Memory((during - before) / CROWD, before, {count: mb async for count, mb in _many(server)})


def _two_processes(folder: Path, home: Path, minutes: float) -> Crowd | None:
    """None where nginx is absent."""
    if not nginx_is_here():
        return None
    with ExitStack() as opened:
        servers = [opened.enter_context(served(home)) for _ in range(2)]
        address = opened.enter_context(balanced(servers, folder))
        return asyncio.run(_shared(servers, address, minutes))


async def _shared(servers: Sequence[Server], address: str, minutes: float) -> Crowd:
    for each in servers:
        alone = await _walk(Session(each.address), 2 * len(PAGES), random.Random(0))
    before = [each.cpu_seconds for each in servers]
    sessions = [Session(address, client=f"127.0.1.{place + 1}") for place in range(SHARED_CROWD)]
    crowd, _ = await _crowd(sessions, minutes, alone, servers)
    shares = [each.cpu_seconds - start for each, start in zip(servers, before, strict=True)]
    print(f"shared by nginx: {shares}", flush=True)
    return crowd


async def _walk(
    session: Session, views: int, chance: random.Random, pause: float = 0.0, until: float = 0
) -> list[View]:
    """What a session sees that goes from page to page, pausing so long on average; a broken session is a failed view."""
    seen: list[View] = []
    try:
        async with session:
            while len(seen) < views and (not until or time.monotonic() < until):
                await asyncio.sleep(chance.expovariate(1 / pause) if pause else 0)
                page = chance.choice(list(PAGES)) if pause else list(PAGES)[len(seen) % len(PAGES)]
                seen.append(await session.view(page, PAGES[page]))
    except (OSError, ConnectionError, TimeoutError):
        seen.append(View(0.0, 0, 0, failed=True))
    return seen


async def _crowd(
    sessions: Sequence[Session], minutes: float, alone: Sequence[View], servers: Sequence[Server]
) -> tuple[Crowd, float]:
    """All sessions at once for so many minutes; with the memory that the servers hold at the end."""
    until = time.monotonic() + 60 * minutes
    walks = [
        asyncio.create_task(_walk(each, 10**9, random.Random(place), PAUSE_SECONDS, until))
        for place, each in enumerate(sessions)
    ]
    await asyncio.sleep(0.9 * 60 * minutes)
    held = sum(each.megabytes for each in servers)
    seen = [view for walk in walks for view in await walk]
    warm = statistics.median(view.seconds for view in alone[len(PAGES) :])
    latest = statistics.quantiles((view.seconds for view in seen), n=20)[-1]
    return Crowd(len(sessions), minutes, len(seen), sum(view.failed for view in seen), latest, warm), held


async def _many(server: Server) -> AsyncIterator[tuple[int, float]]:
    """How many sessions came and went, and the memory held then."""
    gone = 0
    for step in LEAK_STEPS:
        while gone < step:
            walks = (_walk(Session(server.address), 1, random.Random(place)) for place in range(_AT_ONCE))
            await asyncio.gather(*walks)
            gone += _AT_ONCE
        yield gone, server.megabytes
