"""What the command line shows of a search: lines of Vietnamese text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import click

from indexer.catalogue import DocumentSummary
from indexer.models import Span
from indexer.sections import heading_line
from search_app.explain import explain as reasons
from search_app.explain import place_notes
from search_app.found import FoundPassage
from search_app.search import Result

_RELATION = {"footnote": "chú thích", "anchor": "câu gọi chú thích"}
_WIDTH = 96


def result_lines(
    result: Result, documents: Sequence[DocumentSummary], *, explain: bool
) -> Iterator[str]:
    """Yield the passages found with their evidence and citations."""
    yield from (f"Lưu ý: {note}" for note in result.question.notes)
    yield from place_notes(result)
    if explain:
        yield from _explanation(result)
    if not result.total:
        yield (
            f"Không tìm thấy: {len(documents)} báo cáo đã tìm không nói tới "
            f"“{result.request.text}”."
        )
        yield "Hãy thử ít từ hơn, bỏ bớt điều kiện lọc, hoặc dùng từ khác cùng nghĩa."
        return
    partial = result.total - result.complete
    yield f"{result.complete} đoạn có đủ các từ, {partial} đoạn có một phần."
    for rank, hit in enumerate(result.hits, start=result.request.offset + 1):
        yield ""
        yield from _hit(rank, hit)
        if explain:
            why = reasons(result.meaning, hit, result.question.phrases)
            yield from (f"   vì: {sentence}" for sentence in why)


def _explanation(result: Result) -> Iterator[str]:
    question = result.question
    yield f"Các từ: {question.free or '(không có)'}; cần ít nhất {result.query.minimum} âm tiết."
    if question.phrases:
        yield f"Cụm từ bắt buộc: {'; '.join(question.phrases)}"
    if question.excluded:
        yield f"Không được có: {'; '.join(question.excluded)}"
    for boost in result.query.boosts:
        yield f"  cộng điểm khi có “{' '.join(boost.forms).replace('_', ' ')}” ({boost.field})"


def _hit(rank: int, hit: FoundPassage) -> Iterator[str]:
    yield f"{rank}. {' › '.join(heading_line(section) for section in hit.path)}"
    yield from _wrapped(_marked(hit.text, hit.highlights), "   ")
    for link in hit.linked:
        label = f"{_RELATION[link.link.relation]} {link.link.label}"
        yield from _wrapped(f"[{label}] {_marked(link.text, link.highlights)}", "     ")
    yield f"   — {hit.citation}"
    yield f"   {hit.passage.id}"
    if hit.similar:
        yield f"   cũng có trong: {', '.join(hit.similar)}"


def passage_lines(found: FoundPassage) -> Iterator[str]:
    """Yield one passage with its evidence and citation."""
    yield " › ".join(heading_line(section) for section in found.path)
    yield from _wrapped(found.text, "")
    for link in found.linked:
        yield from _wrapped(
            f"[{_RELATION[link.link.relation]} {link.link.label}] {link.text}", "  "
        )
    yield f"— {found.citation}"


def _marked(text: str, highlights: Sequence[Span]) -> str:
    """Return a text with the words found in bold; plain when the terminal has no colours."""
    pieces: list[str] = []
    at = 0
    for span in highlights:
        pieces += [text[at : span.start], click.style(span.of(text), bold=True)]
        at = span.end
    return "".join([*pieces, text[at:]])


def _wrapped(text: str, indent: str) -> list[str]:
    flat = " ".join(text.split())
    return textwrap.wrap(
        flat, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_long_words=False
    )
