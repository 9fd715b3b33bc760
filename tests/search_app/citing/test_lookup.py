"""Where links lead when reports were replaced, read anew or taken away."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from indexer.build import build_index
from indexer.config import load_settings
from indexer.models import Span
from search_app.cite import cite_quote
from search_app.citing.lookup import State, look_up, states
from search_app.citing.permalinks import Permalink, permalink
from search_app.opening import open_library
from search_app.search import Library

TEXT = """BÁO CÁO CHÍNH TRỊ
của Ban Chấp hành Đảng bộ huyện Suối Cát
I- KẾT QUẢ
1. Kinh tế
{first}
Diện tích trồng quế mở rộng thêm 120 ha so với đầu nhiệm kỳ.
2. Xã hội
Tỷ lệ hộ nghèo của huyện giảm còn 2,5% vào cuối năm 2020.
"""
FIRST = "Thu ngân sách trên địa bàn huyện Suối Cát đạt 215 tỷ đồng trong năm 2020."


@contextmanager
def library(folder, settings) -> Iterator[Library]:
    build_index([folder], settings)
    opened = open_library(settings)
    yield opened
    opened.close()


@pytest.fixture
def settings(tmp_path):
    return load_settings({}, data=tmp_path / "var")


@pytest.fixture
def report(tmp_path):
    folder = tmp_path / "bc"
    folder.mkdir()
    write(folder, FIRST)
    return folder


def write(folder, first: str, name: str = "bc.txt") -> None:
    (folder / name).write_text(TEXT.format(first=first), encoding="utf-8")


def link_to(found: Library, words: str) -> Permalink:
    document = found.document(found.catalogue.documents()[0].id)
    passage = next(p for p in document.passages if words in p.span.of(document.text))
    return permalink(cite_quote(document, passage, passage.span))


def test_a_link_to_the_same_text_leads_there(report, settings):
    with library(report, settings) as found:
        link = link_to(found, "hộ nghèo")
        target = look_up(found, link)
        assert target.state is State.SAME
        assert target.citation.passage.id == link.passage_id
        without = look_up(found, Permalink(link.passage_id))
        assert without.state is State.SAME


def test_a_part_leads_to_its_words(report, settings):
    with library(report, settings) as found:
        link = link_to(found, "hộ nghèo")
        part = Permalink(link.passage_id, link.version, Span(0, 14))
        assert look_up(found, part).citation.quote == "Tỷ lệ hộ nghèo"


def test_a_replaced_file_offers_the_same_words_where_they_are_now(report, settings):
    with library(report, settings) as found:
        link = link_to(found, "hộ nghèo")
    write(report, f"{FIRST}\nSản lượng cá lồng tăng 12%.")
    with library(report, settings) as found:
        target = look_up(found, link)
        assert target.state is State.GONE and target.exact
        assert target.text == "Tỷ lệ hộ nghèo của huyện giảm còn 2,5% vào cuối năm 2020."
        assert [offer.quote for offer in target.offers] == [target.text]
        assert target.replaced_by.id == found.catalogue.documents()[0].id
        assert target.headings[-1] == "2. Xã hội"


def test_a_changed_sentence_offers_the_nearest_one(report, settings):
    with library(report, settings) as found:
        link = link_to(found, "Thu ngân sách")
    write(report, FIRST.replace("215", "251"))
    with library(report, settings) as found:
        target = look_up(found, link)
        assert target.state is State.GONE and not target.exact
        assert "215" in target.text and "251" in target.offers[0].quote


def test_a_report_that_was_taken_away_offers_what_others_say(report, settings):
    write(report, "Ngân sách khác.", "khac.txt")
    with library(report, settings) as found:
        ids = [s.id for s in found.catalogue.documents() if s.source == "bc.txt"]
        document = found.document(ids[0])
        passage = next(p for p in document.passages if "hộ nghèo" in p.span.of(document.text))
        link = permalink(cite_quote(document, passage, passage.span))
    (report / "bc.txt").unlink()
    with library(report, settings) as found:
        target = look_up(found, link)
        assert target.state is State.GONE and target.replaced_by is None
        assert target.offers[0].document.source == "khac.txt"
        assert target.offers[0].quote == target.text


def test_another_version_of_a_passage_is_never_taken_for_the_same(report, settings):
    with library(report, settings) as found:
        link = link_to(found, "hộ nghèo")
        wrong = Permalink(link.passage_id, "00000000")
        target = look_up(found, wrong)
        assert target.state is State.CHANGED and target.citation is None
        assert target.text == ""
        assert [offer.passage.id for offer in target.offers] == [link.passage_id]
        assert states(found, [link, wrong, Permalink("0000:p0001")]) == (
            State.SAME,
            State.CHANGED,
            State.GONE,
        )


def test_what_was_never_there_is_unknown(report, settings):
    with library(report, settings) as found:
        assert look_up(found, Permalink("0000:p0001", "00ff00ff")).state is State.UNKNOWN
        assert look_up(found, Permalink("")).state is State.UNKNOWN
