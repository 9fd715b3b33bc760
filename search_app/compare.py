"""One indicator across reports: where each place started, aimed and arrived, term by term."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from indexer.catalogue_excerpts import Selection
from indexer.catalogue_facts import FactRecord, IndicatorCount
from indexer.indicators import Indicator
from indexer.indicators_cache import indicators_in_force
from indexer.models import Document, Fact, FactKind
from search_app.cite import cite_quote
from search_app.comparing.agreement import contradict, same_measure
from search_app.comparing.inconsistencies import Inconsistency, Placed, find_inconsistencies
from search_app.comparing.rows import ComparisonRow, Measure, comparison_rows
from search_app.comparing.scope import scope_of
from search_app.comparing.terms import term_of
from search_app.fact_indicators import KnownIndicators
from search_app.facts import CitedFact
from search_app.filters import choose
from search_app.languages import gettext as _
from search_app.languages import ngettext
from search_app.query import refuse_long
from search_app.search import Library


@dataclass(frozen=True, slots=True)
class Comparison:
    """One indicator over all places and terms.

    `others` are the indicators that the words could mean too, `message` what a reader must know
    before the rows, empty when there is nothing.
    """

    indicator: str
    name: str
    unit: str
    better: str
    rows: tuple[ComparisonRow, ...]
    inconsistencies: tuple[Inconsistency, ...]
    others: tuple[IndicatorCount, ...] = ()
    message: str = ""


def compare(library: Library, indicator: str, places: Sequence[str] = ()) -> Comparison:
    """Return the comparison of an indicator, named by key or words; `places` leave only theirs.

    Raises UnknownFilter for an indicator or a place that no report has, naming the nearest, and
    QueryTooLong.
    """
    for place in places:
        refuse_long(place, library.settings.max_query_chars, _("Tên địa phương"))
    meant = named_indicators(library, indicator)
    first = meant[0]
    listed = _listed(library)
    known = listed.get(first.slug)
    measure = Measure(first.name, known.better if known else "")
    stated = library.catalogue.facts(indicators=(first.slug,))
    records, hidden = _of_places(library, stated, places)
    placed = _placed(library, [*records, *_shares(library, records)], listed)
    rows = comparison_rows(placed, measure)
    return Comparison(
        indicator=first.slug,
        name=measure.name,
        unit=_unit(placed, measure),
        better=measure.better,
        rows=rows,
        inconsistencies=find_inconsistencies(placed),
        others=meant[1:],
        message=_message(measure.name, rows, meant[1:], hidden),
    )


def named_indicators(library: Library, words: str) -> tuple[IndicatorCount, ...]:
    """Return the indicators that a key or words can mean, the one with most facts first.

    Raises UnknownFilter, naming the nearest there is, and QueryTooLong.
    """
    refuse_long(words, library.settings.max_query_chars, _("Tên chỉ tiêu"))
    listed = indicators_in_force(library.settings.indicators)
    counted = library.catalogue.indicators()
    keys = KnownIndicators(listed, counted, library.abbreviations).find(words).keys
    found = [count for count in counted if count.slug in keys]
    # A listed indicator that no report states a value of is known all the same.
    found = found or [IndicatorCount(key, key, 0, 0, ()) for key in sorted(keys)[:1]]
    names = {one.slug: one.name for one in listed if one.slug in keys}
    return tuple(replace(count, name=names.get(count.slug, count.name)) for count in found)


def compared_places(library: Library, indicator: str) -> tuple[str, ...]:
    """Return the places that a comparison of an indicator shows when none is chosen."""
    reported = {summary.metadata.place for summary in library.catalogue.documents()}
    stated = {record.fact.place for record in library.catalogue.facts(indicators=(indicator,))}
    return tuple(sorted(reported & stated))


def list_inconsistencies(library: Library) -> tuple[Inconsistency, ...]:
    """Return every contradiction in the reports, by indicator."""
    terms = {summary.id: summary.metadata.term for summary in library.catalogue.documents()}
    groups: dict[tuple[object, ...], list[FactRecord]] = defaultdict(list)
    for record in library.catalogue.facts():
        fact = record.fact
        term = term_of(fact, terms.get(record.document_id, ""))
        key = (fact.indicator, fact.place.casefold(), fact.kind, fact.quantity.unit, term)
        groups[key].append(record)
    # Only reports whose values contradict each other are opened to see whether they speak of one
    # thing.
    several = [record for group in groups.values() for record in _contradicting(group)]
    return find_inconsistencies(_placed(library, several, _listed(library)))


def _contradicting(group: Sequence[FactRecord]) -> list[FactRecord]:
    """Return the facts of which another, elsewhere in the reports, says another value."""
    found: set[int] = set()
    for (at, first), (other_at, other) in combinations(enumerate(group), 2):
        one, two = first.fact, other.fact
        if (
            one.passage_id != two.passage_id
            and one.quantity != two.quantity
            and same_measure(one, two)
            and contradict(one, two)
        ):
            found |= {at, other_at}
    return [group[at] for at in sorted(found)]


def _listed(library: Library) -> dict[str, Indicator]:
    return {one.slug: one for one in indicators_in_force(library.settings.indicators)}


def placed_facts(library: Library, records: Iterable[FactRecord]) -> list[Placed]:
    """Return facts with citations, terms and parts; those of forgotten reports are left out."""
    return _placed(library, records, _listed(library))


# --- facts in their places ---------------------------------------------------------------------


def _of_places(
    library: Library, records: Sequence[FactRecord], places: Sequence[str]
) -> tuple[list[FactRecord], int]:
    """Return the facts of the places, and how many of single communes were left out.

    Without places all of which there is a report are compared.
    """
    reported = {summary.metadata.place for summary in library.catalogue.documents()}
    wanted = reported
    if places:
        wanted = set(choose(_("địa phương"), places, reported | library.catalogue.fact_places()))
    kept = [record for record in records if record.fact.place in wanted]
    return kept, 0 if places else len(records) - len(kept)


def _shares(library: Library, records: Sequence[FactRecord]) -> list[FactRecord]:
    """Return the shares of a target that are stated of these facts under another key.

    A share is counted in %, what it is a share of may be counted in people.
    """
    if not records:
        return []
    known = {record.fact for record in records}
    of = {(record.fact.quote, record.fact.name, record.document_id) for record in records}
    found = library.catalogue.facts(
        kinds=(FactKind.SHARE_OF_TARGET,), documents={record.document_id for record in records}
    )
    return [
        record
        for record in found
        if (record.fact.quote, record.fact.name, record.document_id) in of
        and record.fact not in known
    ]


def _placed(
    library: Library,
    records: Iterable[FactRecord],
    listed: Mapping[str, Indicator],
) -> list[Placed]:
    """Return the facts with their citations, terms and parts."""
    by_document: dict[str, list[Fact]] = defaultdict(list)
    for record in records:
        by_document[record.document_id].append(record.fact)
    stating = {fact.passage_id for facts in by_document.values() for fact in facts}
    # One may have been removed since the facts were asked for.
    documents = library.catalogue.excerpts(Selection(tuple(stating)))
    return [
        placed
        for document_id, facts in by_document.items()
        if document_id in documents
        for placed in _of_document(documents[document_id], facts, listed)
    ]


def _of_document(
    document: Document, facts: Iterable[Fact], listed: Mapping[str, Indicator]
) -> Iterator[Placed]:
    passages = {passage.id: passage for passage in document.passages}
    for fact in facts:
        # Gone when the report was read anew since the facts were asked for.
        if passage := passages.get(fact.passage_id):
            known = listed.get(fact.indicator)
            yield Placed(
                cited=CitedFact(fact, document, cite_quote(document, passage, fact.quote)),
                term=term_of(fact, document.metadata.term),
                scope=scope_of(fact, known.wordings if known else (fact.name,)),
                known_as=known.name if known else "",
            )


# --- words -------------------------------------------------------------------------------------


def unit_of(fact: Fact) -> str:
    """Return a value's unit with what it is divided by: `%/năm`."""
    return "/".join(filter(None, (fact.quantity.unit, fact.quantity.per)))


