"""The words of a clause that say what its value measures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from indexer.facts.clauses import Clause
from indexer.facts.measures import is_measure
from indexer.facts.naming_words import (
    ACTOR,
    AND_END,
    FALL_RATE,
    FALLS_TO,
    JOINT_END,
    KEPT,
    LISTED_BEFORE,
    OPENING,
    SHARE_VERB,
    SIZE_OF,
    TAIL_CUT,
    TAIL_END,
    THERE_IS,
    TIDY_END,
    TOPIC_START,
    TWICE,
    VALUE_VERB,
    VERB_END,
    WAY,
)
from indexer.models import Shape, Span

# Classifiers that add nothing to a name that stands before the number.
_CLASSIFIERS = frozenset(
    ("con", "vụ", "lượt", "cuộc", "cái", "chiếc", "người", "căn", "thửa", "đơn", "đồng chí")
) | {"trường hợp", "vụ việc", "lượt người"}

_LIST_MARK = re.compile(
    r"\s*(?:[-+*•–]|\(\s*\)|\(?\d{1,2}\)\s*-?|\d{1,2}\.(?=\s)|[a-zđ]\))\s*", re.I
)
_MEASURED_HEAD = re.compile(r"(?:tổng|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|số|giá trị|sản lượng)\b", re.I)
_ENCLOSED = re.compile(r"\([^()]*\)")
# Words that name nothing by themselves.
_EMPTY = frozenset({"tỷ lệ", "tỉ lệ", "số", "tổng", "tổng số", "mức", "tốc độ", "tính", "kết quả"})
_JOINING = frozenset({"và", "hoặc", "là", "có", "với", "của", "đạt"})
_LONGEST_NAME = 12
_LONGEST_LEAD = 11
# A time in the middle of a clause is blanked; it parts the way from what was reached.
_HOLE = " " * 5
_EDGE = " \t\n,;:.-–—+*•()[]/"


def blank(text: str, spans: Iterable[Span]) -> str:
    """Return the text with spaces in place of some spans."""
    for span in spans:
        text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
    return text


def own_name(text: str, clause: Clause) -> str:
    """Return the words that a clause itself has for its value; empty when it has none.

    `text` is the sentence, with blanks for what is no part of a name (times).
    """
    before = _without_way(clause.lead.of(text))
    lead = subject(before)
    if FALLS_TO.search(before):
        # "tỷ lệ giảm … còn 2%" says what is left, not by how much it fell.
        lead = FALL_RATE.sub(r"\g<rate> ", lead)
    after = _tail(clause.tail.of(text))
    stated = bool(VALUE_VERB.search(before.rstrip()))
    if is_measure(clause.quantity.unit) or not clause.quantity.unit:
        return lead if lead and (stated or not after) else _joined(lead, after)
    counted = printed_unit(text, clause)
    reached = before.rstrip().lower().endswith("được")
    if lead and stated and not reached and (not after or _is_headed(lead)):
        return lead
    thing = f"{counted} {after}".strip()
    if len(lead.split()) > _LONGEST_LEAD:
        return _joined(thing) if " " in thing else ""
    classified = clause.quantity.unit in _CLASSIFIERS or _holds(lead, counted)
    if lead and not after and classified and not before.rstrip().endswith("cho"):
        return lead
    if THERE_IS.search(before):
        return _joined(thing)
    return _joined(subject(before, keep_joints=True), thing)


def tidied(words: str) -> str:
    """Return a name without verbs that only lead on to more, and without broken signs.

    >>> tidied("chỉ tiêu không đạt là"), tidied("cụm dân cư có quy mô")
    ('chỉ tiêu không đạt', 'quy mô cụm dân cư')
    """
    words = " ".join(words.replace("\ufffd", " ").split())
    sized = SIZE_OF.fullmatch(words)
    if sized:
        words = f"{sized['size'].lower()} {sized['thing']}"
    words = TOPIC_START.sub("", LISTED_BEFORE.sub("", TWICE.sub(r"\1", words)))
    shorter = ""
    while shorter != words:
        shorter, words = words, TIDY_END.sub("", words).rstrip(_EDGE)
    return "" if words.casefold() in _JOINING else words


def is_share_of_base(text: str, clause: Clause) -> bool:
    """Say whether a clause only tells a share: `chiếm 3,4% dân số`."""
    before = clause.lead.of(text)
    return clause.quantity.unit == "%" and bool(SHARE_VERB.fullmatch(before))


def _without_way(lead: str) -> str:
    """Return the words before a value without the way in which it was reached.

    `Qua các phong trào đến nay tập hợp` are two parts with a time (blanked) between them.
    """
    way, gap, rest = lead.partition(_HOLE)
    if gap and rest.strip() and WAY.match(way):
        return rest
    return ACTOR.sub("", lead)


@lru_cache(maxsize=64)
def subject(words: str, *, keep_joints: bool = False) -> str:
    """Return words without what opens a statement and without the verbs that end it.

    >>> subject("- Trong đó, tỷ lệ hộ nghèo ước giảm còn")
    'tỷ lệ hộ nghèo'
    """
    words = " ".join(_ENCLOSED.sub(" ", words).split())
    words = _without_openings(words)
    while True:
        shorter = words.rstrip(_EDGE + "(")
        shorter = VERB_END.sub("", shorter).rstrip(_EDGE)
        shorter = AND_END.sub("", shorter)
        if not keep_joints:
            shorter = JOINT_END.sub("", shorter).rstrip(_EDGE)
        if shorter == words:
            break
        words = shorter
    words = _shortened(words)
    return "" if words.lower() in _EMPTY else lowered(words)


def _shortened(words: str) -> str:
    """Return the end of words that are too long for a name, from a comma on."""
    limit = 2 * _LONGEST_NAME if _MEASURED_HEAD.match(words) else _LONGEST_NAME
    while len(words.split()) > limit and ", " in words:
        words = _without_openings(words.partition(", ")[2])
    return words


def lowered(words: str) -> str:
    """Return words with a small first letter, unless they begin with a name or an abbreviation."""
    first, _, rest = words.partition(" ")
    if first[1:].islower() and (not rest or rest[0].islower()) or len(first) == 1:
        return words[:1].lower() + words[1:]
    return words


def _without_openings(words: str) -> str:
    while True:
        shorter = words.lstrip(" ,;:.-–•*+")
        shorter = _LIST_MARK.sub("", shorter, count=1) if _LIST_MARK.match(shorter) else shorter
        opening = OPENING.match(shorter)
        if opening and not KEPT.match(shorter):
            shorter = shorter[opening.end() :]
        if shorter == words:
            return words
        words = shorter


def _tail(words: str) -> str:
    words = _ENCLOSED.sub(" ", words)
    while (shorter := TAIL_CUT.sub("", words)) != words:
        words = shorter
    words = re.sub(r"^\s*(?:là|của)\b(?=\s)", "", words)
    words = " ".join(words.split()).strip(_EDGE)
    return TAIL_END.sub("", words).rstrip(_EDGE)


def printed_unit(text: str, clause: Clause) -> str:
    """Return what is counted, as it is printed behind the number."""
    quantity = clause.quantity
    printed = text[quantity.number.end : quantity.span.end].partition("/")[0].strip(_EDGE)
    if (
        quantity.unit in ("đồng chí", "trường hợp")
        or not printed
        or (quantity.shape is Shape.RATIO and not printed[0].isalpha())
    ):
        return quantity.unit
    return printed


def _is_headed(words: str) -> bool:
    heads = r"(?:tổng|số|tỷ lệ|tỉ lệ|diện tích|sản lượng|đàn|giá trị|quy mô|mức|kết quả)\b"
    return bool(re.match(heads, words, re.I))


def _holds(words: str, counted: str) -> bool:
    return bool(counted) and counted.lower() in words.lower()


def _joined(*parts: str) -> str:
    words = " ".join(part for part in parts if part.strip(_EDGE))
    words = " ".join(words.split()).strip(_EDGE)
    return lowered(re.sub(r"^(?:và|với)\s+|\s+(?:và|với)$|^(?:và|với)$", "", words))


def distinct(parts: Sequence[str]) -> str:
    """Return names one after another, without those that an earlier one holds."""
    kept: list[str] = []
    for part in parts:
        if part and not any(part.lower() in other.lower() for other in kept):
            kept.append(part)
    return " ".join(kept)
