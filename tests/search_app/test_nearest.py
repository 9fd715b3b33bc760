from __future__ import annotations

from contextlib import closing

from indexer.build import build_index
from indexer.config import load_settings
from search_app.nearest import Nearest, known_phrases, nearest
from search_app.opening import open_library
from search_app.query import Request
from search_app.search import Library

PLACE = "thị xã Khe Vối"


def near(library: Library, text: str, **filters) -> Nearest | None:
    return nearest(library, library.search(Request(text, **filters)))


def test_words_that_no_report_has_are_left_out(sample_library):
    found = near(sample_library, "qwxyz hộ nghèo zyxwq")
    assert found is not None
    assert (found.text, found.missing, found.everywhere) == ("hộ nghèo", ("qwxyz", "zyxwq"), False)
    assert 0 < len(found.hits) <= 3


def test_filters_are_kept_while_something_passes_them(sample_library):
    found = near(sample_library, "qwxyz zyxwq hộ nghèo", places=(PLACE,))
    assert found is not None and not found.everywhere
    assert {hit.document.metadata.place for hit in found.hits} == {PLACE}


def test_what_only_other_reports_have_is_found_there(sample_library):
    found = near(sample_library, '"nhà máy nước Long Đước"', places=(PLACE,), kinds=("table",))
    assert found is not None and found.everywhere
    assert PLACE not in {hit.document.metadata.place for hit in found.hits}


def test_a_phrase_that_stands_nowhere_is_asked_as_words(sample_library):
    found = near(sample_library, '"nghèo hộ lệ tỷ"')
    assert found is not None
    assert found.text == "nghèo hộ lệ tỷ"
    assert found.hits[0].complete


def test_nothing_is_near_to_words_that_are_nowhere(sample_library):
    assert near(sample_library, "qwxyz zyxwq") is None
    assert near(sample_library, "qwxyz của và") is None


def test_a_partial_result_is_only_bettered_by_every_word(sample_library):
    text = "nhà máy nước Long Đước công suất tên lửa"
    result = sample_library.search(Request(text, places=(PLACE,)))
    assert not result.complete
    found = nearest(sample_library, result)
    assert found is None or found.hits[0].complete


def test_words_that_stand_nowhere_together_are_asked_for_in_part(tmp_path):
    lines = ("Tàu chạy bằng điện ra cồn mỗi ngày.", "Xây đường ngầm qua suối.", "Lúa được mùa.")
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "a.txt").write_text("I- KẾT QUẢ\n" + "\n".join(lines), encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "data")
    build_index([folder], settings)
    with closing(open_library(settings)) as library:
        found = near(library, "tàu điện ngầm")
    assert found is not None and found.partly
    assert (found.text, found.missing) == ("tàu điện", ())
    (hit,) = found.hits
    assert hit.text == lines[0]


def test_where_nothing_is_near_known_phrases_are_offered(sample_library):
    assert near(sample_library, "qwxyz zyxwq") is None
    often = known_phrases(sample_library, "qwxyz zyxwq")
    assert len(often) == 4
    assert all(sample_library.search(Request(phrase)).total for phrase in often)
    alike = known_phrases(sample_library, "qwxyz nghèo")
    assert "nghèo" in alike[0].lower()
