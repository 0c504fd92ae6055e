"""The common sheet as an XLSX, made from `grids/contract/fiche.yaml` for the structures of one network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from grids.common_sheet import load_common_sheet
from grids.errors import GridError
from grids.register import Network, networks
from grids.versions import load_versions
from pipelines.handouts.sheet_entry import write_entry
from pipelines.handouts.sheet_guards import guard_facts, guard_lines
from pipelines.handouts.sheet_layout import Layout
from pipelines.handouts.sheet_lists import known_structures, write_lists
from pipelines.handouts.sheet_pages import EXAMPLE_PAGE, GUIDE_PAGE, write_example, write_guide
from pipelines.handouts.sheet_styles import make_styles
from pipelines.home import aside, put_in_place

ENTRY_PAGE = "Fiche"

_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
# A fixed day: the same contract gives the same bytes.
_CREATED = datetime(2026, 1, 1)


def write_sheet(
    path: Path,
    network: str,
    structures: Sequence[tuple[str, str]] = (),
    version: str = "",
    *,
    usual_channels: Mapping[str, str] | None = None,
) -> None:
    """Write the common sheet of `network` (code) at `path`, whole or not at all; no temporary file holds any of it.

    `structures` are (identifier, name): one is filled in, several are offered in a list, none leaves the identifier to
    be typed. `version` is that of the grid, by default the latest. `usual_channels` (identifier → code of `canal`) fill
    in question 1. Raises GridError for a network, or a channel, that is not known.
    """
    known, sheet = _network(network), load_common_sheet()
    offered = known_structures(sheet, structures, usual_channels or {})
    content = BytesIO()
    workbook = Workbook(content, _OPTIONS)
    workbook.set_properties({"title": f"{sheet.title} – {known.name}", "created": _CREATED})
    styles, layout = make_styles(workbook), Layout(sheet)
    entry = workbook.add_worksheet(ENTRY_PAGE)
    write_guide(workbook.add_worksheet(GUIDE_PAGE), sheet, styles)
    write_example(workbook.add_worksheet(EXAMPLE_PAGE), sheet, styles)
    write_lists(workbook, sheet, known, offered)
    write_entry(entry, layout, known, offered, version or load_versions()[-1].version, styles)
    guard_lines(entry, layout, styles)
    guard_facts(entry, offered, styles)
    workbook.close()
    built = aside(path)
    built.write_bytes(content.getvalue())
    put_in_place(built, path)


def _network(code: str) -> Network:
    for each in networks():
        if each.code == code:
            return each
    raise GridError(
        f"« {code} » n'est pas un réseau du registre.",
        remedy=f"Réseaux connus : {', '.join(each.code for each in networks())}.",
    )
