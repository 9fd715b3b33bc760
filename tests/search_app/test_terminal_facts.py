from __future__ import annotations

from pathlib import Path

from search_app.facts import FactRequest, list_facts
from search_app.terminal_facts import fact_lines
from tests.factories.documents import make_document
from tests.factories.stored_facts import make_fact, with_facts
from tests.search_app.fact_reports import fact_library, make_reports


def lines(data: Path, **request: object) -> list[str]:
    with fact_library(data, *make_reports()) as library:
        return list(fact_lines(list_facts(library, FactRequest(**request))))


def test_facts_stand_under_their_place_with_value_kind_time_and_citation(tmp_path):
    shown = lines(tmp_path)
    assert shown[0] == "7 số liệu."
    assert [line for line in shown if line and not line.startswith(" ")][1:] == [
        "huyện An Bình",
        "huyện Bàu Sen",
        "xã An Hòa",
    ]
    at = next(number for number, line in enumerate(shown) if "1.234,5 tỷ đồng" in line)
    assert shown[at].split("  ")[1] == "Thu ngân sách"
    assert "trên 1.234,5 tỷ đồng" in shown[at]
    assert shown[at].endswith("kết quả          (2015-2020)")
    assert shown[at + 1].startswith("      — Đảng bộ huyện An Bình (2020), ")
    assert shown[at + 1].endswith(":p0004)")
    assert any("tăng 12%" in line and "tăng giảm" in line for line in shown)


def test_a_page_says_how_many_of_all_it_shows(tmp_path):
    assert lines(tmp_path, limit=2)[0] == "7 số liệu, in 2."


def test_nothing_found_says_what_to_do(tmp_path):
    shown = lines(tmp_path, period="2030")
    assert len(shown) == 2
    assert "vankien search" in shown[1]


def test_a_bound_stands_where_it_is_written_and_a_long_name_is_cut(tmp_path):
    document = make_document()
    fact = make_fact(document, qualifier="trở lên", name="tỷ lệ " + "rất " * 20 + "dài", place="")
    with fact_library(tmp_path, with_facts(document, fact)) as library:
        shown = list(fact_lines(list_facts(library, FactRequest())))
    assert shown[2] == "(chưa rõ địa phương)"
    assert "…  2,5% trở lên" in shown[3]
