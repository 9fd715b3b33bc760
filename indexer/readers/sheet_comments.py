"""The comments on the cells of an .xlsx sheet: what hangs on a cell and is not printed in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

from indexer.readers.sheet_xml import MAIN, Element, iterate

_THREADED = "{http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments}"


def read_comments(
    notes: Element | None, threads: Element | None, rich: Callable[[Element | None, str], str]
) -> dict[str, str]:
    """Return the comment of every cell by its name ("B3"); `rich` reads formatted text.

    A conversation about a cell is one comment, a line for each answer.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for each in iterate(threads, _THREADED + "threadedComment"):
        found[each.get("ref", "")].append(each.findtext(_THREADED + "text") or "")
    # Beside a conversation Excel writes a note for its older versions, which says the same.
    talked = frozenset(found)
    for each in iterate(notes, MAIN + "comment"):
        if each.get("ref", "") not in talked:
            found[each.get("ref", "")].append(rich(each.find(MAIN + "text"), ""))
    return {place: "\n".join(texts) for place, texts in found.items()}
