"""What is read from the four sample reports, kept as files that people can look through.

Write them anew with `UPDATE_GOLDEN=1 pytest tests/test_golden.py`, then read the difference.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict

import pytest

from indexer.models import Document, Footnote, Span
from indexer.text.segment import split_sentences
from tests.conftest import REPOSITORY, SAMPLES

FOLDER = REPOSITORY / "tests" / "golden"
WORDS = 8


def summary(document: Document) -> dict[str, object]:
    """Return what a person would check by eye: metadata, outline, notes, tables."""
    return {
        "metadata": {key: value for key, value in asdict(document.metadata).items() if value},
        "outline": [
            f"{'  ' * (section.level - 1)}{section.number} {section.title}".rstrip()
            for section in document.sections
        ],
        "passages": {
            kind: sum(passage.kind == kind for passage in document.passages)
            for kind in ("body", "footnote", "table")
        },
        "footnotes": {
            note.label: [note.how.value, anchor(document, note), body(document, note)]
            for note in document.footnotes
        },
        "tables": [
            {
                "title": table.title.of(document.text).split("\n") if table.title else None,
                "headings": list(table.headings),
                "rows": len(table.passage_ids),
            }
            for table in document.tables
        ],
    }


def anchor(document: Document, note: Footnote) -> str:
    """Return the last words before a note's mark in the sentence that calls it."""
    start = document.text.rfind("\n", 0, note.marks[0].start) + 1
    line = Span(start, note.marks[0].start).of(document.text)
    sentence = split_sentences(line)[-1].of(line)
    return " ".join(sentence.split()[-WORDS:])


def body(document: Document, note: Footnote) -> str:
    return " ".join(note.body.of(document.text).split()[:WORDS]) if note.body else ""


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_report_reads_as_before(name, sample_documents):
    found = json.dumps(summary(sample_documents[name]), ensure_ascii=False, indent=1) + "\n"
    path = FOLDER / f"{name}.json"
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(found, encoding="utf-8")
    wanted = path.read_text(encoding="utf-8")
    assert json.loads(found) == json.loads(wanted), "see the head of this file"
