"""Curves of growth as SVG: both axes in powers of ten, one panel for each kind of question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10

import drawsvg

_WIDTH, _HEIGHT = 300, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 34, 34, 46
_LEGEND = 30
_FONT, _SMALL = 13, 11
# Told apart without colours, too: by the dashes.
_STYLES = (("#0b4a6f", ""), ("#b3541e", "6 3"), ("#3b7a3b", "2 3"), ("#7a3b78", "8 3 2 3"))
_CSS = """
text { font-family: "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  fill: #1d1c1a; }
.ground { fill: #fdfdfb; }
.grid { stroke: #d8d5ce; stroke-width: 1; }
"""

Points = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of the picture: its title and the points of each curve."""

    title: str
    curves: Mapping[str, Points]


@dataclass(frozen=True, slots=True)
class _Axes:
    """The powers of ten at the ends of both axes, and where the panel stands."""

    x: tuple[int, int]
    y: tuple[int, int]
    left: float

    def place(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point stands in the picture."""
        across = (log10(x) - self.x[0]) / (self.x[1] - self.x[0])
        up = (log10(y) - self.y[0]) / (self.y[1] - self.y[0])
        return (
            self.left + _LEFT + across * (_WIDTH - _LEFT - _RIGHT),
            _HEIGHT - _BOTTOM - up * (_HEIGHT - _TOP - _BOTTOM),
        )


def draw_growth(panels: Sequence[Panel], across: str) -> str:
    """Return the picture of all panels side by side; `across` says what grows.

    >>> "tantivy" in draw_growth([Panel("All words", {"tantivy": [(1000, 0.1)]})], "passages")
    True
    """
    points = [each for panel in panels for curve in panel.curves.values() for each in curve]
    x, y = (_powers([point[axis] for point in points]) for axis in (0, 1))
    names = list(dict.fromkeys(name for panel in panels for name in panel.curves))
    drawing = drawsvg.Drawing(_WIDTH * len(panels), _HEIGHT + _LEGEND)
    drawing.append_css(_CSS)
    drawing.append(
        drawsvg.Rectangle(0, 0, _WIDTH * len(panels), _HEIGHT + _LEGEND, class_="ground")
    )
    for at, panel in enumerate(panels):
        _draw_panel(drawing, panel, _Axes(x, y, _WIDTH * at), names, across)
    _draw_legend(drawing, names)
    svg: str = drawing.as_svg()
    return svg


def _powers(values: Sequence[float]) -> tuple[int, int]:
    lowest, highest = floor(log10(min(values))), ceil(log10(max(values)))
    return lowest, max(highest, lowest + 1)


def _draw_panel(
    drawing: drawsvg.Drawing, panel: Panel, axes: _Axes, names: Sequence[str], across: str
) -> None:
    middle = axes.left + (_LEFT + _WIDTH - _RIGHT) / 2
    drawing.append(drawsvg.Text(panel.title, _FONT, middle, 20, text_anchor="middle"))
    drawing.append(drawsvg.Text(across, _SMALL, middle, _HEIGHT - 8, text_anchor="middle"))
    _draw_grid(drawing, axes)
    for name, points in panel.curves.items():
        colour, dashes = _STYLES[names.index(name) % len(_STYLES)]
        places = [axes.place(*point) for point in points]
        flat = [number for place in places for number in place]
        drawing.append(
            drawsvg.Lines(
                *flat, stroke=colour, stroke_width=2, stroke_dasharray=dashes, fill="none"
            )
        )
        for place in places:
            drawing.append(drawsvg.Circle(*place, 3, fill=colour))


def _draw_grid(drawing: drawsvg.Drawing, axes: _Axes) -> None:
    (left, right), (low, high) = axes.x, axes.y
    for power in range(left, right + 1):
        x, bottom = axes.place(10**power, 10**low)
        drawing.append(drawsvg.Line(x, bottom, x, _TOP, class_="grid"))
        drawing.append(drawsvg.Text(f"{10**power:,}", _SMALL, x, bottom + 16, text_anchor="middle"))
    for power in range(low, high + 1):
        x, y = axes.place(10**left, 10**power)
        drawing.append(drawsvg.Line(x, y, axes.left + _WIDTH - _RIGHT, y, class_="grid"))
        shown = f"{10.0**power:g} ms"
        drawing.append(drawsvg.Text(shown, _SMALL, x - 5, y + 4, text_anchor="end"))


def _draw_legend(drawing: drawsvg.Drawing, names: Sequence[str]) -> None:
    y = _HEIGHT + _LEGEND / 2
    step = (drawing.width - _LEFT) / len(names)
    for at, name in enumerate(names):
        colour, dashes = _STYLES[at % len(_STYLES)]
        x = _LEFT + at * step
        drawing.append(
            drawsvg.Line(x, y, x + 34, y, stroke=colour, stroke_width=2, stroke_dasharray=dashes)
        )
        drawing.append(drawsvg.Text(name, _SMALL, x + 40, y + 4))
