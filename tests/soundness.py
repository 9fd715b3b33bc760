"""What must hold of every document, whatever the file it was read from."""

from __future__ import annotations

from collections import Counter

from indexer.models import Document, Passage, PassageKind, Resolution, Span


def assert_sound(document: Document) -> None:
    """Fail when a span, a section, a passage, a footnote or a table does not fit to the others."""
    _spans(document)
    _sections(document)
    _passages(document)
    _letters(document)
    _footnotes(document)
    _tables(document)


def _spans(document: Document) -> None:
    whole = Span(0, len(document.text))
    for section in document.sections:
        assert whole.holds(section.span) and section.span.holds(section.heading), section
    for passage in document.passages:
        for span in (passage.span, *passage.cells, *passage.context):
            assert whole.holds(span) and span.start <= span.end, passage
        assert passage.span.start < passage.span.end, passage
    for footnote in document.footnotes:
        for span in (*footnote.marks, *filter(None, [footnote.body])):
            assert whole.holds(span), footnote


def _sections(document: Document) -> None:
    sections = {section.id: section for section in document.sections}
    assert len(sections) == len(document.sections)
    for section in document.sections:
        assert section.level == 1 or section.parent_id is not None
        if section.parent_id is not None:
            parent = sections[section.parent_id]
            assert parent.span.holds(section.span), (parent, section)
            assert parent.level + 1 == section.level
    ordered = sorted(document.sections, key=lambda section: section.span.start)
    assert tuple(ordered) == document.sections
    for first, second in zip(ordered, ordered[1:], strict=False):
        apart = first.span.end <= second.span.start
        assert apart or first.span.holds(second.span), (first, second)


def _passages(document: Document) -> None:
    assert [passage.id for passage in document.passages] == [
        f"{document.id}:p{number:04d}" for number in range(1, len(document.passages) + 1)
    ]
    sections = {section.id: section for section in document.sections}
    for passage in document.passages:
        if passage.kind is PassageKind.FOOTNOTE:
            continue
        inside = [s for s in document.sections if s.span.holds(passage.span)]
        for section in document.sections:
            outside = passage.span.end <= section.span.start
            outside = outside or section.span.end <= passage.span.start
            lead = section.heading.start == passage.span.start
            assert outside or section in inside or lead, (passage, section)
        if passage.section_id is not None:
            assert sections[passage.section_id].span.holds(passage.span), passage


def _letters(document: Document) -> None:
    """Every letter and digit stands in one passage, but for heading rows: rows name those."""
    covered = [0] * len(document.text)
    for passage in document.passages:
        for at in range(passage.span.start, passage.span.end):
            covered[at] += 1
    context: set[int] = set()
    for passage in document.passages:
        for span in passage.context:
            context.update(range(span.start, span.end))
    for at, character in enumerate(document.text):
        if character.isalnum():
            wanted = covered[at] == 1 or (covered[at] == 0 and at in context)
            assert wanted, (covered[at], document.text[max(0, at - 30) : at + 30])


def _footnotes(document: Document) -> None:
    numbers = Counter(footnote.number for footnote in document.footnotes)
    assert not numbers or max(numbers.values()) == 1, numbers
    for footnote in document.footnotes:
        assert bool(footnote.reason) == (footnote.body is None or not footnote.marks), footnote
        if footnote.how in (Resolution.MARKED, Resolution.ALIGNED):
            assert footnote.marks and footnote.body, footnote
        assert footnote.parent is None or footnote.parent in numbers
    bodies = [p for p in document.passages if p.kind is PassageKind.FOOTNOTE]
    calls = Counter(n for passage in document.passages for n in passage.footnotes)
    for footnote in document.footnotes:
        callers = [p for p in document.passages if footnote.number in p.footnotes]
        assert calls[footnote.number] <= max(len(footnote.marks), 0), footnote
        if len(footnote.marks) == 1 and len(document.passages) > len(bodies):
            assert len(callers) == 1, (footnote, callers)
        for passage in callers:
            at_home = any(_near(passage, mark) for mark in footnote.marks)
            # A mark on a line of signs only has no passage of its own.
            homeless = any(
                not any(_near(other, mark) for other in document.passages)
                for mark in footnote.marks
            )
            assert at_home or homeless, (passage, footnote)
    noted = [f for f in document.footnotes if f.body is not None]
    assert [(p.footnote, p.span) for p in bodies] == [(f.number, f.body) for f in noted]


def _near(passage: Passage, mark: Span) -> bool:
    spans = (passage.span, *passage.context)
    return any(span.start <= mark.start <= span.end + 2 for span in spans)


def _tables(document: Document) -> None:
    rows = {p.id: p for p in document.passages if p.kind is PassageKind.TABLE}
    named = [row for table in document.tables for row in table.passage_ids]
    assert sorted(named) == sorted(rows)
    for table in document.tables:
        for row in table.passage_ids:
            assert rows[row].table == table.number
    for row in rows.values():
        spans = (row.span, *row.context)
        for cell in row.cells:
            assert any(span.holds(cell) for span in spans), (row, cell)
