"""The page of two reports side by side: the figures that both state, then section by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from indexer.catalogue import DocumentSummary
from indexer.errors import NotFound
from indexer.models import Document, Section, Span
from search_app.alphabet import alphabetical
from search_app.cite import names_of
from search_app.facts import CitedFact
from search_app.figure_pairs import FigurePair, shared_figures
from search_app.languages import gettext as _
from search_app.page_figures import FigureRow, figure_row
from search_app.page_hits import Marked
from search_app.page_sections import SectionText, SectionTexts
from search_app.page_versions import distinct_names, percent
from search_app.related import find_version
from search_app.search import Library
from search_app.section_pairs import SectionPair, pair_sections

# Letters of both reports on one page; the rest stands on the next.
PAGE_LETTERS = 400_000
# Figures in the page; all of them are in the file.
_MOST_FIGURES = 150


@dataclass(frozen=True, slots=True)
class Choice:
    """A report that can be chosen."""

    document_id: str
    name: str


@dataclass(frozen=True, slots=True)
class SectionRow:
    """Two sections beside each other; a side is None where the other report has none such.

    `is_parted` says that the rows below have their parts, and this one only what stands before.
    """

    number: int
    depth: int
    left: SectionText | None
    right: SectionText | None
    is_parted: bool

    @property
    def sides(self) -> tuple[SectionText, ...]:
        """Return the sides that there are."""
        return tuple(side for side in (self.left, self.right) if side)

    @property
    def has_text(self) -> bool:
        """Say whether there is anything to unfold."""
        return any(side.paragraphs or side.notes for side in self.sides)

    @property
    def is_same(self) -> bool:
        """Say whether both sides say the same in the same words."""
        if self.left is None or self.right is None:
            return False
        return bool(self.left.words) and self.left.words == self.right.words


@dataclass(frozen=True, slots=True)
class Compared:
    """Two reports side by side, one page of their sections.

    `short` are their shortest names that tell them apart. `version` is the share of words that
    two versions of one text have in common; empty for other reports. Of the `total` figures,
    `figures` are those shown: the ones that differ first.
    """

    documents: tuple[Document, Document]
    names: tuple[str, str]
    short: tuple[str, str]
    version: str
    figures: tuple[FigureRow, ...]
    total: int
    differing: int
    rows: tuple[SectionRow, ...]
    alone: tuple[int, int]
    page: int
    pages: int


def report_choices(summaries: Sequence[DocumentSummary]) -> tuple[Choice, ...]:
    """Return the reports to choose from, by place and term."""
    found = sorted(summaries, key=lambda s: (alphabetical(s.metadata.place), s.metadata.term))
    names = names_of(found)
    return tuple(Choice(one.id, _choice_name(one, names[one.id])) for one in found)


def compare_reports(library: Library, left_id: str, right_id: str, page: int = 1) -> Compared:
    """Return two reports side by side. Raises NotFound."""
    left, right = library.document(left_id), library.document(right_id)
    found = shared_figures(library, left, right)
    texts = tuple(
        SectionTexts(document, _differing(document, facts))
        for document, facts in ((left, _of(found, 0)), (right, _of(found, 1)))
    )
    every = list(_rows(pair_sections(left, right), (texts[0], texts[1])))
    pages = list(_pages(every))
    page = min(max(page, 1), len(pages))
    return Compared(
        documents=(left, right),
        names=distinct_names(left, right),
        short=short_names(left, right),
        version=_version(library, left_id, right_id),
        figures=tuple(map(figure_row, sorted(found, key=_same_last)[:_MOST_FIGURES])),
        total=len(found),
        differing=sum(pair.differs for pair in found),
        rows=tuple(pages[page - 1]),
        alone=(_count_alone(every, is_left=True), _count_alone(every, is_left=False)),
        page=page,
        pages=len(pages),
    )


def short_names(left: Document, right: Document) -> tuple[str, str]:
    """Return what tells two reports apart in few words: place, term, or else the file."""
    names = []
    for one, other in ((left, right), (right, left)):
        known, beside = one.metadata, other.metadata
        place = known.place if known.place != beside.place else ""
        term = known.term if known.term != beside.term else ""
        named = _("nhiệm kỳ %(term)s", term=term) if term and not place else term
        names.append(", ".join(filter(None, (place, named))) or one.source)
    return names[0], names[1]


def _choice_name(summary: DocumentSummary, name: str) -> str:
    known = summary.metadata
    term = _("nhiệm kỳ %(term)s", term=known.term) if known.term else ""
    # Titles are long and nearly the same; place and term come first, where a reader looks.
    return " · ".join(filter(None, (known.place, term, name, known.draft)))


def _version(library: Library, left_id: str, right_id: str) -> str:
    try:
        return percent(find_version(library, left_id, right_id).comparison.share)
    except NotFound:
        return ""


# --- figures -----------------------------------------------------------------------------------


def _of(pairs: Sequence[FigurePair], side: int) -> Iterator[CitedFact]:
    for pair in pairs:
        if pair.differs:
            yield from (pair.left, pair.right)[side]


def _differing(document: Document, facts: Iterator[CitedFact]) -> Marked:
    """Return the figures that differ as marks in the passages of a report."""
    places = {passage.id: passage.span for passage in document.passages}
    found: dict[str, set[Span]] = {}
    for cited in facts:
        fact = cited.fact
        start = places[fact.passage_id].start
        found.setdefault(fact.passage_id, set()).add(fact.quantity.span.shift(-start))
    return Marked({name: tuple(sorted(spans)) for name, spans in found.items()})


def _same_last(pair: FigurePair) -> bool:
    return not pair.differs


# --- sections ----------------------------------------------------------------------------------


def _rows(
    pairs: Sequence[SectionPair], texts: tuple[SectionTexts, SectionTexts]
) -> Iterator[SectionRow]:
    """Yield all rows; what stands in no section comes first."""
    outside = SectionRow(0, 1, texts[0].outside(), texts[1].outside(), is_parted=False)
    number = 0
    if outside.has_text:
        number += 1
        yield SectionRow(number, 1, outside.left, outside.right, is_parted=False)
    waiting = [(1, pair) for pair in pairs]
    while waiting:
        depth, pair = waiting.pop(0)
        number += 1
        sides = [
            _side(text, section, is_parted=bool(pair.inner))
            for text, section in zip(texts, (pair.left, pair.right), strict=True)
        ]
        yield SectionRow(number, depth, sides[0], sides[1], is_parted=bool(pair.inner))
        waiting = [(depth + 1, inner) for inner in pair.inner] + waiting


def _side(texts: SectionTexts, section: Section | None, *, is_parted: bool) -> SectionText | None:
    if section is None:
        return None
    return texts.own(section) if is_parted else texts.whole(section)


def _pages(rows: Sequence[SectionRow]) -> Iterator[list[SectionRow]]:
    page: list[SectionRow] = []
    letters = 0
    for row in rows:
        length = sum(side.letters for side in row.sides)
        if page and letters + length > PAGE_LETTERS:
            yield page
            page, letters = [], 0
        page.append(row)
        letters += length
    yield page


def _count_alone(rows: Sequence[SectionRow], *, is_left: bool) -> int:
    return sum((row.right if is_left else row.left) is None and not row.is_parted for row in rows)
