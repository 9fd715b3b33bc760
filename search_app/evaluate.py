"""How well questions are answered: recall and mean reciprocal rank on a golden question set.

Recall@k is the share of answerable questions with the wanted evidence among the first k passages;
MRR is the mean of 1/rank of the first of it (Voorhees 1999, TREC-8 question answering), counted
within the first ten. A record that needs all its evidence counts at the rank of the last of it;
a comparison needs one piece from every report.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import DataFolderError, GoldenFileError, reason
from indexer.models import Document
from indexer.text.normalise import fold_characters, strip_accents
from search_app.found import FoundPassage
from search_app.query import Request
from search_app.search import Library

CUTS = (1, 5, 10)
_DEPTH = 20
_WORD_WINDOW = 400
_MARK = re.compile(r"\(?\[footnoteRef:\d+\]\)?")
_BEFORE_PUNCTUATION = re.compile(r"\s+([.,;:])")


@dataclass(frozen=True, slots=True)
class Evidence:
    """A quotation that answers, and the key of its report."""

    document: str
    quote: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """An answer that is wanted: it matches one of the patterns."""

    accept: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Golden:
    """A question and the evidence that answers it. `need_all`: one piece is not enough."""

    id: str
    type: str
    query: str
    answerable: bool
    evidence: tuple[Evidence, ...]
    need_all: bool = False
    answers: tuple[Wanted, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """What a run measured: overall figures, recall@5 by type of question, and the misses."""

    questions: int
    figures: Mapping[str, float]
    by_type: Mapping[str, tuple[int, int]]
    misses: tuple[str, ...]


def read_golden(path: Path) -> tuple[Golden, ...]:
    """Return the records of a golden file, a JSON object a line.

    Raises GoldenFileError, naming the line, when one is no such record.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = reason(error) if isinstance(error, OSError) else "bảng mã không phải UTF-8"
        raise GoldenFileError(
            f"Không đọc được `{path}`: {why}.", "Hãy kiểm tra đường dẫn và bảng mã UTF-8."
        ) from error
    records = [
        _golden(path, number, line) for number, line in enumerate(lines, start=1) if line.strip()
    ]
    if not records:
        raise GoldenFileError(f"`{path.name}` không có câu hỏi nào.", "Hãy chọn tệp khác.")
    return tuple(records)


def _golden(path: Path, number: int, line: str) -> Golden:
    try:
        record = json.loads(line)
        if not str(record["query"]).strip() or not all(
            e["doc"] and e["quote"].strip() for e in record.get("evidence", ())
        ):
            raise ValueError(line)
        return Golden(
            id=str(record.get("id", number)),
            type=str(record.get("type", "")),
            query=str(record["query"]),
            answerable=bool(record.get("answerable", True)),
            evidence=tuple(Evidence(e["doc"], e["quote"]) for e in record.get("evidence", ())),
            need_all=record.get("need") == "all",
            answers=tuple(_wanted(answer) for answer in record.get("answers", ())),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldenFileError(
            f"`{path.name}` dòng {number} không phải một câu hỏi chuẩn.",
            'Mỗi dòng là một đối tượng JSON có "query" và "evidence" (doc, quote).',
        ) from error


def _wanted(answer: Mapping[str, Any]) -> Wanted:
    for pattern in answer["accept"]:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(pattern) from error
    return Wanted(tuple(answer["accept"]))


def evaluate(records: Iterable[Golden], library: Library) -> Figures:
    """Ask every question and return what was found at which rank."""
    sums: dict[str, list[float]] = defaultdict(list)
    by_type: dict[str, list[bool]] = defaultdict(list)
    misses: list[str] = []
    asked = 0
    for record in records:
        asked += 1
        if not record.answerable:
            continue
        result = library.search(Request(record.query, limit=_DEPTH))
        rank = rank_of(record, result.hits)
        for cut in CUTS:
            sums[f"recall@{cut}"].append(rank is not None and rank <= cut)
        sums["mrr@10"].append(1 / rank if rank is not None and rank <= 10 else 0.0)
        by_type[record.type].append(rank is not None and rank <= 5)
        if rank is None or rank > 5:
            misses.append(f"{record.id} ({rank or 'không thấy'}): {record.query}")
    figures = {name: round(sum(values) / len(values), 3) for name, values in sums.items()}
    types = {name: (sum(found), len(found)) for name, found in sorted(by_type.items())}
    return Figures(asked, figures, types, tuple(misses))


def rank_of(record: Golden, hits: Sequence[FoundPassage]) -> int | None:
    """Return the rank from 1 at which the evidence is complete; None when it never is."""
    first: dict[int, int] = {}
    for rank, hit in enumerate(hits, start=1):
        text = fold("\n".join([hit.text, *(link.text for link in hit.linked)]))
        for at, evidence in enumerate(record.evidence):
            known = at in first or not is_of(hit.document, evidence.document)
            if not known and holds(text, evidence.quote):
                first[at] = rank
    if not record.need_all:
        return min(first.values(), default=None)
    groups: dict[object, list[int | None]] = defaultdict(list)
    for at, evidence in enumerate(record.evidence):
        groups[evidence.document if record.type == "compare" else at].append(first.get(at))
    ranks = [min((r for r in found if r), default=None) for found in groups.values()]
    return None if None in ranks else max((r for r in ranks if r), default=None)


def is_of(document: Document, key: str) -> bool:
    """Say whether a golden set's key means this report: its file's name, or its place as a slug.

    >>> from indexer.models import Metadata
    >>> is_of(Document("a", "x.txt", "", "", Metadata(place="thị xã Cồn Mây")), "con-may")
    True
    """
    place = strip_accents(document.metadata.place).lower().replace(" ", "-")
    return Path(document.source).name.startswith(key) or place.endswith(f"-{key}")


def holds(text: str, quote: str) -> bool:
    """Say whether a folded text holds a quotation, or nearly all of its words in order."""
    quote = fold(quote)
    if quote in text:
        return True
    words = quote.split()
    at = found = 0
    for word in words:
        place = text.find(word, at)
        if 0 <= place < at + _WORD_WINDOW:
            at, found = place + len(word), found + 1
    return (found >= 0.9 * len(words) and quote[:18] in text) or quote[-30:] in text


def fold(text: str) -> str:
    """Return a text without marks of notes, and with single spaces, as quotations are compared."""
    text = _MARK.sub(" ", fold_characters(text))
    return " ".join(_BEFORE_PUNCTUATION.sub(r"\1", text).split())


def figures_json(figures: Figures) -> dict[str, Any]:
    """Return the figures of a run as they are kept and compared."""
    return {
        "questions": figures.questions,
        "figures": dict(figures.figures),
        "recall@5 by type": {name: f"{a}/{b}" for name, (a, b) in figures.by_type.items()},
        "misses": list(figures.misses),
    }


def keep(figures: Figures, golden: Path, data: Path) -> Mapping[str, float]:
    """Keep the figures beside the index; return those of the run before, empty at the first."""
    path = data / "evaluation.json"
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        # The first run, or a file that was cut off: nothing to compare with.
        kept = {}
    if not isinstance(kept, dict):
        kept = {}
    name = str(golden.resolve())
    before: Mapping[str, float] = kept.get(name, {})
    kept[name] = dict(figures.figures)
    try:
        path.write_text(json.dumps(kept, ensure_ascii=False, indent=2), encoding="utf-8")
    except OSError as error:
        raise DataFolderError(
            f"Không ghi được `{path}`: {reason(error)}.", "Hãy kiểm tra quyền ghi và chỗ trống."
        ) from error
    return before
