"""The parts that the bench measures still follow one another as a build composes them."""

from pathlib import Path

import pytest

from tests.bench.edition import Edition, shown
from tests.bench.masks import drawn, rolled_up
from tests.bench.stages import PARTS, whole

STRUCTURES = 24


@pytest.mark.long
def test_every_part_reads_what_those_before_it_wrote(tmp_path: Path) -> None:
    for piece in (drawn, rolled_up):
        piece(tmp_path, STRUCTURES)
    _, records = shown(tmp_path, STRUCTURES)
    assert records["receptions"]
    assert records["answers"]
    rows = {part.__name__: part(tmp_path, STRUCTURES)[1]["rows"] for part in PARTS}
    assert all(rows.values()), rows
    sentences = Edition.of(tmp_path, STRUCTURES).read("quality.phrases")
    assert sentences.height == rows["worded"]
    assert whole(tmp_path, STRUCTURES)[1]["rows"]
