"""Passages that are gone are remembered, so that old links can say what they were made for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from indexer.build import build_index, forget
from indexer.catalogue import Catalogue
from indexer.config import load_settings
from indexer.database_address import DatabaseAddress
from indexer.errors import NothingToIndex
from indexer.fingerprint import fingerprint
from tests.factories.documents import make_document, make_source

PATH = "/báo cáo/an-binh.txt"


@pytest.fixture
def catalogue(address: DatabaseAddress) -> Iterator[Catalogue]:
    with Catalogue(address) as opened:
        yield opened


def publish(catalogue: Catalogue, document) -> None:
    catalogue.put_document(document, 1)
    catalogue.publish([make_source(document, PATH)], [])


def version(document, at: int) -> str:
    return fingerprint(document.passages[at].span.of(document.text))


def test_a_replaced_report_is_known_by_its_path_and_passages(catalogue):
    old = make_document()
    new = make_document(paragraphs=("Tỷ lệ hộ nghèo còn 2,4%.",))
    publish(catalogue, old)
    assert catalogue.past_document(old.id) is None
    publish(catalogue, new)
    past = catalogue.past_document(old.id)
    assert (past.path, past.source, past.metadata) == (PATH, old.source, old.metadata)
    passage = catalogue.past_passage(past, old.passages[2].id, version(old, 2))
    assert passage.text == old.passages[2].span.of(old.text)
    assert passage.headings == ("I- KẾT QUẢ", "1. Kinh tế - xã hội")
    assert catalogue.past_passage(past, old.passages[2].id, "00000000") is None
    assert catalogue.past_document(new.id) is None


def test_a_report_that_was_read_anew_keeps_only_what_changed(catalogue):
    old = make_document()
    publish(catalogue, old)
    new = replace(old, text=old.text.replace("2,5% vào", "3,5% vào"))
    catalogue.put_document(new, 2)
    past = catalogue.past_document(old.id)
    changed = catalogue.past_passage(past, old.passages[2].id, version(old, 2))
    assert "2,5% vào" in changed.text
    assert catalogue.past_passage(past, old.passages[3].id, version(old, 3)) is None


def test_several_readings_of_one_passage_are_told_apart_by_their_text(catalogue):
    first = make_document()
    publish(catalogue, first)
    second = replace(first, text=first.text.replace("2,5% vào", "3,5% vào"))
    third = replace(first, text=first.text.replace("2,5% vào", "4,5% vào"))
    for number, document in enumerate((second, third), start=2):
        catalogue.put_document(document, number)
    past = catalogue.past_document(first.id)
    for document, figure in ((first, "2,5% vào"), (second, "3,5% vào")):
        found = catalogue.past_passage(past, first.passages[2].id, version(document, 2))
        assert figure in found.text


def test_a_reading_that_was_never_published_leaves_nothing(catalogue):
    document = make_document()
    catalogue.put_document(document, 1)
    catalogue.publish([], [])
    assert catalogue.past_document(document.id) is None


def test_a_report_read_the_same_again_leaves_nothing(catalogue):
    document = make_document()
    publish(catalogue, document)
    catalogue.put_document(document, 2)
    assert catalogue.past_document(document.id) is None


def test_forgetting_a_file_drops_what_was_kept_of_it(tmp_path):
    folder, settings = tmp_path / "bc", load_settings({}, data=tmp_path / "var")
    folder.mkdir()
    file = folder / "bc.txt"
    file.write_text("I- KẾT QUẢ\nTỷ lệ hộ nghèo còn 2,5%.", encoding="utf-8")
    build_index([folder], settings)
    with Catalogue(settings.database) as catalogue:
        old = catalogue.documents()[0].id
    file.write_text("I- KẾT QUẢ\nTỷ lệ hộ nghèo còn 2,4%.", encoding="utf-8")
    build_index([folder], settings)
    file.unlink()
    build_index([folder], settings)
    with Catalogue(settings.database) as catalogue:
        assert catalogue.past_document(old)
    # No file is indexed any more, but something is kept.
    assert forget([folder], settings) == ("bc.txt",)
    with Catalogue(settings.database) as catalogue:
        assert catalogue.past_document(old) is None
    with pytest.raises(NothingToIndex):
        forget([folder], settings)
