"""Answers on the terminal: the value first, then the words of the report and where they stand."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence

import click

from indexer.models import Document, Passage, Span
from search_app.answer import Answer, Reply
from search_app.answer_terms import about, further_statement, headline, is_whole_quote
from search_app.cite import author_and_year, cite, place_of
from search_app.explain import place_notes
from search_app.found import FoundPassage
from search_app.page import LOST_MARK, excerpt
from search_app.tell_apart import tell_apart

WIDTH = 96
_INDENT = "   "
_NEAREST = 3
_NEAREST_CHARS = 240
# A longer value is a clause, and brackets within a sentence are read as the report's own.
_BRACKETED = 60
# Where the file lost the number of a note.
_NOTE_SIGN = "°"


def reply_lines(reply: Reply, *, styled: bool = False, width: int = WIDTH) -> Iterator[str]:
    """Yield the answers of a reply, or why there is none and the nearest passages.

    The value is bold when `styled`, in brackets otherwise; no line that can be broken is longer
    than `width`.
    """
    for line in _reply(reply, styled=styled):
        yield from _fitted(line.replace(LOST_MARK, _NOTE_SIGN), width)


def _reply(reply: Reply, *, styled: bool) -> Iterator[str]:
    yield from (f"Lưu ý: {note}" for note in reply.result.question.notes)
    cited = [(answer.citation.document, answer.citation.passage) for answer in reply.answers]
    for number, (answer, source) in enumerate(zip(reply.answers, _sources(cited), strict=True)):
        if number:
            yield ""
        yield from _answer(answer, source, styled=styled)
    if not reply.answered:
        yield reply.message
        nearest = reply.result.hits[:_NEAREST]
        cited = [(hit.document, hit.passage) for hit in nearest]
        for hit, source in zip(nearest, _sources(cited), strict=True):
            yield ""
            yield from _nearest(hit, source)
    # What is shown names its places; that others were left out comes after it.
    yield from place_notes(reply.result)


def _fitted(line: str, width: int) -> Sequence[str]:
    """Return a line cut between words, each part as far in as the line."""
    indent = _INDENT if line.startswith(_INDENT) else ""
    return textwrap.wrap(
        line.removeprefix(indent),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    ) or [""]


def _indented(text: str) -> str:
    return _INDENT + " ".join(text.split())


def _sources(cited: Sequence[tuple[Document, Passage]]) -> Iterator[str]:
    """Yield the citation of each passage: that of a report in full once, then only the place."""
    named: dict[str, Document] = {}
    marks = tell_apart(document for document, _ in cited)
    before = ""
    for document, passage in cited:
        author = author_and_year(document.metadata)
        alike = [one for one in named.values() if author_and_year(one.metadata) == author]
        if document.id == before:
            parts = ["như trên", place_of(document, passage)]
        elif author and alike == [document]:
            parts = [author, "đã dẫn", place_of(document, passage)]
        else:
            parts = [cite(document, passage, marks.get(document.id, ""))]
        yield ", ".join(part for part in parts if part)
        named[document.id] = document
        before = document.id


def _answer(answer: Answer, source: str, *, styled: bool) -> Iterator[str]:
    value = headline(answer)
    shown = [_bold(value, styled=styled)] if value else []
    yield "  ".join([*shown, " · ".join(about(answer))]).rstrip()
    if statement := further_statement(answer):
        yield _indented(statement)
    text = answer.citation.document.text
    for anchor in answer.citation.anchors:
        yield _indented(f"[câu gọi chú thích {anchor.label}] {anchor.span.of(text)}")
    if headings := _column_headings(answer):
        yield _indented(f"[cột] {' | '.join(headings)}")
    yield _indented(_quotation(answer, styled=styled))
    yield f"{_INDENT}— {source}"
    yield f"{_INDENT}vankien show {answer.citation.passage.id}"


def _column_headings(answer: Answer) -> tuple[str, ...]:
    tables = answer.citation.document.tables
    found = (table.headings for table in tables if table.number == answer.citation.passage.table)
    return next(found, ())


def _quotation(answer: Answer, *, styled: bool) -> str:
    """Return the quotation with the value marked, long ones cut around it."""
    text = answer.citation.quote
    value = answer.value.shift(-answer.citation.span.start)
    windows = excerpt(text, [value])
    is_marked = not is_whole_quote(answer) and (styled or len(value.of(text)) <= _BRACKETED)
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


def _nearest(hit: FoundPassage, source: str) -> Iterator[str]:
    yield _INDENT + textwrap.shorten(hit.text, _NEAREST_CHARS, placeholder=" …")
    yield f"{_INDENT}— {source}"
    yield f"{_INDENT}vankien show {hit.passage.id}"


def _bold(text: str, *, styled: bool) -> str:
    return click.style(text, bold=True) if styled else text
