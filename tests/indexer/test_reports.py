from __future__ import annotations

from indexer.models import Resolution
from indexer.reports import FileReport, told_of
from tests.factories.documents import make_document


def test_a_report_tells_of_a_document_what_it_holds():
    document = make_document()
    told = told_of(document)
    assert (told.sections, told.passages) == (len(document.sections), len(document.passages))
    marked = sum(note.how is Resolution.MARKED for note in document.footnotes)
    assert FileReport("a.txt", "added", told).footnotes(Resolution.MARKED) == marked


def test_of_a_file_that_was_not_read_nothing_is_counted():
    report = FileReport("a.txt", "failed")
    assert (report.facts, report.references, report.footnotes(Resolution.MARKED)) == (0, 0, 0)
