"""One file of indicators: read from TOML that people edit, every entry checked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

from indexer.errors import VocabularyError
from indexer.text.analysis import forms
from indexer.text.normalise import strip_accents
from indexer.vocabulary_file import VocabularyFile, read_vocabulary

LONGEST_SLUG = 60
_LONGEST_ALIAS = 16
_MOST_ALIASES = 200
_MOST_OPTIONAL = 4
_ENTRY = r"\bname\s*="
_KEYS = {"slug", "name", "aliases", "units", "topic", "better"}
_BETTER = ("", "lower", "higher")
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
# The forms write `i`; in names of indicators these syllables are nearly always written with `y`.
_USUAL = {"tỉ": "tỷ", "kì": "kỳ", "kĩ": "kỹ", "kỉ": "kỷ", "lí": "lý", "mĩ": "mỹ", "quí": "quý"}


@dataclass(frozen=True, slots=True)
class Indicator:
    """What a report measures again and again.

    `slug` is its key, `aliases` are the other wordings that name it, `units` the units it is
    given in (empty: any), `better` is `lower`, `higher` or empty when neither is better.
    """

    slug: str
    name: str
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...] = ()
    topic: str = ""
    better: str = ""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Return the name and the aliases."""
        return (self.name, *self.aliases)


@dataclass(frozen=True, slots=True)
class Entry:
    """An indicator and where it is written, for the messages."""

    file: VocabularyFile
    line: int
    indicator: Indicator

    def refuse(self, what: str, hint: str) -> VocabularyError:
        """Return the error that names the file, the line and the indicator."""
        return self.file.refuse(self.line, f"chỉ tiêu `{self.indicator.slug}`: {what}", hint)


def read_entries(path: Path) -> tuple[Entry, ...]:
    """Return the entries of a file in its order.

    Raises VocabularyError for what is no list of indicators, for unknown keys, for words that
    cannot be matched and for a slug that stands twice.
    """
    file = read_vocabulary(path, _ENTRY)
    entries: dict[str, Entry] = {}
    for line, table in _tables(file):
        entry = Entry(file, line, _indicator(file, line, table))
        if first := entries.get(entry.indicator.slug):
            hint = "Hãy gộp hai mục, hoặc đặt `slug` khác cho một mục."
            raise entry.refuse(f"`slug` đã có ở dòng {first.line}", hint)
        entries[entry.indicator.slug] = entry
    file.check_count(len(entries))
    return tuple(entries.values())


def slug_of(name: str) -> str:
    """Return the key of a name: no accents, hyphens, cut after a word near 60 characters.

    >>> slug_of("Tỉ lệ hộ nghèo"), slug_of("Số đường hẻm có đèn")
    ('ty-le-ho-ngheo', 'so-duong-hem-co-den')
    """
    syllables = [_USUAL.get(form, form) for form in forms(name)]
    slug = re.sub(r"[^a-z0-9]+", "-", strip_accents(" ".join(syllables)).lower()).strip("-")
    if len(slug) <= LONGEST_SLUG:
        return slug
    return slug[: LONGEST_SLUG + 1].rpartition("-")[0] or slug[:LONGEST_SLUG]


def _tables(file: VocabularyFile) -> Iterator[tuple[int, dict[str, Any]]]:
    _check_keys(file, 0, file.content, {"indicator"})
    tables = file.content.get("indicator", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise file.refuse(0, "`indicator` không phải là các mục", "Hãy viết `[[indicator]]`.")
    found = file.lines_of_tables("indicator")
    # Entries may be written without headings of their own; then a message names no line.
    lines = found if len(found) == len(tables) else (0,) * len(tables)
    yield from zip(lines, tables, strict=True)


def _indicator(file: VocabularyFile, line: int, table: dict[str, Any]) -> Indicator:
    _check_keys(file, line, table, _KEYS)
    name = _wording(file, line, table.get("name", ""))
    slug = table.get("slug", slug_of(name))
    if not isinstance(slug, str) or not _SLUG.fullmatch(slug) or len(slug) > LONGEST_SLUG:
        hint = f"Chỉ dùng chữ thường không dấu, số và gạch nối, ví dụ `{slug_of(name)}`."
        raise file.refuse(line, f"`slug` ghi `{slug}`", hint)
    better = table.get("better", "")
    if better not in _BETTER:
        hint = 'Chỉ có "lower" (thấp hơn là tốt) hoặc "higher" (cao hơn là tốt).'
        raise file.refuse(line, f"`better` ghi `{better}`", hint)
    aliases = _aliases(file, line, name, table.get("aliases", []))
    units = tuple(_text(file, line, "units", unit) for unit in _list(table.get("units", [])))
    topic = table.get("topic", "")
    return Indicator(
        slug, name, aliases, units, _text(file, line, "topic", topic or "khác"), better
    )


def _aliases(file: VocabularyFile, line: int, name: str, values: Any) -> tuple[str, ...]:
    """Return the wordings beside the name, each once, with and without their optional words."""
    found: dict[tuple[str, ...], str] = {forms(name): name}
    for value in _list(values):
        for wording in _variants(file, line, value):
            alias = _wording(file, line, wording)
            found.setdefault(forms(alias), alias)
    if len(found) > _MOST_ALIASES:
        what = f"chỉ tiêu `{name}` có {len(found)} cách gọi, quá giới hạn {_MOST_ALIASES}"
        raise file.refuse(line, what, "Hãy bớt phần trong ngoặc vuông.")
    return tuple(found.values())[1:]


def _variants(file: VocabularyFile, line: int, value: object) -> Iterator[str]:
    """Yield an alias with and without each of its parts in square brackets."""
    text = value if isinstance(value, str) else _wording(file, line, value)
    parts = _OPTIONAL.split(text)
    optional = len(parts) // 2
    if optional > _MOST_OPTIONAL or any(sign in "".join(parts) for sign in "[]"):
        hint = f"Đặt tối đa {_MOST_OPTIONAL} phần trong `[` và `]`, không lồng vào nhau."
        raise file.refuse(line, f"ngoặc vuông trong `{text}` không dùng được", hint)
    for chosen in product((True, False), repeat=optional):
        yield " ".join(
            part for index, part in enumerate(parts) if index % 2 == 0 or chosen[index // 2]
        )


def _wording(file: VocabularyFile, line: int, value: object) -> str:
    text = _text(file, line, "name/aliases", value)
    length = len(forms(text))
    if length == 0:
        hint = "Hãy ghi một cụm từ vào đó hoặc bỏ nó đi; phần trong `[ ]` không thể là tất cả."
        raise file.refuse(line, f'có một cụm từ trống (`"{text}"`)', hint)
    if length > _LONGEST_ALIAS:
        what = f"cụm từ `{' '.join(text.split()[:6])}…` dài {length} tiếng"
        raise file.refuse(line, what, f"Mỗi cụm từ chỉ được dài đến {_LONGEST_ALIAS} tiếng.")
    return text


def _text(file: VocabularyFile, line: int, key: str, value: object) -> str:
    if not isinstance(value, str):
        raise file.refuse(line, f"`{key}` có `{value}`", "Hãy đặt từ đó trong ngoặc kép.")
    return " ".join(value.split())


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _check_keys(file: VocabularyFile, line: int, table: dict[str, Any], known: set[str]) -> None:
    for name in table:
        if name not in known:
            hint = f"Chỉ dùng: {', '.join(sorted(known))}."
            raise file.refuse(line or file.line_of(name), f"không hiểu khóa `{name}`", hint)
