"""The list of reports, the reading page and the originals, on the sample reports."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from time import perf_counter

import pytest
from flask.testing import FlaskClient

from indexer.models import PassageKind
from search_app.app import create_app
from search_app.cite import place_of
from search_app.page import LOST_MARK
from search_app.page_document import reading
from search_app.search import Library
from search_app.web import _file_name
from tests.search_app.pages import links, page, text_of


@pytest.fixture(scope="module")
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


@pytest.fixture(scope="module")
def report(sample_library: Library):
    """The text report of 2020, whose notes call notes."""
    summaries = sample_library.catalogue.documents()
    found = next(s for s in summaries if s.source == "vam-say-2020-2025.txt")
    return sample_library.document(found.id)


# --- the list of reports


def test_the_list_shows_every_report_with_its_counts(client, sample_library):
    text = text_of(page(client, "/documents"))
    for summary in sample_library.catalogue.documents():
        assert summary.source in text
        assert f"{summary.passages} đoạn" in text
    assert "chú thích" in text


def test_the_list_is_filtered_and_says_how_many_are_shown(client):
    markup = page(client, "/documents", place="thị xã Vàm Sậy", kind="txt", sort="date")
    text = text_of(markup)
    assert "2 báo cáo trong 4" in text
    assert "khe-voi-2015-2020.docx" not in text
    assert 'value="thị xã Vàm Sậy" selected>' in markup
    assert text.index("vam-say-2020-2025.txt") < text.index("vam-say-2015-2020.txt")


def test_a_filter_that_fits_nothing_says_so_and_leads_back(client):
    markup = page(client, "/documents", place="<nơi lạ>")
    assert "Không có báo cáo nào như vậy" in markup
    assert "<nơi lạ>" not in markup
    assert '<a href="/documents">' in markup


# --- the reading page


def test_the_reading_page_holds_every_passage_once(client, report):
    markup = page(client, f"/documents/{report.id}")
    names = re.findall(r'id="(p\d{4,})"', markup)
    assert sorted(names) == sorted(p.id.partition(":")[2] for p in report.passages)


@pytest.mark.parametrize(
    "source",
    [
        "vam-say-2015-2020.txt",
        "vam-say-2020-2025.txt",
        "khe-voi-2015-2020.docx",
        "khe-voi-2020-2025.docx",
    ],
)
def test_the_reading_page_leaves_out_no_word_of_the_report(client, sample_library, source):
    summaries = sample_library.catalogue.documents()
    found = sample_library.document(next(s.id for s in summaries if s.source == source))
    markup = page(client, f"/documents/{found.id}")
    words = set(text_of(re.sub(r"<sup.*?</sup>", "", markup, flags=re.S)).split())
    missing = [
        word
        for passage in found.passages
        for word in passage.span.of(found.text).replace(LOST_MARK, "").split()
        if word not in words and word != "|"
    ]
    assert missing == []


def test_no_id_is_given_twice(client, sample_library):
    for summary in sample_library.catalogue.documents():
        ids = re.findall(r'\bid="([^"]+)"', page(client, f"/documents/{summary.id}", q="hộ nghèo"))
        assert len(ids) == len(set(ids))


def test_every_link_inside_the_page_leads_somewhere(client, report):
    markup = page(client, f"/documents/{report.id}", q="hộ nghèo")
    ids = set(re.findall(r'\bid="([^"]+)"', markup))
    inside = {link[1:] for link in links(markup) if link.startswith("#")}
    assert inside <= ids


def test_headings_go_down_step_by_step_from_one_h1(client, report):
    levels = [int(n) for n in re.findall(r"<h([1-6])[ >]", page(client, f"/documents/{report.id}"))]
    assert levels.count(1) == 1


def test_a_mark_leads_to_its_note_and_the_note_back(client, report):
    markup = page(client, f"/documents/{report.id}")
    assert re.search(r'<sup class="sign" id="goi-5"[^>]*><a href="#ct-5"', markup)
    assert '<aside class="beside" id="ct-5"' in markup
    assert 'id="chu-thich-5"' in markup
    assert '<a class="back" href="#goi-5"' in markup


def test_notes_without_text_of_their_own_are_listed_and_marked(client, report):
    nested = [note for note in report.footnotes if note.parent is not None]
    assert nested
    markup = page(client, f"/documents/{report.id}")
    assert LOST_MARK not in markup
    for note in nested:
        assert f'id="chu-thich-{note.number}"' in markup
        assert f'title="Chú thích {note.label}: {note.reason}"' in markup


def test_tables_are_tables(client, report):
    markup = page(client, f"/documents/{report.id}")
    rows = [p for p in report.passages if p.kind is PassageKind.TABLE]
    assert len(re.findall(r'<tr class="passage"', markup)) == len(rows)
    assert '<th scope="col" class="row-name">Chỉ tiêu</th>' in markup


def test_a_question_is_marked_in_the_report_and_hits_are_linked(client, report):
    markup = page(client, f"/documents/{report.id}", q="hộ nghèo")
    assert "<mark>" in markup
    number = re.search(r"<b>(\d+)</b> đoạn có “hộ nghèo”", markup)
    assert number is not None
    assert f"1/{number[1]}" in markup
    assert "Chỗ sau" in markup


def test_the_way_through_the_hits_names_places_of_the_page(client, report):
    markup = page(client, f"/documents/{report.id}", q="hộ nghèo")
    ids = set(re.findall(r'\bid="([^"]+)"', markup))
    names = re.search(r'data-hits="([^"]+)"', markup)[1].split()
    assert len(names) > 1
    assert set(names) <= ids


def test_every_passage_says_where_it_stands_and_which_text_it_has(client, report):
    markup = page(client, f"/documents/{report.id}")
    found = dict(re.findall(r'id="(p\d{4,})" data-place="([^"]*)"', markup))
    assert {name: html.unescape(words) for name, words in found.items()} == {
        p.id.partition(":")[2]: place_of(report, p) for p in report.passages
    }
    assert len(re.findall(r'data-version="[0-9a-f]{8}"', markup)) == len(report.passages)


def test_every_passage_has_a_link_to_itself(client, report):
    markup = page(client, f"/documents/{report.id}")
    linked = set(re.findall(r'class="here" href="#(p\d+)"', markup))
    assert linked == {p.id.partition(":")[2] for p in report.passages}


def test_what_is_known_of_the_report_stands_in_its_head(client, report):
    text = text_of(page(client, f"/documents/{report.id}"))
    assert f"Cơ quan ban hành {report.metadata.issuer}" in text
    assert "Loại tệp txt" in text


def test_the_pages_of_a_file_begin_once_each(report):
    paged = replace(
        report,
        passages=tuple(replace(p, page=1 + at // 40) for at, p in enumerate(report.passages)),
    )
    blocks = reading(paged).blocks
    begun = [run.page for block in blocks for run in block.runs if run.page]
    begun += [row.page for block in blocks for row in block.rows if row.page]
    body = {p.page for p in paged.passages if p.footnote is None}
    assert sorted(begun) == sorted(body)


def test_the_largest_report_is_made_fast(client, sample_library):
    largest = max(sample_library.catalogue.documents(), key=lambda summary: summary.passages)
    client.get(f"/documents/{largest.id}")
    started = perf_counter()
    client.get(f"/documents/{largest.id}")
    assert perf_counter() - started < 0.5


def test_a_question_the_report_does_not_answer_is_said_so(client, report):
    assert "không nói tới “qwxyz”" in page(client, f"/documents/{report.id}", q="qwxyz")


def test_a_question_that_cannot_be_asked_leaves_the_report_readable(client, report):
    markup = page(client, f"/documents/{report.id}", q="a" * 1001)
    assert "quá giới hạn" in text_of(markup)
    assert 'id="p0001"' in markup


def test_a_hit_leads_to_a_place_that_exists(client):
    for kind in ("body", "footnote", "table"):
        markup = page(client, "/search", q="tỷ lệ hộ nghèo", kind=kind)
        for address in re.findall(r'href="([^"]*)" class="open-link"', markup):
            place = html.unescape(address)
            assert f'id="{place.partition("#")[2]}"' in client.get(place).get_data(as_text=True)


# --- the original


def test_the_original_is_sent_as_it_was_read(client, sample_library, sample_paths):
    for summary in sample_library.catalogue.documents():
        with client.get(f"/documents/{summary.id}/original") as response:
            assert response.status_code == 200
            assert response.data == sample_paths[summary.source].read_bytes()
        disposition = response.headers["Content-Disposition"]
        assert disposition.startswith("attachment")
        assert summary.source in disposition
        assert response.mimetype == "application/octet-stream"


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("../../etc/pass wd.txt", "pass wd.txt"),
        ("thư mục\\báo cáo.docx", "báo cáo.docx"),
        ('a"b\r\nX-Evil: 1.txt', "a_b_X-Evil_ 1.txt"),
        ("...", "37562227b8c1"),
    ],
)
def test_the_name_of_a_download_is_only_a_name(report, source, name):
    assert _file_name(replace(report, id="37562227b8c1", source=source)) == name
