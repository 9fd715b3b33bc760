"""Many questions at once: what the pages and files show of the answers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from time import monotonic

from indexer.errors import UsageError, VankienError
from search_app.answer import Answer, Reply
from search_app.answer_terms import certainty_words, period_words
from search_app.asking import ask_in_list
from search_app.citing.records import Record, plain, record
from search_app.export import Link, Row, table_csv, table_xlsx
from search_app.facts import KIND_NAMES
from search_app.for_readers import for_readers
from search_app.kept import Kept
from search_app.languages import gettext as _
from search_app.languages import language
from search_app.page import Piece
from search_app.page_answers import AnswerRow, Head, answer_card
from search_app.page_cards import Extract
from search_app.query import Request
from search_app.search import Library

MOST_SECONDS = 180
# Quotations of one question that the page shows; the file has all.
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Quoted:
    """What one quotation answers: values with place, time and kind; the words; where they stand.

    `anchors` are the sentences that call the quoted note, `note_label` names it.
    """

    heads: tuple[Head, ...]
    quote: Extract
    anchors: tuple[list[Piece], ...]
    note_label: str
    citation: str
    record: Record
    document_id: str
    fragment: str


@dataclass(frozen=True, slots=True)
class Answered:
    """A question of the list and what became of it.

    `quoted` are the answers that the page shows, `more` counts the others, `lines` are all as
    cells of a file. Without an answer `message` says why.
    """

    question: str
    quoted: tuple[Quoted, ...] = ()
    more: int = 0
    lines: tuple[Row, ...] = ()
    message: str = ""


def answer_each(
    library: Library, questions: Iterable[str], kept: Kept[Answered]
) -> Iterator[Answered]:
    """Yield what becomes of each question, in order; those answered before come at once.

    Questions for which no time is left get a message that says so.
    """
    last = monotonic() + MOST_SECONDS
    request = Request("", limit=library.settings.page_size)
    state = library.catalogue.state()
    for question in questions:
        if monotonic() > last:
            yield Answered(question, message=_late())
            continue
        try:
            yield kept.get((state, language(), question), _asking(library, request, question))
        except VankienError as error:
            yield Answered(question, message=str(for_readers(error)))


def _asking(library: Library, request: Request, question: str) -> Callable[[], Answered]:
    return lambda: _answered(question, ask_in_list(library, request, question))


def _late() -> str:
    return _(
        "Chưa trả lời: đã hết %(minutes)s phút dành cho một lần hỏi. Hãy bấm “Hỏi lại”: các câu đã "
        "có câu trả lời hiện ra ngay, các câu còn lại được hỏi tiếp.",
        minutes=MOST_SECONDS // 60,
    )


def _answered(question: str, reply: Reply | UsageError) -> Answered:
    if isinstance(reply, UsageError):
        return Answered(question, message=str(reply))
    card = answer_card(reply)
    if card is None:
        return Answered(question, message=_nothing(reply))
    rows = (*card.rows, *card.more)
    return Answered(
        question,
        quoted=tuple(map(_quoted, rows[:_SHOWN])),
        more=len(rows[_SHOWN:]),
        lines=tuple(map(_line, reply.answers)),
    )


def _nothing(reply: Reply) -> str:
    places = ", ".join(reply.result.meaning.places_without)
    if places:
        return _("Không tìm thấy: báo cáo của %(places)s không trả lời câu này.", places=places)
    return _(
        "Không tìm thấy: %(count)s báo cáo đã tìm không trả lời câu này.",
        count=len(reply.result.reports),
    )


def _quoted(row: AnswerRow) -> Quoted:
    # Without the report itself, which would stay in memory with every answer that is kept.
    return Quoted(
        heads=row.heads,
        quote=row.quote,
        anchors=row.anchors,
        note_label=row.note_label,
        citation=row.citation,
        record=row.record,
        document_id=row.document.id,
        fragment=row.fragment,
    )


# --- the file ----------------------------------------------------------------------------------


def answers_file(answered: Iterable[Answered], form: str, base: str) -> bytes:
    """Return the answers as a file of the format `csv` or `xlsx`; `base` begins the links."""
    rows = list(_table(answered, base))
    return table_xlsx(rows, _("Câu trả lời")) if form == "xlsx" else table_csv(rows)


def _columns() -> Row:
    return (
        _("Số"),
        _("Câu hỏi"),
        _("Trả lời"),
        _("Nói đủ"),
        _("Địa phương"),
        _("Thời gian"),
        _("Loại số liệu"),
        _("Độ chắc chắn"),
        _("Nguyên văn"),
        _("Câu gọi chú thích"),
        _("Trích dẫn"),
        _("Liên kết"),
        _("Ghi chú"),
    )


def _table(answered: Iterable[Answered], base: str) -> Iterator[Row]:
    columns = _columns()
    yield columns
    for number, one in enumerate(answered, start=1):
        for *cells, path in one.lines:
            yield (number, one.question, *cells, Link(f"{base}{path}"), "")
        if not one.lines:
            yield (number, one.question, *[""] * (len(columns) - 3), one.message)


def _line(answer: Answer) -> Row:
    text, cited = answer.citation.document.text, record(answer.citation)
    return (
        " ".join(answer.text.split()),
        answer.statement,
        answer.place,
        period_words(answer.period),
        KIND_NAMES[answer.kind] if answer.kind else "",
        certainty_words(answer.certainty),
        cited.quote,
        "\n".join(plain(anchor.span.of(text)) for anchor in answer.citation.anchors),
        cited.source,
        cited.link.path,
    )
