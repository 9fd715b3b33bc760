from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from sqlalchemy import event, select

from indexer import catalogue_tables
from indexer.catalogue import Catalogue
from indexer.database_address import DatabaseAddress
from indexer.errors import NotFound
from indexer.models import Resolution
from tests.factories.documents import make_document, make_source


@pytest.fixture
def catalogue(address: DatabaseAddress) -> Iterator[Catalogue]:
    with Catalogue(address) as opened:
        yield opened


# --- what is put comes back ---------------------------------------------------------------------


def test_a_report_comes_back_as_it_was_put(catalogue):
    document = make_document()
    catalogue.put_document(document, 1)
    assert catalogue.document(document.id) == document


def test_a_second_reading_replaces_the_first(catalogue):
    first = make_document()
    catalogue.put_document(first, 1)
    catalogue.publish([make_source(first)], [])
    second = replace(first, text=first.text.upper(), passages=first.passages[:2], footnotes=())
    catalogue.put_document(second, 2)
    assert catalogue.document(first.id) == second
    assert catalogue.has_document(first.id, 2)
    assert not catalogue.has_document(first.id, 1)
    assert catalogue.published_ids() == {first.id}


def test_an_unknown_document_is_not_found(catalogue):
    with pytest.raises(NotFound, match="Không có tài liệu nào mang mã 'abc'.*vankien documents"):
        catalogue.document("abc")
    assert not catalogue.has_document("abc", 1)


# --- what is published --------------------------------------------------------------------------


def test_only_documents_that_a_file_points_to_are_listed(catalogue):
    shown, hidden = make_document("a.txt"), make_document("b.txt")
    catalogue.put_document(shown, 1)
    catalogue.publish([make_source(shown)], [])
    catalogue.put_document(hidden, 1)
    assert [summary.id for summary in catalogue.documents()] == [shown.id]
    assert catalogue.published_ids() == {shown.id}


def test_a_summary_counts_what_the_document_holds(catalogue):
    document = make_document()
    catalogue.put_document(document, 1)
    catalogue.publish([make_source(document)], [])
    (summary,) = catalogue.documents()
    assert (summary.source, summary.metadata) == (document.source, document.metadata)
    assert (summary.sections, summary.passages, summary.tables) == (2, 11, 1)
    counts = (summary.marked, summary.aligned, summary.nested, summary.unresolved)
    assert counts == (1, 1, 1, 1)
    assert summary.warnings == document.warnings


def test_documents_are_ordered_by_place_then_term_then_source(catalogue):
    wanted = [
        make_document("z.txt", place="huyện A", term="2015-2020"),
        make_document("b.txt", place="huyện A", term="2020-2025"),
        make_document("c.txt", place="huyện A", term="2020-2025"),
        make_document("a.txt", place="huyện B", term="2010-2015"),
    ]
    for document in reversed(wanted):
        catalogue.put_document(document, 1)
    catalogue.publish([make_source(document, document.source) for document in wanted], [])
    assert [summary.source for summary in catalogue.documents()] == [d.source for d in wanted]


def test_listing_takes_as_many_queries_for_many_documents_as_for_one(catalogue):
    def queries() -> int:
        seen: list[str] = []

        def note(_connection, _cursor, statement, *_rest) -> None:
            if "FROM meta" not in statement:  # asking for the version
                seen.append(statement)

        engine = catalogue._database._store._engine
        event.listen(engine, "before_cursor_execute", note)
        catalogue.documents()
        event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    documents = [make_document(f"{number}.txt") for number in range(5)]
    catalogue.put_document(documents[0], 1)
    catalogue.publish([make_source(documents[0], "0.txt")], [])
    one = queries()
    for document in documents:
        catalogue.put_document(document, 1)
    catalogue.publish([make_source(document, document.source) for document in documents], [])
    assert queries() == one <= 8
    assert len(catalogue.documents()) == 5
    assert queries() == 0


def test_a_document_goes_when_its_last_file_goes(catalogue):
    document = make_document()
    catalogue.put_document(document, 1)
    copies = [make_source(document, "/a.txt"), make_source(document, "/bản sao/a.txt")]
    catalogue.publish(copies, [])
    assert catalogue.document(document.id) == document
    assert catalogue.publish([], ["/a.txt"]) == frozenset()
    assert catalogue.document(document.id) == document
    assert catalogue.publish([], ["/bản sao/a.txt"]) == {document.id}
    assert catalogue.sources() == ()
    with pytest.raises(NotFound):
        catalogue.document(document.id)


def test_nothing_of_a_deleted_document_stays_in_the_database(catalogue):
    document = make_document()
    catalogue.put_document(document, 1)
    catalogue.publish([], [])
    with catalogue._database.reading() as connection:
        for part in catalogue_tables.PARTS:
            assert connection.execute(select(part)).all() == []


def test_a_changed_file_lets_its_old_document_go(catalogue):
    old, new = make_document(), make_document(paragraphs=("Đã sửa.",))
    for document in (old, new):
        catalogue.put_document(document, 1)
        deleted = catalogue.publish([make_source(document)], [])
    assert deleted == {old.id}
    assert catalogue.sources() == (make_source(new),)


def test_a_file_that_failed_is_kept_with_its_reason(catalogue):
    catalogue.publish([make_source(None, "/hỏng.docx")], [])
    assert catalogue.sources() == (make_source(None, "/hỏng.docx"),)
    assert catalogue.published_ids() == frozenset()


def test_a_path_both_changed_and_removed_stays(catalogue):
    failed = make_source(None, "/a.txt")
    catalogue.publish([failed], ["/a.txt", "/chưa có.txt"])
    assert catalogue.sources() == (failed,)


def test_a_file_cannot_point_to_a_document_that_was_never_put(catalogue):
    known = make_source(None, "/a.txt")
    catalogue.publish([known], [])
    with pytest.raises(NotFound):
        catalogue.publish([make_source(make_document(), "/b.txt")], ["/a.txt"])
    assert catalogue.sources() == (known,)


# --- the cache ----------------------------------------------------------------------------------


def test_a_cached_document_is_not_read_again(catalogue):
    document = make_document()
    catalogue.put_document(document, 1)
    assert catalogue.document(document.id) is catalogue.document(document.id)


def test_a_cached_document_is_gone_after_another_catalogue_deleted_it(catalogue, address):
    document = make_document()
    catalogue.put_document(document, 1)
    with Catalogue.open_existing(address) as reader:
        assert reader.document(document.id) == document
        catalogue.publish([], [])
        with pytest.raises(NotFound):
            reader.document(document.id)


# --- the factory --------------------------------------------------------------------------------


def test_the_factory_makes_a_consistent_document():
    document = make_document()
    spans = {section.id: section.span for section in document.sections}
    for passage in document.passages:
        assert passage.id.startswith(f"{document.id}:p")
        assert "\n" not in passage.span.of(document.text)
        assert passage.section_id is None or spans[passage.section_id].holds(passage.span)
        assert all(passage.span.holds(cell) for cell in passage.cells)
    for note in document.footnotes:
        assert (note.body is None) == bool(note.reason)
    assert {note.how for note in document.footnotes} == set(Resolution)
    rows = [p for p in document.passages if p.kind == "table"]
    assert document.tables[0].passage_ids == tuple(row.id for row in rows)
    assert [cell.of(document.text) for cell in rows[0].cells] == ["Tỷ lệ hộ nghèo", "%", "2,5"]
