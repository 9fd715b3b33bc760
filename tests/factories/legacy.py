"""Text in the old Vietnamese encodings, made from Unicode by the inverse of the tables."""

from __future__ import annotations

from functools import cache

from indexer.text import legacy_tables
from indexer.text.legacy import Encoding

TABLES = {
    Encoding.TCVN3: legacy_tables.tcvn3,
    Encoding.VNI: legacy_tables.vni,
    Encoding.VISCII: legacy_tables.viscii,
    Encoding.VPS: legacy_tables.vps,
    Encoding.VIQR: legacy_tables.viqr,
}
BYTES = tuple(encoding for encoding in Encoding if encoding is not Encoding.VIQR)
REPORT = """Báo cáo tình hình kinh tế - xã hội huyện Gò Me
Năm qua, sản lượng tôm của xã Vàm Say đạt 3.200 tấn, tăng 12,5% so với kế hoạch.
Tuy nhiên, công tác giảm nghèo ở một số ấp còn chậm; người dân thiếu nước sạch.
Đề nghị Ủy ban nhân dân huyện bổ sung kinh phí sửa chữa đường giao thông nông thôn.
"""


@cache
def inverse(encoding: Encoding) -> dict[str, str]:
    """Return for each letter its shortest signs, as the Latin-1 characters of their bytes."""
    signs: dict[str, str] = {}
    for coded, letter in sorted(TABLES[encoding]().items(), key=lambda pair: len(pair[0])):
        same_case = coded in (coded.lower(), coded.upper())
        if max(map(ord, coded)) < 256 and (same_case or len(coded) == 1):
            signs.setdefault(letter, coded)
    return signs


def encode(text: str, encoding: Encoding) -> str:
    """Return the text as it stands in a file; capitals that an encoding lacks get small."""
    signs = inverse(encoding)
    return "".join(signs.get(letter) or signs.get(letter.lower(), letter) for letter in text)
