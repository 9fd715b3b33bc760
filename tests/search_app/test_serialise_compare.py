"""A comparison as JSON and as a table."""

from __future__ import annotations

import csv
import io

import pytest

from indexer.errors import UsageError
from search_app.compare import compare
from search_app.serialise_compare import COMPARISON_COLUMNS, comparison_file, comparison_json


@pytest.fixture(scope="module")
def comparison(sample_library):
    return compare(sample_library, "ty-le-ho-su-dung-nuoc-sach")


def test_the_documented_keys_are_there(comparison):
    found = comparison_json(comparison)
    assert found["indicator"] == "ty-le-ho-su-dung-nuoc-sach"
    assert (found["name"], found["unit"]) == ("tỷ lệ hộ sử dụng nước sạch", "%")
    assert found["message"] is None
    row = found["rows"][0]
    assert {"place", "term", "baseline", "target", "result", "share_of_target"} <= set(row)
    assert {"reached", "reason", "missing"} <= set(row)


def test_cells_are_facts_with_citations(comparison):
    for row in comparison_json(comparison)["rows"]:
        for cell in [*row["target"], *row["result"]]:
            start, end = cell["citation"]["span"]
            assert len(cell["citation"]["quote"]) == end - start
            assert cell["indicator"] == comparison.indicator


def test_a_contradiction_has_both_sides(comparison):
    (found,) = comparison_json(comparison)["inconsistencies"]
    assert [side["value"] for side in found["facts"]] == ["97.3", "96.8"]
    assert (found["kind"], found["term"]) == ("result", "2015-2020")


def test_a_table_has_a_line_for_each_value(comparison):
    text = comparison_file(comparison, "csv", "http://x").decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text)))
    cells = [
        len(row.baseline) + len(row.target) + len(row.result) + len(row.share_of_target)
        for row in comparison.rows
    ]
    assert lines[0] == list(COMPARISON_COLUMNS)
    assert len(lines) - 1 == sum(cells)
    assert {len(line) for line in lines} == {len(COMPARISON_COLUMNS)}
    assert all(line[-1].startswith("http://x/documents/") for line in lines[1:])


def test_a_workbook_is_one(comparison):
    assert comparison_file(comparison, "xlsx").startswith(b"PK")


def test_another_format_is_refused(comparison):
    with pytest.raises(UsageError, match="csv, xlsx"):
        comparison_file(comparison, "pdf")
