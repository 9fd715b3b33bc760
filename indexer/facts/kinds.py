"""What a value is: reached, aimed at, started from, a change, or a share of the target."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.facts.clauses import Clause
from indexer.facts.measures import is_measure
from indexer.facts.word_lists import any_of
from indexer.models import FactKind

_PLAN = r"(?:NQ|nghị quyết|kế hoạch|KH|chỉ tiêu|mục tiêu|dự toán|kế hoạch đề ra)"
_SHARE_AFTER = re.compile(rf"\s*(?:so với |so |của |với )?{_PLAN}\b", re.I)
_BEYOND = re.compile(r"\b(?:vượt|thấp hơn|cao hơn|kém|thiếu|hụt|hơn)\s+(?:\w+\s+){0,3}$", re.I)
# Between the word for the plan and its value stand only words that say whose plan it is.
_WHOSE_PLAN = any_of(
    "là|giao|đề ra|đặt ra|đại hội|đảng bộ|hđnd|tỉnh|thị xã|huyện|của|nghị quyết|nq|trên|dưới|từ"
    "|khoảng|đạt|phải đạt|ít nhất|không quá|hơn|gần|chỉ tiêu|nhiệm kỳ|năm|tăng|giảm|hàng năm"
    "|hằng năm|mức|<|>|≥|≤"
)
_OF_PLAN = re.compile(rf"(?<!theo )\b{_PLAN}\b(?:[\s:]|{_WHOSE_PLAN}|lần thứ \w+|20\d\d)*$", re.I)
_AGAINST_PLAN = re.compile(
    rf"\b(?:thấp hơn|cao hơn|vượt|so với)\s(?:{_PLAN}|\s|đề ra|của|đại hội)+\(\s*$", re.I
)
_AIM = re.compile(
    r"\b(?:phấn đấu|sẽ|dự kiến|đặt mục tiêu|mục tiêu|đặt ra|đề ra chỉ tiêu|định hướng|quyết tâm)\b",
    re.I,
)
_DONE = re.compile(
    r"\b(?:đã|hiện có|hiện nay|hiện còn|đến nay|vừa qua|những năm qua|nhiệm kỳ qua|hiện tại"
    r"|hiện)\b",
    re.I,
)
# How many there still are today, also in a plan: "toàn huyện còn 12 ấp chưa có đường".
_LEFT_TODAY = re.compile(
    r"\btoàn (?:thị xã|thành phố|huyện|quận|tỉnh|xã|phường)(?: hiện)? còn\s*$", re.I
)
_TWIN = re.compile(r"\b(?:tương đương|tương ứng|tức là|tức)\b", re.I)
_FROM = re.compile(r"\btừ\s+(?:mức\s+|khoảng\s+|trên\s+|dưới\s+|gần\s+|hơn\s+|chỉ\s+)*$", re.I)
_TO = re.compile(r"\b(?:lên|xuống|còn|đạt|đến|thành|tăng|giảm)\b", re.I)
_ADVERB = any_of(
    "bình quân|trung bình|hàng|hằng|mỗi|từng|năm|một|\\d+|thêm|được|khoảng|trên|hơn|gần|thấp|đều"
    "|nhanh|từ|cao|trưởng|kinh tế|mạnh|nhẹ|cả|gấp|tới|ước|chỉ|đến|ít nhất|tối thiểu|không quá"
    "|so với|đạt|ở mức|mức|dưới"
)
_CHANGE = re.compile(
    rf"(?P<verb>\b(?:tăng|giảm|gấp|cao gấp)\b)(?!\s+(?:lên|còn|xuống))(?:\s+{_ADVERB})*\s*$", re.I
)
# The rate itself is what is measured: `tốc độ tăng trưởng đạt 8%`.
_SPEED = re.compile(r"\btốc độ\s+$", re.I)
_LEVEL = re.compile(r"\b(?:lên|xuống|còn|giảm dưới|tăng đạt)\b[^,;]*$", re.I)
_TIMES_AGAINST = re.compile(r"\s*(?:so với|so|năm)\b", re.I)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind of a value and, for a change, its direction; `twin`: what the one before is."""

    kind: FactKind
    direction: str = ""
    twin: bool = False
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Outlook:
    """What stands around a clause: its sentence speaks of what is planned, or of what was done."""

    planned: bool = False
    past_time: bool = False
    future_time: bool = False


