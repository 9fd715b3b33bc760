"""The indicators that reports measure: found in a text by their wordings, told apart by units."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from indexer.indicators_file import Entry, Indicator, read_entries, slug_of
from indexer.models import Span
from indexer.text.analysis import forms
from indexer.text.phrases import PhraseTable
from indexer.text.segment import split_syllables

__all__ = ["Indicator", "IndicatorMatch", "Indicators", "load_indicators", "slug_of"]

_PACKAGED = Path(__file__).with_name("data") / "indicators.toml"

_BREAK = re.compile(r"[.;:()\n]")
_PAUSE = re.compile(r"[.,;:()\n]")
_MAGNITUDES = frozenset(forms("nghìn ngàn vạn triệu tr tỷ trăm chục"))
# A percentage of an amount is its growth or its share of a target, so it still speaks of it.
_RELATIVE = frozenset({"", "%", "lần"})
_BOUNDS = frozenset(forms("trên hơn gần khoảng dưới được thêm"))
_HOW_MANY = ("bao", "nhiêu")
_BEFORE = frozenset(
    forms(
        "đưa nâng giảm hạ kéo tăng phấn đấu duy trì giữ vững bảo đảm đảm mức chỉ tiêu trong đó đã"
        " hiện nay có và toàn tỉnh huyện thị xã thành phố phường cả nước ước tính đến cuối đầu năm"
        " tháng giai đoạn nhiệm kỳ bình quân hằng hàng với nhờ góp phần làm cho thì mà cũng số tổng"
        " các về riêng như là tốc độ"
    )
)
_AFTER = frozenset(
    forms(
        "theo trên của toàn trong ở tại năm đến bình hằng hàng mỗi giai cuối đầu vào so là đạt còn"
        " giảm tăng chiếm ước tính tỉnh huyện thị thành xã phường cả địa chung thực nhiệm hiện"
        " qua xuống lên dưới khoảng gấp bằng khu vùng ổn vượt luôn cũng đã đều tiếp hơn thấp"
        " cao phấn tối tương xếp đứng nhờ không chưa"
    )
)


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
    """Words of a text that name an indicator."""

    span: Span
    indicator: Indicator


@dataclass(frozen=True, slots=True)
class _Syllable:
    """A syllable as it is matched; `form` is empty where a phrase cannot go on."""

    form: str
    span: Span


@dataclass(frozen=True)
class Indicators:
    """All indicators, in the order in which they are listed.

    >>> rate = Indicator("ty-le-ho-ngheo", "tỷ lệ hộ nghèo", ("hộ nghèo",), ("%",))
    >>> count = Indicator("so-ho-ngheo", "số hộ nghèo", ("hộ nghèo",), ("hộ",))
    >>> known = Indicators((rate, count))
    >>> known.named("hộ nghèo", "hộ").slug
    'so-ho-ngheo'
    >>> [match.span for match in known.find("Nay tỉ lệ hộ nghèo còn 2%")]
    [Span(start=4, end=18)]
    """

    entries: tuple[Indicator, ...]
    _table: PhraseTable[tuple[Indicator, ...]] = field(init=False, repr=False, compare=False)
    _slugs: dict[str, Indicator] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        rows: dict[tuple[str, ...], tuple[Indicator, ...]] = {}
        for indicator in self.entries:
            for words in {_phrase(wording): None for wording in indicator.wordings}:
                rows[words] = (*rows.get(words, ()), indicator)
        object.__setattr__(self, "_table", PhraseTable(rows))
        object.__setattr__(self, "_slugs", {item.slug: item for item in self.entries})

    def __iter__(self) -> Iterator[Indicator]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def find(self, text: str, unit: str | None = None) -> tuple[IndicatorMatch, ...]:
        """Return where a text names indicators: the longest wording wins, none overlaps another.

        Words that two indicators share give one match for each; a `unit` leaves those it fits.
        A number may stand inside the words (`kết nạp 12 đảng viên mới`).
        """
        return tuple(
            IndicatorMatch(span, indicator)
            for span, candidates in self._found(_syllables(text))
            for indicator in (candidates if unit is None else _fitting(candidates, unit))
        )

    def named(self, words: str, unit: str) -> Indicator | None:
        """Return the indicator that words name, given the unit of the value.

        None when they name no listed one, as in `số hộ nghèo được vay vốn`, or when it cannot
        be said which.
        """
        for span, candidates in self._found(_syllables(words)):
            fitting = _fitting(candidates, unit)
            if len(fitting) == 1 and _is_all(words, span):
                return fitting[0]
        return None

    def by_slug(self, slug: str) -> Indicator | None:
        """Return the indicator with this key, None for the open class."""
        return self._slugs.get(slug)

    def by_topic(self) -> dict[str, tuple[Indicator, ...]]:
        """Return the indicators of each topic, both in the order of the list."""
        topics: dict[str, list[Indicator]] = {}
        for indicator in self.entries:
            topics.setdefault(indicator.topic, []).append(indicator)
        return {topic: tuple(found) for topic, found in topics.items()}

    def _found(
        self, syllables: Sequence[_Syllable]
    ) -> Iterator[tuple[Span, tuple[Indicator, ...]]]:
        for found in self._table.find([syllable.form for syllable in syllables]):
            first, last = syllables[found.start], syllables[found.end - 1]
            yield Span(first.span.start, last.span.end), found.value


def load_indicators(own: Path | None = None) -> Indicators:
    """Return the indicators of the package; an own file adds some or replaces them by slug.

    Raises VocabularyError.

    >>> load_indicators().named("Tỉ lệ hộ nghèo", "%").slug
    'ty-le-ho-ngheo'
    """
    entries = {entry.indicator.slug: entry for entry in read_entries(_PACKAGED)}
    if own is not None:
        entries |= {entry.indicator.slug: entry for entry in read_entries(own)}
    _check_wordings(entries.values(), own)
    return Indicators(tuple(entry.indicator for entry in entries.values()))


@lru_cache(maxsize=1 << 10)
def unit_key(unit: str) -> str:
    """Return what is counted, without magnitude and divisor; `%` for all percentages.

    >>> unit_key("triệu đồng/người/năm"), unit_key("điểm phần trăm"), unit_key("nghìn m²")
    ('đồng', '%', 'm 2')
    """
    head = unit.replace("²", "2").replace("³", "3").partition("/")[0].lower()
    if "%" in head or "phần trăm" in head:
        return "%"
    if "‰" in head or "phần nghìn" in head:
        return "‰"
    words = list(forms(head))
    while len(words) > 1 and words[0] in _MAGNITUDES:
        del words[0]
    return " ".join(words)


# --- matching ----------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def _syllables(text: str) -> tuple[_Syllable, ...]:
    """Return the syllables without amounts, and a mark where a phrase ends."""
    spans = split_syllables(text)
    syllables = forms(text)
    amounts = _amounts(syllables)
    found: list[_Syllable] = []
    for index, (span, form) in enumerate(zip(spans, syllables, strict=True)):
        end = spans[index - 1].end if index else span.start
        if text[end : span.start] != " " and _BREAK.search(text, end, span.start):
            found.append(_Syllable("", span))
        if index not in amounts:
            found.append(_Syllable(form, span))
    return tuple(found)


def _amounts(syllables: Sequence[str]) -> set[int]:
    """Return which syllables only say how many: `hơn 120`, `bao nhiêu`; an age says which."""
    amounts: set[int] = set()
    for index in range(len(syllables) - 1, -1, -1):
        form, following = syllables[index], syllables[index + 1 : index + 2]
        is_number = form[0].isdigit() and following != ("tuổi",)
        bounds = form in _BOUNDS and index + 1 in amounts
        if is_number or bounds or form == "mấy" or (form, *following) == _HOW_MANY:
            amounts.add(index)
        if (form, *following) == _HOW_MANY:
            amounts.add(index + 1)
    return amounts


def _phrase(wording: str) -> tuple[str, ...]:
    return tuple(syllable.form for syllable in _syllables(wording) if syllable.form)


def _fitting(candidates: Sequence[Indicator], unit: str) -> tuple[Indicator, ...]:
    key = unit_key(unit)
    fitting = [item for item in candidates if key in map(unit_key, item.units) or not item.units]
    if not fitting and key in _RELATIVE:
        return tuple(candidates)
    return tuple(fitting)


def _is_all(words: str, span: Span) -> bool:
    """Say whether the rest of the words leaves the indicator what it is."""
    start = max((match.end() for match in _PAUSE.finditer(words, 0, span.start)), default=0)
    before = forms(words[start : span.start])
    if not all(form in _BEFORE or form[0].isdigit() for form in before):
        return False
    rest = words[span.end :]
    following = next(iter(split_syllables(rest)), None)
    if following is None or _PAUSE.search(rest, 0, following.start):
        return True
    word = following.of(rest)
    return word[0].isupper() or word[0].isdigit() or forms(word)[0] in _AFTER


# --- checks ------------------------------------------------------------------------------------


def _check_wordings(entries: Iterable[Entry], own: Path | None) -> None:
    """Refuse words that name two indicators in the same unit."""
    owners: dict[tuple[str, ...], list[Entry]] = {}
    # Those of the own file come last, so that the message names the file that can be changed.
    for entry in sorted(entries, key=lambda entry: entry.file.path == own):
        for wording in entry.indicator.wordings:
            others = owners.setdefault(_phrase(wording), [])
            for other in others:
                if other is not entry and _share_unit(entry.indicator, other.indicator):
                    slug = other.indicator.slug
                    hint = "Hãy bỏ cụm từ ở một mục, hoặc ghi `units` khác nhau cho hai mục."
                    raise entry.refuse(f"`{wording}` đã gọi tên chỉ tiêu `{slug}`", hint)
            others.append(entry)


def _share_unit(first: Indicator, second: Indicator) -> bool:
    if not first.units or not second.units:
        return True
    return bool(set(map(unit_key, first.units)) & set(map(unit_key, second.units)))
