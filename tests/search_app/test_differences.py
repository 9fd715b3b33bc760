"""What differs between two reports, by paragraphs and words."""

from __future__ import annotations

from time import perf_counter

import pytest

from indexer.models import Document
from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from search_app.differences import Change, find_differences

LINES = [f"{n}. Ấp {n} thu hoạch {n * 7} tấn nghêu trong vụ chính." for n in range(1, 20)]


def report(*lines: str) -> Document:
    return build_document(read_text("I- KẾT QUẢ\n" + "\n".join(lines)), "a.txt", "ab" * 32)


def changes(found) -> list[tuple[Change, str, str]]:
    return [
        (place.change, *(side.text if side else "" for side in (place.left, place.right)))
        for place in found.places
    ]


def test_the_same_report_has_no_differences():
    found = find_differences(report(*LINES), report(*LINES))
    assert found.places == ()
    assert found.same == len(LINES) + 1


def test_changed_words_and_figures_are_marked_in_both():
    other = [*LINES]
    other[4] = "5. Ấp 5 thu hoạch 36 tấn nghêu trong cả vụ chính."
    (place,) = find_differences(report(*LINES), report(*other)).places
    marked = [[span.of(side.text) for span in side.changed] for side in (place.left, place.right)]
    assert marked == [["35"], ["36", "cả"]]
    assert place.figures == (("35",), ("36",))


def test_places_with_other_figures_come_first():
    other = [*LINES]
    other[2] = other[2].replace("vụ chính", "vụ phụ")
    other[9] = other[9].replace("70", "71")
    found = find_differences(report(*LINES), report(*other))
    assert [place.has_figures for place in found.places] == [False, True]
    assert [place.has_figures for place in found.figures_first] == [True, False]
    assert (found.figures, found.count(Change.CHANGED)) == (1, 2)


def test_the_number_of_an_item_is_no_figure():
    items = ["1. Thu hoạch nghêu vụ chính tốt.", "2. Chăn nuôi phục hồi rất nhanh."]
    later = [
        "1. Mặt trận vận động cả xã.",
        items[0].replace("1.", "2."),
        items[1].replace("2.", "3."),
    ]
    found = find_differences(report(*items), report(*later))
    assert found.count(Change.ADDED) == 1
    assert found.figures == 0


def test_what_stands_in_one_only_and_what_moved_is_said():
    other = [*LINES, "Kiến nghị tỉnh xây kè chắn sóng."]
    del other[3]
    moved = other.pop(10)
    other.insert(1, moved)
    found = find_differences(report(*LINES), report(*other))
    assert sorted(changes(found)) == sorted(
        [
            (Change.REMOVED, LINES[3], ""),
            (Change.MOVED, moved, moved),
            (Change.ADDED, "", "Kiến nghị tỉnh xây kè chắn sóng."),
        ]
    )


def test_a_sentence_added_to_a_long_paragraph_changes_this_paragraph_only():
    sentences = [f"Câu {n} nói về đê bao, cống và kênh mương của xã số {n}." for n in range(40)]
    later = [*sentences[:3], "Một câu mới thêm vào đây.", *sentences[3:]]
    found = find_differences(report(" ".join(sentences), *LINES), report(" ".join(later), *LINES))
    (place,) = found.places
    assert place.left.changed == ()
    assert [span.of(place.right.text) for span in place.right.changed] == [
        "Một câu mới thêm vào đây"
    ]


def test_notes_are_compared_with_notes():
    lines = ["Tỷ lệ hộ nghèo còn 2%[footnoteRef:1].", "[1: Còn 128 hộ ở ba ấp ven biển.]"]
    other = [lines[0], lines[1].replace("128", "129")]
    (place,) = find_differences(report(*lines), report(*other)).places
    assert place.left.passage.footnote == place.right.passage.footnote == 1
    assert place.figures == (("128",), ("129",))


@pytest.mark.parametrize("rows", [3_000])
def test_two_long_reports_without_anything_in_common_take_bounded_time(rows):
    one = report(*(f"Hàng {n} cột {n % 7} là số {n * 3}." for n in range(rows)))
    two = report(*(f"Dòng {n} ô {n % 5} ghi giá trị {n * 5}." for n in range(rows)))
    started = perf_counter()
    found = find_differences(one, two)
    assert perf_counter() - started < 15
    assert len(found.places) >= rows
