"""Numbers that measure nothing: dates, document and list numbers, ordinals, names with numbers."""

from __future__ import annotations

import re

from indexer.facts.not_nouns import listed
from indexer.facts.units import read_noun

_YEAR = r"(?:19|20)\d\d(?!\d|[.,]\d)"
_DASH = r"\s*[-–—]\s*"
_SELF_EVIDENT = re.compile(
    rf"\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{_YEAR}"
    rf"|\d{{1,2}}\s?[/-]\s?{_YEAR}(?!\s*/)"
    rf"|{_YEAR}{_DASH}(?:{_YEAR}|\d\d(?!\d))"
    rf"|\d+[a-zđ]?(?:/{_YEAR})?[-/](?=[A-ZĐ]{{2}})[A-ZĐ][\wĐđ]*(?:[-/&][A-ZĐ]\w*)*"
    rf"|\d{{1,2}}(?:h|g)\d{{0,2}}(?!\w)"
    rf"|24/(?:7|24)(?!\d)|\d{{1,2}} giờ \d{{1,2}}(?: phút)?"
    rf"|0\d{{8,}}|0\d{{2,3}}[. ]\d{{3}}[. ]?\d{{3,4}}"
    rf"|\d\.0(?![\d%]|\s?(?:%|tỷ|tỉ|triệu|ha\b|km))"
)
_BARE_YEAR = re.compile(_YEAR)
_LINE_NUMBER = re.compile(
    r"[ \t]*(?:[-+*•–—][ \t]*)?(?:\(?\d{1,2}(?:\.\d{1,2})*[.)]+(?=\s|[^\W\d_])"
    r"|\d{1,2}(?:\.\d{1,2}){0,3}[ \t]*[-–][ \t]*(?=[^\W\d_])"
    r"|\d{1,2}(?:\.\d{1,2}){1,3}(?=[ \t]+[A-ZĐÀ-ỸÂĂÊÔƠƯ]))"
)
_ENUMERATOR = re.compile(r"\(\d{1,2}\)")
_REMEMBERED = 40
_LONGEST_LINE = 2000
_MEASURED = re.compile(
    r"[ \t]?(?:%|‰|km|m2|m3|m\b|ha\b|tấn|tỷ|tỉ|triệu|nghìn|ngàn|đồng|kg|người|hộ|căn|lao động"
    r"|đồng chí|đ/c|đảng viên|cán bộ|trường hợp|vụ\b)"
)
_PLAIN = re.compile(r"\d{1,4}(?![\d]|[.,]\d|/\d)")

# A bare number behind these words is a name or an ordinal.
_LABELS = listed(
    """quốc lộ|tỉnh lộ|hương lộ|huyện lộ|đường tỉnh|lộ|ql|đt|tl|đh|ấp|khóm|khu phố|phường|quận
    |tiểu khu|điều|khoản|chương|phụ lục|trang|lớp|khối|giai đoạn|mức độ|cấp độ|loại|hạng|quý|khóa
    |khoá|thứ|lần thứ|bậc|trung ương|tw|nghị quyết|chỉ thị|thông tri|thông tư|nghị định|công văn
    |pháp lệnh|công nghệ|số hiệu|điện thoại|fax|ngõ|hẻm|lô|tiểu đoàn|trung đoàn|sư đoàn|đại đội
    |quân khu|phiên bản|nông trường|đối tượng"""
)
# These too, unless a counted noun follows (`kế hoạch 21 cuộc`, `nâng cấp 17 tuyến`).
_WEAK_LABELS = listed(
    """đường|tổ|điểm|mục|phần|biểu|bảng|hình|mức|cấp|kỳ|đợt|vùng|tầng|kênh|cống|trạm|nhóm|thôn|luật
    |chương trình|dự án|kết luận|quyết định|kế hoạch|đề án|quy định|hướng dẫn|báo cáo|thông báo
    |tờ trình|công điện|nhà máy|mẫu|công nghiệp|đại hội|hội nghị|tiêu chí|cụm|đội|km|khu|ban chỉ đạo
    |đại hội đảng|cầu|chợ"""
)
_DATED = frozenset({"ngày", "tháng", "mùng", "mồng"})
_NUMBERED_BY_SO = listed(
    "tổng|trong|chỉ|dân|doanh|quân|hệ|đa|bội|điểm|hiệu|một|tỷ|tỉ|thông|con|nhân"
)
_CLOCK = re.compile(r"(?:lúc|hồi|vào)[ \t]*$", re.IGNORECASE)


def non_value_end(text: str, start: int) -> int | None:
    """Return where the number at `start` ends if it measures nothing, else none.

    >>> text = "Nghị quyết số 31-NQ/TU, ngày 12/8/2017: 45 hộ ở ấp 4"
    >>> [non_value_end(text, text.index(number)) is None for number in ("31", "12", "45", "4")]
    [False, False, True, True]
    """
    for pattern in (_SELF_EVIDENT, _BARE_YEAR):
        if found := pattern.match(text, start):
            return (
                found.end() if pattern is _SELF_EVIDENT or not _year_counts(text, found) else None
            )
    line = line_start(text, start)
    listed = _LINE_NUMBER.match(text, line) if start - line < 12 else None
    if listed and start < listed.end():
        return listed.end()
    if start and (inner := _ENUMERATOR.match(text, start - 1)):
        return inner.end()
    return _labelled_end(text, line, start)


def line_start(text: str, position: int) -> int:
    """Return where the line of `position` begins; endless lines are cut, to stay fast.

    >>> line_start("Mục tiêu\\nĐạt 12 xã", 13)
    9
    """
    nearest = max(0, position - _LONGEST_LINE)
    return max(nearest, text.rfind("\n", nearest, position) + 1)


def _year_counts(text: str, year: re.Match[str]) -> bool:
    """Say whether a number that looks like a year is measured all the same (`2015 ha`)."""
    return bool(_MEASURED.match(text, year.end())) and not _last_words(
        text, 0, year.start()
    ).endswith(("năm", "đến", "từ", "tháng"))


def _labelled_end(text: str, line: int, start: int) -> int | None:
    plain = _PLAIN.match(text, start)
    words = _last_words(text, line, start)
    if plain is None or not words:
        return None
    if _is_name(words, text, plain.end()):
        return plain.end()
    last = words.rpartition(" ")[2]
    if last in _DATED and int(plain.group()) <= 31:
        return plain.end()
    if last == "năm" and len(plain.group()) == 4:
        return plain.end()
    clock = _CLOCK.search(text, max(line, start - 8), start)
    return plain.end() if clock and text.startswith(" giờ", plain.end()) else None


def _is_name(words: str, text: str, end: int) -> bool:
    """Say whether words in front of a number make it a name, with what stands behind it."""
    if _MEASURED.match(text, end):
        return False
    parts = words.split(" ")
    tails = {" ".join(parts[at:]) for at in range(len(parts))}
    if tails & _LABELS:
        return True
    if tails & _WEAK_LABELS:
        return read_noun(text, end + 1) is None
    return parts[-1] == "số" and (len(parts) == 1 or parts[-2] not in _NUMBERED_BY_SO)


def _last_words(text: str, line: int, start: int) -> str:
    """Return up to three words that stand right before `start`, in lower case."""
    words: list[str] = []
    for word in reversed(text[max(line, start - _REMEMBERED) : start].rstrip(": \t").split()[-3:]):
        if not word[-1].isalpha():
            break
        words.insert(0, word.lower().lstrip('(“"['))
    return " ".join(words)
