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

    - `noun` is what is counted (`bao nhiêu trường`: trường), `noun_at` where it begins
    - `number_of` is what the subject is a number of (`số hộ nghèo`: hộ), empty when it is none
    - `yearly`: as a yearly average; `total`: as a whole; `shares`, `money`: the subject is told so
    - `vague`: a figure is only likely to be meant; `further` are other kinds of number asked for
    - `figure`: an indicator, a figure or its kind is named
    - `negative`: asks what was not reached; `people`: only the name of a person answers
    - `grain` is how many days a date may span, 0 any number; `rank` the word that is ranked by
    - `numbers` are the documents that are named
    - `times` is where the question names its periods, `cues` where it says that it wants a reason,
      a lesson, …
    """

    type: AnswerType
    noun: str = ""
    basis: Basis = Basis.ANY
    yearly: bool = False
    slots: tuple[Slot, ...] = (Slot(),)
    periods: tuple[Period, ...] = ()
    total: bool = False
    shares: bool = False
    grain: int = 0
    further: tuple[AnswerType, ...] = ()
    cues: tuple[Span, ...] = ()
    rank: str = ""
    numbers: tuple[str, ...] = ()
    vague: bool = False
    figure: bool = False
    negative: bool = False
    money: bool = False
    people: bool = False
    times: tuple[Span, ...] = ()
    noun_at: int = -1
    number_of: str = ""

    @property
    def asked(self) -> bool:
        """Say whether anything is asked for, be it by naming a figure: not by words alone."""
        return self.type is not AnswerType.KEYWORDS or self.figure

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
    (AnswerType.RANK, rf"(?:hạng|thứ|vị trí|loại|cấp)(?: thứ)? {_HOW_MANY}(?! \w*%)"),
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
    r"\bđề ra|đặt ra|hướng (?:đến|tới)|dự kiến|nhiệm kỳ (?:tới|mới|sau)|sắp tới|dự định|"
    r"(?<!ổn )(?<!quyết )(?<!xác )\bđịnh (?:nâng|tăng|giảm|đón|xây|đạt|làm|mở|đưa|thu)|"
    r"phải (?:đạt|giảm|tăng|còn|thu|có)|mức đề|yêu cầu|\bgiao\b.{0,40}\bphải\b|muốn",
    re.I,
)
_REACHED = re.compile(
    r"kết quả|thực hiện|thực tế|đạt được|hiện(?: nay| tại| còn| có)?\b|\bnay\b|đến nay|\bđã\b|"
    r"nhiệm kỳ (?:qua|vừa qua|trước|này)|\bước\b|\bmới (?:được|có|đạt|lo)",
    re.I,
)
# These also say that something was reached, unless something else says that it is aimed at.
_REACHED_IF_NOT_AIMED = re.compile(rf"(?<!phải )\bđạt {_HOW_MANY}|\bđược\b", re.I)
_AGAINST_TARGET = re.compile(r"so (?:với )?(?:chỉ tiêu|mục tiêu|nghị quyết|NQ|kế hoạch)", re.I)
_FROM_TO = re.compile(
    rf"\btừ (?:{_HOW_MANY}|…|\.\.\.).{{0,40}}\b(?:lên|xuống|còn|đến) (?:còn )?"
    rf"(?:{_HOW_MANY}|…|\.\.\.)",
    re.I,
)
_PARTS = re.compile(rf"[,;:]| và (?=.*\b{_HOW_MANY}\b)")
_SHARE = re.compile(
    r"(?:%|phần trăm) (?:so với |so |của )?(?:nghị quyết|NQ|chỉ tiêu|kế hoạch)|"
    r"(?:đạt|bằng|vượt) .{0,30}so (?:với )?(?:nghị quyết|NQ|chỉ tiêu|kế hoạch)",
    re.I,
)
_CHANGE = re.compile(rf"\b(?:tăng|giảm)\b(?! (?:còn|xuống|lên)).{{0,40}}\b{_HOW_MANY}\b", re.I)
_YEARLY = re.compile(
    r"bình quân (?:một |mỗi |hàng |hằng )?năm|(?:mỗi|hàng|hằng|một) năm|trong một năm", re.I
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
    rf"\blà ai\b|\bai là\b|\btên\b|{_PERSONS} nào|bí thư|chủ tịch|trưởng (?:ban|phòng|đoàn)|ký",
    re.I,
)
# A figure is meant, though nothing asks how much.
_FIGURE = re.compile(
    r"tỷ lệ|tỉ lệ|số lượng|số tiền|tổng (?:số|vốn|thu|chi)|\bmức\b|diện tích|sản lượng|giá trị|"
    r"thu nhập|doanh thu|lượng (?:khách|du khách)|bình quân|độ che phủ|năng suất|kim ngạch|"
    r"\blương\b",
    re.I,
)
_CHECKS = re.compile(r"\b(?:đạt|vượt|hoàn thành|không đạt)\b", re.I)
_WHAT = re.compile(r"\bgì\b|làm sao", re.I)
_SO_WITH = re.compile(r"so (?:với )?(?:cùng kỳ |đầu |cuối )*$", re.I)
_NUMBER_OF = re.compile(
    r"(?<!chỉ )(?<!hệ )(?<!tỷ )(?<!tỉ )(?<!dân )(?<!đa )(?<!thiểu )(?<!một )(?<!con )(?<!doanh )"
    r"(?<!tham )(?<!định )(?<!xác )\bsố (?:lượng )?"
    r"(?!(?:liệu|tiền|phần|điểm|thu|chi|vốn|bao|mấy|nào|là|của|trên|dưới|tăng|giảm|còn|lẻ|hóa|hoá)\b)(?P<of>[^\W\d_]+)",
    re.I,
)
_SHARES = re.compile(r"\b(?:tỷ|tỉ) lệ\b|tỷ trọng", re.I)
_GRAINS = (
    (1, re.compile(r"(?:ngày|hôm|thứ) (?:nào|mấy|tháng năm nào)|ngày tháng", re.I)),
    (31, re.compile(r"tháng (?:nào|mấy)", re.I)),
    (366, re.compile(r"năm (?:nào|mấy)", re.I)),
)
_RANKED = re.compile(rf"(?P<of>hạng|thứ|vị trí|loại|cấp)(?: thứ)? {_HOW_MANY}", re.I)
_NUMBERED = re.compile(r"\b\d+(?:/\d{4})?[-/][^\W\d_]+(?:[-/][^\W\d_]+)+", re.I)
_NUMBER_ALONE = re.compile(rf"\b{_DOCUMENTS}\s+số\s+(\d+)(?![\d.,/%-])(?!\s*[/-])", re.I)
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
    basis = _basis(text)
    periods = tuple(
        found.period
        for found in times
        # "giảm bao nhiêu so với năm 2015" asks for a change, not for 2015.
        if basis is not Basis.CHANGE or not _SO_WITH.search(text[: found.span.start])
    )
    kind = _type(text, asks=meaning.asks)
    slots = _slots(text, periods, latest)
    figure = indicator or bool(_FIGURE.search(text))
    checks = kind is AnswerType.YES_NO and indicator and bool(_CHECKS.search(text))
    if checks:
        slots = (Slot(REACHED, slots[0].period), Slot(TARGETS, slots[-1].period))
    aims = kind is AnswerType.KEYWORDS and slots[0].kinds == TARGETS
    vague = kind is AnswerType.STATEMENT or (kind is AnswerType.KEYWORDS and slots != (Slot(),))
    vague = (vague and (figure or aims) and not _WHAT.search(text)) or checks
    if vague:
        kind = AnswerType.AMOUNT
    noun = _NOUN.search(text)
    return Wants(
        type=kind,
        noun=noun["noun"].lower() if noun and kind in (AnswerType.COUNT, AnswerType.MONEY) else "",
        noun_at=noun.start("noun") if noun else -1,
        basis=basis,
        vague=vague,
        figure=figure or slots != (Slot(),),
        money=bool(_MONEY_SUBJECT.search(text)),
        negative=bool(NEGATIVE.search(text)),
        yearly=bool(_YEARLY.search(text)),
        slots=slots,
        periods=periods,
        total=bool(_TOTAL.search(text)),
        shares=bool(_SHARES.search(text)),
        grain=next((days for days, pattern in _GRAINS if pattern.search(text)), 0),
        further=_further(text, kind),
        cues=_cues(text, kind),
        rank=rank["of"].lower() if (rank := _RANKED.search(text)) else "",
        numbers=_numbers(text),
        times=tuple(found.span for found in times),
        people=kind is AnswerType.WHO and bool(_PEOPLE.search(text)),
        number_of=_number_of(text, kind, basis),
    )


def _number_of(text: str, kind: AnswerType, basis: Basis) -> str:
    """Return what a question wants the number of; a change of it may be told as a share."""
    found = _NUMBER_OF.search(text)
    if found is None or kind is not AnswerType.AMOUNT or basis is not Basis.ANY:
        return ""
    return "" if _SHARES.search(text) else found["of"].lower()


def _numbers(text: str) -> tuple[str, ...]:
    """Return the numbers of the documents that are named, in full or the number alone."""
    alone = (f"{number}" for number in _NUMBER_ALONE.findall(text))
    return tuple(number.upper() for number in (*_NUMBERED.findall(text), *alone))


def _cues(text: str, kind: AnswerType) -> tuple[Span, ...]:
    """Return where a question names the kind of statement; under its headings nothing does."""
    if kind not in REASONED:
        return ()
    pattern = next(pattern for other, pattern in _TYPE_PATTERNS if other is kind)
    return tuple(Span(*match.span()) for match in pattern.finditer(text))


def _further(text: str, kind: AnswerType) -> tuple[AnswerType, ...]:
    """Return the kinds of number that further parts of a question ask for."""
    if kind not in NUMERIC:
        return ()
    kinds = (_type(part, asks=True) for part in _PARTS.split(text))
    found = dict.fromkeys(other for other in kinds if other in NUMERIC - {AnswerType.AMOUNT, kind})
    return tuple(other for other in found if other is not AnswerType.COUNT)


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
    if _FROM_TO.search(text):
        return (Slot(frozenset({FactKind.BASELINE})), Slot(frozenset({FactKind.RESULT})))
    plain = _SHARE.sub(" ", text)
    aims = bool(_TARGET.search(plain)) or bool(coming)
    if aims and _wants_both(plain, len(ordered)):
        first = ordered[0] if len(ordered) > 1 else _last(past)
        return (Slot(REACHED, first), Slot(TARGETS, _last(coming or ordered[1:])))
    if aims:
        return (Slot(TARGETS, _last(ordered)),)
    if len(past) > 1:
        return tuple(Slot(REACHED, period) for period in past[:_MOST_SLOTS])
    reached = _REACHED.search(text) or _REACHED_IF_NOT_AIMED.search(text)
    return (Slot(REACHED if reached else frozenset(), _last(past)),)


def _wants_both(text: str, periods: int) -> bool:
    """Say whether what was reached is asked for beside what is aimed at."""
    if periods > 1 or _REACHED.search(text) or _AGAINST_TARGET.search(text):
        return True
    asking = [part for part in _PARTS.split(text) if re.search(_HOW_MANY, part, re.I)]
    aiming = [part for part in asking if _TARGET.search(part)]
    return 0 < len(aiming) < len(asking)


def _last(periods: Sequence[Period]) -> Period | None:
    return max(periods, key=lambda period: period.end, default=None)
