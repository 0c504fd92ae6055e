"""The stabilised value: a structure's rate drawn towards that of all, the more so the fewer records it has.

Empirical Bayes, beta-binomial: rates of structures follow a Beta(a, b) fitted to all of them by maximum likelihood; methods
4.3. It depends on size by design, and so is outside the rule that quality does not depend on attendance: never a headline.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import optimize, special, stats

from pipelines.statistics.funnel import Numbers
from pipelines.statistics.proportions import LEVEL

_LARGEST = 1e6
"""From here on, a + b is infinite for all that a reader can see."""
_BOUNDS = [(-15.0, 15.0), (-5.0, float(np.log(_LARGEST)))]


@dataclass(frozen=True)
class Prior:
    """How rates are spread between structures: as if each already had `a` favourable records and `b` others."""

    a: float
    b: float


def fitted_prior(count: ArrayLike, size: ArrayLike) -> Prior | None:
    """The Beta that is most likely given structures with `count` out of `size` each; None if nothing separates them.

    None (a + b infinite: the common rate stands for each) where they differ no more than chance has it. There, Σ(y − np)²/pq
    ≤ Σn, and the likelihood falls as soon as rates are let differ (Tarone, Biometrika 1979;66:585).
    """
    counts, sizes = np.asarray(count, float), np.asarray(size, float)
    rate = counts.sum() / sizes.sum()
    if ((counts - sizes * rate) ** 2).sum() <= rate * (1 - rate) * sizes.sum():
        return None
    found = optimize.minimize(
        _minus_log_likelihood,
        x0=[special.logit(rate), np.log(10.0)],
        args=(counts, sizes),
        jac=True,
        method="SLSQP",
        bounds=_BOUNDS,
        options={"ftol": 1e-14, "maxiter": 500},
    )
    mean, total = special.expit(found.x[0]), np.exp(found.x[1])
    return Prior(float(mean * total), float((1 - mean) * total)) if total < _LARGEST * (1 - 1e-9) else None


def stabilised(count: ArrayLike, size: ArrayLike, a: ArrayLike, b: ArrayLike) -> tuple[Numbers, Numbers, Numbers]:
    """The rate that records and prior make together, in [0, 1], and its 95 % bounds: those of Beta(a + y, b + n − y)."""
    favourable, other = np.asarray(a) + count, np.asarray(b) + np.asarray(size) - np.asarray(count)
    tail = (1 - LEVEL) / 2
    low, high = (stats.beta.ppf(each, favourable, other) for each in (tail, 1 - tail))
    return favourable / (favourable + other), low, high


def _minus_log_likelihood(at: Numbers, counts: Numbers, sizes: Numbers) -> tuple[float, Numbers]:
    """Of the beta-binomial, binomial coefficients left out, with its slope; `at`: the logit of a/(a + b), the log of a + b."""
    mean, total = special.expit(at[0]), np.exp(at[1])
    a, b = mean * total, (1 - mean) * total
    value = (special.betaln(a + counts, b + sizes - counts) - special.betaln(a, b)).sum()
    common = special.digamma(total) - special.digamma(total + sizes)
    by_a = (special.digamma(a + counts) - special.digamma(a) + common).sum()
    by_b = (special.digamma(b + sizes - counts) - special.digamma(b) + common).sum()
    slope = np.array([(by_a - by_b) * total * mean * (1 - mean), a * by_a + b * by_b])
    return -float(value), -slope
