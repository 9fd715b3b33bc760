"""Every value that a report states, with what it measures, when, where, and what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from indexer.evidence import Links
from indexer.facts.enumerations import Statement
from indexer.facts.keys import indicator_key
from indexer.facts.measures import is_part_of_name
from indexer.facts.naming import subject
from indexer.facts.places import place_of
from indexer.facts.plans import is_planned
from indexer.facts.quantities import find_quantities
from indexer.facts.rows import find_rows
from indexer.facts.statements import Setting, find_statements
from indexer.facts.stocks import counted_unit, states_stock
from indexer.facts.timing import calendar_of, heading_period, reported_period
from indexer.indicators import Indicators
from indexer.models import (
    Document,
    Fact,
    FactKind,
    Passage,
    PassageKind,
    Period,
    Quantity,
    Span,
)
from indexer.sections import by_id, path_in
from indexer.text.segment import split_sentences

_AIM = re.compile(r"^.*\b(?:góp phần|nhằm|nâng cao|tăng cường|phát triển)\s+(?:nâng cao\s+)?", re.I)
_VERB = re.compile(
    r"(?<! thu)\s(?:được|tiếp tục|không ngừng|từng bước|đã|luôn|có|hàng năm|hằng năm|ngày càng"
    r"|tăng|giảm)\b"
)
_MOST_VALUES = 300
_DIGIT = re.compile(r"\d")


def find_facts(document: Document, indicators: Indicators) -> tuple[Fact, ...]:
    """Return every value that a report states, in the order of its passages.

    A value whose meaning cannot be decided is left out, and so are the values of one sentence
    beyond the first 300.

    >>> from indexer.indicators import load_indicators
    >>> from indexer.readers.text_reader import read_text
    >>> from indexer.structure import build_document
    >>> raw = read_text("I- KẾT QUẢ\\nTỷ lệ hộ nghèo giảm từ 9% xuống còn 2,5%.")
    >>> report = build_document(raw, "a.txt", "ab" * 32)
    >>> [(fact.indicator, fact.kind.value, str(fact.quantity.value))
    ...     for fact in find_facts(report, load_indicators())]
    [('ty-le-ho-ngheo', 'baseline', '9'), ('ty-le-ho-ngheo', 'result', '2.5')]
    """
    return tuple(_Finder(document, indicators).facts())


class _Finder:
    def __init__(self, document: Document, indicators: Indicators) -> None:
        self.document = document
        self.text = document.text
        self.indicators = indicators
        self.calendar = calendar_of(document.metadata)
        self.sections = by_id(document.sections)
        self.links = Links(document)
        self._settings: dict[str | None, Setting] = {}
        self._said: dict[Span, tuple[Statement, ...]] = {}

    def facts(self) -> Iterator[Fact]:
        tables = {table.number: table for table in self.document.tables}
        for passage in self.document.passages:
            if passage.heading or not _DIGIT.search(passage.span.of(self.text)):
                continue
            if passage.kind is PassageKind.TABLE:
                rows = find_rows(self.document, passage, tables.get(passage.table), self.calendar)
                for fact in rows:
                    yield self._keyed(fact)
            else:
                yield from self._of_passage(passage)

    def _of_passage(self, passage: Passage) -> Iterator[Fact]:
        is_front = passage.section_id is None and passage.kind is PassageKind.BODY
        if is_front and not self._is_prose(passage):
            # Letterhead, title and signature: dates and numbers of documents.
            return
        words = passage.span.of(self.text)
        quantities = [one for one in find_quantities(words) if not is_part_of_name(words, one)]
        if not quantities:
            return
        setting = self._setting(passage)
        for sentence in split_sentences(words):
            inside = _inside(quantities, sentence)
            if inside:
                quote = sentence.shift(passage.span.start)
                end = inside[_MOST_VALUES].span.start if len(inside) > _MOST_VALUES else None
                read = quote.of(self.text)[:end]
                stated = find_statements(read, inside[:_MOST_VALUES], setting)
                self._said[quote] = stated
                setting = replace(setting, before=stated[-1] if stated else None)
                yield from self._stated(passage, quote, stated, setting)
            else:
                setting = replace(setting, before=None)

    def _is_prose(self, passage: Passage) -> bool:
        words = passage.span.of(self.text)
        return (
            "\n" not in words and not words.isupper() and words.rstrip().endswith((".", ":", ";"))
        )

    def _stated(
        self, passage: Passage, quote: Span, stated: Sequence[Statement], setting: Setting
    ) -> Iterator[Fact]:
        sentence = quote.of(self.text)
        facts: list[Fact] = []
        for one in stated:
            value = one.quantity.span
            place = place_of(sentence, one.clause, self.document.metadata.place, value)
            if place is None:
                continue
            fact = Fact(
                passage_id=passage.id,
                quantity=_shifted(one.quantity, quote.start),
                clause=one.clause.shift(quote.start),
                quote=quote,
                indicator="",
                name=one.name,
                kind=one.kind,
                period=self._period(one, setting),
                place=place,
                direction=one.direction,
                parent=one.parent,
            )
            facts.append(self._keyed(fact, one, facts))
        yield from facts

    def _keyed(self, fact: Fact, one: Statement | None = None, before: Sequence[Fact] = ()) -> Fact:
        """Return the fact with the key of what it measures.

        A change or a share of the target that is told of the value before has the key of that.
        """
        moved = fact.kind in (FactKind.CHANGE, FactKind.SHARE_OF_TARGET)
        elliptic = one is not None and one.elliptic
        told = [other.indicator for other in before if other.name == fact.name] if elliptic else []
        if moved and told and self.indicators.by_slug(told[-1]) is not None:
            return replace(fact, indicator=told[-1])
        stock = one is not None and states_stock(fact, self.text, before)
        key = indicator_key(
            fact.name,
            fact.quantity,
            self.indicators,
            parent=one.whole if one else "",
            clause="" if elliptic or moved else fact.clause.of(self.text),
            level=bool(told) or not (moved or fact.direction),
            stock=stock,
        )
        if moved and told and self.indicators.by_slug(key) is None:
            key = told[-1]
        unit = fact.quantity.unit or counted_unit(self.indicators.by_slug(key))
        return replace(fact, indicator=key, quantity=replace(fact.quantity, unit=unit))

    # --- where it stands -----------------------------------------------------------------------

    def _setting(self, passage: Passage) -> Setting:
        found = self._settings.get(passage.section_id)
        if found is None:
            path = path_in(self.sections, passage.section_id)
            title = self.document.metadata.title
            planned = is_planned(path, title)
            period = heading_period(path, self.calendar) if planned else None
            if period is None and not self.calendar.past.start:
                titles = [*(section.title for section in reversed(path)), title]
                period = reported_period(titles, self.calendar, planned=planned)
            found = Setting(planned, self.calendar, period)
            self._settings[passage.section_id] = found
        if passage.kind is PassageKind.FOOTNOTE:
            return self._note_setting(passage, found)
        return found

    def _note_setting(self, passage: Passage, setting: Setting) -> Setting:
        """Return the setting of a note, with the subject of the sentence that calls it."""

        callers = self.links.anchors(passage)
        if not callers:
            return setting
        caller = callers[0].span
        note = self.links.notes[callers[0].number]
        mark = next((mark.start for mark in note.marks if caller.start <= mark.start), caller.end)
        said = [
            one
            for one in self._said.get(caller, ())
            if one.quantity.span.end + caller.start <= mark
        ]
        words = self.text[caller.start : max(mark, caller.start)]
        return replace(setting, topic=_last_subject(words), before=said[-1] if said else None)

    def _period(self, one: Statement, setting: Setting) -> Period:
        calendar = self.calendar
        aimed = one.kind is FactKind.TARGET and setting.planned
        if one.period is not None:
            coming = aimed and not _has_year(one.period.text) and calendar.coming.start
            if not coming:
                return one.period
            return Period(
                one.period.text, calendar.coming.start, calendar.coming.end, explicit=True
            )
        if setting.goal is not None and (aimed or not setting.planned):
            return setting.goal
        implied = calendar.coming if aimed else calendar.past
        return Period("", implied.start, implied.end, explicit=False)


def _last_subject(sentence: str) -> str:
    """Return what the last statement of a sentence is about, in a few words."""
    pieces = [piece for piece in re.split(r"[,;:.]", sentence) if piece.strip()]
    words = subject(pieces[-1]) if pieces else ""
    words = _AIM.sub("", words)
    return _VERB.split(words, maxsplit=1)[0]


def _inside(quantities: Sequence[Quantity], sentence: Span) -> list[Quantity]:
    return [
        _shifted(quantity, -sentence.start)
        for quantity in quantities
        if sentence.holds(quantity.span)
    ]


def _shifted(quantity: Quantity, offset: int) -> Quantity:

    return replace(quantity, span=quantity.span.shift(offset), number=quantity.number.shift(offset))


def _has_year(text: str) -> bool:
    return bool(re.search(r"(?:19|20)\d\d", text))
