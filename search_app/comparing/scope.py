"""Of what part a value speaks: the words that its name has beyond those of the indicator.

"kết nạp đảng viên nữ" is counted under the indicator "kết nạp đảng viên", and is not its value.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from indexer.models import Fact
from indexer.text.analysis import forms

# They say when, how exactly or by which rule, never of which part.
_NEUTRAL = frozenset(
    forms(
        "trong năm nhiệm kỳ giai đoạn đầu cuối đến nay tính qua các toàn thị xã huyện tỉnh thành"
        " phố trên địa bàn chung tổng số cả bình quân trung hàng hằng mỗi và với là có đã được"
        " đạt còn ước khoảng tăng giảm lên xuống từ của theo chuẩn đa chiều mới kết quả thực hiện"
        " mức chỉ tiêu tỷ lệ phấn đấu duy trì giữ vững tiếp tục nâng đưa thêm chiếm so tốc độ ở tại"
        " dân cư hộ xảy ra vào khảo sát đều luôn còn"
    )
)


def scope_of(fact: Fact, wordings: Sequence[str]) -> frozenset[str]:
    """Return the words that make a value one of a part; empty when it speaks of the whole.

    `wordings` are the names of the indicator.

    >>> from decimal import Decimal
    >>> from indexer.models import FactKind, Period, Quantity, Span
    >>> at = Span(0, 0)
    >>> fact = Fact("d:p1", Quantity(at, at, Decimal(9)), at, at, "x", "số cầu mới ở nông thôn",
    ...             FactKind.RESULT, Period())
    >>> sorted(scope_of(fact, ("số cầu mới",)))
    ['nông', 'thôn']
    """
    named = _forms_of(tuple(wordings))
    words = {form for form in forms(fact.name) if not form[0].isdigit()}
    if not words & named:
        # "xã" under "tỷ lệ …: phường 97%, xã 80%": all of it says which part.
        return frozenset(words)
    counted = {*forms(fact.quantity.unit), *forms(fact.quantity.per)}
    return frozenset(words - named - counted - _NEUTRAL)


@lru_cache(maxsize=1 << 10)
def _forms_of(wordings: tuple[str, ...]) -> frozenset[str]:
    return frozenset(form for wording in wordings for form in forms(wording))
