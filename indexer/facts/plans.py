"""Whether a section speaks of what is planned or of what was done."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.models import Section

_RESULTS = (
    r"kết quả|thành tựu|thành tích|đánh giá|hạn chế|yếu kém|tồn tại|khuyết điểm|nguyên nhân|"
    r"bài học|kinh nghiệm|tình hình|thuận lợi|khó khăn|dự báo|bối cảnh|đặc điểm|ưu điểm|thực trạng|"
    r"việc thực hiện|công tác lãnh đạo"
)
_PLANS = (
    r"phương hướng|mục tiêu|chỉ tiêu|nhiệm vụ|giải pháp|khâu đột phá|đột phá|tổ chức thực hiện|"
    r"định hướng|kế hoạch|quan điểm|dự kiến|phấn đấu"
)
_OPENING = r"\W*(?:(?:các|những|một số|về|hệ thống|một vài|nhóm)\s+)*"
_STARTS = re.compile(rf"{_OPENING}(?:(?P<done>{_RESULTS})|(?P<plan>{_PLANS}))\b", re.I)
_HOLDS = re.compile(rf"(?P<done>{_RESULTS})|(?P<plan>{_PLANS})", re.I)
_PLANNING = re.compile(r"\W*(?:dự thảo\s+)?(?:kế hoạch|chương trình hành động|đề án)\b", re.I)


def is_planned(path: Sequence[Section], title: str = "") -> bool:
    """Say whether a section is about what is to come.

    The innermost heading that says so decides: a heading in capitals by the first such word in
    it, any other by its opening. Without one, the title of the document does.

    >>> from indexer.models import Span
    >>> part = Section("a:1", "II", "PHƯƠNG HƯỚNG, NHIỆM VỤ", 1, Span(0, 9), Span(0, 99))
    >>> item = Section("a:2", "1.", "Phát triển kinh tế", 2, Span(9, 19), Span(9, 99), "a:1")
    >>> is_planned([part, item])
    True
    """
    for section in reversed(path):
        found = _HOLDS if section.title.isupper() else _STARTS
        match = (
            found.search(section.title) if section.title.isupper() else found.match(section.title)
        )
        if match:
            return match["plan"] is not None
    return bool(_PLANNING.match(title))
