"""What tells documents apart that are cited the same: drafts of a report, papers of one title."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from indexer.letterhead import own_number
from indexer.models import Document
from search_app.cite import author_and_year, title_or_occasion


def tell_apart(documents: Iterable[Document]) -> dict[str, str]:
    """Return by id what tells those documents apart whose citations would read the same.

    That is the first of number, full date, draft and file name that differs in all of them.

    >>> from indexer.readers.text_reader import read_text
    >>> from indexer.structure import build_document
    >>> text = "UBND HUYỆN A\\nSố: {}/KH-UBND\\nKẾ HOẠCH\\nGiảm nghèo\\nI. MỤC TIÊU"
    >>> two = [build_document(read_text(text.format(n)), "a", f"{n}" * 64) for n in (7, 8)]
    >>> tell_apart(two).values()
    dict_values(['số 7/KH-UBND', 'số 8/KH-UBND'])
    """
    groups: dict[tuple[str, str], list[Document]] = defaultdict(list)
    for document in {document.id: document for document in documents}.values():
        name = title_or_occasion(document.metadata)
        if name:
            groups[author_and_year(document.metadata), name].append(document)
    marks: dict[str, str] = {}
    for group in groups.values():
        if len(group) > 1:
            marks |= _marks(group)
    return marks


def _marks(group: Sequence[Document]) -> dict[str, str]:
    """Return for each document of a group what none of the others has."""
    for told in _DIFFERENCES:
        marks = [told(document) for document in group]
        if all(marks) and len(set(marks)) == len(group):
            break
    return {document.id: mark for document, mark in zip(group, marks, strict=True)}


def _number_mark(document: Document) -> str:
    number = own_number(document.text)
    return f"số {number}" if number else ""


def _date_mark(document: Document) -> str:
    date = document.metadata.date
    if not date:
        return ""
    written = "/".join(reversed(date.split("-")))
    return f"ngày {written}" if len(date) == 10 else f"tháng {written}"


def _draft_mark(document: Document) -> str:
    draft = document.metadata.draft
    if not draft:
        return ""
    return f"dự thảo lần {draft}" if draft != "dự thảo" else draft


def _file_mark(document: Document) -> str:
    return document.source.rpartition("/")[2]


_DIFFERENCES: tuple[Callable[[Document], str], ...] = (
    _number_mark,
    _date_mark,
    _draft_mark,
    _file_mark,
    lambda document: document.source,
)
