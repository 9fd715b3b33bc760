"""The pages of indicators: the list by topic, and one indicator across reports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from indexer.catalogue_facts import IndicatorCount
from indexer.indicators import Indicators
from indexer.models import FactKind, PassageKind
from search_app.answer_terms import period_words
from search_app.cite import ocr_remark
from search_app.citing.records import Record, record
from search_app.comparing.inconsistencies import Inconsistency
from search_app.comparing.rows import ComparisonRow, distinct_values
from search_app.fact_words import value_words
from search_app.facts import CitedFact
from search_app.languages import gettext as _
from search_app.languages import lazy_gettext as _l
from search_app.languages import vietnamese
from search_app.page import Piece, pieces
from search_app.page_cards import fragment

PLACES_A_PAGE = 20
MOST_CONTRADICTIONS = 50
# Reports that can be searched for contradictions while a reader waits for the list.
MOST_AT_ONCE = 60
_LEAST_REPORTS = 2
# "hộ", "tổng vốn": what was counted, but not of what.
_LEAST_WORDS = 4
_MOST_OTHERS = 60


@dataclass(frozen=True, slots=True)
class Topic:
    """Indicators of one topic, most frequent first."""

    name: str
    indicators: tuple[IndicatorCount, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a value stands: a short word for it, the whole citation, and the place to read it.

    `record` is what is taken away of it; `ocr` says that it was recognised from an image.
    """

    label: str
    citation: str
    record: Record
    document_id: str
    fragment: str
    ocr: str = ""


@dataclass(frozen=True, slots=True)
class Value:
    """A value with all the places that state it."""

    words: str
    period: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class RowView:
    """A row of the table. `verdict` is what is said of reaching the target, in a few words."""

    term: str
    part: str
    baseline: tuple[Value, ...]
    target: tuple[Value, ...]
    result: tuple[Value, ...]
    share: tuple[Value, ...]
    reached: bool | None
    verdict: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlaceView:
    """The rows of one place."""

    place: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class PlacePage:
    """The places that a page of an indicator shows, of all that have values of it.

    `chosen` is what the reader chose, `shown` is empty when there is no need to choose.
    """

    every: tuple[str, ...]
    chosen: tuple[str, ...]
    shown: tuple[str, ...]
    page: int = 1
    pages: int = 1


