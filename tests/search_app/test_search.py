from __future__ import annotations

import json
import time
from dataclasses import replace

import pytest

from indexer.build import build_index
from indexer.config import load_settings
from indexer.errors import IndexMissing, IndexOutdated, NotFound, UnknownFilter
from indexer.models import PassageKind
from search_app.opening import open_library
from search_app.query import Request


def test_a_passage_with_every_word_comes_before_one_with_some(sample_library):
    result = sample_library.search(Request("tỷ lệ lao động qua đào tạo", limit=50))
    complete = [hit.complete for hit in result.hits]
    assert complete == sorted(complete, reverse=True)
    assert result.complete == sum(complete) > 0


def test_a_figure_that_stands_only_in_a_note_brings_note_and_sentence(sample_library):
    hit = sample_library.search(Request("công suất nhà máy nước Long Đước")).hits[0]
    assert hit.passage.kind is PassageKind.FOOTNOTE
    assert "12.000 m3" in hit.text
    assert hit.linked[0].link.relation == "anchor"
    assert hit.linked[0].text.endswith(".")


def test_highlights_stand_on_words_that_were_asked_for(sample_library):
    for hit in sample_library.search(Request("bảo hiểm y tế", limit=20)).hits:
        for span in hit.highlights:
            assert set(span.of(hit.text).lower().split()) <= {"bảo", "hiểm", "y", "tế", "bhyt"}


def test_the_text_of_a_hit_is_the_slice_of_its_report(sample_library):
    for hit in sample_library.search(Request("nông thôn mới", limit=30)).hits:
        assert hit.text == hit.passage.span.of(hit.document.text)
        for link in hit.linked:
            assert link.text == link.link.span.of(hit.document.text)


def test_a_phrase_must_stand_as_it_is(sample_library):
    quoted = sample_library.search(Request('"hộ nghèo đa chiều"', limit=50))
    assert all("nghèo đa chiều" in hit.text.lower() for hit in quoted.hits)


def test_a_quotation_that_is_nowhere_is_loosened_in_a_question_but_not_alone(sample_library):
    alone = sample_library.search(Request('"nghèo hộ lệ tỷ"'))
    assert alone.total == 0
    asked = sample_library.search(Request('vì sao "nghèo hộ lệ tỷ" giảm?'))
    assert asked.total > 0
    assert "các từ được tìm rời" in asked.question.notes[0]


def test_an_excluded_word_is_nowhere(sample_library):
    hits = sample_library.search(Request("hộ nghèo -cận", limit=50)).hits
    assert hits
    assert all("cận" not in hit.text.lower().split() for hit in hits)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("places", "Vàm Sậy"),
        ("places", "THỊ XÃ VÀM SẬY"),
        ("places", "vam say"),
        ("terms", "2015–2020"),
        ("years", "2020"),
    ],
)
def test_a_filter_is_understood_as_people_write_it(sample_library, field, typed):
    result = sample_library.search(Request("nghèo", limit=50, **{field: (typed,)}))
    values = {
        "places": {hit.document.metadata.place for hit in result.hits},
        "terms": {hit.document.metadata.term for hit in result.hits},
        "years": {hit.document.metadata.date[:4] for hit in result.hits},
    }[field]
    assert len(values) == 1


def test_kinds_and_sections_filter(sample_library):
    notes = sample_library.search(Request("nghèo", kinds=("chú thích",), limit=50))
    assert {hit.passage.kind for hit in notes.hits} == {PassageKind.FOOTNOTE}
    weak = sample_library.search(Request("kinh tế", sections=("hạn chế",), limit=50))
    assert weak.hits
    assert all(any("HẠN CHẾ" in s.title.upper() for s in hit.path) for hit in weak.hits)


@pytest.mark.parametrize(
    "request_",
    [
        Request("a", places=("Hà Nội",)),
        Request("a", terms=("1990-1995",)),
        Request("a", years=("1975",)),
        Request("a", kinds=("ảnh",)),
        Request("a", documents=("000000000000",)),
        Request("a", sections=("đề mục không có",)),
        Request("a", sections=("*",)),
    ],
)
def test_an_unknown_filter_value_is_named_with_what_there_is(sample_library, request_):
    with pytest.raises(UnknownFilter) as caught:
        sample_library.search(request_)
    assert caught.value.hint


def test_pages_do_not_overlap(sample_library):
    first = sample_library.search(Request("kinh tế", limit=5))
    second = sample_library.search(Request("kinh tế", limit=5, offset=5))
    ids = [hit.passage.id for page in (first, second) for hit in page.hits]
    assert len(set(ids)) == 10


@pytest.mark.parametrize(
    "text",
    [
        "a",
        "ơ",
        "What is the poverty rate of the town in 2020?",
        "tỷ lệ 貧困 бедность hộ nghèo",
        "hộ nghèo 🙂 👨‍👩‍👧 giảm",
        "nghèo" * 190,
        "http://" + "!" * 60,
        "((((((" * 100 + " hộ",
        "\u202ehộ nghèo\u202c",
    ],
)
def test_odd_questions_are_answered_quickly_or_empty(sample_library, text):
    sample_library.search(Request("hộ nghèo"))
    started = time.perf_counter()
    sample_library.search(Request(text))
    # One second is the promise; shared machines are given some more.
    assert time.perf_counter() - started < 3


def test_nothing_found_is_no_error(sample_library):
    result = sample_library.search(Request("xyzzy"))
    assert (result.total, result.hits) == (0, ())


def test_an_unknown_passage_is_not_found(sample_library):
    document = sample_library.catalogue.documents()[0]
    for name in (f"{document.id}:p9999", "000000000000:p0001", "x"):
        with pytest.raises(NotFound):
            sample_library.passage(name)


def test_asking_without_an_index_says_how_to_make_one(tmp_path):
    with pytest.raises(IndexMissing, match="vankien index"):
        open_library(load_settings({}, data=tmp_path))


def test_an_index_of_other_rules_is_refused_until_it_is_rebuilt(tmp_path):
    report = tmp_path / "a.txt"
    report.write_text("I- KẾT QUẢ\nTỷ lệ hộ nghèo còn 2%.", encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "data")
    build_index([report], settings)
    pointer = settings.data / "index" / "current.json"
    content = json.loads(pointer.read_text())
    pointer.write_text(json.dumps(content | {"analysis": 0}))
    library = open_library(settings)
    with pytest.raises(IndexOutdated, match="--rebuild"):
        library.search(Request("nghèo"))
    with pytest.raises(IndexOutdated, match="--rebuild"):
        build_index([report.rename(tmp_path / "b.txt")], settings)
    build_index([], settings, rebuild=True)
    assert library.search(Request("nghèo")).total == 1
    library.close()


def test_a_page_is_never_larger_than_the_limit(sample_library):
    small = replace(sample_library.settings, max_page_size=3)
    library = open_library(small)
    assert len(library.search(Request("kinh tế", limit=1000)).hits) == 3
    library.close()


@pytest.mark.seed
def test_both_real_reports_answer_on_poor_households(seed_library):
    hits = seed_library.search(Request("tỷ lệ hộ nghèo", limit=5)).hits
    assert {hit.document.source[:4] for hit in hits} == {"000_", "002_"}


@pytest.mark.seed
def test_a_word_that_stands_only_in_a_note_finds_both_halves(seed_library):
    hit = seed_library.search(Request("huy hiệu Đảng 253")).hits[0]
    assert hit.passage.footnote == 38
    assert hit.linked[0].link.relation == "anchor"
