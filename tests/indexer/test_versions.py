"""Reports that are nearly the same, and what differs in them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.models import Document, Metadata
from indexer.versions import SketchFile, compare, find_versions, near_pairs, sketch

LINES = [
    f"Chỉ tiêu thứ {n}: sản lượng đạt {n * 7} tấn, bằng {n + 50}% kế hoạch." for n in range(60)
]
TEXT = "\n".join(LINES)
OTHER = "\n".join(
    f"Xã {n} có {n * 3} hộ nuôi nghêu ở bãi bồi ven biển phía đông." for n in range(60)
)


def document(name: str, text: str, date: str = "") -> Document:
    return Document(name, f"{name}.docx", name * 8, text, Metadata(date=date))


def versions(*documents: Document):
    return find_versions(documents, {each.id: sketch(each.text) for each in documents})


def test_the_same_text_of_two_files_is_one_text():
    (found,) = versions(document("a", TEXT), document("b", TEXT.replace(" ", "  ")))
    assert (found.source, found.other) == ("a.docx", "b.docx")
    assert (found.comparison.share, found.comparison.count) == (1.0, 0)


def test_a_later_draft_is_found_with_what_differs():
    later = TEXT.replace("đạt 70 tấn", "đạt 71 tấn") + "\nKiến nghị tỉnh hỗ trợ."
    (found,) = versions(document("a", later, "2020-09-01"), document("b", TEXT, "2020-06-01"))
    assert (found.source, found.other) == ("b.docx", "a.docx")
    assert 0.95 < found.comparison.share < 1
    shown = [(each.before, each.after) for each in found.comparison.differences]
    assert shown == [("70", "71"), ("", "Kiến nghị tỉnh hỗ trợ.")]


def test_reports_of_other_words_are_no_versions():
    half = "\n".join([*LINES[:30], *OTHER.split("\n")[:30]])
    assert versions(document("a", TEXT), document("b", OTHER), document("c", half)) == ()


@pytest.mark.parametrize(("before", "after", "share"), [("", "", 1.0), ("tôm", "", 0.0)])
def test_texts_of_nothing_can_be_compared(before, after, share):
    assert compare(before, after).share == share


def test_a_phrase_of_every_report_makes_no_pairs():
    same = {f"{n:03}": sketch("cộng hòa xã hội") for n in range(100)}
    assert near_pairs(same) == []


def test_sketches_are_kept_and_thrown_away_with_the_reading_version(tmp_path):
    kept = SketchFile(tmp_path)
    first = kept.update([document("a", TEXT)], 1)
    changed = replace(document("a", TEXT), text="Khác hẳn")
    assert SketchFile(tmp_path).update([changed], 1) == first
    assert SketchFile(tmp_path).update([changed], 2) != first
    (tmp_path / "sketches.json").write_text("{", encoding="utf-8")
    assert SketchFile(tmp_path).update([document("a", TEXT)], 1) == first
