"""A small release, rightly masked, and the thresholds that hold for it."""

from __future__ import annotations

import pytest

from grids.thresholds import Thresholds, load_thresholds
from tests.attack.small_release import Small, small


@pytest.fixture
def release() -> Small:
    """The release; a test may plant what it likes in it."""
    return small()


@pytest.fixture(scope="session")
def thresholds() -> Thresholds:
    """The thresholds of the product."""
    return load_thresholds()
