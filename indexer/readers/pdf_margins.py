"""Where the running text of each page begins and ends, from the edges that its lines share."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.readers.pdf_lines import Line
from indexer.readers.pdf_words import PageWords

# Right edges within so many points are one; so many lines of a file, of a page, must share one.
_SAME_EDGE = 3.0
_MIN_LINES = 3
_MIN_LINES_OF_PAGE = 5
# The right margin is not wider than the left one by more, in points: short lines share edges, too.
_WIDER = 60.0
# The margins of left and right pages differ by no more, in points.
_MIRRORED = 60.0


def text_margins(
    pages: Sequence[PageWords], lines: Sequence[Sequence[Line]]
) -> list[tuple[float, float]]:
    """Return from where to where the text of every page runs; tables are no part of `lines`.

    The edge that lines share counts, not that of the widest thing on the page. A page whose
    lines share none (a last page, a list) has that of the other pages of its width.
    """
    rights: dict[int, list[float]] = {}
    for page, held in zip(pages, lines, strict=True):
        rights.setdefault(round(page.width), []).extend(_rights(page, held))
    edges = {width: shared_edge(found, _MIN_LINES) for width, found in rights.items()}
    return [
        _margins(page, held, edges[round(page.width)])
        for page, held in zip(pages, lines, strict=True)
    ]


def _margins(page: PageWords, lines: Sequence[Line], edge: float | None) -> tuple[float, float]:
    if not lines:
        return 0.0, page.width
    left = min(line.left for line in lines)
    own = shared_edge(_rights(page, lines), _MIN_LINES_OF_PAGE)
    if own is not None and (edge is None or abs(own - edge) <= _MIRRORED):
        return left, own
    if edge is not None and edge > left:
        return left, edge
    # Only short lines: paper is rarely printed with a wider margin on the right.
    return left, max(page.width - left, *(line.right for line in lines))


def _rights(page: PageWords, lines: Sequence[Line]) -> list[float]:
    least = page.width - _WIDER - min((line.left for line in lines), default=0.0)
    return [line.right for line in lines if line.right >= least]


def shared_edge(rights: Sequence[float], least: int) -> float | None:
    """Return the edge farthest to the right at which `least` lines end, None without one.

    >>> shared_edge([523.1, 300, 522.8, 523.0, 410], 3)
    523.1
    """
    ordered = sorted(rights, reverse=True)
    pairs = zip(ordered, ordered[least - 1 :], strict=False)
    return next((right for right, last in pairs if right - last <= _SAME_EDGE), None)
