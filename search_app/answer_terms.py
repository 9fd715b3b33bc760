"""What people are told about an answer: its time, kind and certainty in words, what was asked."""

from __future__ import annotations

from indexer.models import FactKind, Period
from indexer.text.analysis import forms
from search_app.answer import Answer
from search_app.answering.wants import AnswerType
from search_app.facts import KIND_NAMES
from search_app.languages import gettext as _
from search_app.languages import lazy_gettext as _l
from search_app.question_words import CONNECTING

TYPE_WORDS = {
    AnswerType.PERCENT: _l("một tỷ lệ phần trăm"),
    AnswerType.MONEY: _l("một số tiền"),
    AnswerType.COUNT: _l("một số đếm"),
    AnswerType.AMOUNT: _l("một con số"),
    AnswerType.RANK: _l("thứ hạng"),
    AnswerType.WHEN: _l("thời gian"),
    AnswerType.WHO: _l("tên người"),
    AnswerType.WHERE: _l("địa điểm"),
    AnswerType.DOCUMENT: _l("một văn bản"),
    AnswerType.LIST: _l("một danh sách"),
    AnswerType.YES_NO: _l("có hay không"),
    AnswerType.CAUSE: _l("nguyên nhân"),
    AnswerType.SHORTCOMING: _l("hạn chế, yếu kém"),
    AnswerType.SOLUTION: _l("giải pháp"),
    AnswerType.LESSON: _l("bài học kinh nghiệm"),
    AnswerType.DEFINITION: _l("nghĩa của một từ"),
    AnswerType.STATEMENT: _l("nội dung mà báo cáo nói tới"),
    AnswerType.KEYWORDS: _l("những câu có đủ các từ"),
}
# From here on an answer is a sentence to be read in its quotation, not a value to be shown alone.
_LONG = 60
_SURE, _FAIRLY_SURE = 0.85, 0.65


def period_words(period: Period | None) -> str:
    """Return a time as the report writes it; one that follows from the report alone as figures.

    >>> period_words(Period("cuối năm 2020", "2020-12-31", "2020-12-31", explicit=True))
    'cuối năm 2020'
    >>> period_words(Period("", "2015-01-01", "2020-12-31"))
    '2015–2020'
    """
    if period is None:
        return ""
    if period.text:
        return " ".join(period.text.split())
    first, last = period.start[:4], period.end[:4]
    if period.start and period.start == period.end:
        return "/".join(reversed(period.start.split("-")))
    return "–".join(dict.fromkeys(year for year in (first, last) if year))


def certainty_words(certainty: float) -> str:
    """Return how certain an answer is.

    >>> certainty_words(0.91)
    'cao'
    """
    if certainty >= _SURE:
        return _("cao")
    if certainty >= _FAIRLY_SURE:
        return _("khá cao")
    return _("vừa phải, nên đọc kỹ đoạn trích")


def kind_words(kind: FactKind) -> str:
    """Return what a kind of value is called in the reader's language.

    >>> kind_words(FactKind.TARGET)
    'chỉ tiêu'
    """
    return {
        FactKind.RESULT: _("kết quả"),
        FactKind.TARGET: _("chỉ tiêu"),
        FactKind.BASELINE: _("đầu kỳ"),
        FactKind.CHANGE: _("tăng giảm"),
        FactKind.SHARE_OF_TARGET: _("đạt so với nghị quyết"),
    }[kind]


def about(answer: Answer) -> tuple[str, ...]:
    """Return place, time and kind of an answer, without those that are not known."""
    kind = kind_words(answer.kind) if answer.kind else ""
    period = period_words(answer.period)
    # Headings in capitals name times too.
    period = period.lower() if period.isupper() else period
    return tuple(part for part in (answer.place, period, kind) if part)


def headline(answer: Answer) -> str:
    """Return the answer when it can stand alone; empty for sentences, which the quotation says."""
    text = " ".join(answer.text.split())
    return "" if len(text) > _LONG or is_whole_quote(answer) else text


def is_whole_quote(answer: Answer) -> bool:
    """Say whether the quotation as a whole is the answer, so that nothing in it is to be marked."""
    text = answer.citation.document.text
    return answer.value.of(text).strip() == answer.citation.quote.strip()


def further_statement(answer: Answer) -> str:
    """Return the sentence that says the answer, when the lines beside it leave something open.

    That is what moved and which way, or a word that stands neither in the quotation nor around
    the value (a name that comes from a heading or a table).
    """
    if answer.kind is None:
        return ""
    text = answer.citation.document.text
    quotes = [answer.citation.quote, *(one.span.of(text) for one in answer.citation.anchors)]
    # The statement is Vietnamese in any language of the page.
    beside = [*about(answer), KIND_NAMES[answer.kind]]
    told = forms(" \n".join([*quotes, answer.text, *beside]))
    said = set(told) | CONNECTING
    is_new = any(form not in said for form in forms(answer.statement))
    return answer.statement if is_new or answer.kind is FactKind.CHANGE else ""
