"""What a question finds in one report: every place of it, in reading order."""

from __future__ import annotations

import pytest

from indexer.build import build_index
from indexer.config import load_settings
from search_app.opening import open_library
from search_app.page_hits import Marked, find_in_report, hit_places
from search_app.query import Request

LINES = 130
REPORT = "I- KẾT QUẢ\n" + "\n".join(
    f"{at}. Xã thứ {at} trồng mắc ca trên {at} ha[footnoteRef:{at}]." for at in range(1, LINES + 1)
)
NOTES = "\n".join(f"[{at}: Giống mắc ca số {at}.]" for at in range(1, LINES + 1))


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    (folder / "mac-ca.txt").write_text(f"{REPORT}\n{NOTES}\n", encoding="utf-8")
    settings = load_settings({}, data=tmp_path_factory.mktemp("data"))
    build_index([folder], settings)
    library = open_library(settings)
    yield library
    library.close()


@pytest.fixture
def report(library):
    return library.document(library.catalogue.documents()[0].id)


def found(library, report, text: str) -> Marked:
    return find_in_report(library, report, Request(text=text))


def test_every_place_is_found_however_many_there_are(library, report):
    assert library.settings.max_page_size < 2 * LINES
    marked = found(library, report, "mắc ca")
    assert len(marked.visited) == 2 * LINES


def test_accents_are_folded_as_in_search(library, report):
    assert found(library, report, "mac ca").visited == found(library, report, "mắc ca").visited


def test_every_mark_is_what_was_asked_for(library, report):
    marked = found(library, report, "mắc ca")
    words = {
        span.of(passage.span.of(report.text))
        for passage in report.passages
        for span in marked.of(passage)
    }
    assert words == {"mắc ca"}


def test_a_note_is_visited_after_the_sentence_that_calls_it(library, report):
    places = list(hit_places(report, found(library, report, "mắc ca")).values())
    assert [place.number for place in places[:4]] == [1, 2, 3, 4]
    assert [place.fragment for place in places[1:4:2]] == ["ct-1", "ct-2"]
    assert places[0].before == "" and places[-1].after == ""
    assert places[1].before == places[0].fragment and places[0].after == places[1].fragment


def test_nothing_is_visited_when_nothing_was_asked(report):
    assert hit_places(report, Marked()) == {}
