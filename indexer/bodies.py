"""The bodies that issue documents, as letterheads, titles and signatures name them.

Bodies and their levels follow Decree 30/2020/NĐ-CP, annex I, and Guideline 36-HD/VPTW 2018: a
central body speaks for no place; a committee or council for the place behind its name; an office
(sở, phòng, …) for the place of the body above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from indexer.text.segment import lexicon

UPPER = "A-ZĐÁÀẢÃẠĂẮẰẲẴẶÂẤẦẨẪẬÉÈẺẼẸÊẾỀỂỄỆÍÌỈĨỊÓÒỎÕỌÔỐỒỔỖỘƠỚỜỞỠỢÚÙỦŨỤƯỨỪỬỮỰÝỲỶỸỴ"
_LEVEL = r"(?P<level>(?i:thị xã|thành phố|tỉnh|huyện|quận|thị trấn|phường|xã(?!\s+hội(?!\w))))"
# Words that follow a name in a letterhead or a title and are no part of it.
_STOP = (
    r"(?!(?i:số|lần|năm|nhiệm kỳ|khóa|khoá|về|trình|giai đoạn|đến|ngày|tháng \d|quý [\dIVX]|kỳ họp"
    r"|của|cộng (?:hòa|hoà)|ban (?:chấp|thường|quản|tổ|chỉ|tuyên|dân)|hội đồng|văn phòng|sở|đảng"
    r"|ủy|uỷ|ubnd|hđnd|chủ tịch|kt|tại|phó|công an|trung ương|trực thuộc|huyện|tỉnh|thị xã|nhà nước"
    r"|quy định|ban hành|sửa đổi|nghị quyết|quyết định)(?!\w))"
)
_WORD = rf"{_STOP}[{UPPER}][^\W\d_]*(?:’[^\W\d_]+)?"
_NAME = rf"(?P<name>{_WORD}(?:(?:\s+|\s*[-–]\s*){_WORD}){{0,3}}|\d{{1,2}}(?![\d.,/%]))"
_PLACE = re.compile(rf"(?<!\w){_LEVEL}\s+{_NAME}")
_UY = "(?:ủy|uỷ)"
_COUNCIL = rf"{_UY} ban nhân dân|ubnd|hội đồng nhân dân|hđnd"
_PARTY = (
    rf"ban (?:chấp hành|thường vụ) đảng (?:bộ|ủy|uỷ)|(?:ban thường vụ )?(?:tỉnh|huyện|thị|thành"
    rf"|quận|đảng) {_UY}|đảng bộ"
)
_CENTRAL = (
    rf"thủ tướng chính phủ|văn phòng chính phủ|thanh tra chính phủ|chính phủ|{_UY} ban thường vụ "
    r"quốc hội|quốc hội|chủ tịch nước|bộ chính trị|ban bí thư|ban chấp hành trung ương|ngân hàng "
    r"nhà nước|kiểm toán nhà nước|tổng cục|bộ(?= (?!chỉ huy|tư lệnh|đội|luật|phận|mặt|trưởng)\w)"
)
_OFFICE = (
    rf"(?<!cơ )sở|(?<!văn )(?<!quốc )phòng|(?<!{_UY} )ban (?:quản lý|tổ chức|tuyên|dân vận|nội "
    r"chính|chỉ đạo|dân tộc)|bql|chi cục|cục|văn phòng|công an|bộ chỉ huy|trường|trung tâm|hội"
)
_KINDS = re.compile(
    rf"(?<!\w)(?:(?P<council>{_COUNCIL})|(?P<party>{_PARTY})|(?P<central>{_CENTRAL})"
    rf"|(?P<office>{_OFFICE}))(?!\w)",
    re.I,
)
_ENDS = re.compile(
    r"(?i:\s+(?:số|ngày|về|trình|khóa|khoá|lần thứ|quy định|sửa đổi|ban hành|v/v|nhiệm kỳ)(?!\w).*"
    r"|\s*[,;:(\d].*)",
    re.S,
)
_PARTY_LEVELS = {"tỉnh": "tỉnh", "huyện": "huyện", "thị": "thị xã", "thành": "thành phố"}
_PARTY_LEVELS |= {"quận": "quận"}
_MOST_WORDS = 14


@dataclass(frozen=True, slots=True)
class Body:
    """A body: its name as a citation writes it, its place, and whether it speaks for the country.

    `level` is known where the name of the place is not (`Ủy ban nhân dân tỉnh`).
    """

    name: str
    place: str = ""
    level: str = ""
    central: bool = False
    office: bool = False


def read_body(text: str) -> Body | None:
    """Return the body that a text begins with, None when it begins with none.

    >>> read_body("HUYỆN ỦY CỒN MÂY Số 12-BC/HU").name, read_body("UBND XÃ BÃI SẬY").place
    ('Huyện ủy Cồn Mây', 'xã Bãi Sậy')
    >>> read_body("BỘ TÀI CHÍNH").name, read_body("Cán bộ, công chức")
    ('Bộ Tài chính', None)
    """
    text = " ".join(text.split())
    match = _KINDS.match(text)
    if match is None:
        return None
    if match["council"] or match["party"]:
        return _of_a_place(match.group(), text[match.end() :].lstrip())
    named_further = match["office"] or match.group().lower() in ("bộ", "tổng cục")
    name = _ENDS.sub("", text) if named_further else match.group()
    if len(name.split()) > _MOST_WORDS:
        return None
    place = find_places(name)
    shown = _sentence(name, place[0] if place else "")
    return Body(
        shown,
        place[0] if place else "",
        central=bool(match["central"]),
        office=not match["central"],
    )


def bodies_in(pieces: Iterable[str]) -> tuple[Body, ...]:
    """Return the bodies of a letterhead, the highest first; a name may stand on further lines.

    >>> [body.name for body in bodies_in(["TỈNH ỦY SÔNG TRÀM HUYỆN ỦY CỒN MÂY"])]
    ['Tỉnh ủy Sông Tràm', 'Huyện ủy Cồn Mây']
    >>> [body.place for body in bodies_in(["ỦY BAN NHÂN DÂN", "HUYỆN CỒN MÂY"])]
    ['huyện Cồn Mây']
    """
    rows: list[str] = []
    for piece in pieces:
        parts = _split(piece)
        if rows and not _KINDS.match(parts[0]):
            rows[-1:] = _going_on(rows[-1], parts[0])
            parts = parts[1:]
        rows += parts
    found = [body for body in map(read_body, rows) if body is not None]
    return tuple(_with_places(found))


def find_places(text: str) -> list[str]:
    """Return the places that a text names with their levels, in order.

    A name in capitals counts only when no two words of it make a word of the dictionary.

    >>> find_places("KẾ HOẠCH CỦA HUYỆN CỒN MÂY NĂM 2024"), find_places("SỐ XÃ NÔNG THÔN MỚI")
    (['huyện Cồn Mây'], [])
    """
    return [
        f"{match['level'].lower()} {as_name(match['name'])}"
        for match in _PLACE.finditer(text)
        if _is_name(match["level"], match["name"])
    ]


def as_name(name: str) -> str:
    """Return the name of a place with its words capitalised.

    >>> as_name("BẾN TRE – RẠCH CÁT")
    'Bến Tre – Rạch Cát'
    """
    name = " ".join(name.split())
    if not name.isupper():
        return name
    return re.sub(r"[^\W\d_]+", lambda word: word.group().capitalize(), name)


def _is_name(level: str, name: str) -> bool:
    if name.isdigit():
        return level.lower() in ("phường", "quận")
    if not name.isupper():
        return True
    if not level.isupper():
        return False  # what follows in capitals is another line
    pairs = pairwise(name.lower().split())
    return not any(" ".join(pair) in _common() for pair in pairs)


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(word for word in lexicon() if word == word.lower())


def _of_a_place(kind: str, rest: str) -> Body:
    """Return a council or a party body with the place behind it."""
    own = _PARTY_LEVELS.get(kind.lower().removeprefix("ban thường vụ ").split()[0], "")
    level = own if kind.lower().endswith(("ủy", "uỷ")) else ""
    match = re.match(_NAME if level else rf"{_LEVEL}(?:\s+{_NAME})?", rest)
    name = match["name"] if match and match["name"] else ""
    if not level and match is not None:
        level = match["level"].lower()
    place = f"{level} {as_name(name)}" if name and level else ""
    said = as_name(name) if own else place or level
    return Body(f"{_kind_name(kind)} {said}".strip(), place, level)


def _kind_name(kind: str) -> str:
    if kind.isupper() and len(kind.split()) == 1:
        return kind
    words = kind.lower().capitalize()
    return words.replace(" đảng", " Đảng").replace("Ban chấp", "Ban Chấp").replace("vụ t", "vụ T")


def _sentence(name: str, place: str) -> str:
    """Return the name of a central body or an office as it is written in a sentence."""
    name = name.strip(" .-–_*")
    if not name.isupper():
        return name[:1].upper() + name[1:]
    words = name.lower().capitalize().split()
    head = words[0].lower() in ("bộ", "sở", "cục") and len(words) > 1
    told = " ".join([words[0], words[1].capitalize(), *words[2:]]) if head else " ".join(words)
    told = re.sub("^Bql(?!\\w)", "BQL", told)
    if place:
        told = re.sub(re.escape(place), place, told, flags=re.I)
    return re.sub(r"(?<=\s)(?:chính phủ|quốc hội)$", lambda m: m.group().capitalize(), told)


def _split(piece: str) -> list[str]:
    """Return the bodies that stand in one line of capitals, as cells of tables join them."""
    piece = " ".join(piece.split())
    if not piece.isupper():
        return [piece]
    starts = [0]
    for match in _KINDS.finditer(piece, 1):
        if not match["central"] and (not match["office"] or match.group() in ("SỞ", "PHÒNG")):
            starts.append(match.start())
    return [piece[a:b].strip() for a, b in pairwise([*starts, len(piece)])]


def _going_on(row: str, more: str) -> list[str]:
    """Return a body with the line under it, or both: a further place is that of a further body."""
    body = read_body(row)
    kind = _KINDS.match(row)
    if body is not None and body.place and kind and find_places(more):
        return [row, f"{kind.group()} {more}"]
    return [f"{row} {more}"]


def _with_places(bodies: Sequence[Body]) -> list[Body]:
    """Return the bodies, each office with the place of the body above it."""
    found: list[Body] = []
    for body in bodies:
        above = found[-1] if found else None
        if body.office and above is not None and not body.place:
            named = _of_place(body.name, above)
            body = replace(body, name=named, place=above.place, central=above.central)
        found.append(body)
    return found


def _of_place(name: str, above: Body) -> str:
    """Return the name of an office with the place that it is of, said once."""
    bare = above.place.removeprefix(above.level).strip()
    if bare and bare.lower() in name.lower():
        return re.sub(re.escape(bare), bare, name, flags=re.I)
    return f"{name} {above.place}".strip()


def is_party(name: str) -> bool:
    """Say whether a body, by its name, is one of the Party.

    >>> is_party("Huyện ủy Cồn Mây"), is_party("UBND huyện Cồn Mây")
    (True, False)
    """
    match = _KINDS.match(name)
    central = name.lower().startswith(("bộ chính trị", "ban bí thư", "ban chấp hành"))
    return central or (match is not None and match["party"] is not None)
