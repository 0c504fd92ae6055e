"""Every error that a person can cause, in one tree.

SproError
├── GridError            a definition file (grid, contract, mapping) says something that cannot be
├── DeliveryRefused      a file cannot come in at the door
├── BuildBusy            another build holds the data folder
└── ReleaseError         no release can be opened, or a candidate does not hold what it promises
"""

from __future__ import annotations


class SproError(Exception):
    """Something a person can mend: what is wrong, where, and what to do, in French.

    `place` and `remedy` are sentences or fragments ready to print; `str()` joins the three.
    """

    def __init__(self, sentence: str, *, place: str = "", remedy: str = "") -> None:
        self.sentence = sentence
        self.place = place
        self.remedy = remedy
        super().__init__(sentence)

    def __str__(self) -> str:
        located = f"{self.place} : {self.sentence}" if self.place else self.sentence
        return f"{located} {self.remedy}".rstrip()


class GridError(SproError):
    """A definition file says something that cannot be."""


class DeliveryRefused(SproError):
    """A file cannot come in at the door; nothing of it is stored."""


class BuildBusy(SproError):
    """Another build holds the data folder."""


class ReleaseError(SproError):
    """No release can be opened, or a candidate does not hold what it promises."""
