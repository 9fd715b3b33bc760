"""Kinds of documents, their codes, and who issues them: the names that citations are made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from types import MappingProxyType

from indexer.text.normalise import match_form, strip_accents

# The tone mark of these syllables stands at either place.
UY = "(?:ủy|uỷ)"
KHOA = "kh(?:óa|oá)"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its name, its part of a key, and the codes that its numbers bear."""

    name: str
    key: str
    codes: tuple[str, ...]


KINDS = (
    Kind("Nghị quyết liên tịch", "nqlt", ("NQLT",)),
    Kind("Nghị quyết", "nq", ("NQ",)),
    Kind("Chỉ thị", "ct", ("CT",)),
    Kind("Quyết định", "qd", ("QĐ", "QĐNS")),
    Kind("Quy định", "qdi", ("QĐi", "QyĐ", "QĐ")),
    Kind("Kết luận", "kl", ("KL",)),
    Kind("Kế hoạch", "kh", ("KH",)),
    Kind("Chương trình hành động", "ctr", ("CTr", "CTHĐ", "CTrHĐ")),
    Kind("Chương trình phối hợp", "ctph", ("CTrPH", "CTPH")),
    Kind("Chương trình", "ctr", ("CTr",)),
    Kind("Hướng dẫn", "hd", ("HD",)),
    Kind("Thông báo", "tb", ("TB",)),
    Kind("Thông tri", "ttri", ("TT",)),
    Kind("Thông tư liên tịch", "ttlt", ("TTLT",)),
    Kind("Thông tư", "tt", ("TT",)),
    Kind("Công văn", "cv", ("CV",)),
    Kind("Công điện", "cd", ("CĐ",)),
    Kind("Đề án", "da", ("ĐA",)),
    Kind("Quy chế", "qc", ("QC",)),
    Kind("Nghị định", "nd", ("NĐ",)),
    Kind("Pháp lệnh", "pl", ("PL",)),
    Kind("Sắc lệnh", "sl", ("SL",)),
    Kind("Tờ trình", "ttr", ("TTr",)),
    Kind("Báo cáo", "bc", ("BC",)),
    Kind("Bộ luật", "luat", ()),
    Kind("Luật", "luat", ()),
    Kind("Hiến pháp", "hp", ()),
    Kind("Văn kiện", "vk", ()),
)
_BY_NAME = MappingProxyType({kind.name.casefold(): kind for kind in KINDS})
# A code that two kinds share stands for the first: `QĐ` alone is a decision.
_BY_CODE = MappingProxyType(
    {code.casefold(): kind for kind in reversed(KINDS) for code in kind.codes}
)
_CODE_SPELLING = MappingProxyType(
    {code.casefold(): code for kind in KINDS for code in kind.codes}
    | {"qđi": "QĐ", "qyđ": "QĐ", "cthđ": "CTr", "ctrhđ": "CTr"}
)
CODES = tuple(sorted({code for kind in KINDS for code in kind.codes}, key=len, reverse=True))

_SUFFIX_SPELLING = MappingProxyType(
    {
        name.casefold(): name
        for name in ("TW", "TU", "TXU", "ThU", "HU", "QU", "ĐU", "CP", "TTg", "HĐND", "UBND")
    }
)
_STATE_SUFFIX = re.compile(r"(?:CP|TTg|QH|UBTVQH|HĐBT|HĐND|UBND|NHNN|B[A-ZĐ]|TANDTC|VKSNDTC|CTN)")
# Party offices whose abbreviations begin like those of a ministry.
_PARTY_OFFICE = re.compile(r"B(?:TC|TG|DV|NC|KT|CĐ|CS|TV|CH|CT|BT)\w*(?:TW|U)$|BCT$|BBT$|BCSĐ")

_MINISTRIES = MappingProxyType(
    {
        "BTC": "Bộ Tài chính",
        "BYT": "Bộ Y tế",
        "BNV": "Bộ Nội vụ",
        "BGDĐT": "Bộ Giáo dục và Đào tạo",
        "BLĐTBXH": "Bộ Lao động - Thương binh và Xã hội",
        "BNNPTNT": "Bộ Nông nghiệp và Phát triển nông thôn",
        "BTNMT": "Bộ Tài nguyên và Môi trường",
        "BXD": "Bộ Xây dựng",
        "BCA": "Bộ Công an",
        "BQP": "Bộ Quốc phòng",
        "BTP": "Bộ Tư pháp",
        "BGTVT": "Bộ Giao thông vận tải",
        "BKHĐT": "Bộ Kế hoạch và Đầu tư",
        "BVHTTDL": "Bộ Văn hóa, Thể thao và Du lịch",
    }
)
_CERTAIN_ISSUERS = MappingProxyType(
    {
        "CP": "Chính phủ",
        "TTg": "Thủ tướng Chính phủ",
        "TXU": "Thị ủy",
        "HU": "Huyện ủy",
        "QU": "Quận ủy",
        "HĐND": "Hội đồng nhân dân",
        "UBND": "Ủy ban nhân dân",
        "QH": "Quốc hội",
        "UBTVQH": "Ủy ban Thường vụ Quốc hội",
    }
    | _MINISTRIES
)


