"""What one report says about phrases: its headings, its indicators, what recurs in it.

Counts of one document only, so that a removed report takes its own with it; which of them are
worth completing is decided over all reports in `phrasebook`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from indexer.models import Document, PassageKind, Span
from indexer.names import find_names
from indexer.phrase_runs import Run, split_runs
from indexer.text.analysis import forms

_BRACKETS_AT_END = re.compile(r"\s*\([^()]*\)\W*$")
_HEADING_SYLLABLES = range(2, 17)
_INDICATOR_SYLLABLES = range(2, 11)

# Expressions that name something counted or measured.
_HEADS = frozenset(
    forms(head)
    for head in [
        "tỷ lệ",
        "tỷ suất",
        "tỷ trọng",
        "số",
        "số lượng",
        "số lượt",
        "tổng",
        "tổng số",
        "thu nhập",
        "sản lượng",
        "diện tích",
        "năng suất",
        "giá trị",
        "doanh thu",
        "doanh số",
        "kim ngạch",
        "mật độ",
        "quy mô",
        "tốc độ",
        "công suất",
        "bình quân",
        "tổng sản phẩm",
        "vốn đầu tư",
        "thu ngân sách",
        "chi ngân sách",
        "lượng khách",
        "dư nợ",
        "độ che phủ",
    ]
)
_HEADS_BEGIN = frozenset(head[0] for head in _HEADS)
# Where the name of an indicator ends and what is said of it begins.
_SAYS = frozenset(
    forms(
        "đạt giảm tăng còn là chiếm được có bằng dưới trên từ đến khoảng hơn gần ước vượt"
        " lên xuống duy phấn bình hàng hằng trở không chiếm"
    )
)
_ENDS = frozenset(
    forms(
        "của và ở tại so trong cuối đầu năm theo với cho để do các những đã đang sẽ chưa vẫn đều"
        " nhưng tiếp hiện góp tạo toàn giai nhiều bị phải nhằm khi mà thì nên như vào ra tuy mặc"
        " trung lớp loại"
    )
)
_SAYS_OR_ENDS = _SAYS | _ENDS
# "đạt" of "đạt chuẩn" says nothing of a value.
_GOES_ON = frozenset({("đạt", "chuẩn"), ("có", "việc"), ("đạt", "tiêu")})
_NO_INDICATOR_AFTER = frozenset(forms("một đa thiểu đổi quyết định văn thị luật lệnh thư chữ"))


@dataclass(frozen=True, slots=True)
class PhraseCounts:
    """Spellings and counts of one document by syllable forms; `words` counts all its words.

    A name has three values: its spelling, how often it stands in capitals and how often not.
    """

    words: int = 0
    runs: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    headings: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    indicators: Mapping[str, tuple[str, int]] = field(default_factory=dict)
    names: Mapping[str, tuple[str, int, int]] = field(default_factory=dict)


def count_phrases(document: Document) -> PhraseCounts:
    """Return what a report says about phrases.

    >>> text = "Tỷ lệ hộ nghèo giảm còn 2%."
    >>> from indexer.models import Passage
    >>> report = Document("a", "", "", text, passages=(Passage("a:1", PassageKind.BODY,
    ...                   Span(0, len(text))),))
    >>> count_phrases(report).indicators
    {'tỉ lệ hộ nghèo': ('tỷ lệ hộ nghèo', 1)}
    """
    runs = [
        run
        for passage in document.passages
        if not passage.heading
        for run in split_runs(passage.span.of(document.text))
    ]
    cells = [
        cell.of(document.text)
        for passage in document.passages
        if passage.kind is PassageKind.TABLE
        for cell in passage.cells[:2]
    ]
    return PhraseCounts(
        words=sum(len(run.words) for run in runs),
        runs=_recurring(runs),
        headings=_headings(document),
        indicators=_tally([*_indicators(runs), *_indicator_cells(cells)]),
        names=find_names(runs),
    )


def _recurring(runs: Sequence[Run]) -> dict[str, tuple[str, int]]:
    """Return the words and phrases that stand in the report more than once."""
    found = [(key, run, start, end) for run in runs for key, start, end in run.ngrams()]
    counts = Counter(key for key, *_ in found)
    written = (
        (key, run.written(Span(start, end)))
        for key, run, start, end in found
        if counts[key] > 1 and " " in key
    )
    spellings = _most_frequent(
        (key, _begun_small(text)) for key, text in written if not text.isupper()
    )
    return {key: (spellings.get(key, ""), count) for key, count in counts.items() if count > 1}


def _most_frequent(written: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return for each key what is written for it most often, of equals the first."""
    counts = Counter(written)
    best: dict[str, str] = {}
    for (key, text), count in counts.items():
        if key not in best or count > counts[key, best[key]]:
            best[key] = text
    return best


def _begun_small(written: str) -> str:
    """Lower the first letter, which a sentence may have raised; abbreviations stay."""
    first = written.split(" ", 1)[0]
    return written[0].lower() + written[1:] if first[1:].islower() else written


# --- headings, indicators, names ---------------------------------------------------------------


def _headings(document: Document) -> dict[str, tuple[str, int]]:
    titles = [
        " ".join(_BRACKETS_AT_END.sub("", section.title).split()).strip(" .,:;-–*")
        for section in document.sections
    ]
    return _tally(title for title in titles if len(forms(title)) in _HEADING_SYLLABLES)


def _tally(written: Iterable[str]) -> dict[str, tuple[str, int]]:
    """Count texts by their forms; of several spellings the most frequent one is kept."""
    found = [(key, text) for text in written if (key := " ".join(forms(text)))]
    counts = Counter(key for key, _ in found)
    spellings = _most_frequent(found)
    return {key: (spellings[key], count) for key, count in counts.items()}


def _indicators(runs: Sequence[Run]) -> Iterator[str]:
    for run in runs:
        for index, word in enumerate(run.words):
            before = run.syllables[word.start - 1].form if word.start else run.after
            if before in _NO_INDICATOR_AFTER or not _head(run, word.start):
                continue
            if name := _measured(run, index):
                yield _begun_small(run.written(name))


def _head(run: Run, start: int) -> int:
    """Return how many syllables from `start` name a measure, 0 when none do."""
    if run.syllables[start].form not in _HEADS_BEGIN:
        return 0
    syllables = tuple(term.form for term in run.syllables[start : start + 3])
    return next((size for size in (3, 2, 1) if syllables[:size] in _HEADS), 0)


def _measured(run: Run, index: int) -> Span | None:
    """Return the name that begins with this word when a value follows it, else None."""
    start = run.words[index].start
    least = start + _head(run, start) + 1
    for word in run.words[index:]:
        form = run.syllables[word.start].form
        if word.start == start or form not in _SAYS_OR_ENDS or _goes_on(run, word.start):
            continue
        name = Span(start, word.start)
        is_said = form in _SAYS and word.start >= least
        return name if is_said and _is_long_enough(name) else None
    name = Span(start, len(run.syllables))
    return name if run.says and name.end >= least and _is_long_enough(name) else None


def _goes_on(run: Run, start: int) -> bool:
    return tuple(term.form for term in run.syllables[start : start + 2]) in _GOES_ON


def _is_long_enough(name: Span) -> bool:
    return name.end - name.start in _INDICATOR_SYLLABLES


def _indicator_cells(cells: Sequence[str]) -> Iterator[str]:
    for cell in cells:
        run = next(iter(split_runs(cell)), None)
        if run and _head(run, 0) and len(run.syllables) in _INDICATOR_SYLLABLES:
            yield _begun_small(run.written(Span(0, len(run.syllables))))
