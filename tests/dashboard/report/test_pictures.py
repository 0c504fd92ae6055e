"""The picture of a chart: its words are in it, the chart itself is untouched, and nothing is fetched to draw it."""

from __future__ import annotations

import socket
import threading
import xml.etree.ElementTree as ET

import plotly.graph_objects as go
import pytest

from dashboard.charts.layout import axis, blank
from dashboard.report import charts, pictures
from dashboard.report.charts import Chart
from dashboard.report.pictures import ABSENT, Told, described, framed, picture
from grids.errors import SproError

SENTENCE = "Bretagne, année 2025, grille de travail 2025.1"
TOLD = Told("Délai médian : par territoire", (SENTENCE, "Source : essais."), "Graphique. Bretagne : 81 %.")


@pytest.fixture
def figure() -> go.Figure:
    drawn = blank(200)
    drawn.add_scatter(x=[0, 1], y=[80, 81])
    drawn.update_layout(xaxis=axis("trimestres", tickvals=[0, 1], ticktext=["T1<br>2025", ""]))
    return drawn


def test_room_is_made_for_the_words_in_a_copy(figure: go.Figure) -> None:
    before = figure.to_json()
    copied = framed(figure, TOLD)
    assert figure.to_json() == before
    grown = copied.layout.height - figure.layout.height
    margins = sum(copied.layout.margin[side] - figure.layout.margin[side] for side in "tb")
    assert grown == margins > 60
    assert "Délai médian\u00a0: par territoire" in copied.layout.title.text
    assert SENTENCE in copied.layout.annotations[-1].text


def test_a_drawing_says_what_it_is_to_who_does_not_see_it() -> None:
    root = ET.fromstring(described(b'<svg xmlns="http://www.w3.org/2000/svg" width="9"><rect/></svg>', TOLD))
    assert root.get("role") == "img"
    names = [each.tag.partition("}")[2] for each in root]
    assert names[:2] == ["title", "desc"]
    assert "81\u00a0%" in (root[1].text or "")
    assert SENTENCE in (root[1].text or "")


def test_without_a_browser_a_sentence_says_so(figure: go.Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "available", lambda: False)
    with pytest.raises(SproError) as told:
        picture(figure, TOLD, "png")
    assert told.value.sentence == ABSENT
    assert told.value.remedy
    told_charts, drawings = charts.drawn([Chart("t", "a", figure, 150), None])
    assert drawings == {}
    assert [each and each["drawing"] for each in told_charts] == ["", None]


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.skipif(not pictures.available(), reason="no Chromium here")
@pytest.mark.usefixtures("browser")  # whose loop of events runs in this thread: the picture is drawn beside it
def test_a_picture_is_drawn_and_nothing_is_fetched(figure: go.Figure, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as listening:
        monkeypatch.setattr(pictures, "_NOWHERE", f"http://127.0.0.1:{listening.getsockname()[1]}")
        threading.Thread(target=_note_what_is_asked, args=(listening, asked), daemon=True).start()
        drawn = picture(figure, TOLD, "svg").decode()
    assert not [each for each in asked if "plot" in each or "mathjax" in each or "cdn" in each]
    assert ET.fromstring(drawn).get("role") == "img"
    assert SENTENCE in drawn


def _note_what_is_asked(listening: socket.socket, asked: list[str]) -> None:
    while True:
        try:
            connection, _ = listening.accept()
        except OSError:
            return
        with connection:
            asked.append(connection.recv(300).decode(errors="replace").partition("\r\n")[0])
