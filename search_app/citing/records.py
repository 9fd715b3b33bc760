"""What is cited: a quotation with everything that a list of sources says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.models import PassageKind, Span
from indexer.sections import section_path
from search_app.cite import Citation, author_and_year, author_of, cited_title
from search_app.citing.permalinks import Permalink, permalink
from search_app.page import LOST_MARK
from search_app.page_outline import title_of

_ELLIPSIS = "…"
# What makes a line an item of a list is no part of what it says.
_BULLET = re.compile(r"^[-+*•–—]\s+")


@dataclass(frozen=True, slots=True)
class Record:
    """A quotation and its source. What is not known is empty.

    `by` is author and year as authors write them, `place` where in the report the quotation
    stands, `town` where the report was issued, `headings` lead to the quotation, `context` is
    what it needs to be understood alone: the sentence that calls a note, the columns of a row.
    """

    link: Permalink
    quote: str
    author: str
    issuer: str
    date: str
    by: str
    title: str
    place: str
    town: str
    headings: tuple[str, ...] = ()
    context: str = ""

    @property
    def key(self) -> str:
        """Return a name that no other quotation has, of letters, digits and hyphens.

        >>> Record(Permalink("1a2b:p0042"), *[""] * 8).key
        'vankien-1a2b-p0042'
        """
        part = f"-{self.link.part.start}-{self.link.part.end}" if self.link.part else ""
        return f"vankien-{self.link.passage_id.replace(':', '-')}{part}"

    @property
    def year(self) -> str:
        """Return the year of the report."""
        return self.date[:4]

    @property
    def source(self) -> str:
        """Return the citation as one line: author (year), title, place in the report."""
        return ", ".join(part for part in (self.by, self.title, self.place) if part)

    @property
    def quoted(self) -> str:
        """Return the quotation in quotation marks and its source, as one line."""
        return f"“{self.quote}” – {self.source}"


def record(citation: Citation) -> Record:
    """Return what is taken away of a citation."""
    document, metadata = citation.document, citation.document.metadata
    path = section_path(document.sections, citation.passage.section_id)
    place = ", ".join(part for part in (citation.place, _cell(citation)) if part)
    return Record(
        link=permalink(citation),
        quote=_BULLET.sub("", plain(citation.quote)),
        author=author_of(metadata),
        issuer=metadata.issuer,
        date=metadata.date,
        by=author_and_year(metadata),
        title=plain(cited_title(document)),
        place=place,
        town=metadata.place,
        headings=tuple(plain(title_of(section)) for section in path),
        context=_context(citation),
    )


def plain(text: str) -> str:
    """Return a text as one line, without the signs of notes whose numbers are lost.

    >>> plain(f"Doanh thu{LOST_MARK}\\nđạt 5 tỷ")
    'Doanh thu đạt 5 tỷ'
    """
    return " ".join(text.replace(LOST_MARK, "").split())


def _context(citation: Citation) -> str:
    if citation.passage.kind is PassageKind.FOOTNOTE:
        calling = (anchor.span.of(citation.document.text) for anchor in citation.anchors)
        sentences = " ".join(f"“{plain(sentence)}”" for sentence in calling)
        return f"Chú thích của câu: {sentences}" if sentences else ""
    headings = _headings(citation)
    return f"Các cột: {' | '.join(headings)}" if any(headings) else ""


def _headings(citation: Citation) -> tuple[str, ...]:
    """Return the column headings of a table row, one for each of its cells; else none."""
    passage = citation.passage
    tables = (table for table in citation.document.tables if table.number == passage.table)
    headings = next((table.headings for table in tables), ()) if passage.cells else ()
    return headings if len(headings) == len(passage.cells) else ()


def _cell(citation: Citation) -> str:
    """Return the row and column of a quotation that is one cell of a table; else nothing."""
    cells, text = citation.passage.cells, citation.document.text
    at = next((n for n, cell in enumerate(cells) if cell.holds(citation.span)), None)
    if at is None or citation.span == citation.passage.span:
        return ""
    # Before it stand a number, a group, the name and a unit: the name says most.
    names = (plain(cell.of(text)) for cell in cells[:at])
    row = max(filter(_is_name, names), key=len, default="")
    column = (_headings(citation) or ("",) * len(cells))[at]
    named = (("dòng", row), ("cột", plain(column)))
    return ", ".join(f"{what} “{_short(name)}”" for what, name in named if name)


def _is_name(words: str) -> bool:
    # "1", "a)", "%": numbers and signs of rows name nothing.
    return sum(letter.isalpha() for letter in words) > 2


def _short(name: str, words: int = 12) -> str:
    parts = name.split()
    return name if len(parts) <= words else " ".join(parts[:words]) + _ELLIPSIS


def part_of(citation: Citation, part: Span | None) -> Span:
    """Return which span of the text a link means: its part, or the passage as a whole."""
    whole = citation.passage.span
    if part is None or part.start >= part.end:
        return whole
    span = part.shift(whole.start)
    return span if whole.holds(span) else whole
