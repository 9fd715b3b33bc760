from __future__ import annotations

from indexer.build import build_index
from indexer.config import load_settings
from search_app.opening import open_library
from search_app.query import Request
from search_app.repeats import are_repeats

DRAFT = """BÁO CÁO
của Đảng bộ thị xã {place}
I- KẾT QUẢ
Tỷ lệ hộ nghèo giảm nhanh nhờ nhiều mô hình sinh kế hiệu quả ở các xã ven biển{end}
"""


def test_texts_with_other_figures_are_no_repeats():
    assert are_repeats("Thu 1.998 tỷ đồng trong năm.", "Thu 1998 tỷ đồng trong năm")
    assert not are_repeats("Thu 1.998 tỷ đồng", "Thu 1.999 tỷ đồng")
    assert not are_repeats("Thu ngân sách tăng", "Chi ngân sách giảm")


def test_a_later_draft_is_folded_and_another_town_is_not(tmp_path):
    for name, place, end in (("a", "Cồn Mây", "."), ("b", "Cồn Mây", ";"), ("c", "Bến Đá", ".")):
        text = DRAFT.format(place=place, end=end)
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "data")
    build_index([tmp_path], settings)
    library = open_library(settings)
    result = library.search(Request("hộ nghèo giảm nhanh"))
    assert result.total == 3
    assert len(result.hits) == 2
    assert sorted(len(hit.similar) for hit in result.hits) == [0, 1]
    library.close()
