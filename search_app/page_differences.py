"""The page of two reports side by side: the figures that both state, then section by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from indexer.catalogue import DocumentSummary
from indexer.errors import NotFound
from indexer.models import Document, FactKind, Section, Span
from search_app.alphabet import alphabetical
from search_app.cite import name_of
from search_app.facts import CitedFact
from search_app.figure_pairs import FigurePair, Times, shared_figures
from search_app.languages import gettext as _
from search_app.page_hits import Marked
from search_app.page_indicators import KINDS, Value, stated_values
from search_app.page_sections import SectionText, SectionTexts
from search_app.page_versions import distinct_names, percent
from search_app.related import find_version
from search_app.search import Library
from search_app.section_pairs import SectionPair, pair_sections

# Letters of both reports on one page; the rest stands on the next.
PAGE_LETTERS = 400_000
_DECIMALS = Decimal("0.1")
_KIND_ORDER = tuple(FactKind)


@dataclass(frozen=True, slots=True)
class Choice:
    """A report that can be chosen."""

    document_id: str
    name: str


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A row of the table of figures. `about` says of which term and part, `note` what to mind."""

    pair: FigurePair
    kind: str
    about: str
    left: tuple[Value, ...]
    right: tuple[Value, ...]
    gap: str
    note: str

    @property
    def rank(self) -> int:
        """Return where the kind of this figure stands among the kinds."""
        return _KIND_ORDER.index(self.pair.kind)


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
    two versions of one text have in common; empty for other reports.
    """

    documents: tuple[Document, Document]
    names: tuple[str, str]
    short: tuple[str, str]
    version: str
    figures: tuple[FigureRow, ...]
    rows: tuple[SectionRow, ...]
    alone: tuple[int, int]
    page: int
    pages: int

    @property
    def differing(self) -> int:
        """Return how many figures differ."""
        return sum(row.pair.differs for row in self.figures)


def report_choices(summaries: Sequence[DocumentSummary]) -> tuple[Choice, ...]:
    """Return the reports to choose from, by place and term."""
    found = sorted(summaries, key=lambda s: (alphabetical(s.metadata.place), s.metadata.term))
    return tuple(Choice(one.id, _choice_name(one)) for one in found)


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
        figures=tuple(map(_figure_row, found)),
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


def _choice_name(summary: DocumentSummary) -> str:
    known = summary.metadata
    term = _("nhiệm kỳ %(term)s", term=known.term) if known.term else ""
    # Titles are long and nearly the same; place and term come first, where a reader looks.
    parts = (known.place, term, name_of(known, summary.source), known.draft)
    name = " · ".join(part for part in parts if part)
    return name if summary.source in name else f"{name} ({summary.source})"


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


def _figure_row(pair: FigurePair) -> FigureRow:
    terms = [term for term in dict.fromkeys(pair.terms) if term]
    told = _("nhiệm kỳ %(term)s", term=" / ".join(terms)) if terms else ""
    return FigureRow(
        pair=pair,
        kind=str(KINDS[pair.kind]),
        about=" · ".join(filter(None, (pair.part, told))),
        left=stated_values(pair.left),
        right=stated_values(pair.right),
        gap=gap_words(pair),
        note=note_words(pair),
    )


def gap_words(pair: FigurePair) -> str:
    """Return by how much the right side is more than the left, in points or per cent."""
    if not pair.differs:
        return _("bằng nhau")
    gap = pair.gap
    if gap is None or not gap.amount:
        return ""
    if gap.percent is not None:
        return f"{_signed(gap.percent.quantize(_DECIMALS, ROUND_HALF_UP))} %"
    if gap.unit in ("%", "‰"):
        return _("%(number)s điểm %(unit)s", number=_signed(gap.amount), unit=gap.unit)
    return f"{_signed(gap.amount)} {gap.unit}".rstrip()


def note_words(pair: FigurePair) -> str:
    """Return what a reader has to mind when the two sides are held against each other."""
    notes = []
    if pair.gap is None and pair.differs:
        several = max(len(stated_values(side)) for side in (pair.left, pair.right)) > 1
        notes.append(_("nêu nhiều giá trị") if several else _("có bên chỉ nêu mức chặn hay khoảng"))
    if pair.times is Times.OTHER:
        notes.append(_("khác thời điểm"))
    elif pair.times is Times.UNSAID:
        notes.append(_("một bên không nêu thời điểm"))
    return "; ".join(notes)


def _signed(number: Decimal) -> str:
    """Return a number with its sign, in Vietnamese form.

    >>> _signed(Decimal("-1234.50")), _signed(Decimal("0.92"))
    ('−1.234,5', '+0,92')
    """
    digits = f"{abs(number):,f}"
    digits = digits.rstrip("0").rstrip(".") if "." in digits else digits
    sign = "\N{MINUS SIGN}" if number < 0 else "+"
    return sign + digits.translate(str.maketrans(",.", ".,"))


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
