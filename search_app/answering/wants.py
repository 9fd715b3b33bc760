"""What kind of answer a question wants: a number of what, a date, a name, a document, a reason.

Read from how Vietnamese asks (interrogatives and the words beside them); no subject, place or
report stands here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from indexer.facts.periods import find_periods
from indexer.models import FactKind, Period, Span
from search_app.understand import Understanding


class AnswerType(StrEnum):
    """What would answer a question."""

    PERCENT = "percent"
    MONEY = "money"
    COUNT = "count"
    AMOUNT = "amount"
    RANK = "rank"
    WHEN = "when"
    WHO = "who"
    WHERE = "where"
    DOCUMENT = "document"
    LIST = "list"
    YES_NO = "yes_no"
    CAUSE = "cause"
    SHORTCOMING = "shortcoming"
    SOLUTION = "solution"
    LESSON = "lesson"
    DEFINITION = "definition"
    STATEMENT = "statement"
    KEYWORDS = "keywords"


NUMERIC = frozenset({AnswerType.PERCENT, AnswerType.MONEY, AnswerType.COUNT, AnswerType.AMOUNT})
REASONED = frozenset(
    {AnswerType.CAUSE, AnswerType.SHORTCOMING, AnswerType.SOLUTION, AnswerType.LESSON}
)


class Basis(StrEnum):
    """How a wanted value is reckoned."""

    LEVEL = "level"
    CHANGE = "change"
    SHARE_OF_TARGET = "share_of_target"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Slot:
    """One value that a question wants: reached or aimed at, and of which time.

    `kinds` is empty when any kind answers; `period` is None when none is named.
    """

    kinds: frozenset[FactKind] = frozenset()
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Wants:
    """What would answer a question.

    `noun` is what is counted (`bao nhiêu trường`: trường), `noun_at` where it begins; `yearly`: as
    a yearly average; `vague`: a figure is only likely to be meant; `negative`: asks what was not
    reached; `money`: the subject is told in money; `people`: only the name of a person answers;
    `times` is where the question names its periods.
    """

    type: AnswerType
    noun: str = ""
    basis: Basis = Basis.ANY
    yearly: bool = False
    slots: tuple[Slot, ...] = (Slot(),)
    periods: tuple[Period, ...] = ()
    compares: bool = False
    total: bool = False
    vague: bool = False
    negative: bool = False
    money: bool = False
    people: bool = False
    times: tuple[Span, ...] = ()
    noun_at: int = -1

    @property
    def numeric(self) -> bool:
        """Say whether a number is wanted."""
        return self.type in NUMERIC


_DOCUMENTS = (
    r"(?:nghị quyết|chỉ thị|quyết định|quy định|quy chế|kế hoạch|kết luận|nghị định|thông tư|"
    r"luật|pháp lệnh|đề án|chương trình(?: hành động)?|hướng dẫn|công văn|thông báo|văn bản|"
    r"văn kiện|tờ trình)"
)
_HOW_MANY = r"(?:bao nhiêu|mấy)"
_PERSONS = (
    r"(?:người|đồng chí|cá nhân|ông|bà|anh|chị|em|học sinh|sinh viên|bác sĩ|giáo viên|nghệ nhân|"
    r"cán bộ|giám đốc|bí thư|chủ tịch|nhà báo|tác giả)"
)
_MONEY_UNITS = r"(?:tỷ|tỉ|triệu|nghìn|ngàn|tr\.?|đồng|tiền|kinh phí|vốn)"
_TYPES = (
    (
        AnswerType.DOCUMENT,
        rf"{_DOCUMENTS}(?: \w+){{0,2}} (?:nào|số mấy|số bao nhiêu|số nào|gì)\b|"
        rf"{_DOCUMENTS} số mấy|\bvăn bản nào\b",
    ),
    (AnswerType.RANK, rf"(?:hạng|thứ|vị trí)(?: thứ)? {_HOW_MANY}"),
    (AnswerType.PERCENT, rf"{_HOW_MANY} (?:phần trăm|%)|tỷ lệ (?:là )?{_HOW_MANY}"),
    (
        AnswerType.MONEY,
        rf"{_HOW_MANY} {_MONEY_UNITS}\b(?! đầu tư nước)|"
        rf"(?:kinh phí|tốn|trị giá|số tiền|chi phí|tổng vốn|vốn đầu tư)\b.{{0,60}}"
        rf"{_HOW_MANY}(?! \w+ \w)|"
        rf"{_HOW_MANY} kinh phí",
    ),
    (AnswerType.COUNT, rf"{_HOW_MANY} (?!(?:là|so|và|của|ở|trong|tại|để|cho|hay)\b)\w"),
    (
        AnswerType.AMOUNT,
        rf"\b{_HOW_MANY}\b|"
        rf"(?:thị xã|thành phố|huyện|tỉnh|nơi|địa phương|nhiệm kỳ|năm) nào.{{0,80}}\bhơn\b|"
        rf"\bhay\b.{{0,60}}\bhơn\b|\bhơn\b.{{0,80}}\bhay\b|\bso sánh\b|\bđối chiếu\b",
    ),
    (AnswerType.CAUSE, r"vì sao|tại sao|do đâu|vì đâu|nguyên nhân|lý do|nhờ đâu"),
    (AnswerType.LESSON, r"bài học|kinh nghiệm"),
    (
        AnswerType.SHORTCOMING,
        r"hạn chế|yếu kém|tồn tại|khuyết điểm|bất cập|vướng|trở ngại|yếu (?:ở|chỗ)",
    ),
    (
        AnswerType.SOLUTION,
        r"giải pháp|biện pháp|cách (?:làm )?nào|làm gì|làm thế nào|làm cách nào|bằng cách",
    ),
    (
        AnswerType.WHEN,
        r"khi nào|bao giờ|lúc nào|(?:năm|ngày|tháng|thời gian|thời điểm|quý|nhiệm kỳ|hôm|thứ) nào|"
        r"từ năm mấy",
    ),
    (
        AnswerType.WHO,
        r"\blà ai\b|\bai\b|\bcủa ai\b|"
        rf"{_PERSONS} nào\b|tên (?:là )?gì",
    ),
    (
        AnswerType.WHERE,
        r"ở đâu|tại đâu|nơi nào|chỗ nào|"
        r"(?:xã|phường|huyện|ấp|khóm|thôn|địa bàn|địa điểm|khu vực|vùng) nào",
    ),
    (
        AnswerType.YES_NO,
        r"\bcó (?:phải|đúng)\b|\b(?:đúng|phải) không\b|\bcó\b.{3,120}(?<!hay )không ?\??$|"
        r"\b(?:hay )?chưa ?\??$|hay không",
    ),
    (AnswerType.DEFINITION, r"(?:nghĩa )?là gì\b|viết tắt|được hiểu"),
    (
        AnswerType.LIST,
        r"\b(?:những|các)\b.{1,40}\b(?:nào|gì)\b|gồm (?:những )?(?:gì|ai|nào)|liệt kê|kể tên|"
        r"\b(?:hai|ba|bốn|năm|sáu|\d+)\b(?: \w+){1,4} nào\b|"
        r"(?<!thế )(?<!chừng )(?<!độ )\bnào\b",
    ),
    (AnswerType.STATEMENT, r"như thế nào|thế nào|ra sao|\bgì\b|làm sao"),
)
_TYPE_PATTERNS = tuple((kind, re.compile(pattern, re.I)) for kind, pattern in _TYPES)
_NOUN = re.compile(rf"\b{_HOW_MANY} (?P<noun>\w+(?: \w+)?)", re.I)
_TARGET = re.compile(
    r"(?<!mấy )(?<!nhiêu )(?<!\d )(?<!những )(?<!các )(?<!số )chỉ tiêu(?! nào)|mục tiêu|phấn đấu|"
    r"\bđề ra|đặt ra|hướng (?:đến|tới)|dự kiến|nhiệm kỳ (?:tới|mới|sau)|sắp tới|dự định|\bđịnh\b|"
    r"phải (?:đạt|giảm|tăng|còn|thu|có)|mức đề|yêu cầu|\bgiao\b.{0,40}\bphải\b|muốn",
    re.I,
)
_REACHED = re.compile(
    r"kết quả|thực hiện|thực tế|đạt được|hiện(?: nay| tại| còn| có)?\b|\bnay\b|đến nay|"
    r"(?<!phải )\bđạt (?:bao nhiêu|mấy)|\bđã\b|\bđược\b|nhiệm kỳ (?:qua|vừa qua|trước)|\bước\b",
    re.I,
)
_SHARE = re.compile(
    r"(?:%|phần trăm) (?:so với |so |của )?(?:nghị quyết|NQ|chỉ tiêu|kế hoạch)|"
    r"(?:đạt|bằng|vượt) .{0,30}so (?:với )?(?:nghị quyết|NQ|chỉ tiêu|kế hoạch)",
    re.I,
)
_CHANGE = re.compile(rf"\b(?:tăng|giảm)\b(?! (?:còn|xuống|lên)).{{0,40}}\b{_HOW_MANY}\b", re.I)
_YEARLY = re.compile(
    r"bình quân (?:một |mỗi |hàng |hằng )?năm|(?:mỗi|hàng|hằng|một) năm|trong một năm", re.I
)
_COMPARES = re.compile(
    r"\bso sánh\b|\bhơn\b|khác nhau|so với|chênh lệch|\bmỗi (?:thị|địa)|còn ở", re.I
)
_TOTAL = re.compile(r"tổng (?:số|cộng)|tất cả|toàn (?:bộ|thị|đảng|tỉnh|huyện)|hiện có", re.I)
# Subjects that are told in money, or as growth.
_MONEY_SUBJECT = re.compile(
    r"\blương\b|thu nhập|số tiền|kinh phí|doanh thu|giá trị sản xuất|ngân sách|\bvốn\b|dư nợ", re.I
)
# What was not reached, in questions and in reports.
NEGATIVE = re.compile(
    r"\b(?:chưa|không|ko|hụt|lỡ)\s+(?:được\s+)?(?:làm|đạt|hoàn thành|thực hiện|xong|về đích|"
    r"bảo đảm|đảm bảo|hẹn|thể|tới|kịp)|\bhụt\b|\bthấp hơn (?:nghị quyết|chỉ tiêu)",
    re.I,
)
# Questions that only the name of a person answers.
_PEOPLE = re.compile(
    rf"\blà ai\b|\btên\b|{_PERSONS} nào|bí thư|chủ tịch|trưởng (?:ban|phòng|đoàn)|ký", re.I
)
# A figure is meant, though nothing asks how much.
_FIGURE = re.compile(
    r"tỷ lệ|tỉ lệ|số lượng|số tiền|tổng (?:số|vốn|thu|chi)|\bmức\b|diện tích|sản lượng|giá trị|"
    r"thu nhập|doanh thu|lượng (?:khách|du khách)|bình quân|độ che phủ|năng suất|kim ngạch|"
    r"\blương\b",
    re.I,
)
_WHAT = re.compile(r"\bgì\b|làm sao", re.I)
_MOST_SLOTS = 3
# Which kinds of value answer for what was reached; a target answers only for itself.
TARGETS = frozenset({FactKind.TARGET})
REACHED = frozenset(FactKind) - TARGETS


def read_wants(meaning: Understanding, latest: str = "", *, indicator: bool = False) -> Wants:
    """Return what would answer a question.

    `latest` is the year of the newest report, `indicator` says that an indicator is named.

    >>> from search_app.understand import Knowledge
    >>> from search_app.understand import understand
    >>> wants = read_wants(understand("Đến năm 2025 có bao nhiêu trường đạt chuẩn?", Knowledge()))
    >>> wants.type.value, wants.noun, wants.slots[0].period.end
    ('count', 'trường đạt', '2025-12-31')
    """
    text = meaning.text
    times = find_periods(text)
    periods = tuple(found.period for found in times)
    kind = _type(text, asks=meaning.asks)
    slots = _slots(text, periods, latest)
    figure = indicator or bool(_FIGURE.search(text))
    vague = kind is AnswerType.STATEMENT or (kind is AnswerType.KEYWORDS and slots != (Slot(),))
    vague = vague and figure and not _WHAT.search(text)
    if vague:
        kind = AnswerType.AMOUNT
    noun = _NOUN.search(text)
    return Wants(
        type=kind,
        noun=noun["noun"].lower() if noun and kind in (AnswerType.COUNT, AnswerType.MONEY) else "",
        noun_at=noun.start("noun") if noun else -1,
        basis=_basis(text),
        vague=vague,
        money=bool(_MONEY_SUBJECT.search(text)),
        negative=bool(NEGATIVE.search(text)),
        yearly=bool(_YEARLY.search(text)),
        slots=slots,
        periods=periods,
        compares=bool(_COMPARES.search(text)),
        total=bool(_TOTAL.search(text)),
        times=tuple(found.span for found in times),
        people=kind is AnswerType.WHO and bool(_PEOPLE.search(text)),
    )


def _type(text: str, *, asks: bool) -> AnswerType:
    for kind, pattern in _TYPE_PATTERNS:
        if pattern.search(text):
            return kind
    return AnswerType.STATEMENT if asks else AnswerType.KEYWORDS


def _basis(text: str) -> Basis:
    if _CHANGE.search(text):
        return Basis.CHANGE
    return Basis.SHARE_OF_TARGET if _SHARE.search(text) else Basis.ANY


def _slots(text: str, periods: tuple[Period, ...], latest: str) -> tuple[Slot, ...]:
    """Return one slot, or two when a question wants both what was reached and what is aimed at."""
    ordered = sorted(periods, key=lambda period: period.end)
    past = [period for period in ordered if not latest or period.end <= f"{latest}-12-31"]
    coming = [period for period in ordered if period not in past]
    aims = bool(_TARGET.search(_SHARE.sub(" ", text))) or bool(coming)
    reached = bool(_REACHED.search(text))
    if aims and len(ordered) > 1:
        return (Slot(REACHED, ordered[0]), Slot(TARGETS, ordered[-1]))
    if aims and reached:
        return (Slot(REACHED, _last(past)), Slot(TARGETS, _last(coming)))
    if aims:
        return (Slot(TARGETS, _last(ordered)),)
    if len(past) > 1:
        return tuple(Slot(REACHED, period) for period in past[:_MOST_SLOTS])
    return (Slot(REACHED if reached else frozenset(), _last(past)),)


def _last(periods: Sequence[Period]) -> Period | None:
    return max(periods, key=lambda period: period.end, default=None)