def judge(sentence: str, clauses: Sequence[Clause], at: int, outlook: Outlook) -> Verdict | None:
    """Return what a clause's value is; None when it is the distance to a plan."""
    clause = clauses[at]
    lead = clause.lead.of(sentence)
    before = f"{clause.opener} {lead}" if clause.opener.isalpha() or " " in clause.opener else lead
    if clause.quantity.unit == "%" and _SHARE_AFTER.match(sentence, clause.quantity.span.end):
        return None if _BEYOND.search(before) else Verdict(FactKind.SHARE_OF_TARGET)
    gap = _up_to(sentence, clauses, at)
    if _AGAINST_PLAN.search(gap):
        return Verdict(FactKind.TARGET, sure=True)
    if _OF_PLAN.search(gap):
        return None if _BEYOND.search(before) else Verdict(FactKind.TARGET, sure=True)
    if _TWIN.search(before):
        return Verdict(FactKind.RESULT, twin=True)
    aimed = _is_aimed(sentence, clause, outlook)
    if _starts(sentence, clauses, at, before):
        return Verdict(FactKind.BASELINE)
    direction = _direction(before, clause, sentence)
    if aimed:
        return Verdict(FactKind.TARGET, direction)
    return Verdict(FactKind.CHANGE if direction else FactKind.RESULT, direction)


def _up_to(sentence: str, clauses: Sequence[Clause], at: int) -> str:
    """Return the words between the value before and this one."""
    floor = clauses[at - 1].quantity.span.end if at else 0
    return sentence[floor : clauses[at].quantity.span.start]


def _is_aimed(sentence: str, clause: Clause, outlook: Outlook) -> bool:
    lead = sentence[: clause.quantity.span.start]
    lead = lead[lead.rfind(";") + 1 :]
    if outlook.past_time:
        return False
    if _is_left_today(sentence, clause, outlook):
        return False
    if outlook.planned:
        return not _DONE.search(clause.lead.of(sentence)) or bool(_AIM.search(lead))
    return bool(_AIM.search(clause.lead.of(sentence))) or outlook.future_time


def _is_left_today(sentence: str, clause: Clause, outlook: Outlook) -> bool:
    quantity = clause.quantity
    if outlook.future_time or quantity.qualifier or is_measure(quantity.unit):
        return False
    return bool(_LEFT_TODAY.search(clause.lead.of(sentence)))


def _starts(sentence: str, clauses: Sequence[Clause], at: int, before: str) -> bool:
    if not _FROM.search(before) or clauses[at].quantity.qualifier in ("trở lên", "trở xuống"):
        return False
    for later in clauses[at + 1 : at + 3]:
        gap = sentence[clauses[at].quantity.span.end : later.quantity.span.start]
        if ";" in gap or gap.count("(") > gap.count(")"):
            return False
        lead = f"{later.opener} {later.lead.of(sentence)}"
        if _TO.search(lead) and not _TWIN.search(lead):
            return True
    return False


def _direction(before: str, clause: Clause, sentence: str) -> str:
    change = _CHANGE.search(before)
    if change and _SPEED.search(before[: change.start()]):
        return ""
    if change and not _LEVEL.search(before[change.start() :]):
        verb = change["verb"].lower()
        return "giảm" if verb == "giảm" else "tăng"
    if clause.quantity.unit == "lần":
        after = sentence[clause.quantity.span.end :]
        return "tăng" if _TIMES_AGAINST.match(after) else ""
    return ""
