"""The list of reports: filters, orders, pages, also of very many."""

from __future__ import annotations

from time import perf_counter

import pytest

from indexer.catalogue import DocumentSummary
from indexer.models import Metadata
from search_app.page_reports import (
    PAGE_SIZE,
    ReportsAsked,
    list_reports,
    read_asked,
    unread,
)
from tests.factories.documents import make_source


def summary(source: str, **metadata: str) -> DocumentSummary:
    return DocumentSummary(source, source, Metadata(**metadata), 3, 40, 5, 0, 0, 0, 1, ())


REPORTS = (
    summary("a.docx", place="huyện Đá Sông", term="2015-2020", date="2015-08-01"),
    summary("b.pdf", place="huyện Đá Sông", term="2020-2025", date="2020-07-01"),
    summary("c.txt", place="thị xã Ân Khê", term="2020-2025", date="2020-07-02"),
    summary("d.txt", title="BÁO CÁO CHÍNH TRỊ của Đảng bộ thị xã An Trạch"),
)


def sources(**asked) -> list[str]:
    return [one.source for one in list_reports(REPORTS, ReportsAsked(**asked)).shown]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["a.docx", "b.pdf", "c.txt", "d.txt"]),
        ({"sort": "date"}, ["c.txt", "b.pdf", "a.docx", "d.txt"]),
        ({"sort": "name"}, ["d.txt", "a.docx", "b.pdf", "c.txt"]),
        ({"place": "huyện Đá Sông"}, ["a.docx", "b.pdf"]),
        ({"place": "huyện Đá Sông", "term": "2020-2025"}, ["b.pdf"]),
        ({"kind": "txt"}, ["c.txt", "d.txt"]),
        ({"name": "an khe"}, ["c.txt"]),
        ({"name": "AN TRACH"}, ["d.txt"]),
        ({"name": "b.pdf"}, ["b.pdf"]),
        ({"place": "nơi không có"}, []),
    ],
)
def test_the_list_is_what_was_asked_for(asked, expected):
    assert sources(**asked) == expected


def test_choices_are_those_of_all_reports_with_their_counts():
    found = list_reports(REPORTS, ReportsAsked(kind="pdf"))
    assert found.places == (("huyện Đá Sông", 2), ("thị xã Ân Khê", 1))
    assert found.terms == (("2015-2020", 1), ("2020-2025", 2))
    assert found.kinds == (("docx", 1), ("pdf", 1), ("txt", 2))
    assert (found.total, found.all) == (1, 4)


def test_a_thousand_reports_stand_on_pages_and_every_one_on_exactly_one():
    many = [summary(f"{at:04}.txt", place=f"xã {at % 37}", term="2020-2025") for at in range(1000)]
    started = perf_counter()
    pages = [list_reports(many, ReportsAsked(page=1))]
    assert perf_counter() - started < 0.5
    pages += [list_reports(many, ReportsAsked(page=at)) for at in range(2, pages[0].pages + 1)]
    shown = [one.source for page in pages for one in page.shown]
    assert sorted(shown) == [one.source for one in many]
    assert {len(page.shown) for page in pages[:-1]} == {PAGE_SIZE}


def test_a_page_beyond_the_last_is_the_last():
    assert list_reports(REPORTS, ReportsAsked(page=99)).asked.page == 1


def test_the_address_of_a_page_keeps_what_was_asked():
    found = list_reports(REPORTS, ReportsAsked(kind="txt", sort="date"))
    assert found.at_page(2) == "?kind=txt&sort=date&page=2"
    assert found.at_page(1) == "?kind=txt&sort=date"


@pytest.mark.parametrize("page", ["0", "-1", "x", "", "9" * 30, "²"])
def test_what_is_no_page_is_the_first(page):
    assert list_reports(REPORTS, read_asked({"page": page})).asked.page == 1


def test_files_that_could_not_be_read_are_counted():
    failed = make_source(None, "/báo cáo/hỏng.docx", status="failed")
    assert unread([failed, make_source(None, status="unsupported")]) == 1