def kind_named(words: str) -> Kind | None:
    """Return the kind of this name or abbreviation, in any case and spacing.

    >>> kind_named("chỉ  thị").key, kind_named("NQ").name
    ('ct', 'Nghị quyết')
    """
    name = " ".join(words.split()).casefold()
    return _BY_NAME.get(name) or _BY_CODE.get(name)


def code_spelling(code: str) -> str:
    """Return a code in its usual spelling.

    >>> code_spelling("nq"), code_spelling("QĐi"), code_spelling("CTR")
    ('NQ', 'QĐ', 'CTr')
    """
    return _CODE_SPELLING.get(code.casefold(), code.upper())


def suffix_spelling(suffix: str) -> str:
    """Return the issuer's part of a number in its usual spelling.

    >>> suffix_spelling("ttg"), suffix_spelling("txu"), suffix_spelling("btc")
    ('TTg', 'TXU', 'BTC')
    """
    return _SUFFIX_SPELLING.get(suffix.casefold(), suffix.upper())


def is_state(suffix: str) -> bool:
    """Say whether a number with this suffix is written as the state does: `61/2018/NĐ-CP`."""
    return bool(_STATE_SUFFIX.match(suffix)) and not _PARTY_OFFICE.match(suffix)


def issuer_of(suffix: str) -> str:
    """Return who issues under a suffix where that is certain, else an empty text.

    >>> issuer_of("TTg"), issuer_of("QH13"), issuer_of("TW")
    ('Thủ tướng Chính phủ', 'Quốc hội', '')
    """
    return _CERTAIN_ISSUERS.get(suffix.rstrip("0123456789").partition("-")[0], "")


_LEVELS = (
    (r"TW|HNTW|BCT|BBT", "tw"),
    (r"TU", "tu"),
    (r"TXU|ThU|THU|HU|QU|TPU", "cu"),
    (r"ĐU\w*", "du"),
    (r"CP", "cp"),
    (r"TTg", "ttg"),
    (r"QH\d*", "qh"),
    (r"UBTVQH\d*", "ubtvqh"),
    (r"HĐND\d*", "hdnd"),
    (r"UBND\b.*", "ubnd"),
)
_LEVEL_OF_SUFFIX = tuple((re.compile(pattern), level) for pattern, level in _LEVELS)
_LEVEL_OF_ISSUER = (
    (
        "Ban Chấp hành Trung ương",
        "tw",
    ),
    ("Bộ Chính trị", "tw"),
    ("Ban Bí thư", "tw"),
    ("Trung ương", "tw"),
    ("Tỉnh ủy", "tu"),
    ("Đảng bộ tỉnh", "tu"),
    ("Thị ủy", "cu"),
    ("Huyện ủy", "cu"),
    ("Quận ủy", "cu"),
    ("Đảng bộ", "cu"),
    ("Đảng ủy", "du"),
    ("Thủ tướng", "ttg"),
    ("Ủy ban Thường vụ Quốc hội", "ubtvqh"),
    ("Chính phủ", "cp"),
    ("Quốc hội", "qh"),
    ("Hội đồng nhân dân", "hdnd"),
    ("Ủy ban nhân dân", "ubnd"),
)
_LOCAL = frozenset({"tu", "cu", "du", "hdnd", "ubnd"})


def level_of(suffix: str, issuer: str) -> str:
    """Return whose series a number belongs to: `tw`, `tu`, `cp` …; empty when not known.

    `TU` is also written for other committees; the issuer decides.

    >>> level_of("TU", "Ban Thường vụ Tỉnh ủy"), level_of("", "Bộ Chính trị"), level_of("", "")
    ('tu', 'tw', '')
    """
    by_issuer = next((level for name, level in _LEVEL_OF_ISSUER if _names(issuer, name)), "")
    if not suffix or (suffix == "TU" and by_issuer):
        return by_issuer
    for pattern, level in _LEVEL_OF_SUFFIX:
        if pattern.fullmatch(suffix):
            return level
    return slug(suffix)


def _names(issuer: str, name: str) -> bool:
    # "Ban Tổ chức Trung ương" has numbers of its own.
    return name in issuer and not (name == "Trung ương" and issuer.startswith("Ban T"))


def is_local(level: str, suffix: str) -> bool:
    """Say whether another place has numbers of this series, too."""
    if level in _LOCAL:
        return True
    return level == slug(suffix) != "" and not (is_state(suffix) or suffix.endswith("TW"))


def slug(text: str) -> str:
    """Return a text as a part of a key.

    >>> slug("Thị xã Vàm Sậy"), slug("Ủy ban")
    ('thi-xa-vam-say', 'uy-ban')
    """
    return "-".join(re.findall(r"[a-z0-9]+", strip_accents(match_form(text)).lower()))
