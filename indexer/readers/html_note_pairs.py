"""Which marks of a web page belong together: links and their links back, raised marks alike."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence

from indexer.readers.html_marks import Place, fragment, is_mark_or_arrow, label_of, names_near
from indexer.readers.html_source import Element

_UNIT_BEFORE = re.compile(r"(?:^|[^\w])(?:[kcdm]?m|ha|10)$")


class Backs:
    """Finds the links that lead back: by where they lead and by the names near them."""

    def __init__(self, links: Sequence[Element], order: dict[Element, int]) -> None:
        self._order = order
        self._names = {link: names_near(link) for link in links}
        self._found: dict[tuple[str, str], list[Element]] = {}
        for link in links:
            if is_mark_or_arrow(link):
                for name in self._names[link]:
                    self._found.setdefault((fragment(link), name), []).append(link)

    def of(self, link: Element) -> Element | None:
        """Return the first link after this one that leads back to it from where it leads."""
        if not label_of(link):
            return None
        found = (self._after(link, name) for name in self._names[link])
        later = (each for each in found if each is not None)
        return min(later, key=self._order.__getitem__, default=None)

    def _after(self, link: Element, name: str) -> Element | None:
        found = self._found.get((name, fragment(link)), [])
        at = bisect_right(found, self._order[link], key=self._order.__getitem__)
        return found[at] if at < len(found) else None


def raised_pairs(
    marks: Sequence[Element], stands: Mapping[Element, Place]
) -> Iterator[tuple[Element, list[Element]]]:
    """Yield the raised marks in front of notes with the marks in the text that call them."""
    waiting: dict[str, list[Element]] = {}
    for mark in marks:
        label, place = label_of(mark), stands[mark]
        is_first = place.starts_line and place.after > len(label) + 1
        if is_first and waiting.get(label):
            yield mark, waiting.pop(label)
        elif not (is_first and place.starts_box) and not _is_unit(label, place):
            waiting.setdefault(label, []).append(mark)


def _is_unit(label: str, place: Place) -> bool:
    return label in "23" and _UNIT_BEFORE.search(place.before) is not None
