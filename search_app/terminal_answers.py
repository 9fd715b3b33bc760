"""Answers on the terminal: the value first, then the words of the report and where they stand."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import click

from indexer.models import Span
from search_app.answer import Answer, Reply
from search_app.answer_terms import about, further_statement, headline, is_whole_quote
from search_app.page import excerpt
from search_app.search import FoundPassage

_WIDTH = 96
_NEAREST = 3
_NEAREST_CHARS = 240


def reply_lines(reply: Reply, *, styled: bool = False) -> Iterator[str]:
    """Yield the answers of a reply, or why there is none and the nearest passages.

    The value is bold when `styled`, in brackets otherwise.
    """
    yield from (f"Lưu ý: {note}" for note in reply.result.question.notes)
    for number, answer in enumerate(reply.answers):
        if number:
            yield ""
        yield from _answer(answer, styled=styled)
    if not reply.answered:
        yield from textwrap.wrap(reply.message, _WIDTH)
        for hit in reply.result.hits[:_NEAREST]:
            yield ""
            yield from _nearest(hit)


def _answer(answer: Answer, *, styled: bool) -> Iterator[str]:
    value = headline(answer)
    shown = [_bold(value, styled=styled)] if value else []
    yield "  ".join([*shown, " · ".join(about(answer))]).rstrip()
    yield from _wrapped(further_statement(answer), "   ")
    text = answer.citation.document.text
    for anchor in answer.citation.anchors:
        yield from _wrapped(f"[câu gọi chú thích {anchor.label}] {anchor.span.of(text)}", "   ")
    headings = " | ".join(_column_headings(answer))
    yield from _wrapped(f"[cột] {headings}" if headings else "", "   ")
    yield from _wrapped(_quotation(answer, styled=styled), "   ")
    yield f"   — {answer.citation.text}"
    yield f"   vankien show {answer.citation.passage.id}"


def _column_headings(answer: Answer) -> tuple[str, ...]:
    tables = answer.citation.document.tables
    found = (table.headings for table in tables if table.number == answer.citation.passage.table)
    return next(found, ())


def _quotation(answer: Answer, *, styled: bool) -> str:
    """Return the quotation with the value marked, long ones cut around it."""
    text = answer.citation.quote
    value = answer.value.shift(-answer.citation.span.start)
    windows = excerpt(text, [value])
    is_marked = not is_whole_quote(answer)
    shown = " … ".join(
        _marked(text, value, window, styled=styled)
        if is_marked and window.holds(value)
        else window.of(text)
        for window in windows
    )
    before = "… " if windows[0].start > 0 else ""
    after = " …" if windows[-1].end < len(text) else ""
    return f"“{before}{shown}{after}”"


def _marked(text: str, value: Span, window: Span, *, styled: bool) -> str:
    inside = value.of(text)
    marked = _bold(inside, styled=True) if styled else f"[{inside}]"
    return f"{text[window.start : value.start]}{marked}{text[value.end : window.end]}"


def _nearest(hit: FoundPassage) -> Iterator[str]:
    flat = " ".join(hit.text.split())
    yield from _wrapped(textwrap.shorten(flat, _NEAREST_CHARS, placeholder=" …"), "   ")
    yield f"   — {hit.citation}"
    yield f"   vankien show {hit.passage.id}"


def _bold(text: str, *, styled: bool) -> str:
    return click.style(text, bold=True) if styled else text


def _wrapped(text: str, indent: str) -> Sequence[str]:
    return textwrap.wrap(
        " ".join(text.split()),
        _WIDTH,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
    )
