"""Charts as SVG, drawn on the server: no script runs, every browser and printer shows them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import drawsvg

from search_app.chart_points import Pair, Point

# Widths and heights in units of the drawing; `_NAMES` is the column of places and years.
_WIDTH, _NAMES, _VALUES = 540, 200, 90
_BAR, _ROW, _LEGEND, _GAP = 15, 44, 40, 10
_FONT, _BASE, _SIGN = 16, 12, 110

# Result and target differ in lightness, a start is an outline: they do without colour.
_STYLE = """
text { font-family: "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  fill: #1d1c1a; }
.ground { fill: #fdfdfb; }
.result { fill: #0b4a6f; }
.target { fill: #b9cfdc; }
.start { fill: none; stroke: #0b4a6f; stroke-width: 1.5; stroke-dasharray: 4 2; }
@media (prefers-color-scheme: dark) {
  text { fill: #e9e6df; }
  .ground { fill: #16181a; }
  .result { fill: #9ccbec; }
  .target { fill: #3d5565; }
  .start { stroke: #9ccbec; }
}
"""


def draw(pairs: Sequence[Pair]) -> bytes:
    """Return the chart of results beside their targets, every bar with its value.

    >>> pair = Pair("xã A", 2015, Point(Decimal("8.9"), ""), None)
    >>> "8,9".encode() in draw([pair])
    True
    """
    height = _LEGEND + _ROW * len(pairs)
    drawing = drawsvg.Drawing(_WIDTH, height)
    drawing.append_css(_STYLE)
    drawing.append(drawsvg.Rectangle(0, 0, _WIDTH, height, class_="ground"))
    _draw_legend(drawing, has_starts=any(pair.start for pair in pairs))
    scale = _scale(pairs)
    for row, pair in enumerate(pairs):
        top = _LEGEND + row * _ROW
        _write(drawing, f"{pair.place} {pair.date}", _NAMES - _GAP, top + _BAR + 5, at_end=True)
        _draw_bar(drawing, pair.start, "start", (top, scale))
        _draw_bar(drawing, pair.target, "target", (top, scale))
        _draw_bar(drawing, pair.result, "result", (top + _BAR + 2, scale))
    svg: str = drawing.as_svg()
    return svg.encode()


def label(point: Point) -> str:
    """Return what stands at a bar: its value as Vietnamese writes it.

    >>> label(Point(Decimal("1234.5"), "dưới"))
    'dưới 1.234,5'
    """
    text = f"{point.value:,f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    written = text.replace(",", " ").replace(".", ",").replace(" ", ".")
    return f"{point.bound} {written}".strip()


def _scale(pairs: Sequence[Pair]) -> float:
    """Return the width of a value of 1; bars begin at 0, so that lengths do not deceive."""
    points = [point for pair in pairs for point in pair.points]
    longest = max((point.value for point in points), default=Decimal(0))
    return (_WIDTH - _NAMES - _VALUES) / float(longest) if longest > 0 else 0.0


def _draw_bar(
    drawing: drawsvg.Drawing, point: Point | None, kind: str, place: tuple[float, float]
) -> None:
    if point is None:
        return
    top, scale = place
    width = max(1.0, float(point.value) * scale)
    drawing.append(drawsvg.Rectangle(_NAMES, top, width, _BAR, rx=1, class_=kind))
    _write(drawing, label(point), _NAMES + width + 6, top + _BASE + 1)


def _draw_legend(drawing: drawsvg.Drawing, *, has_starts: bool) -> None:
    signs = [("target", "chỉ tiêu"), ("result", "kết quả")] + [("start", "đầu kỳ")] * has_starts
    for at, (kind, words) in enumerate(signs):
        left = _NAMES + at * _SIGN
        drawing.append(drawsvg.Rectangle(left, 8, _BASE, _BASE, class_=kind))
        _write(drawing, words, left + _BASE + 6, 8 + _BASE - 1)


def _write(
    drawing: drawsvg.Drawing, words: str, left: float, base: float, *, at_end: bool = False
) -> None:
    anchor = "end" if at_end else "start"
    drawing.append(drawsvg.Text(words, _FONT, left, base, text_anchor=anchor))
