"""The search page on the sample reports, as a browser without JavaScript gets them."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from indexer.errors import IndexMissing, IndexOutdated
from indexer.models import IndexMeta
from search_app.app import create_app
from search_app.search import Library
from tests.search_app.pages import cards, links, page, text_of

PLACE = "thị xã Vàm Sậy"


@pytest.fixture(scope="module")
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


@pytest.fixture(scope="module")
def report(sample_library: Library):
    """The text report of 2020, whose notes call notes."""
    summaries = sample_library.catalogue.documents()
    found = next(s for s in summaries if s.source == "vam-say-2020-2025.txt")
    return sample_library.document(found.id)


# --- the first page


def test_the_first_page_says_what_the_library_holds(client):
    text = text_of(page(client, "/"))
    assert "Báo cáo 4" in text
    assert PLACE in text
    assert "2015-2020, 2020-2025" in text


def test_the_first_page_offers_questions_that_have_answers(client):
    markup = page(client, "/")
    examples = re.search(r'<ul class="examples".*?</ul>', markup, re.S)
    assert examples is not None
    found = links(examples.group())
    assert len(found) == 4
    for address in found:
        assert cards(client.get(address).get_data(as_text=True))


def test_search_without_a_question_is_the_first_page(client):
    for asked in ("", "  "):
        assert "<h1>Tìm trong các báo cáo</h1>" in page(client, "/search", q=asked)


# --- results


def test_a_hit_shows_place_path_words_and_citation(client):
    first = cards(page(client, "/search", q="tỷ lệ hộ nghèo"))[0]
    assert re.search(r"<mark>[^<]*hộ nghèo</mark>", first, re.I)
    assert 'class="path"' in first
    assert "Đảng bộ thị xã" in first
    assert "Mở trong báo cáo" in first


def test_how_many_have_all_words_and_how_many_some_is_said(client):
    text = text_of(page(client, "/search", q="tỷ lệ hộ nghèo"))
    assert re.search(r"\d+ đoạn có đủ các từ · \d+ đoạn có một phần", text)


def test_the_title_names_the_question(client):
    assert "<title>hộ nghèo · " in page(client, "/search", q="hộ nghèo")


def test_a_body_hit_shows_its_notes_those_with_the_words_open(client):
    markup = page(client, "/search", q="Quỹ Vì người nghèo mái nhà", kind="body", limit=40)
    notes = re.findall(
        r'<details class="note-body note-fold"( open)?>(.*?)</details>', markup, re.S
    )
    assert notes
    for is_open, note in notes:
        assert bool(is_open) == ("<mark>" in note)


def test_a_note_hit_shows_the_sentence_that_calls_it(client):
    found = cards(page(client, "/search", q="hộ nghèo", kind="footnote"))
    assert found
    for card in found:
        assert 'class="verbatim calling"' in card
        assert re.search(r"Chú thích \d+", card)
        assert card.index("calling") < card.index("note-body")


def test_the_mark_of_a_note_stands_in_its_sentence_as_a_link(client):
    card = cards(page(client, "/search", q="hộ nghèo", kind="footnote"))[0]
    target = re.search(r'<sup class="sign"[^>]*><a href="#(c1-\d+)"', card)
    assert target is not None
    assert f'id="{target.group(1)}"' in card


def test_a_table_row_comes_with_its_column_headings(client):
    card = cards(page(client, "/search", q="tỷ lệ hộ nghèo", kind="table"))[0]
    assert "<th scope=" in card
    assert "Chỉ tiêu" in card
    assert re.search(r"<td><mark>[^<]*hộ nghèo</mark>", card, re.I)


# --- what was understood, filters, pages


def test_phrases_and_excluded_words_can_be_taken_back(client):
    markup = page(client, "/search", q='"giảm nghèo" -cận việc', place=PLACE)
    chips = re.findall(r'<a class="chip" href="([^"]*)"', markup)
    kept = [parse_qs(urlsplit(html.unescape(chip)).query) for chip in chips]
    assert kept == [
        {"q": ["việc -cận"], "place": [PLACE]},
        {"q": ['việc "giảm nghèo"'], "place": [PLACE]},
        {"q": ['"giảm nghèo" -cận việc']},
    ]


def test_an_unclosed_quotation_mark_is_remarked_on(client):
    assert "Dấu ngoặc kép chưa đóng" in page(client, "/search", q='"hộ nghèo')


def test_facet_links_keep_the_question_and_the_other_filters(client):
    markup = page(client, "/search", q="hộ nghèo", term="2020-2025", page="2")
    found = [link for link in links(markup) if "place=" in link]
    assert found
    for link in found:
        query = parse_qs(urlsplit(link).query)
        assert (query["q"], query["term"]) == (["hộ nghèo"], ["2020-2025"])
        assert "page" not in query


def test_a_facet_says_how_many_and_leads_to_as_many(client):
    markup = page(client, "/search", q="hộ nghèo")
    link, count = re.findall(
        r'href="([^"]*kind=footnote[^"]*)".*?choice-count">\s*(\d+)', markup, re.S
    )[0]
    result = text_of(client.get(html.unescape(link)).get_data(as_text=True))
    numbers = re.search(r"(\d+) đoạn có đủ các từ(?: · (\d+) đoạn có một phần)?", result)
    assert numbers is not None
    assert int(numbers[1]) + int(numbers[2] or 0) == int(count)


def test_who_chose_a_place_still_sees_the_others_and_can_add_one(client):
    everywhere = page(client, "/search", q="hộ nghèo")
    markup = page(client, "/search", q="hộ nghèo", place=PLACE)
    counted = r'data-choice="place:(.*?)">.*?(\d+)\s*</span>'
    assert dict(re.findall(counted, markup, re.S)) == dict(re.findall(counted, everywhere, re.S))
    other = re.search(r'href="([^"]*)" title="thị xã Khe Vối"', markup)
    assert other is not None
    both = parse_qs(urlsplit(html.unescape(other[1])).query)
    assert both == {"q": ["hộ nghèo"], "place": [PLACE, "thị xã Khe Vối"]}


def test_passages_of_an_appendix_are_a_choice_and_wear_a_badge(client):
    markup = page(client, "/search", q="tỷ lệ hộ nghèo")
    choice = re.search(r'<a class="choice" href="([^"]*)"[^>]*data-choice="appendix"', markup)
    assert choice is not None
    found = cards(client.get(html.unescape(choice[1])).get_data(as_text=True))
    assert found
    for card in found:
        assert re.search(r'class="badge">Phụ lục</span>', card)


def test_the_order_is_a_link_that_keeps_the_question_and_goes_on_with_every_link(client):
    first = page(client, "/search", q="hộ nghèo", kind="body")
    assert '<b aria-current="true">phù hợp</b>' in first
    (by_time,) = [link for link in links(first) if "sort=time" in link]
    assert parse_qs(urlsplit(by_time).query) == {
        "q": ["hộ nghèo"],
        "kind": ["body"],
        "sort": ["time"],
    }
    sorted_page = client.get(by_time).get_data(as_text=True)
    assert '<b aria-current="true">thời gian</b>' in sorted_page
    assert '<input type="hidden" name="sort" value="time">' in sorted_page
    facets = [link for link in links(sorted_page) if "term=" in link]
    assert facets and all("sort=time" in link for link in facets)
    assert '<span class="count">1</span>' in sorted_page


def test_answers_are_the_same_in_any_order(client):
    card = re.compile(r'<section class="answers".*?</section>', re.S)
    question = {"q": "Tỷ lệ hộ nghèo cuối năm 2020?"}
    (usual,) = card.findall(page(client, "/search", **question))
    (sorted_by_time,) = card.findall(page(client, "/search", sort="time", **question))
    assert text_of(sorted_by_time) == text_of(usual)


def test_headings_follow_one_another_without_a_gap(client):
    for query in ({"q": "hộ nghèo"}, {"q": "qwxyz hộ nghèo"}, {"q": "hộ nghèo", "page": 2}):
        levels = [int(level) for level in re.findall(r"<h(\d)", page(client, "/search", **query))]
        assert levels[0] == 1 and levels.count(1) == 1
        assert all(after - before <= 1 for before, after in zip(levels, levels[1:], strict=False))


def test_a_chosen_value_can_be_given_back(client):
    markup = page(client, "/search", q="hộ nghèo", place="vàm sậy")
    chosen = re.search(r'<a class="choice chosen" href="([^"]*)"', markup)
    assert chosen is not None
    assert parse_qs(urlsplit(html.unescape(chosen[1])).query) == {"q": ["hộ nghèo"]}


def test_the_form_carries_the_filters_along(client):
    markup = page(client, "/search", q="hộ nghèo", place=PLACE, kind="body")
    assert f'<input type="hidden" name="place" value="{PLACE}">' in markup
    assert '<input type="hidden" name="kind" value="body">' in markup


def test_on_a_phone_the_filter_button_counts_the_filters(client):
    markup = page(client, "/search", q="hộ nghèo", place=PLACE, kind="body")
    assert '<span class="count">2</span>' in markup


def test_filters_alone_are_a_question(client):
    markup = page(client, "/search", place=PLACE, kind="table")
    assert cards(markup)
    assert "đoạn" in markup


def test_without_words_no_passage_is_said_to_have_them(client):
    assert "có đủ các từ" not in page(client, "/search", q="-", place=PLACE)


def test_pages_follow_each_other(client):
    first = page(client, "/search", q="kinh tế")
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    second = page(client, "/search", q="kinh tế", page=2)
    assert 'rel="prev"' in second
    assert not set(cards(first)) & set(cards(second))
    assert re.search(r'<b aria-current="page"><span[^>]*>Trang </span>2</b>', second)
    numbers = re.search(r'<ol class="page-numbers">.*?</ol>', second, re.S)
    assert numbers is not None
    assert "/search?q=kinh+t%E1%BA%BF&page=3" in links(numbers.group())


def test_a_page_after_the_last_leads_back(client):
    markup = page(client, "/search", q="hộ nghèo", page=900)
    assert "Trang này không có kết quả" in markup
    assert not cards(markup)


# --- nothing found, and errors


def test_nothing_found_says_what_was_searched_and_what_to_try(client):
    text = text_of(page(client, "/search", q="qwxyz", place=PLACE))
    assert "Các báo cáo đã tìm (2) không nói tới “qwxyz”." in text
    assert "Đã tìm: 2 báo cáo, cả thân bài, chú thích và bảng" in text
    assert f"nơi “{PLACE}”" in text
    assert "Tìm trong mọi báo cáo" in text
    assert "Không đoạn nào có từ nào trong các từ này." in text


def test_where_nothing_is_found_the_nearest_passages_are_shown_as_such(client):
    markup = page(client, "/search", q="qwxyz hộ nghèo zyxwq", place=PLACE)
    text = text_of(markup)
    assert "không nói tới “qwxyz hộ nghèo zyxwq”" in text
    assert "Không báo cáo nào có “qwxyz”, “zyxwq”." in text
    assert text.index("không nói tới") < text.index("Những đoạn gần nhất")
    assert 1 <= len(cards(markup)) <= 3
    (better,) = re.findall(r'<p class="proposal">.*?<a href="([^"]*)"', markup)
    query = parse_qs(urlsplit(html.unescape(better)).query)
    assert query == {"q": ["hộ nghèo"], "place": [PLACE]}


def test_what_only_a_filter_hides_is_offered_without_it(client):
    markup = page(client, "/search", q='"nhà máy nước Long Đước"', place="Khe Vối")
    assert "Ngoài bộ lọc thì có." in text_of(markup)
    (better,) = re.findall(r'<p class="proposal">.*?<a href="([^"]*)"', markup)
    assert cards(client.get(html.unescape(better)).get_data(as_text=True))


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ({"q": "-"}, "không có từ nào"),
        ({"q": "a" * 1001}, "quá giới hạn"),
        ({"q": "hộ nghèo", "place": "Sao Hỏa"}, "Không có báo cáo nào có địa phương"),
        ({"q": "hộ nghèo", "page": "hai"}, "phải là số nguyên"),
        ({"q": "hộ nghèo", "kind": "thơ"}, "Không có loại đoạn nào"),
        ({"q": "hộ nghèo", "sort": "thơ"}, "Không có cách sắp xếp nào"),
    ],
)
def test_a_question_that_cannot_be_asked_stays_in_the_form(client, query, message):
    markup = page(client, "/search", 400, **query)
    assert message in text_of(markup)
    assert f'value="{query["q"]}"' in markup


def test_what_was_typed_is_never_markup(client):
    attack = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    pages = (
        page(client, "/search", q=attack),
        page(client, "/search", q=attack, place=PLACE),
        page(client, "/search", 400, q="x", place=attack),
        page(client, "/search", q=f'"{attack}" -<b>x</b> nghèo'),
    )
    for markup in pages:
        assert "<script>" not in markup
        assert "<img" not in markup
        assert "<b>x" not in markup


def test_no_page_has_inline_script_or_style(client, report):
    for address in ("/", "/search?q=hộ+nghèo", "/documents", f"/documents/{report.id}", "/nix"):
        markup = client.get(address).get_data(as_text=True)
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=", markup)
        # What a page is called elsewhere is no request.
        markup = re.sub(r'<link rel="canonical"[^>]*>', "", markup)
        assert not re.search(r'(?:src|href)="(?:https?:)?//', markup)


@pytest.mark.parametrize("query", [{"q": "x"}, {}])
@pytest.mark.parametrize("meta", [IndexMeta(0, 0, "other"), None])
def test_an_index_that_cannot_be_asked_is_a_503(client, monkeypatch, sample_library, query, meta):
    monkeypatch.setattr(type(sample_library.backend), "meta", lambda self: meta)
    error = IndexOutdated if meta else IndexMissing
    assert error.status == 503
    assert "vankien index" in text_of(page(client, "/search", 503, **query))


def test_errors_wear_the_same_dress(client):
    for address, status in (("/nothing", 404), ("/documents/ffffffffffff", 404)):
        markup = page(client, address, status)
        assert 'class="top"' in markup
        assert 'lang="vi"' in markup
    response = client.post("/search")
    assert response.status_code == 405
    assert "cách gửi" in response.get_data(as_text=True)


def test_a_failure_of_the_server_is_a_page_too(sample_settings, sample_library, monkeypatch):
    app = create_app(sample_settings, sample_library)

    def fail(self, request):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Library, "search", fail)
    markup = page(app.test_client(), "/search", 500, q="x")
    assert "Máy chủ gặp sự cố" in markup
    assert "secret detail" not in markup
    assert 'name="q"' in markup and 'href="/documents"' in markup


def test_the_page_of_a_failure_asks_nothing_that_may_fail_too(
    sample_settings, sample_library, monkeypatch
):
    app = create_app(sample_settings, sample_library)

    def fail(*arguments, **named):
        raise RuntimeError("secret detail")

    monkeypatch.setattr(Library, "search", fail)
    monkeypatch.setattr(type(sample_library.catalogue), "documents", fail)
    monkeypatch.setitem(app.jinja_env.globals, "pack_label", fail)
    assert "Máy chủ gặp sự cố" in page(app.test_client(), "/search", 500, q="x")


def test_who_went_astray_is_shown_ways_on(client):
    markup = page(client, "/nothing", 404)
    assert "Không có trang này" in markup
    (examples,) = re.findall(r'<ul class="examples".*?</ul>', markup, re.S)
    assert cards(client.get(links(examples)[0]).get_data(as_text=True))


def test_too_much_and_unreadable_are_pages_too(client):
    big = client.post("/pack/items", data={"item": "x" * (2 * 1024 * 1024)})
    assert big.status_code == 413
    assert "Nội dung quá lớn" in big.get_data(as_text=True)
    wrong = client.post("/pack/items", data={"item": "x"})
    assert wrong.status_code == 400
    assert "Trang mở đã lâu" in wrong.get_data(as_text=True)
