"""Where the words begin that lead to a value."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from indexer.facts.clause_marks import Mark
from indexer.facts.measures import is_measure
from indexer.facts.word_lists import any_of
from indexer.models import Quantity
from indexer.text.segment import split_syllables

# Words between two values of one piece, before which the second begins.
_JOINT_WORDS = (
    "tương đương|tương ứng|tức|cùng với|với|và|cho|của|tại|sang|thuộc|xuống còn|xuống|lên|còn|đạt"
    "|chiếm|bằng|tăng|giảm|gấp|vượt|có|thu|là|đến|từ|trên|ở|so với|so|do|để|bố trí|sử dụng"
)
_JOINT = re.compile(rf"\b{any_of(_JOINT_WORDS)}\b", re.I)
# Things that reports name side by side before or behind one number.
_PEERS_WORDS = (
    "xã|phường|thị trấn|khóm|ấp|thôn|bản|làng|khu phố|tổ dân phố|tổ|buôn|cơ quan|đơn vị"
    "|doanh nghiệp|chi|cán bộ|công chức|viên chức|người lao động|đảng viên|đoàn viên|hội viên"
    "|ngành|đoàn thể|chi bộ|đảng bộ|đoàn|huyện|thị xã|thành phố|hợp tác xã|tổ hợp tác|học sinh"
    "|sinh viên|hộ|cá nhân|tổ chức|ban|trường|công trình|dự án|trang trại|gia trại|công ty|cống"
    "|đập"
)
_PEERS = re.compile(rf"{any_of(_PEERS_WORDS)}\b", re.I)
_OWN_START_WORDS = (
    "tổng|tỷ lệ|tỉ lệ|số|giá trị|thu nhập|doanh thu|diện tích|sản lượng|tỷ trọng|tỉ trọng"
    "|năng suất|thu|chi|vốn|kinh phí|quy mô|đàn|mật độ|tốc độ|mức|hộ|có|đã|đưa|giải quyết|kết nạp"
    "|tăng|giảm|đạt|còn|bằng|chiếm|gấp|vượt|ước|hỗ trợ|xây dựng|đầu tư|công suất|nâng|qua|kết quả"
    "|đến nay|hiện|trong|theo|từ|nhờ|do|với|thành lập|mở|tổ chức|ban hành|tiếp nhận|chỉ đạo"
    "|góp phần|thực hiện|hoàn thành|phát hiện|xử lý|thu hồi|triển khai|vận động|huy động"
    "|công nhận"
)
_OWN_START = re.compile(rf"{any_of(_OWN_START_WORDS)}\b", re.I)
_STATEMENT_WORDS = (
    "được|đã|đang|sẽ|tiếp tục|từng bước|ngày càng|luôn|góp phần|nhằm|để|đảm bảo|bảo đảm|nâng cao"
    "|đẩy mạnh|phát huy|quan tâm|chỉ đạo|tập trung|tăng cường|thường xuyên|tổ chức thực hiện"
    "|phát triển mạnh|phát triển nhanh|phát triển ổn định|chú trọng|duy trì|tăng|giảm|đạt|chiếm"
    "|còn|có|làm|thu hút|ổn định"
)
_STATEMENT = re.compile(rf"\b{any_of(_STATEMENT_WORDS)}\b", re.I)
# A subject that begins so is not complete before its value or verb has come.
_MEASURED = re.compile(
    r"(?:\W*(?:trong|đến|năm|nay|hiện|nhiệm kỳ|qua|\d+)\b)*\W*(?:tổng (?:số|mức|sản lượng|"
    r"diện tích|vốn|thu|chi|giá trị)|tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|số|giá trị|sản lượng|"
    r"diện tích|thu nhập|tốc độ)\b",
    re.I,
)
# What tells that a subject has had its verb.
_PREDICATE = re.compile(
    r"\b(?:đã|đang|sẽ|tiếp tục|từng bước|ngày càng|luôn|tăng|giảm|đạt|chiếm|còn|ổn định|đều|"
    r"phát triển (?:mạnh|nhanh|khá)|nâng lên|góp phần)\b",
    re.I,
)
_VERB_ALONE = re.compile(
    r"(?:ước |đã |đều |luôn )*(?:đạt|chiếm|còn|là)"
    r"(?: (?:từ|trên|dưới|khoảng|gần|hơn|tỷ lệ|tỉ lệ|bình quân|lên|xuống|còn))*",
    re.I,
)
_DONE = re.compile(r"^[^đ]*(?:đ(?!ã\b)[^đ]*)*\bđã\s+", re.I)
_HAVING = re.compile(r"\bcó (?:trình độ|bằng cấp|văn bằng|bằng)\b", re.I)
_SUM = re.compile(r"\s*(?:tổng )?(?:số (?:tiền|vốn|tiển)|kinh phí|vốn|trị giá|tổng mức)\b", re.I)
_SHORT = 2
_LONGEST_LIST_PART = 8
_LONGEST_SUBJECT = 14
_WINDOW = 14


@dataclass(frozen=True, slots=True)
class Lead:
    """Where the words begin that lead to a value, and the sign or word that they begin after."""

    start: int
    opener: str = ""


@dataclass(frozen=True, slots=True)
class _Gap:
    """What stands between the value before (or the start) and a value."""

    text: str
    floor: int
    marks: list[Mark]
    quantity: Quantity
    first: bool

    @property
    def end(self) -> int:
        return self.quantity.span.start

    def after(self, mark: Mark) -> str:
        return self.text[mark.span.end : self.end]

    def before_last(self) -> str:
        """Return the words between the last mark but one and the last mark."""
        start = self.marks[-2].span.end if len(self.marks) > 1 else self.floor
        return self.text[start : self.marks[-1].span.start]


def find_lead(text: str, marks: Sequence[Mark], quantities: Sequence[Quantity], at: int) -> Lead:
    """Return where the words begin that lead to a value."""
    end = quantities[at].span.start
    floor = quantities[at - 1].span.end if at else 0
    found = [mark for mark in marks if floor <= mark.span.start and mark.span.end <= end]
    while at and found and are_peers(text, floor, found[0], end):
        floor = found.pop(0).span.end
    gap = _Gap(text, floor, found, quantities[at], not at)
    if at and (joint := _joint(gap)) is not None:
        return joint
    while found:
        passed = _passed(gap)
        if not passed:
            return Lead(found[-1].span.end, found[-1].word(text))
        del found[-passed:]
    return Lead(floor)


def _passed(gap: _Gap) -> int:
    """Return how many of the last marks stand inside the lead, and so do not begin it."""
    mark = gap.marks[-1]
    second = gap.marks[-2].kind if len(gap.marks) > 1 else ""
    alone = gap.first or bool(second)
    if mark.kind == "and":
        return int(alone or not _begins_statement(gap, mark))
    if alone and mark.word(gap.text) in ("gồm", "bao gồm"):
        return 2 if second == "comma" else 1
    if mark.kind == "with":
        return int(_is_of_subject(gap))
    if mark.kind == "colon":
        return int(second == "with")
    return int(mark.kind == "comma" and _goes_on(gap))


def _joint(gap: _Gap) -> Lead | None:
    """Return where the second of two values begins that no sign parts."""
    if any(mark.kind not in ("and", "with") for mark in gap.marks):
        last = gap.marks[-1]
        return Lead(last.span.end, last.word(gap.text)) if last.kind == "with" else None
    found = [
        one for one in _JOINT.finditer(gap.text, gap.floor, gap.end) if not _is_bound(gap, one)
    ]
    if not found:
        return None if gap.marks else Lead(gap.floor)
    first = found[-1]
    for match in reversed(found[:-1]):
        between = gap.text[match.end() : first.start()].split()
        if len(between) > 1 and match.group().lower() != "và":
            break
        first = match
    word = first.group().lower()
    dropped = word in ("và", "với", "cùng với")
    return Lead(first.end() if dropped else first.start(), word)


def _is_bound(gap: _Gap, word: re.Match[str]) -> bool:
    """Say whether a word only bounds the number behind it: `vay trên 5 tỷ đồng`."""
    after = gap.text[word.end() : gap.end]
    return word.group().lower() in ("trên", "từ") and not after.strip()


def _is_of_subject(gap: _Gap) -> bool:
    """Say whether `với` stands between a subject and its value, and opens nothing new."""
    after = gap.after(gap.marks[-1])
    if gap.first:
        counts = not is_measure(gap.quantity.unit) and not after.strip()
        return not counts and not _SUM.match(after)
    measured = _MEASURED.match(gap.before_last().rpartition(" là ")[2])
    return len(gap.marks) > 1 and bool(measured)


def _begins_statement(gap: _Gap, mark: Mark) -> bool:
    """Say whether a new statement begins after `và`, and not the second thing of a list."""
    after = gap.after(mark).strip()
    return not after or opens_statement(after)


def opens_statement(words: str) -> bool:
    """Say whether words open a statement of their own, and do not go on with a list.

    >>> opens_statement("tổng vốn đầu tư"), opens_statement("thủy sản")
    (True, False)
    """
    return bool(_OWN_START.match(words))


def _goes_on(gap: _Gap) -> bool:
    """Say whether the words before a comma are the first things of a list that goes on."""
    parted = [mark for mark in gap.marks[:-1] if mark.kind not in ("and", "with")]
    if not parted and not gap.first:
        return False
    start = parted[-1].span.end if parted else gap.floor
    before = gap.text[start : gap.marks[-1].span.start].strip(" -+*•")
    after = gap.after(gap.marks[-1]).strip()
    if not before or not after:
        return False
    syllables = len(split_syllables(before))
    if _MEASURED.match(before) and syllables <= _LONGEST_SUBJECT:
        return not _PREDICATE.search(before)
    if _VERB_ALONE.fullmatch(after) and parted:
        return syllables <= _LONGEST_LIST_PART and not _PREDICATE.search(before)
    return _is_list_part(before, after)


def _is_list_part(before: str, after: str) -> bool:
    """Say whether `xây dựng` before a comma goes on with `sửa chữa 12 căn nhà`."""
    done = _DONE.sub("", before)
    new = opens_statement(after)
    if done != before and new and opens_statement(done):
        return len(split_syllables(done)) <= _SHORT
    syllables = len(split_syllables(before))
    before = _HAVING.sub("", before)
    if new and not (syllables <= _SHORT and opens_statement(before)):
        return False
    return syllables <= _LONGEST_LIST_PART and not _STATEMENT.search(before)


def are_peers(text: str, start: int, mark: Mark, limit: int) -> bool:
    """Say whether a comma or `và` stands between things that share one number: `38 ấp, khóm`."""
    if mark.kind not in ("comma", "and"):
        return False
    before = text[max(start - _WINDOW, 0) : mark.span.start].split()
    after = text[mark.span.end : limit].lstrip()
    last = (" ".join(before[-count:]) for count in (1, 2, 3))
    return bool(_PEERS.match(after)) and any(map(_PEERS.fullmatch, last))
