"""The answer card: what the search page shows above the passages, ready to be printed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from indexer.models import Document, PassageKind, Span
from search_app.answer import Answer, Reply
from search_app.answer_terms import (
    TYPE_WORDS,
    about,
    certainty_words,
    further_statement,
    headline,
    is_whole_quote,
    kind_words,
    period_words,
)
from search_app.answering.wants import AnswerType
from search_app.cite import ocr_remark
from search_app.citing.records import Record, record
from search_app.explain import explain
from search_app.found import FoundPassage, show
from search_app.languages import gettext as _
from search_app.page import Piece, excerpt, note_marks, pieces, shifted
from search_app.page_cards import Card, Extract, TableRow, card

_QUOTE_OVER = 360
# Who types words alone looks for passages first.
_SHOWN, _SHOWN_TO_WORDS = 4, 2
# A figure that fits on one line of a phone is never broken.
_ONE_LINE = 20


@dataclass(frozen=True, slots=True)
class Head:
    """What an answer says. `value` is empty when the quotation itself is the answer.

    `about` is place, time and `kind`, which alone is in the language of the page.
    """

    value: str
    is_figure: bool
    is_short: bool
    about: tuple[str, ...]
    statement: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """The answers that one quotation gives, and the quotation with all of them marked.

    `anchors` are the sentences that call the quoted note. `fragment` is the place in the reading
    page, `why` says in sentences why this is the answer, `ocr` that its page was recognised from an
    image.
    """

    passage_id: str
    heads: tuple[Head, ...]
    quote: Extract
    table: TableRow | None
    anchors: tuple[list[Piece], ...]
    note_label: str
    citation: str
    record: Record
    document: Document
    fragment: str
    why: tuple[str, ...]
    ocr: str = ""

    @property
    def in_words(self) -> bool:
        """Say whether the quotation itself is the answer."""
        return not any(head.value for head in self.heads)


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """The answers to one question; `more` stay folded.

    `compared` are the indicators among them, by key and name: each has a page of its own.
    """

    rows: tuple[AnswerRow, ...]
    more: tuple[AnswerRow, ...]
    compared: tuple[tuple[str, str], ...] = ()

    @property
    def places(self) -> Mapping[str, int]:
        """Return which row, from 1, shows a passage; those behind the fold show none."""
        numbered = list(enumerate(self.rows, start=1))
        return {row.passage_id: number for number, row in reversed(numbered)}


def answer_card(reply: Reply, indicators: Mapping[str, str] | None = None) -> AnswerCard | None:
    """Return the card of a reply; None without an answer, and for words that ask for nothing.

    `indicators` gives the names of those that can be compared.
    """
    rows = _once([_row(reply, answers) for answers in _by_quote(reply.answers)])
    if not rows or not reply.wants.asked:
        return None
    if reply.wants.type is AnswerType.KEYWORDS:
        # Beside values a sentence looks like one that lacks its value.
        rows = tuple(row for row in rows if not row.in_words) or rows
    # One answer behind a fold would cost a click and save a line.
    shown = _SHOWN_TO_WORDS if reply.wants.type is AnswerType.KEYWORDS else _SHOWN
    shown = shown if len(rows) > shown + 1 else len(rows)
    return AnswerCard(rows[:shown], rows[shown:], _compared(reply, indicators or {}))


def _compared(reply: Reply, names: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    keys = dict.fromkeys(answer.indicator for answer in reply.answers)
    return tuple((key, names[key]) for key in keys if key in names)


def _by_quote(answers: Sequence[Answer]) -> Iterable[list[Answer]]:
    """Return the answers by the quotation in which they stand, in the order of their first."""
    found: dict[tuple[str, Span], list[Answer]] = {}
    for answer in answers:
        key = (answer.citation.passage.id, answer.citation.span)
        found.setdefault(key, []).append(answer)
    return found.values()


def _once(rows: Sequence[AnswerRow]) -> tuple[AnswerRow, ...]:
    """Return the rows without sentences that already stand over the note of another row."""
    calling = {_text(anchor) for row in rows for anchor in row.anchors}
    return tuple(
        row
        for row in rows
        if not (row.in_words and "".join(map(_text, row.quote.windows)) in calling)
    )


def _text(shown: Sequence[Piece]) -> str:
    return "".join(piece.text for piece in shown if not piece.mark).strip()


def _row(reply: Reply, answers: Sequence[Answer]) -> AnswerRow:
    # Beside values a sentence that has them all says nothing more.
    answers = [answer for answer in answers if headline(answer)] or answers
    first = answers[0]
    found = _found(reply, first)
    evidence = _evidence(found, answers)
    return AnswerRow(
        passage_id=first.citation.passage.id,
        heads=tuple(dict.fromkeys(_head(answer) for answer in answers)),
        quote=_quote(answers),
        # A quotation that reaches beyond its row is shown as a text.
        table=evidence.table if found.passage.span.holds(first.citation.span) else None,
        anchors=evidence.anchors,
        note_label=evidence.note_label,
        citation=first.citation.text,
        record=record(first.citation),
        document=first.citation.document,
        fragment=evidence.fragment,
        why=tuple(_why(reply, first, found)),
        ocr=ocr_remark(first.citation.document, first.citation.passage),
    )


def _head(answer: Answer) -> Head:
    value = headline(answer)
    return Head(
        value=value,
        is_figure=answer.kind is not None,
        is_short=len(value) <= _ONE_LINE,
        about=about(answer),
        statement=further_statement(answer),
        kind=kind_words(answer.kind) if answer.kind else "",
    )


def _found(reply: Reply, answer: Answer) -> FoundPassage:
    """Return the passage of an answer: as it was found, or as it stands in its report."""
    passage = answer.citation.passage
    hits = (hit for hit in reply.result.hits if hit.passage.id == passage.id)
    return next(hits, None) or show(answer.citation.document, passage)


def _evidence(found: FoundPassage, answers: Sequence[Answer]) -> Card:
    """Return the card of the passage with nothing marked in it but the answers."""
    marked = tuple(span.shift(-found.passage.span.start) for span in _values(answers))
    linked = tuple(replace(link, highlights=()) for link in found.linked)
    return card(replace(found, highlights=marked, linked=linked), 0)


def _values(answers: Sequence[Answer]) -> tuple[Span, ...]:
    """Return what is to be marked; a sentence that answers as a whole needs no mark."""
    return tuple(answer.value for answer in answers if not is_whole_quote(answer))


def _quote(answers: Sequence[Answer]) -> Extract:
    """Return the quotation with the answers marked; a long one is cut around them."""
    citation = answers[0].citation
    text = citation.quote
    marked = tuple(span.shift(-citation.span.start) for span in _values(answers))
    inside = citation.span.shift(-citation.passage.span.start)
    marks = shifted(note_marks(citation.document, citation.passage), inside)
    windows = excerpt(text, marked, _QUOTE_OVER) if marked else (Span(0, len(text)),)
    shown = tuple(pieces(text, marked, marks, window) for window in windows)
    before, after = windows[0].start > 0, windows[-1].end < len(text)
    whole = pieces(text, marked, marks) if before or after or len(windows) > 1 else None
    return Extract(shown, whole, before, after)


def _why(reply: Reply, answer: Answer, found: FoundPassage) -> Iterator[str]:
    yield _("Câu hỏi được hiểu là hỏi %(what)s.", what=TYPE_WORDS[reply.wants.type])
    yield from explain(reply.result.meaning, found, reply.result.question.phrases)
    period = answer.period
    if period is not None and not period.explicit and period_words(period):
        yield _(
            "Thời gian %(period)s suy ra từ báo cáo; câu trích không nói rõ.",
            period=period_words(period),
        )
    if found.passage.kind is PassageKind.FOOTNOTE:
        yield _("Câu trả lời đứng trong chú thích; câu gọi chú thích được trích cùng.")
    yield _("Mức chắc chắn: %(how)s.", how=certainty_words(answer.certainty))
