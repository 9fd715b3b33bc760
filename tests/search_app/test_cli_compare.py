"""`vankien compare`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from search_app.cli import cli


@pytest.fixture
def run(sample_settings):
    def invoke(*words: str):
        return CliRunner().invoke(cli, ["--data", str(sample_settings.data), "compare", *words])

    return invoke


def test_people_see_values_citations_verdict_and_contradictions(run):
    result = run("nước sạch", "--place", "Vàm Sậy")
    assert result.exit_code == 0
    assert "thị xã Vàm Sậy, 2015-2020" in result.output
    assert "97,3%" in result.output
    assert "— Đảng bộ thị xã Vàm Sậy (2020)" in result.output
    assert "→ đạt chỉ tiêu (theo đánh giá của chính báo cáo)" in result.output
    assert "chưa có kết quả trong các báo cáo đã đọc" in result.output
    assert "KHÔNG KHỚP  thị xã Vàm Sậy, 2015-2020" in result.output


def test_equal_values_are_written_once_with_all_their_places(run):
    output = run("ty-le-do-thi-hoa", "--place", "Vàm Sậy").output
    block = output.partition("2015-2020")[2].partition("\n\n")[0]
    assert block.count("45%") == 1
    assert block.count("(2015)") == 2


def test_programs_get_the_same_as_json(run):
    result = run("ty-le-do-thi-hoa", "--json")
    found = json.loads(result.stdout)
    assert result.exit_code == 0
    assert {row["place"] for row in found["rows"]} == {"thị xã Khe Vối", "thị xã Vàm Sậy"}


def test_nothing_found_and_nothing_known_have_their_codes(run):
    assert run("tỷ lệ thất nghiệp").exit_code == 4
    unknown = run("chỉ tiêu không có thật")
    assert unknown.exit_code == 2
    assert "Không có chỉ tiêu nào" in unknown.output
