"""Reports that nobody should write: they are read all the same, and in time."""

from __future__ import annotations

from time import perf_counter

import pytest

from indexer.entries import findable_passages
from indexer.models import Document, Resolution
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from tests.soundness import assert_sound

REPORT = (
    "I- KẾT QUẢ\n1. Kinh tế\nTôm được mùa[footnoteRef:1].\n[1:  Đạt 5 tấn]\n2. Xã hội\nỔn định."
)
LINES = 100_000
pytestmark = pytest.mark.alone

# A quiet machine needs about 3; anything quadratic needs minutes.
SECONDS = 15.0


def built(text: str) -> Document:
    return build_document(read_text(text), "a.txt", "ab" * 32)


def texts(document: Document) -> list[str]:
    return [passage.span.of(document.text) for passage in document.passages]


@pytest.mark.parametrize("end", ["\r\n", "\r", "\f", "\n\n", "\u2028"])
def test_every_kind_of_line_end_gives_the_same_report(end):
    document = built(REPORT.replace("\n", end))
    assert texts(document) == texts(built(REPORT))
    assert_sound(document)


@pytest.mark.parametrize("blank", ["\t", "  ", "\u00a0", "\t \t"])
def test_indented_lines_give_the_same_report(blank):
    document = built("\n".join(blank + line for line in REPORT.split("\n")))
    assert texts(document) == texts(built(REPORT))


def test_a_report_may_be_one_line():
    document = built("I- KẾT QUẢ. " + "Lúa được mùa ở xã Gò Me. " * 400)
    assert_sound(document)
    assert max(len(text.split()) for text in texts(document)) <= 120


@pytest.mark.parametrize(
    "text", ["I- KẾT QUẢ", "BÁO CÁO CHÍNH TRỊ", "Phần thứ nhất", "- ", "…", "***\n---\n___", "[1:"]
)
def test_hardly_a_report_is_sound(text):
    assert_sound(built(text))


def test_a_heading_with_nothing_under_it_can_be_found():
    document = built("I- KẾT QUẢ\nII- HẠN CHẾ")
    assert len(findable_passages(document)) == 2


def test_two_appendices_without_a_number_are_two_sections():
    document = built("I- KẾT QUẢ\nTốt.\nPHỤ LỤC\nBẢNG A\nMột.\nPHỤ LỤC\nBẢNG B\nHai.")
    assert [s.title for s in document.sections] == ["KẾT QUẢ", "BẢNG A", "BẢNG B"]


def test_punctuation_between_paragraphs_does_not_end_a_section():
    document = built("I- KẾT QUẢ\nMột câu.\n* * *\nHai câu.\n1. Lúa\nĐược mùa.")
    assert [(s.title, s.level) for s in document.sections] == [("KẾT QUẢ", 1), ("Lúa", 2)]
    assert document.passages[2].section_id == document.sections[0].id


def test_a_mark_alone_on_its_line_belongs_to_the_paragraph_before():
    document = built("Tôm được mùa\n[footnoteRef:1]\n.\n[1: Đạt 5 tấn]\nHết năm.")
    assert document.passages[0].footnotes == (1,)
    assert_sound(document)


def test_capital_lines_without_end_are_not_one_heading():
    document = built("\n".join(["TÔM CÁ ĐƯỢC MÙA TRÊN CÁC XÃ"] * 200))
    assert max(len(section.title.split()) for section in document.sections) <= 60
    assert_sound(document)


HOSTILE = {
    "short lines": "Tôm được mùa.\n",
    "headings": "1. Tôm\n2. Cá\nĐược mùa.\n",
    "orphan numbers": "1.1. Tôm được mùa.\n",
    "wrapped lines": "và các hộ nuôi tôm ở xã Gò Me cùng được mùa\n",
    "broken lines": ", và các hộ nuôi tôm\n",
    "capitals": "TÔM CÁ ĐƯỢC MÙA\n",
    "punctuation": "* * *\n",
    "marks": "Tôm[footnoteRef:1].\n",
    "unclosed bodies": "Tôm[footnoteRef:1]. [1: được\n",
    "open brackets": "Tôm[footnoteRef:1]. [1: [[[[\n",
    "signed lines": "\ufffd Tôm được mùa\n",
    "some signed lines": "\ufffd Tôm\nCá\nMực\n",
    "items": "- Tôm: được mùa.\n+ Cá được mùa\n",
    "tables": "TT\tTên\tSố\n1\tTôm\t5\nHết bảng.\n",
    "cells": "1\tTôm\t5\n",
}


@pytest.mark.slow
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hundred_thousand_lines_are_read_in_time(name):
    lines = HOSTILE[name].count("\n")
    text = HOSTILE[name] * (LINES // lines)
    if name in ("marks", "unclosed bodies"):
        text = "".join(HOSTILE[name].replace("1", str(number)) for number in range(LINES))
    started = perf_counter()
    built(text)
    assert perf_counter() - started < SECONDS


def test_notes_without_marks_say_so():
    notes = built("Tôm.[footnoteRef:1]\n[1: Một]\n\ufffd Hai").footnotes
    assert [note.how for note in notes] == [Resolution.MARKED]
    notes = built("Tôm được mùa ở xã Gò Me.\n\n\ufffd Một\n\ufffd Hai").footnotes
    assert [note.how for note in notes] == [Resolution.UNRESOLVED] * 2
    assert all(note.reason and note.body for note in notes)
