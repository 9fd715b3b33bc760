"""What a named document is about: the words behind `về`, up to where they end."""

from __future__ import annotations

import re

from indexer.models import Span
from indexer.references.kinds import KINDS
from indexer.references.marks import GAP, MAY_GAP, UPPER

_OPENING = rf"{MAY_GAP}[,:]?{MAY_GAP}"
_ABOUT = rf"(?:(?i:về|v/v){GAP}(?:việc{GAP})?)"
_QUOTED = re.compile(
    rf"{_OPENING}(?:{_ABOUT})?[“\"]{MAY_GAP}{_ABOUT}?(?P<subject>[^”\"“\n]{{4,400}})[”\"]"
)
_PLAIN = re.compile(rf"{_OPENING}(?:[“\"]{MAY_GAP}{_ABOUT}?|{_ABOUT}[“\"]?)(?=\S)")
_KIND = "|".join(kind.name for kind in KINDS if kind.name not in ("Luật", "Chương trình"))
_STOP = re.compile(
    rf"[.;:](?=\s|$)|\n|[()“”\"\[\]]|{GAP}[-–]{GAP}(?=[{UPPER}])"
    rf"|,?{GAP}(?:và|cùng|cũng như|theo|gắn với|gắn|đồng thời|nhất là){GAP}(?:các{GAP}|những{GAP})?"
    rf"(?i:{_KIND}|văn bản|chủ trương)\b"
    rf"|(?P<verb>,?{GAP}(?:được|đã|bắt{GAP}đầu|đến{GAP}nay|từng{GAP}bước|có{GAP}hiệu{GAP}quả"
    rf"|của{GAP}(?i:Thị|Tỉnh){GAP}ủy|bảo{GAP}đảm{GAP}(?:theo|đúng)|gắn{GAP}với)\b)"
)
_COMMA = re.compile(r",\s+")
# A piece of an enumeration is short; a new clause has a subject and a verb.
_MAX_ITEM = 4
_GOES_ON = re.compile(
    r"(?:tầm nhìn|chống|phòng|đấu tranh|ngăn chặn|đẩy lùi|xử lý|chỉnh đốn|định hướng|giai đoạn|"
    r"toàn diện|con người|hiện đại|hội nhập|phát huy|nhất là)\b"
)
_JOINT = re.compile(r"\s(?:và|với|trong|đến|của|cho)\s|,\s")


def read_subject(text: str, start: int) -> Span | None:
    """Return the words that say what a document is about, without `về` and quotation marks.

    >>> line = "01-NQ/TU về phát triển nghề muối, nghề cá đến năm 2030, diêm dân có thu nhập khá."
    >>> read_subject(line, 8).of(line)
    'phát triển nghề muối, nghề cá đến năm 2030'
    """
    quoted = _QUOTED.match(text, start)
    if quoted:
        return _trimmed(text, quoted.start("subject"), quoted.end("subject"))
    plain = _PLAIN.match(text, start)
    if plain is None:
        return None
    limit = min(len(text), plain.end() + 400)
    stop = _STOP.search(text, plain.end(), limit)
    end = stop.start() if stop else limit
    new_clause = stop is not None and stop["verb"] is not None
    return _trimmed(text, plain.end(), _clause_end(text, plain.end(), end, new_clause=new_clause))


_NAME = re.compile(
    rf"{GAP}(?!(?:của|này|trên|nêu|đã|được|do|để|là|theo|và|trong|cho|với|trình|khi|có|số|về|thì)\b)"
    rf"(?=[^\W\d_])"
)
_NAME_ENDS = re.compile(rf"{GAP}(?:của|dần|theo|cho|với|là|do|trong|góp|nhằm|để|tại|vào)\b")


def read_name(text: str, start: int) -> Span | None:
    """Return the name that follows a kind of document without `về`.

    >>> read_name("Đề án phát triển nghề muối dần đi vào chiều sâu", 5)
    Span(start=6, end=26)
    """
    begins = _NAME.match(text, start)
    if begins is None:
        return None
    limit = min(len(text), begins.end() + 120)
    stops = (pattern.search(text, begins.end(), limit) for pattern in (_STOP, _NAME_ENDS, _COMMA))
    end = min((stop.start() for stop in stops if stop), default=limit)
    return _trimmed(text, begins.end(), end)


def _clause_end(text: str, start: int, end: int, *, new_clause: bool) -> int:
    """Return where the clause ends: at the first comma that begins something new.

    `new_clause` says that a verb follows; what stands between the last comma and it is its subject.
    """
    for comma in _COMMA.finditer(text, start, end):
        joint = _JOINT.search(text, comma.end(), end)
        item = text[comma.end() : joint.start() if joint else end]
        short = item[:1].islower() and len(item.split()) <= _MAX_ITEM
        goes_on = _GOES_ON.match(item) or (short and not (new_clause and joint is None))
        if not goes_on:
            return comma.start()
    return end


def _trimmed(text: str, start: int, end: int) -> Span | None:
    words = text[start:end]
    left = len(words) - len(words.lstrip())
    right = len(words.rstrip(" \n,.;:-–"))
    return Span(start + left, start + right) if right - left > 2 else None
