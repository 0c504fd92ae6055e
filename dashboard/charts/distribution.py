"""Stacked bars of answers: diverging when some answers are favourable, plain when none is."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.layout import axis, blank
from dashboard.text.typography import typeset
from dashboard.theme import BLUE, BLUE_SOFT, GROUND, INK, MUTED, NEUTRAL_STEPS, ORANGE, ORANGE_SOFT
from dashboard.views.distribution import Distribution, Spread

ROW_HEIGHT = 38
_DARK = (BLUE, ORANGE, *NEUTRAL_STEPS[:2])


def draw(model: Distribution) -> go.Figure:
    """One bar a row; a small base is hatched, a hidden row is written in words."""
    figure = blank(ROW_HEIGHT * len(model.rows) + 130)
    colours = _colours(model)
    for position in _stacking(model):
        _add_category(figure, model, position, colours[position])
    for index, row in enumerate(model.rows):
        if row.note:
            _add_words(figure, row.note, index, left=-78 if model.directed else 1)
    figure.update_layout(
        barmode="relative",
        uniformtext={"minsize": 12, "mode": "hide"},
        bargap=0.32,
        showlegend=True,
        legend={
            "orientation": "h",
            "y": 1.02,
            "yanchor": "bottom",
            "x": 0,
            "font": {"size": 13},
            "traceorder": "normal",
        },
        margin={"t": 40},
        xaxis=_shares(model),
        yaxis=axis(
            tickvals=list(range(len(model.rows))),
            ticktext=[row.label for row in model.rows],
            range=[len(model.rows) - 0.4, -0.6],
            showgrid=False,
        ),
    )
    figure.update_layout(legend_itemclick=False, legend_itemdoubleclick=False)
    return figure


def _stacking(model: Distribution) -> list[int]:
    # Bars left of zero are laid from zero outward: the answer nearest to the favourable ones goes first.
    unfavourable = [i for i, category in enumerate(model.categories) if not category.favorable]
    favourable = [i for i, category in enumerate(model.categories) if category.favorable]
    return unfavourable[::-1] + favourable if model.directed else unfavourable


def _colours(model: Distribution) -> list[str]:
    if not model.directed:
        steps = len(NEUTRAL_STEPS)
        return [NEUTRAL_STEPS[index % steps] for index in range(len(model.categories))]
    sides = {
        True: iter((BLUE_SOFT, BLUE, BLUE, BLUE)),
        False: iter((ORANGE, "#d27a33", ORANGE_SOFT, "#f3d3b3", "#f3d3b3")),
    }
    return [next(sides[category.favorable]) for category in model.categories]


def _add_category(figure: go.Figure, model: Distribution, position: int, colour: str) -> None:
    category = model.categories[position]
    sign = -1 if model.directed and not category.favorable else 1
    shares = [_share(row, position) for row in model.rows]
    figure.add_bar(
        name=category.libelle,
        legendrank=position,
        orientation="h",
        y=list(range(len(model.rows))),
        x=[None if share is None else sign * share for share in shares],
        text=[f"{share}" if share is not None and share >= 8 else "" for share in shares],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        textfont={"color": GROUND if colour in _DARK else INK, "size": 13},
        marker={
            "color": colour,
            "line": {"color": GROUND, "width": 1},
            "pattern": {
                "shape": ["/" if row.cautious else "" for row in model.rows],
                "fillmode": "overlay",
                "fgcolor": GROUND,
                "solidity": 0.16,
                "size": 10,
            },
        },
        customdata=[f"{share} %" for share in shares],
        hovertemplate=f"%{{y}} · {typeset(category.libelle)} : %{{customdata}}<extra></extra>",
    )


def _share(row: Spread, position: int) -> int | None:
    return row.parts[position].valeur if row.drawable else None


def _shares(model: Distribution) -> dict:
    if not model.directed:
        return axis("part des réponses, en %", range=[0, 101], tickvals=[0, 25, 50, 75, 100], showgrid=True)
    ticks = [-100, -50, 0, 50, 100]
    return axis(
        "favorables à droite, en %",
        range=[-80, 102],
        tickvals=ticks,
        ticktext=[str(abs(tick)) for tick in ticks],
        zeroline=True,
        zerolinecolor=INK,
        zerolinewidth=1,
    )


def _add_words(figure: go.Figure, words: str, index: int, *, left: float) -> None:
    figure.add_annotation(
        x=left, y=index, text=typeset(words), showarrow=False, xanchor="left", font={"color": MUTED, "size": 13}
    )
