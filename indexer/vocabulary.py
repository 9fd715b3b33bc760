"""The lists of abbreviations and synonyms: read from files that people edit, and checked.

The lists of the package stand in `indexer/data/`; an own file takes the place of one of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from graphlib import CycleError, TopologicalSorter
from itertools import pairwise
from pathlib import Path
from typing import Any

from indexer.text.abbreviations import Abbreviations, Sense, key
from indexer.text.analysis import forms
from indexer.text.synonyms import Synonym, Synonyms, find_cycle, find_joined
from indexer.vocabulary_file import VocabularyFile, read_vocabulary

DATA = Path(__file__).with_name("data")

# What every entry holds once, in whatever way TOML lets one write it.
_SENSE = r"=\s*[\"']"
_SYNONYM = r"\b(?:terms|from)\s*="
_SENSE_KEYS = {"long", "when"}
_SYNONYM_KEYS = {"terms", "from", "to", "direction", "reason", "topic"}
_MOST_TERMS = 50
_DIRECTIONS = ("two-way", "one-way")


def load_abbreviations(path: Path | None = None) -> Abbreviations:
    """Return the abbreviations of a file, or of the package.

    Raises VocabularyError.

    >>> [item.to_text for item in load_abbreviations().expand("BHYT", ())]
    ['bảo hiểm y tế']
    """
    file = read_vocabulary(path or DATA / "abbreviations.toml", _SENSE)
    senses = list(_senses(file))
    file.check_count(len(senses))
    # The lists of the package are checked by a test; every command would wait for it otherwise.
    if path is not None:
        _check_senses(file, senses)
    return Abbreviations(tuple(sense for _, sense in senses))


def load_synonyms(path: Path | None = None) -> Synonyms:
    """Return the synonyms of a file, or of the package.

    Raises VocabularyError.

    >>> [item.to_text for item in load_synonyms().of(("trạm", "xá"))]
    ['trạm y tế']
    """
    file = read_vocabulary(path or DATA / "synonyms.toml", _SYNONYM)
    _check_keys(file, 0, file.content, {"distinct", "synonym"})
    entries = list(_synonyms(file))
    distinct = tuple(_distinct(file))
    file.check_count(len(entries) + len(distinct))
    if path is not None:
        _check_synonyms(file, entries, distinct)
    return Synonyms(tuple(entry for _, entry in entries), distinct)


# --- abbreviations -----------------------------------------------------------------------------


def _senses(file: VocabularyFile) -> Iterator[tuple[int, Sense]]:
    for topic, table in file.content.items():
        if not isinstance(table, dict):
            what = f"`{topic}` đứng ngoài mọi nhóm"
            hint = 'Hãy đặt nó dưới một dòng tên nhóm, ví dụ `["Cơ quan"]`.'
            raise file.refuse(file.line_of(topic), what, hint)
        for short, value in table.items():
            line = file.line_of(short, topic)
            file.check_term(short, line)
            for item in value if isinstance(value, list) else [value]:
                yield line, _sense(file, line, short, item)


def _sense(file: VocabularyFile, line: int, short: str, item: Any) -> Sense:
    if not isinstance(item, dict):
        return Sense(short, file.check_term(item, line))
    _check_keys(file, line, item, _SENSE_KEYS)
    when = _terms(file, line, item.get("when", []))
    return Sense(short, file.check_term(item.get("long", ""), line), when)


def _check_senses(file: VocabularyFile, senses: Sequence[tuple[int, Sense]]) -> None:
    graph: TopologicalSorter[str] = TopologicalSorter()
    lines: dict[tuple[str, tuple[str, ...]], int] = {}
    for line, sense in senses:
        # "KTXH" and "KT-XH" are one key but two spellings.
        meaning = ("-".join(forms(sense.short)), forms(sense.long))
        if meaning in lines:
            what = f"`{sense.short}` = `{sense.long}` đã có ở dòng {lines[meaning]}"
            raise file.refuse(line, what, "Hãy bỏ một trong hai chỗ.")
        lines[meaning] = line
        if key(sense.short) == key(sense.long):
            what = f"`{sense.short}` được giải thích bằng chính nó"
            raise file.refuse(line, what, "Hãy ghi dạng viết đầy đủ.")
        graph.add(key(sense.short), key(sense.long))
    try:
        graph.prepare()
    except CycleError as error:
        turn = set(error.args[1])
        line, sense = next(item for item in senses if key(item[1].short) in turn)
        what = f"`{sense.short}` và `{sense.long}` giải thích vòng quanh lẫn nhau"
        raise file.refuse(line, what, "Hãy ghi dạng viết đầy đủ cho từng từ.") from error


# --- synonyms ----------------------------------------------------------------------------------


def _synonyms(file: VocabularyFile) -> Iterator[tuple[int, Synonym]]:
    tables = file.content.get("synonym", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise file.refuse(0, "`synonym` không phải là các mục", "Hãy viết `[[synonym]]`.")
    found = file.lines_of_tables("synonym")
    # Entries may be written without headings of their own; then a message names no line.
    lines = found if len(found) == len(tables) else (0,) * len(tables)
    for line, table in zip(lines, tables, strict=True):
        _check_keys(file, line, table, _SYNONYM_KEYS)
        yield line, _synonym(file, line, table)


def _synonym(file: VocabularyFile, line: int, table: dict[str, Any]) -> Synonym:
    direction = table.get("direction", "two-way")
    if direction not in _DIRECTIONS:
        hint = 'Chỉ có "one-way" (một chiều) hoặc "two-way" (hai chiều).'
        raise file.refuse(line, f"`direction` ghi `{direction}`", hint)
    reason = table.get("reason", "")
    if not isinstance(reason, str) or not reason.strip():
        hint = "Hãy ghi một câu ngắn vì sao các từ này tìm thay nhau được."
        raise file.refuse(line, "mục không ghi `reason`", hint)
    one_way = direction == "one-way"
    terms = _terms(file, line, table.get("from" if one_way else "terms", []))
    to = _terms(file, line, table.get("to", []))
    if one_way != bool(to) or not terms or (not one_way and len(terms) < 2):
        what = "mục không đủ hai cụm từ" if not to else "`to` không hợp với `direction`"
        hint = 'Ghi `terms` với ít nhất hai cụm từ, hoặc `direction = "one-way"`, `from` và `to`.'
        raise file.refuse(line, what, hint)
    _check_repeats(file, line, (*terms, *to))
    return Synonym(terms, reason.strip(), to, str(table.get("topic", "")))


def _check_repeats(file: VocabularyFile, line: int, terms: Sequence[str]) -> None:
    if len(terms) > _MOST_TERMS:
        what = f"mục có {len(terms)} cụm từ, quá giới hạn {_MOST_TERMS}"
        raise file.refuse(line, what, "Hãy tách thành nhiều mục hẹp hơn.")
    seen: set[tuple[str, ...]] = set()
    for term in terms:
        if forms(term) in seen:
            what = f"`{term}` có hai lần (khác cách đặt dấu hay i/y vẫn là một)"
            raise file.refuse(line, what, "Hãy bỏ một lần.")
        seen.add(forms(term))


def _distinct(file: VocabularyFile) -> Iterator[tuple[str, str]]:
    line = file.line_of("distinct")
    pairs = file.content.get("distinct", [])
    for pair in pairs if isinstance(pairs, list) else [pairs]:
        terms = _terms(file, line, pair)
        if len(terms) != 2 or forms(terms[0]) == forms(terms[1]):
            hint = 'Mỗi cặp gồm hai cụm từ khác nhau: `["hộ nghèo", "hộ cận nghèo"]`.'
            raise file.refuse(line, f"`distinct` có `{pair}`", hint)
        yield terms[0], terms[1]


def _check_synonyms(
    file: VocabularyFile,
    entries: Sequence[tuple[int, Synonym]],
    distinct: Sequence[tuple[str, str]],
) -> None:
    alone = [entry for _, entry in entries]
    if cycle := find_cycle(alone):
        what = f"các mục một chiều đi vòng: {' → '.join(cycle)}"
        hint = "Hãy bỏ một mục, hoặc gộp thành một mục hai chiều nếu chúng cùng nghĩa."
        one_way = [item for item in entries if item[1].to]
        raise file.refuse(_line_of_link(one_way, cycle), what, hint)
    if chain := find_joined(alone, distinct):
        what = f"`{chain[0]}` và `{chain[-1]}` phải tách biệt mà lại nối nhau: {' → '.join(chain)}"
        hint = "Hãy sửa mục này, hoặc bỏ cặp đó khỏi `distinct` nếu chúng thật sự cùng nghĩa."
        raise file.refuse(_line_of_link(entries, chain), what, hint)


def _line_of_link(entries: Sequence[tuple[int, Synonym]], chain: Sequence[str]) -> int:
    """Return the line of the entry that makes the last step of a chain."""
    *_, (first, second) = pairwise(map(forms, chain))
    for line, entry in entries:
        targets = [forms(term) for term in entry.to or entry.terms]
        if second in targets and first in [forms(term) for term in entry.terms]:
            return line
    return 0


# --- both --------------------------------------------------------------------------------------


def _terms(file: VocabularyFile, line: int, value: Any) -> tuple[str, ...]:
    values = value if isinstance(value, list) else [value]
    return tuple(file.check_term(term, line) for term in values)


def _check_keys(file: VocabularyFile, line: int, table: dict[str, Any], known: set[str]) -> None:
    for name in table:
        if name not in known:
            hint = f"Chỉ dùng: {', '.join(sorted(known))}."
            raise file.refuse(line or file.line_of(name), f"không hiểu khóa `{name}`", hint)
