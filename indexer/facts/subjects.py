"""What each value of a sentence is about, also where the clause itself leaves it out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.facts.clauses import Clause
from indexer.facts.enumerations import Enumerations, Name, Statement
from indexer.facts.kinds import Verdict
from indexer.facts.measures import is_measure
from indexer.facts.naming import is_share_of_base, lowered, own_name, printed_unit, subject
from indexer.facts.shares import describes
from indexer.facts.word_lists import any_of
from indexer.models import FactKind, Span

# Words that say which part of the thing named before: "ở đô thị đạt 99%, nông thôn 93%".
_PART_OF = re.compile(
    r"(?:khu vực )?(?:đô thị|thành thị|nông thôn|nội ô|nội thị|ngoại thị|phường|xã|ngõ hẻm|hẻm|"
    r"nam|nữ|miền núi|vùng \w+|các xã|các phường|dân tộc|dân tộc thiểu số|trung ương|tỉnh|"
    r"thị xã|huyện)",
    re.I,
)
_HEAD = re.compile(
    r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|giá trị sản xuất|sản lượng|diện tích|số lượng|tổng đàn|"
    r"cơ cấu)\b",
    re.I,
)
_JOINED = frozenset(
    {"cho", "của", "với", "cùng với", "tại", "sang", "ở", "thuộc", "có", "do", "để"}
)
# What is said of a thing named earlier in the sentence.
_ATTRIBUTE = re.compile(
    r"(?:với )?(?:tổng )?(?:số )?(?:công suất|vốn|mức đầu tư|kinh phí|chiều dài|diện tích|tiền|"
    r"trị giá|doanh thu|lợi nhuận|năng suất|quy mô|qui mô|trọng tải|tải trọng|chiều rộng|dài|rộng|"
    r"cao|lãi|kim ngạch|sản lượng|hỗ trợ|thiệt hại|giá trị|dung tích|thành viên|nhu cầu vốn|"
    r"sử dụng lao động)(?: đạt| bình quân| được| ước| đầu tư| đăng ký| xây dựng| thực hiện)*",
    re.I,
)
_PREDICATE_WORDS = (
    "hàng năm|hằng năm|đều|ngày càng|từng bước|luôn|không ngừng|được|đã|đang|sẽ|vận hành"
    "|khai trương|có|hoạt động|tiếp tục|khởi công|hoàn thành|thông xe|đạt|phát triển|đi vào|là|với"
    "|chuyển dịch|tăng|theo hướng|theo"
)
_PREDICATE = re.compile(rf"\s(?:{any_of(_PREDICATE_WORDS)}|giảm(?! nghèo))\b", re.I)
_MEASURED = re.compile(r"(?:tỷ lệ|tỉ lệ|tỷ trọng|tỉ trọng|tổng|số|cơ cấu|giá trị)\b", re.I)
_RATE = re.compile(r"^(?:tỷ lệ|tỉ lệ)\s+", re.I)
_ENCLOSED = re.compile(r"\([^()\d][^()]*\)")
_ITEM = re.compile(r"\(\d{1,2}\)")
_LONGEST_PARENT = 12
_LONGEST_NEAR = 18
_LONGEST_TOPIC = 3


class Subjects:
    """The names of one sentence, asked for clause by clause.

    `words` is the sentence with blanks for times; `before` the value stated before it, `topic`
    the subject of the sentence that calls this note.
    """

    def __init__(self, words: str, before: Statement | None, topic: str) -> None:
        self.words = words
        self.topic = topic
        self.before = before
        self.enumerations = Enumerations(words, before)
        self.used: set[Span] = set()

    def name(self, clause: Clause, verdict: Verdict, done: Sequence[Statement]) -> Name:
        """Return the name of a clause's value; its words are empty when it has none."""
        against_plan = verdict.kind is FactKind.SHARE_OF_TARGET or verdict.sure
        own = "" if against_plan and done else own_name(self.words, clause)
        header = self._header(clause)
        if self._is_bare(own, clause, verdict, done):
            return self._borrowed(own, clause, verdict, done)
        counted = printed_unit(self.words, clause).lower()
        if header and clause.opener == ":" and own.lower() == counted:
            self.used.update(clause.headers)
            return Name(header)
        host = self.enumerations.host
        if host is not None:
            whole = self._same_verb(clause, done) or host.name
            return Name(own, whole, whole)
        return self._stated(own, clause, done)

    def _stated(self, own: str, clause: Clause, done: Sequence[Statement]) -> Name:
        """Return the name that a clause has itself, with what the sentence says it belongs to."""
        header = self._header(clause)
        is_topic = bool(header) and self._is_topic(clause, header)
        if is_topic and (not self._opens_line(clause) or _MEASURED.match(header)):
            return Name(own, header, header)
        if describes(own, clause, done):
            told = done[-1].name
            return Name(f"{told} có {own}", told, told, described=True)
        whole = self._left_out(own, clause, done)
        parent = whole or self._mentioned(own, clause, done)
        if clause.opener in ("và", ","):
            whole = parent
        if not parent and is_topic:
            parent = header
        if not parent and not done and not clause.lead.of(self.words).strip(" ()-"):
            parent = self._called_by(clause)
        return Name(own, parent, whole)

    def _borrowed(
        self, own: str, clause: Clause, verdict: Verdict, done: Sequence[Statement]
    ) -> Name:
        """Return the name of a clause that says nothing of its own: from the words around it."""
        near, start = self._near_at(clause, done)
        if near and not verdict.sure:
            return Name(near, start=start)
        earlier = self._earlier(clause, verdict, done)
        if earlier is None:
            header = self._header(clause)
            return Name(header) if header else self._from_outside(own)
        words = earlier.name
        if clause.quantity.unit and not is_measure(clause.quantity.unit):
            words = _RATE.sub("", words)
        return Name(words, earlier.parent, earlier.whole, elliptic=True)

    def _header(self, clause: Clause) -> str:
        """Return the words before the colon that a clause stands under."""
        for span in clause.headers:
            words = _PREDICATE.split(subject(span.of(self.words)), maxsplit=1)[0].strip(" ,")
            if words and span not in self.used:
                return words
        return ""

    def _from_outside(self, own: str) -> Name:
        """Return the name from the sentence that calls this note."""
        if self.before is not None:
            return Name(own or self.before.name, self.before.name if own else "", elliptic=not own)
        return Name(own or self.topic, self.topic if own else "")

    def _called_by(self, clause: Clause) -> str:
        """Return what the sentence that calls this note is about, for a value without subject."""
        if not is_measure(clause.quantity.unit):
            return ""
        return self.before.name if self.before is not None else self.topic

    def _is_bare(
        self, own: str, clause: Clause, verdict: Verdict, done: Sequence[Statement]
    ) -> bool:
        """Say whether a clause says nothing of its own that could be the name."""
        if not own or (done and is_share_of_base(self.words, clause)):
            return True
        counts = not is_measure(clause.quantity.unit)
        bare = own.lower() == printed_unit(self.words, clause).lower()
        if verdict.kind is FactKind.CHANGE and counts and bare:
            same_unit = any(one.quantity.unit == clause.quantity.unit for one in done)
            return same_unit or (clause.depth > 0 and bool(self._near(clause, done)))
        if not done or own.lower() != clause.quantity.unit.lower():
            return False
        repeated = clause.opener == ";" and done[-1].quantity.unit == clause.quantity.unit
        return verdict.twin or repeated

    def _earlier(
        self, clause: Clause, verdict: Verdict, done: Sequence[Statement]
    ) -> Statement | None:
        """Return the value before whose subject a clause without one goes on with."""
        if not done:
            return None
        if verdict.sure:
            levels = [
                one
                for one in done
                if one.quantity.unit == clause.quantity.unit
                and one.kind in (FactKind.RESULT, FactKind.CHANGE)
            ]
            return levels[-1] if levels else done[-1]
        alike = [one for one in done if one.quantity.unit == clause.quantity.unit]
        # After a twin in another unit, a value goes on with the one in its own.
        counts = verdict.kind is FactKind.CHANGE and not is_measure(clause.quantity.unit)
        return alike[-1] if alike and (counts or done[-1].elliptic) else done[-1]

    def _near(self, clause: Clause, done: Sequence[Statement]) -> str:
        return self._near_at(clause, done)[0]

    def _near_at(self, clause: Clause, done: Sequence[Statement]) -> tuple[str, int | None]:
        """Return the subject of the words without a value before a clause, after the last value.

        `Số hộ nghèo đều giảm, bình quân 3%`: what falls is the number of poor households. With it
        comes where the item of a numbered list begins that it is.
        """
        floor = done[-1].quantity.span.end if done else 0
        start = max(floor, self.enumerations.group_start(clause))
        words = self.words[start : clause.span.start]
        words = _ENCLOSED.sub(lambda aside: " " * len(aside.group()), words)
        item = list(_ITEM.finditer(words))
        pieces = [words[item[-1].end() :]] if item else re.split(r"[,:(]", words)
        goes_on = start == floor and bool(done) and not item
        if goes_on:
            pieces = pieces[1:]
        told = [piece for piece in pieces if len(piece.split()) > 1]
        if not told or (goes_on and not _PREDICATE.search(told[-1])):
            return "", None
        if item:
            begin = start + item[-1].end()
            begin += len(pieces[0]) - len(pieces[0].lstrip(" -–."))
            return lowered(" ".join(told[-1].split()).strip(" ,.;:-–(")), begin
        thing = subject(_PREDICATE.split(told[-1], maxsplit=1)[0])
        return (thing if 1 < len(thing.split()) <= _LONGEST_NEAR else ""), None

    def _left_out(self, own: str, clause: Clause, done: Sequence[Statement]) -> str:
        """Return the words of the value before that this clause leaves out."""
        if not done:
            return ""
        before = done[-1]
        is_share = clause.quantity.unit == "%" and not clause.lead.of(self.words).strip()
        if is_share and re.match(r"\s*là\b", clause.tail.of(self.words)):
            return before.name
        if before.quantity.unit != clause.quantity.unit or _HEAD.match(own):
            return ""
        if _PART_OF.fullmatch(own):
            return before.whole if _PART_OF.fullmatch(before.name) else before.name
        head = _HEAD.match(before.name) or _HEAD.match(before.whole)
        return head.group() if head and is_measure(clause.quantity.unit) else ""

    def _mentioned(self, own: str, clause: Clause, done: Sequence[Statement]) -> str:
        """Return the thing that a cost or a size belongs to, or that a count is joined to."""
        if done and clause.opener in _JOINED:
            return done[-1].name
        if verb := self._same_verb(clause, done):
            return verb
        if not _ATTRIBUTE.fullmatch(own):
            return ""
        start = self.enumerations.group_start(clause)
        here = [one for one in done if one.clause.start >= start]
        if here:
            return here[0].name if here[0].name != own else ""
        words = self.words[start : clause.span.start].partition(",")[0]
        thing = subject(_PREDICATE.split(f" {words}", maxsplit=1)[0])
        return thing if len(thing.split()) <= _LONGEST_PARENT else ""

    def _same_verb(self, clause: Clause, done: Sequence[Statement]) -> str:
        """Return what was done with the things counted before: `kiểm tra` of `kiểm tra 5 hộ`."""
        if not done or clause.opener not in ("và", ",") or clause.lead.of(self.words).strip():
            return ""
        words, unit, _ = done[-1].name.partition(f" {done[-1].quantity.unit}")
        return words if unit else ""

    def _opens_line(self, clause: Clause) -> bool:
        return (
            not self.words[: clause.headers[-1].start].strip() and self.words.lstrip()[:1] in "-+*"
        )

    def _is_topic(self, clause: Clause, header: str) -> bool:
        """Say whether a header names what its items are about, and not only a field of work."""
        if _MEASURED.match(header):
            return True
        if re.match(r"(?:bên cạnh|như|tuy nhiên|một số)\b", header, re.I):
            return False
        longest = _LONGEST_TOPIC if self._opens_line(clause) else _LONGEST_PARENT
        return len(header.split()) <= longest