def _unit(placed: Sequence[Placed], measure: Measure) -> str:
    """Return the unit in which most levels are given; that of rises when there are only such."""
    stated = [one for one in placed if one.fact.kind in (FactKind.RESULT, FactKind.TARGET)]
    levels = [one for one in stated if not one.fact.direction or measure.is_growth]
    wholes = [one for one in levels if not one.scope]
    units = Counter(unit_of(one.fact) for one in wholes or levels or stated)
    return max(units, key=lambda unit: (units[unit], unit)) if units else ""


def _message(
    name: str, rows: Sequence[ComparisonRow], others: Sequence[IndicatorCount], hidden: int
) -> str:
    parts = []
    if not rows:
        parts.append(_("Chưa có số liệu nào về “%(name)s” trong các báo cáo đã đọc.", name=name))
    if others:
        names = "; ".join(f"{other.name} ({other.slug})" for other in others)
        parts.append(
            _("Đang so sánh “%(name)s”. Cũng có thể là: %(others)s.", name=name, others=names)
        )
    if hidden:
        parts.append(
            ngettext(
                "Còn %(num)s số liệu riêng của xã, phường: hãy chọn địa phương để xem.",
                "Còn %(num)s số liệu riêng của xã, phường: hãy chọn địa phương để xem.",
                hidden,
            )
        )
    return " ".join(parts)
