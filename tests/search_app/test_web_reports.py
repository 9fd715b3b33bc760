"""The list of reports, the reading page and the originals, on the sample reports."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from indexer.models import PassageKind
from search_app.app import create_app
from search_app.page import LOST_MARK
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
    assert '<th scope="col">Chỉ tiêu</th>' in markup


def test_a_question_is_marked_in_the_report_and_hits_are_linked(client, report):
    markup = page(client, f"/documents/{report.id}", q="hộ nghèo")
    assert "<mark>" in markup
    number = re.search(r"<b>(\d+)</b> đoạn có “hộ nghèo”", markup)
    assert number is not None
    assert f"1/{number[1]}" in markup
    assert "Chỗ sau" in markup


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
