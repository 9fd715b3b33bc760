"""Words of questions that are not content, and what they tell about the passage wanted.

Gathered from how Vietnamese asks and connects (interrogatives, particles, prepositions,
auxiliaries); no place, person, subject or report stands here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.text.analysis import forms
from indexer.traits import Trait

# Expressions that ask. Longest first, so that "là bao nhiêu" is taken whole.
_ASKING = """
bao nhiêu phần trăm | mấy phần trăm | bao nhiêu % | là bao nhiêu | bao nhiêu | được mấy | có mấy
như thế nào | thế nào | ra sao | làm sao | là gì | những gì | cái gì | làm gì | gì
vì sao | tại sao | do đâu | vì đâu | nhờ đâu | lý do gì | nguyên nhân nào
khi nào | bao giờ | lúc nào | ngày nào | năm nào | tháng nào | từ bao giờ | ngày tháng năm nào
ở đâu | nơi nào | chỗ nào | đâu | là ai | của ai | ai
số mấy | số bao nhiêu | nào | mấy | hay không | có không | có phải | phải không | không
so sánh | đối chiếu | so với | khác nhau | hơn hay kém | hay là | hay
cho biết | hãy cho biết | xin hỏi | cho hỏi | tìm | tra cứu | liệt kê | kể tên
"""

# Words that connect; each is searched, but counts little and need not be there.
_CONNECTING = """
của ở được và là có các những trong với cho để mà thì đã đang sẽ về trên tại từ theo vào lên xuống
ra tới đến bằng cùng cả này đó kia ấy nọ rằng nhằm do bởi vì nên bị phải cần chưa cũng còn vẫn lại
rất hơn nhất nhiều ít mỗi mọi từng một số tất toàn bộ tổng cộng khoảng chừng gần hiện nay qua rồi
sau trước khi như thế vậy nhưng hoặc nếu tuy dù giữa ngoài dưới gồm đối nhau tính làm ra việc thuộc
đâu nằm thể hằng hàng tương ứng lần nữa thêm luôn đều
"""

_CUES = (
    (
        Trait.SHORTCOMING,
        r"hạn chế|yếu kém|tồn tại|khuyết điểm|bất cập|vướng|trở ngại|khó khăn|yếu (?:ở|chỗ)|"
        r"chưa (?:làm|đạt|tốt|hoàn thành)",
    ),
    (Trait.CAUSE, r"vì sao|tại sao|do đâu|vì đâu|nguyên nhân|lý do"),
    (
        Trait.TASK,
        r"giải pháp|biện pháp|nhiệm vụ|phương hướng|cách (?:làm )?nào|làm gì|làm thế nào|ra sao để",
    ),
    (
        Trait.TARGET,
        r"chỉ tiêu|mục tiêu|phấn đấu|đề ra|đặt ra|nhiệm kỳ (?:tới|mới|sau)|(?:đến|tới)(?: cuối)?"
        r"(?: năm)? 20[2-9]\d",
    ),
    (Trait.LESSON, r"bài học|kinh nghiệm"),
    (Trait.OUTLOOK, r"dự báo|sắp tới|thời gian tới|thuận lợi|thách thức|thời cơ"),
    (Trait.RESULT, r"kết quả|đạt được|thực hiện được|thành tựu|nhiệm kỳ (?:qua|vừa qua)"),
)
_FIGURE = re.compile(r"bao nhiêu|\bmấy\b|phần trăm|%|số lượng|tỷ lệ|tỉ lệ|chiếm", re.I)
_CUE_PATTERNS = tuple((trait, re.compile(pattern, re.I)) for trait, pattern in _CUES)


def _runs(expressions: Iterable[str]) -> tuple[tuple[str, ...], ...]:
    runs = {forms(expression) for expression in expressions}
    return tuple(sorted((run for run in runs if run), key=lambda run: (-len(run), run)))


ASKING = _runs(part for line in _ASKING.strip().split("\n") for part in line.split("|"))
CONNECTING = frozenset(forms(_CONNECTING))


def wanted_traits(text: str) -> tuple[Trait, ...]:
    """Return the kinds of statement that a question asks for.

    >>> [trait.value for trait in wanted_traits("Vì sao tỷ lệ hộ nghèo còn cao?")]
    ['cause', 'figure']
    """
    found = [trait for trait, pattern in _CUE_PATTERNS if pattern.search(text)]
    if _FIGURE.search(text):
        found.append(Trait.FIGURE)
    return tuple(found)
