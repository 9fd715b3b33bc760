from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest

from indexer.errors import UsageError
from indexer.models import Shape
from search_app.export import Link
from search_app.facts import FactRequest, list_facts
from search_app.serialise_facts import (
    FACT_COLUMNS,
    fact_json,
    fact_rows,
    facts_file,
    facts_json,
)
from tests.factories.documents import make_document
from tests.factories.stored_facts import make_fact, with_facts
from tests.search_app.fact_reports import fact_library, make_reports


def listed(data: Path, **request: object):
    with fact_library(data, *make_reports()) as library:
        return list_facts(library, FactRequest(**request))


def test_a_fact_in_json_follows_the_interface(tmp_path):
    cited = listed(tmp_path, kinds=("target",)).facts[0]
    fact = json.loads(json.dumps(fact_json(cited)))
    text = cited.document.text
    assert set(fact) >= {
        "indicator",
        "name",
        "value",
        "value_text",
        "value_span",
        "unit",
        "qualifier",
        "period",
        "place",
        "kind",
        "citation",
    }
    assert (fact["value"], fact["value_text"], fact["unit"]) == ("2.5", "2,5%", "%")
    assert text[slice(*fact["value_span"])] == fact["value_text"]
    assert text[slice(*fact["citation"]["span"])] == fact["citation"]["quote"]
    assert fact["citation"]["passage_id"] == cited.fact.passage_id
    assert (fact["kind"], fact["place"]) == ("target", "huyện Bàu Sen")
    assert fact["period"] == {
        "text": "",
        "start": "2015-01-01",
        "end": "2020-12-31",
        "explicit": False,
    }
    assert (fact["qualifier"], fact["per"], fact["direction"], fact["parent"]) == (None,) * 4


def test_what_is_said_beside_the_value_is_given(tmp_path):
    facts = {fact["value_text"]: fact for fact in facts_json(listed(tmp_path))["facts"]}
    assert facts["1.234,5 tỷ đồng"]["qualifier"] == "trên"
    assert facts["1.234,5 tỷ đồng"]["value"] == "1234.5"
    assert facts["12%"]["direction"] == "tăng"
    assert facts["10 xã"]["parent"] == "nông thôn mới"
    assert facts["12 xã"]["period"]["start"] is None


@pytest.mark.parametrize(
    ("changes", "value"),
    [
        ({"value": Decimal(19), "other": Decimal(28), "shape": Shape.RATIO}, "19/28"),
        ({"value": Decimal(350), "other": Decimal(700), "shape": Shape.RANGE}, "350-700"),
        ({"value": Decimal("0.50")}, "0.50"),
        ({"value": Decimal("1E+3")}, "1000"),
    ],
)
def test_ratios_ranges_and_large_numbers_are_written_out(tmp_path, changes, value):
    document = make_document()
    with fact_library(tmp_path, with_facts(document, make_fact(document, **changes))) as library:
        assert fact_json(list_facts(library, FactRequest()).facts[0])["value"] == value


def test_a_page_says_its_total(tmp_path):
    found = facts_json(listed(tmp_path, limit=2, offset=1))
    assert (len(found["facts"]), found["total"], found["limit"], found["offset"]) == (2, 7, 2, 1)


def test_every_row_has_a_cell_for_every_heading_and_numbers_are_numbers(tmp_path):
    headings, *rows = fact_rows(listed(tmp_path), "http://127.0.0.1:8000")
    assert headings == FACT_COLUMNS
    assert {len(row) for row in rows} == {len(FACT_COLUMNS)}
    row = dict(zip(FACT_COLUMNS, rows[0], strict=True))
    assert (row["Giá trị"], row["Đơn vị"], row["Mức"]) == (Decimal("1234.5"), "tỷ đồng", "trên")
    assert row["Từ ngày"].isoformat() == "2015-01-01"
    assert row["Nguyên văn"].startswith("Thu ngân sách đạt")
    assert isinstance(row["Liên kết"], Link)
    assert row["Liên kết"].address.startswith("http://127.0.0.1:8000/documents/")


def test_the_file_holds_every_fact_and_its_verbatim_sentence(tmp_path):
    found = listed(tmp_path)
    rows = list(csv.DictReader(io.StringIO(facts_file(found, "csv").decode("utf-8-sig"))))
    assert [row["Nguyên văn"] for row in rows] == [cited.citation.quote for cited in found.facts]
    assert facts_file(found, "xlsx").startswith(b"PK")
    with pytest.raises(UsageError, match="json, csv, xlsx"):
        facts_file(found, "pdf")
