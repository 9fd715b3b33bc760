from __future__ import annotations

from itertools import combinations

from indexer.reports import IndexReport
from indexer.version_groups import grouped
from indexer.versions import Comparison, Difference, Version
from search_app.serialise_ingestion import report_json
from search_app.terminal_ingestion import report_lines


def version(one: int, other: int, share: float = 0.97, count: int = 2) -> Version:
    places = (Difference("5", "6"),)
    names = (f"thang-{one:03}.txt", f"{one:03}", f"thang-{other:03}.txt", f"{other:03}")
    return Version(*names, Comparison(share, count, places))


def report(*versions: Version) -> IndexReport:
    return IndexReport((), (), 0, 0, 0.0, versions=versions)


def similar(lines) -> list[str]:
    return [line for line in lines if "gần giống" in line]


def test_a_hundred_monthly_forms_are_one_group_and_one_line():
    pairs = [version(one, other) for one, other in combinations(range(100), 2)]
    (group,) = grouped(pairs)
    assert len(group.sources) == 100 and group.sources[0] == "thang-000.txt"
    (line,) = similar(report_lines(report(*pairs)))
    assert "100 báo cáo (0,97 đến 0,97)" in line and line.endswith("và 95 báo cáo nữa")
    (told,) = report_json(report(*pairs))["versions"]
    assert len(told["sources"]) == len(told["documents"]) == 100 and told["shown"] == []


def test_reports_hang_together_over_others_and_groups_stay_apart():
    found = grouped([version(0, 1, 0.99), version(4, 5), version(2, 3, 0.96), version(1, 2, 0.98)])
    assert [group.documents for group in found] == [("000", "001", "002", "003"), ("004", "005")]
    assert found[0].shares == (0.96, 0.99)


def test_a_pair_is_told_as_before_with_what_differs():
    pair = version(2, 1)
    assert grouped([pair])[0].only == pair
    lines = list(report_lines(report(pair)))
    assert similar(lines) == ["    gần giống  thang-002.txt và thang-001.txt (0,97): khác 2 chỗ"]
    assert "“5” → “6”" in lines[1]
    (told,) = report_json(report(pair))["versions"]
    assert told["documents"] == ["002", "001"] and told["differences"] == 2
    assert told["shown"] == [{"before": "5", "after": "6"}]
