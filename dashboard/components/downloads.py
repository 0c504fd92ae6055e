"""What leaves a page as a file: the picture of a chart, its table. Nothing is made before it is asked for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import plotly.graph_objects as go
import streamlit as st

from dashboard import filters, reading
from dashboard.components.html import said, tag, write
from dashboard.report import pictures
from dashboard.report.pictures import Told
from dashboard.selection import Selection
from dashboard.text.typography import typeset
from dashboard.views.edition import SOURCES, SYNTHETIC, USE, selection_sentence
from dashboard.views.tables import Table, csv_file, xlsx_file

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_LONGEST_NAME, _LONGEST_PLACE = 60, 24


@dataclass(frozen=True)
class _File:
    """A file that may be asked for: what its button says, how its name ends, its type, how it is made."""

    label: str
    ending: str
    mime: str
    made: Callable[[], bytes]


def of_table(content: Table, *, key: str, about: Selection | None = None) -> None:
    """The table as files, with what it is about inside: `about`, or what the sidebar says."""
    selection = about or filters.current()
    _row(_tables(content, "le tableau", selection), content.caption, key, selection)


def of_chart(figure: go.Figure, told: Told, content: Table, *, key: str, about: Selection | None = None) -> None:
    """The picture of a chart and its table as files; or, where no browser can draw, the sentence that says so.

    `told`: what is written in the picture; what the whole page is about is added below it.
    """
    if not pictures.available():
        write(tag("p", f"{pictures.ABSENT} {pictures.REMEDY}", "muted"))
        of_table(content, key=key, about=about)
        return
    selection = about or filters.current()
    whole = Told(told.title, (*told.below, *_about(selection)), told.alt)
    drawn = (
        _File("l'image (PNG)", "png", "image/png", partial(pictures.picture, figure, whole, "png")),
        _File("l'image (SVG)", "svg", "image/svg+xml", partial(pictures.picture, figure, whole, "svg")),
    )
    _row((*drawn, *_tables(content, "les données", selection)), told.title, key, selection)


def file_name(subject: str, selection: Selection) -> str:
    """« personnes-recues-le-jour-meme-bretagne-2025 »: what, where and when, without an accent, without an ending."""
    parts = (_slug(subject, _LONGEST_NAME), _slug(selection.unit.nom, _LONGEST_PLACE), _slug(selection.period.code, 7))
    return "-".join(parts)


def _tables(content: Table, what: str, selection: Selection) -> tuple[_File, ...]:
    about = _about(selection)
    return (
        _File(f"{what} (CSV)", "csv", "text/csv", partial(csv_file, content, about)),
        _File(f"{what} (XLSX)", "xlsx", _XLSX, partial(xlsx_file, content, about)),
    )


def _about(selection: Selection) -> tuple[str, ...]:
    """What is looked at, what it is not for, where it comes from; read now, since a file is made outside of any page."""
    edition = reading.edition()
    invented = (SYNTHETIC,) if edition.synthetic else ()
    return (selection_sentence(selection, edition), USE, *invented, SOURCES)


def _row(files: tuple[_File, ...], subject: str, key: str, selection: Selection) -> None:
    name = file_name(subject, selection)
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key=f"files-{key}"):
        st.html(f'<p class="muted">{typeset(said("Télécharger :"))}</p>', width="content")
        for each in files:
            st.download_button(
                typeset(said(each.label)),
                data=each.made,
                file_name=f"{name}.{each.ending}",
                mime=each.mime,
                key=f"file-{each.ending}-{key}",
                on_click="ignore",
                type="tertiary",
            )


def _slug(text: str, longest: int) -> str:
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:longest].strip("-")
