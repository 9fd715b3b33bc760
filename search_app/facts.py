"""The values that the reports state: chosen, ordered and cited."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from indexer.catalogue import DocumentSummary
from indexer.catalogue_excerpts import Selection
from indexer.catalogue_facts import FactRecord
from indexer.errors import UnknownFilter
from indexer.facts.periods import find_periods, overlaps
from indexer.indicators_cache import indicators_in_force
from indexer.models import Document, Fact, FactKind, Period
from indexer.text.normalise import match_form
from search_app.arguments import shortened
from search_app.cite import Citation, cite_quote
from search_app.fact_indicators import KnownIndicators, WantedIndicators
from search_app.filters import choose, choose_documents
from search_app.languages import gettext as _
from search_app.query import refuse_long
from search_app.search import Library

KIND_NAMES = {
    FactKind.RESULT: "kết quả",
    FactKind.TARGET: "chỉ tiêu",
    FactKind.BASELINE: "đầu kỳ",
    FactKind.CHANGE: "tăng giảm",
    FactKind.SHARE_OF_TARGET: "so với chỉ tiêu",
}


@dataclass(frozen=True, slots=True)
class FactRequest:
    """Which facts are wanted; what is empty does not filter. Without a limit all are given.

    `indicator` is a key, a name or a part of one; `period` a time in words (`2016-2020`).
    """

    indicator: str = ""
    places: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    period: str = ""
    kinds: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    limit: int | None = None
    offset: int = 0


@dataclass(frozen=True, slots=True)
class CitedFact:
    """A fact, the report that states it, and the sentence in which it does."""

    fact: Fact
    document: Document
    citation: Citation


@dataclass(frozen=True, slots=True)
class FactList:
    """One page of facts; `total` counts all that were wanted."""

    facts: tuple[CitedFact, ...]
    total: int
    request: FactRequest


def list_facts(library: Library, request: FactRequest) -> FactList:
    """Return the wanted facts, ordered by place, indicator, period and place in the report.

    Raises UnknownFilter for a value that no report has, saying what there is, and QueryTooLong.
    """
    _refuse_long(request, library.settings.max_query_chars)
    summaries = {summary.id: summary for summary in library.catalogue.documents()}
    found = _chosen(library, request, summaries)
    order = {document_id: rank for rank, document_id in enumerate(summaries)}
    # The sort is stable: facts of one report keep the order in which they stand there.
    found.sort(key=lambda record: _order(record, order))
    end = None if request.limit is None else request.offset + max(0, request.limit)
    return FactList(_cited(library, found[request.offset : end]), len(found), request)


def _refuse_long(request: FactRequest, max_chars: int) -> None:
    refuse_long(request.indicator, max_chars, _("Tên chỉ tiêu"))
    refuse_long(request.period, max_chars, _("Thời gian"))
    for place in request.places:
        refuse_long(place, max_chars, _("Tên địa phương"))
    for value in (*request.terms, *request.kinds, *request.documents):
        refuse_long(value, max_chars, _("Giá trị lọc"))


def _order(record: FactRecord, order: dict[str, int]) -> tuple[str, str, str, str, int]:
    fact = record.fact
    return (
        fact.place,
        fact.indicator,
        fact.period.start,
        fact.period.end,
        order[record.document_id],
    )


# --- choosing ----------------------------------------------------------------------------------


def _chosen(
    library: Library, request: FactRequest, summaries: dict[str, DocumentSummary]
) -> list[FactRecord]:
    indicators = _indicators(library, request.indicator)
    kinds = tuple(read_kind(kind) for kind in request.kinds)
    periods = _periods(request.period)
    documents = _documents(request, list(summaries.values()))
    places = _places(library, request.places, summaries.values())
    if not documents:
        return []
    narrowed = documents if len(documents) < len(summaries) else ()
    records = library.catalogue.facts(
        indicators=indicators.keys if indicators else (), kinds=kinds, documents=narrowed
    )
    return [
        record
        for record in records
        # Published since the documents were listed.
        if record.document_id in summaries
        and (indicators is None or indicators.holds(record.fact.indicator, record.fact.name))
        and (
            not places or {record.fact.place, summaries[record.document_id].metadata.place} & places
        )
        and (not periods or any(overlaps(record.fact.period, period) for period in periods))
    ]


def _indicators(library: Library, words: str) -> WantedIndicators | None:
    if not words.strip():
        return None
    known = KnownIndicators(
        indicators_in_force(library.settings.indicators),
        library.catalogue.indicators(),
        library.abbreviations,
    )
    return known.find(words)


def _documents(request: FactRequest, summaries: Sequence[DocumentSummary]) -> frozenset[str]:
    ids = choose_documents(request.documents, summaries)
    terms = choose(_("nhiệm kỳ"), request.terms, {summary.metadata.term for summary in summaries})
    return frozenset(
        summary.id
        for summary in summaries
        if (not ids or summary.id in ids) and (not terms or summary.metadata.term in terms)
    )


def _places(
    library: Library, wanted: Sequence[str], summaries: Iterable[DocumentSummary]
) -> frozenset[str]:
    """Return the places that are meant: of reports, and those of which single facts speak."""
    if not wanted:
        return frozenset()
    known = {summary.metadata.place for summary in summaries} | library.catalogue.fact_places()
    return frozenset(choose(_("địa phương"), wanted, known))


def _periods(words: str) -> tuple[Period, ...]:
    if not words.strip():
        return ()
    periods = tuple(found.period for found in find_periods(words))
    if not periods:
        raise UnknownFilter(
            _("Không hiểu thời gian %(words)s.", words=repr(words)),
            _("Hãy viết như: 2020, 2016-2020, cuối năm 2020, 6 tháng đầu năm 2019."),
        )
    return periods


def read_kind(word: str) -> FactKind:
    """Return the kind of fact that a word names. Raises UnknownFilter.

    >>> read_kind("target"), read_kind("Chỉ tiêu")
    (<FactKind.TARGET: 'target'>, <FactKind.TARGET: 'target'>)
    """
    wanted = " ".join(map(match_form, word.split()))
    for kind, name in KIND_NAMES.items():
        if wanted in (kind.value, " ".join(map(match_form, name.split()))):
            return kind
    there = ", ".join(f"{kind.value} ({name})" for kind, name in KIND_NAMES.items())
    raise UnknownFilter(
        f"Không có loại số liệu nào là {shortened(word)!r}.", f"Các loại có: {there}."
    )


# --- citing ------------------------------------------------------------------------------------


def _cited(library: Library, records: Sequence[FactRecord]) -> tuple[CitedFact, ...]:
    selection = Selection(tuple({record.fact.passage_id for record in records}))
    documents = library.catalogue.excerpts(selection)
    passages = {one.id: one for document in documents.values() for one in document.passages}
    cited = []
    for record in records:
        document = documents.get(record.document_id)
        passage = passages.get(record.fact.passage_id)
        # Removed, or read anew, since the facts were asked for.
        if document is None or passage is None:
            continue
        citation = cite_quote(document, passage, record.fact.quote)
        cited.append(CitedFact(record.fact, document, citation))
    return tuple(cited)
