"""Charts as SVG, drawn on the server: no script runs, every browser and printer shows them.

In a page a chart takes colours and letters from its sheet, and each value leads to its citation;
as a file it brings its own style.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

import drawsvg

from search_app.chart_points import Pair, Point
from search_app.compare import unit_of
from search_app.facts import CitedFact
from search_app.languages import gettext as _

# In units of the drawing, which is about as wide as a phone: letters stay large enough to read.
# `_NAMES` is the column of years, `_WORDS` what stands behind a bar.
_WIDTH, _NAMES, _WORDS = 400, 72, 150
# A line is as high as a finger needs, and a place stands a little above its first.
_LINE, _PLACE, _BAR, _FONT, _BASE = 30, 34, 14, 15, 20
_SHORT_UNIT = 3

_STYLE = """
text { font-family: "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", Arial, sans-serif;
  fill: #1d1c1a; }
.place { font-weight: 600; }
.ground { fill: #fdfdfb; }
.result { fill: #0b4a6f; }
.target, .target-end { stroke: #4a4844; stroke-width: 2.5; }
.target { stroke-dasharray: 6 4; }
.start { fill: none; stroke: #0b4a6f; stroke-width: 1.5; }
.hit { fill: none; }
@media (prefers-color-scheme: dark) {
  text { fill: #e9e6df; }
  .ground { fill: #16181a; }
  .result { fill: #9ccbec; }
  .target, .target-end { stroke: #bdb9b0; }
  .start { stroke: #9ccbec; }
}
"""


class _Link(drawsvg.DrawingParentElement):  # type: ignore[misc]
    TAG_NAME = "a"


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the chart: what stands before it (the year), its value, and what that is."""

    before: str
    point: Point
    kind: str
    words: str


def draw(pairs: Sequence[Pair]) -> bytes:
    """Return the chart of results beside their targets as a file.

    >>> pair = Pair("xã A", 2015, Point(Decimal("8.9"), ""), None)
    >>> "8,9".encode() in draw([pair])
    True
    """
    drawing = _drawing(pairs, None)
    drawing.append_css(_STYLE)
    svg: str = drawing.as_svg()
    return svg.encode()


def draw_in_page(pairs: Sequence[Pair], address: Callable[[CitedFact], str]) -> str:
    """Return the chart as a part of a page; `address` says where a value can be read."""
    drawing = _drawing(pairs, address)
    # Named by the caption of its figure. No image to those who do not see it: it holds links.
    drawing.svg_args |= {"class": "drawing", "role": "group", "aria-labelledby": "bieu-do"}
    svg: str = drawing.as_svg(header="", skip_css=True)
    return svg


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


def _short_unit(point: Point) -> str:
    """Return the unit of a value where a bar has room for it; the caption names every unit."""
    unit = unit_of(point.cited.fact) if point.cited else ""
    return unit if len(unit) <= _SHORT_UNIT else ""


def _drawing(pairs: Sequence[Pair], address: Callable[[CitedFact], str] | None) -> drawsvg.Drawing:
    places = [(place, list(_lines(of))) for place, of in groupby(pairs, lambda pair: pair.place)]
    height = sum(_PLACE + _LINE * len(lines) for _place, lines in places) + _BAR
    drawing = drawsvg.Drawing(_WIDTH, height)
    drawing.append(drawsvg.Rectangle(0, 0, _WIDTH, height, class_="ground"))
    scale = _scale(pairs)
    top = 0
    for place, lines in places:
        top += _PLACE
        drawing.append(drawsvg.Text(place, _FONT, 0, top - _LINE // 4, class_="place", lang="vi"))
        for line in lines:
            _draw_line(drawing, line, (top, scale), _where(line.point, address), place)
            top += _LINE
    return drawing


def _lines(pairs: Iterator[Pair]) -> Iterator[_Line]:
    for pair in pairs:
        year = str(pair.year)
        if pair.start:
            yield _Line(_("đầu kỳ"), pair.start, "start", f"{pair.date}:")
        if pair.result:
            yield _Line(year, pair.result, "result", _("kết quả"))
        if pair.target:
            yield _Line("" if pair.result else year, pair.target, "target", _("chỉ tiêu"))


def _scale(pairs: Sequence[Pair]) -> float:
    """Return the width of a value of 1; bars begin at 0, so that lengths do not deceive."""
    points = [point for pair in pairs for point in pair.points]
    longest = max((point.value for point in points), default=Decimal(0))
    return (_WIDTH - _NAMES - _WORDS) / float(longest) if longest > 0 else 0.0


def _where(point: Point, address: Callable[[CitedFact], str] | None) -> str:
    return address(point.cited) if address and point.cited else ""


def _draw_line(
    drawing: drawsvg.Drawing, line: _Line, at: tuple[int, float], link: str, place: str
) -> None:
    top, scale = at
    drawing.append(drawsvg.Text(line.before, _FONT, 0, top + _BASE))
    shown: drawsvg.Drawing = drawing
    # The name first: "8 chỉ tiêu" would be read as eight of them.
    words = " ".join(filter(None, (line.words, label(line.point), _short_unit(line.point))))
    if link:
        shown = _Link(href=link)
        shown.append_title(", ".join(filter(None, (words, place, line.before))))
        drawing.append(shown)
    # The whole line can be hit, not only the thin bar.
    shown.append(drawsvg.Rectangle(_NAMES, top, _WIDTH - _NAMES, _LINE, class_="hit"))
    width = max(1.0, float(line.point.value) * scale)
    middle = top + _LINE / 2
    if line.kind == "target":
        end, half = _NAMES + width, _BAR / 2
        shown.append(drawsvg.Line(_NAMES, middle, end, middle, class_="target"))
        # Between two dashes nobody would see where the line ends.
        shown.append(drawsvg.Line(end, middle - half, end, middle + half, class_="target-end"))
    else:
        shape = (_NAMES, middle - _BAR / 2, width, _BAR)
        shown.append(drawsvg.Rectangle(*shape, rx=1, class_=line.kind))
    # Bounds and times are words of a report.
    spoken = {"lang": "vi"} if line.point.bound or line.kind == "start" else {}
    shown.append(drawsvg.Text(words, _FONT, _NAMES + width + 8, top + _BASE, **spoken))