@dataclass(frozen=True, slots=True)
class Side:
    """One of two values that contradict each other, with its sentence, the number marked."""

    value: Value
    quote: list[Piece]
    citation: str


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Values of one thing that cannot both be right."""

    indicator: str
    name: str
    about: str
    sides: tuple[Side, ...]


_WHERE = {
    PassageKind.BODY: _l("thân bài"),
    PassageKind.FOOTNOTE: _l("chú thích"),
    PassageKind.TABLE: _l("bảng"),
}
KINDS = {
    FactKind.RESULT: _l("kết quả"),
    FactKind.TARGET: _l("chỉ tiêu"),
    FactKind.BASELINE: _l("đầu kỳ"),
    FactKind.CHANGE: _l("tăng giảm"),
    FactKind.SHARE_OF_TARGET: _l("so với chỉ tiêu"),
}


def topics(counted: Sequence[IndicatorCount], listed: Indicators) -> tuple[Topic, ...]:
    """Return what the reports measure, by topic in the order of the list.

    Indicators that are not listed come last, and only those that two reports have.
    """
    by_slug = {count.slug: count for count in counted}
    found = []
    for name, members in listed.by_topic().items():
        there = [
            replace(by_slug[one.slug], name=one.name) for one in members if one.slug in by_slug
        ]
        if there:
            ranked = sorted(there, key=lambda count: (-count.count, count.name))
            found.append(Topic(name or _("khác"), tuple(ranked)))
    others = [
        count
        for count in counted
        if listed.by_slug(count.slug) is None
        and count.documents >= _LEAST_REPORTS
        and len(count.name.split()) >= _LEAST_WORDS
    ]
    if others:
        found.append(Topic(_("khác"), tuple(others[:_MOST_OTHERS])))
    return tuple(found)


def place_page(every: Sequence[str], chosen: Sequence[str], page: int) -> PlacePage:
    """Return which places to show: those chosen, else one page of all.

    >>> place_page(["xã A", "xã B"], [], 1).shown
    ()
    """
    pages = max(1, -(-len(every) // PLACES_A_PAGE))
    if chosen or pages == 1:
        return PlacePage(tuple(every), tuple(chosen), tuple(chosen))
    page = min(max(page, 1), pages)
    first = (page - 1) * PLACES_A_PAGE
    return PlacePage(tuple(every), (), tuple(every[first : first + PLACES_A_PAGE]), page, pages)


def place_views(rows: Iterable[ComparisonRow]) -> tuple[PlaceView, ...]:
    """Return the rows of a comparison, place by place."""
    by_place: dict[str, list[RowView]] = {}
    for row in rows:
        by_place.setdefault(row.place, []).append(_row(row))
    return tuple(PlaceView(place, tuple(views)) for place, views in by_place.items())


def contradictions(found: Iterable[Inconsistency]) -> tuple[Contradiction, ...]:
    """Return contradictions with their quotations."""
    return tuple(
        Contradiction(
            indicator=one.indicator,
            name=one.name,
            about=Markup(", ").join(
                filter(None, (vietnamese(one.place), one.term, str(KINDS[one.kind])))
            ),
            sides=tuple(_side(cited) for cited in one.facts),
        )
        for one in found
    )


def _about(one: Inconsistency) -> tuple[str, str, str]:
    return vietnamese(one.place), one.term, str(KINDS[one.kind])


def _row(row: ComparisonRow) -> RowView:
    reached = row.verdict.reached
    verdict = "" if reached is None else (_("đạt") if reached else _("không đạt"))
    return RowView(
        term=row.term,
        part=row.part,
        baseline=stated_values(row.baseline),
        target=stated_values(row.target),
        result=stated_values(row.result),
        share=stated_values(row.share_of_target),
        reached=reached,
        verdict=verdict or (_("chưa rõ") if row.verdict.reason else ""),
        reason=row.verdict.reason,
    )


def stated_values(facts: Sequence[CitedFact]) -> tuple[Value, ...]:
    """Return the values of a cell, each with all the places that state it."""
    return tuple(_value(same) for same in distinct_values(facts))


def _value(same: Sequence[CitedFact]) -> Value:
    words = max((value_words(one.fact, one.document.text) for one in same), key=len)
    explicit = next((one.fact.period for one in same if one.fact.period.explicit), None)
    period = period_words(explicit)
    sources: dict[str, Source] = {}
    for one in same:
        where = source_of(one)
        sources.setdefault(where.label, where)
    return Value(words, period.lower() if period.isupper() else period, tuple(sources.values()))


def source_of(cited: CitedFact) -> Source:
    """Return where a value stands."""
    passage, document = cited.citation.passage, cited.document
    label = str(_WHERE[passage.kind])
    if passage.footnote is not None:
        label = f"{label} {passage.footnote}"
    if passage.table:
        label = f"{label} {passage.table}"
    year = document.metadata.date[:4] or document.metadata.term
    in_body = any(a.passage.kind is not PassageKind.FOOTNOTE for a in cited.citation.anchors)
    return Source(
        label=_("báo cáo %(year)s, %(where)s", year=year, where=label) if year else label,
        citation=cited.citation.text,
        record=record(cited.citation),
        document_id=document.id,
        fragment=fragment(passage, has_place=in_body),
        ocr=ocr_remark(document, passage),
    )


def _side(cited: CitedFact) -> Side:
    quote = cited.citation.span
    number = cited.fact.quantity.span.shift(-quote.start)
    return Side(_value([cited]), pieces(cited.citation.quote, [number]), cited.citation.text)
