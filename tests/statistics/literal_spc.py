"""XmR and its rules a second time: word for word, point by point, in exact fractions, nothing shared with the code."""

from __future__ import annotations

from fractions import Fraction

Series = list[float | None]


def literal_limits(
    points: Series, fixed_first: int | None, screened: bool
) -> tuple[Fraction, Fraction | None, Fraction | None]:
    """The mean, and the limits; None where no two neighbours have a point."""
    kept = points if fixed_first is None else points[:fixed_first]
    known = [_exact(each) for each in kept if each is not None]
    mean = sum(known, Fraction(0)) / len(known)
    ranges = []
    for place in range(1, len(kept)):
        before, now = kept[place - 1], kept[place]
        if before is not None and now is not None:
            ranges.append(abs(_exact(now) - _exact(before)))
    if not ranges:
        return mean, None, None
    if screened:
        first_mean = sum(ranges, Fraction(0)) / len(ranges)
        ranges = [each for each in ranges if not each >= Fraction(3267, 1000) * first_mean]
    moving = sum(ranges, Fraction(0)) / len(ranges) if ranges else Fraction(0)
    return mean, mean - Fraction(266, 100) * moving, mean + Fraction(266, 100) * moving


def literal_labels(points: Series, mean: Fraction, low: Fraction | None, high: Fraction | None) -> list[str]:
    """The label of each point: each rule asked of each window of points that holds it."""
    values = [None if each is None else _exact(each) for each in points]
    said = []
    for place, value in enumerate(values):
        if value is None:
            said.append("")
        elif _outside(value, low, high):
            said.append("hors_limites")
        elif any(_trend(window) for window in _windows(values, place, 7)):
            said.append("tendance")
        elif _near(value, mean, low, high) and any(
            _two_of_three(window, mean, low, high) for window in _windows(values, place, 3)
        ):
            said.append("deux_sur_trois")
        elif any(_shift(window, mean) for window in _windows(values, place, 7)):
            said.append("decalage")
        else:
            said.append("")
    return said


def _exact(value: float) -> Fraction:
    """The number as it is written: 0.1 is one tenth."""
    return Fraction(str(value))


def _windows(values: list[Fraction | None], place: int, length: int) -> list[list[Fraction]]:
    """Every run of so many periods in a row that holds this place, where all have a point."""
    found = []
    for start in range(place - length + 1, place + 1):
        window = values[start : start + length] if start >= 0 else []
        if len(window) == length and all(each is not None for each in window):
            found.append([each for each in window if each is not None])
    return found


def _outside(value: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    return low is not None and high is not None and (value < low or value > high)


def _near(value: Fraction, mean: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    if low is None or high is None or _outside(value, low, high):
        return False
    third = (high - mean) / 3
    return value > mean + 2 * third or value < mean - 2 * third


def _two_of_three(window: list[Fraction], mean: Fraction, low: Fraction | None, high: Fraction | None) -> bool:
    one_side = all(each > mean for each in window) or all(each < mean for each in window)
    return one_side and sum(1 for each in window if _near(each, mean, low, high)) >= 2


def _shift(window: list[Fraction], mean: Fraction) -> bool:
    return all(each > mean for each in window) or all(each < mean for each in window)


def _trend(window: list[Fraction]) -> bool:
    steps = [window[place + 1] - window[place] for place in range(6)]
    return all(each > 0 for each in steps) or all(each < 0 for each in steps)
