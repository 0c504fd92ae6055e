"""Complementary masking: more cells are hidden until no shown sum gives a hidden one away (methods, 7.4).

Hidden cells only grow in number, so the search ends. A cell of an earlier edition never changes: what was seen was seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import numpy as np

from pipelines.protection.cube import Flags, Numbers
from pipelines.protection.primary import MOTIVES, Motives
from pipelines.protection.recovery import given_back
from pipelines.protection.rules import Rules, Weakness
from pipelines.protection.sums import Kind, Sum

_COMPLEMENT, _OPINION, _FEW_NETWORKS = (MOTIVES.index(name) for name in ("complement", "avis", "reseaux"))


class Complement:
    """The search over the sums of one cube; `motives` is what the primary rule found, and is completed in place."""

    def __init__(self, rules: Rules, links: Sequence[Sum], motives: Motives, frozen: Flags) -> None:
        self.rules, self.links, self.motives, self.frozen = rules, links, motives, frozen
        cube = rules.cube
        self._sizes = cube.n.sum(axis=1)
        self._told: dict[Kind, Flags] = {
            kind: np.asarray((rules.values(kind) > 0).any(axis=1)) for kind in {link.kind for link in links}
        }
        self._sums_of = _sums_of_cells(links)

    def run(self) -> None:
        """Hide until every sum is safe, or nothing that may still change would make it so."""
        waiting: Iterable[int] = range(len(self.links))
        while waiting:
            self._mend(waiting)
            waiting = self._touched(self._loosened())

    def _mend(self, waiting: Iterable[int]) -> None:
        """Make these sums safe, and those that this touches."""
        while waiting:
            waiting = self._touched([cell for rank in waiting for cell in self._mended(self.links[rank])])

    def _touched(self, cells: Iterable[int]) -> list[int]:
        return sorted({rank for cell in cells for rank in self._sums_of[cell]})

    def _loosened(self) -> list[int]:
        """Hide one more cell by each that all sums together give back."""
        changed = list[int]()
        for cell in given_back(self.rules, self.links, self.motives > 0).tolist():
            near = self.nearest_shown(cell, np.ones(len(self.motives), dtype=bool))
            if not np.isin(near, changed).any():
                changed += self._hide_smallest(near)
        return changed

    def nearest_shown(self, cell: int, among: Flags) -> Numbers:
        """The cells of `among` that may still be hidden in the sums of a cell, else in those of the cells beside it, and so
        on; smallest first.
        """
        reached, size = np.array([cell]), 0
        while len(reached) > size:
            size, ranks = len(reached), self._touched(reached.tolist())
            reached = np.unique(np.concatenate([reached, *(self._told_in(self.links[rank]) for rank in ranks)]))
            shown = self._candidates(reached[(self.motives[reached] == 0) & among[reached]])
            if shown.size:
                return shown
        return reached[:0]

    def _told_in(self, link: Sum) -> Numbers:
        """The cells of a sum that hold somebody, the whole included."""
        cells = np.append(link.children, link.parent)
        return cells[self._told[link.kind][cells]]

    def _mended(self, link: Sum) -> list[int]:
        """Hide what a sum needs; the cells hidden."""
        told = link.children[self._told[link.kind][link.children]]
        hidden = self.motives[told] > 0
        masked, shown = told[hidden], told[~hidden]
        if self.motives[link.parent] == _FEW_NETWORKS:
            # What two networks show each by itself is no secret when it is added up.
            return []
        if self.motives[link.parent] > 0:
            return self._hide_smallest(shown) if self._told[link.kind][link.parent] and not masked.size else []
        if not masked.size:
            return []
        weak = self.rules.weakness(link, masked, alone=not shown.size)
        if not weak and not self.rules.members_weakness(link, masked).any():
            return []
        return self._strengthened(link, masked, shown, weak)

    def _hide_smallest(self, shown: Numbers) -> list[int]:
        return self._hide(self._candidates(shown)[:1], _COMPLEMENT)

    def _strengthened(self, link: Sum, masked: Numbers, shown: Numbers, weak: Weakness) -> list[int]:
        """Hide the smallest cells that make the sum safe, its mean too if that can be; else the sum itself."""
        motive = _OPINION if not weak.persons.any() and weak.opinions.any() else _COMPLEMENT
        chosen = self._enough(link, masked, shown, means=True)
        if chosen is None and weak:
            chosen = self._enough(link, masked, shown, means=False)
            if chosen is None and not self.frozen[link.parent]:
                chosen = [link.parent]
        return self._hide(chosen or [], motive)

    def _enough(self, link: Sum, masked: Numbers, shown: Numbers, *, means: bool) -> list[int] | None:
        """The smallest cells to hide beside the masked ones; None if even all of them would not do."""
        candidates, chosen = self._candidates(shown), list[int]()
        while (needed := self._needed(link, masked, chosen, shown, means=means)).any():
            helping = (self.rules.values(link.kind)[candidates][:, needed] > 0).any(axis=1)
            if not helping.any():
                return None
            chosen.append(int(candidates[helping][0]))
            candidates = candidates[candidates != chosen[-1]]
        # The first ones may have become needless beside a larger one.
        for cell in reversed(chosen[:-1]):
            without = [each for each in chosen if each != cell]
            if not self._needed(link, masked, without, shown, means=means).any():
                chosen = without
        return chosen

    def _needed(self, link: Sum, masked: Numbers, chosen: list[int], shown: Numbers, *, means: bool) -> Flags:
        """The parts in which more has to be hidden beside the masked and the chosen cells."""
        together = np.append(masked, chosen).astype(np.int64)
        weak = self.rules.weakness(link, together, alone=len(chosen) == len(shown))
        needed = weak.persons.copy()
        needed[self.rules.cube.contents.opinion_of[weak.opinions]] = True
        return needed | self.rules.members_weakness(link, together) if means else needed

    def _candidates(self, shown: Numbers) -> Numbers:
        """The cells that may still be hidden, smallest first."""
        free = shown[~self.frozen[shown]]
        return free[np.argsort(self._sizes[free], kind="stable")]

    def _hide(self, cells: Iterable[int], motive: int) -> list[int]:
        hidden = [int(cell) for cell in cells]
        self.motives[hidden] = motive
        return hidden


def _sums_of_cells(links: Sequence[Sum]) -> dict[int, list[int]]:
    """The ranks of the sums in which a cell stands, as the whole or as a part."""
    found = defaultdict[int, list[int]](list)
    for rank, link in enumerate(links):
        for cell in (link.parent, *link.children.tolist()):
            found[cell].append(rank)
    return found
