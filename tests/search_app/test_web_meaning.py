"""How a question was read, on the search page of the sample reports."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from search_app import web_search
from search_app.app import create_app
from search_app.query import Request
from search_app.search import Library, Result
from tests.search_app.pages import cards, links, page, text_of

PLACE = "thị xã Vàm Sậy"


@pytest.fixture(scope="module")
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


def understood(markup: str) -> str:
    found = re.search(r'<div class="understood">.*?</div>', markup, re.S)
    assert found is not None
    return found.group()


def link_named(markup: str, name: str) -> str:
    for address, text in re.findall(r'<a [^>]*?href="([^"]*)"[^>]*>(.*?)</a>', markup, re.S):
        if name in text_of(text):
            return html.unescape(address)
    raise AssertionError(f"no link {name!r}")


def at(client: FlaskClient, address: str) -> str:
    return client.get(address).get_data(as_text=True)


def follow(client: FlaskClient, markup: str, name: str) -> str:
    return at(client, link_named(markup, name))


def query_of(address: str) -> dict[str, list[str]]:
    return parse_qs(urlsplit(address).query)


def test_accents_that_were_added_are_shown_beside_what_was_typed(client):
    text = text_of(understood(page(client, "/search", q="ty le ho ngheo")))
    assert text.startswith("Đang tìm: tỷ lệ hộ nghèo (từ: ty le ho ngheo) tìm đúng như đã gõ")


def test_one_click_searches_as_typed_and_one_back(client):
    first = page(client, "/search", q="ty le ho ngheo", place=PLACE)
    typed = follow(client, first, "tìm đúng như đã gõ")
    assert "Đang tìm: ty le ho ngheo (đúng như đã gõ)" in text_of(understood(typed))
    again = follow(client, typed, "thêm dấu")
    assert understood(again) == understood(first)


def test_a_question_with_its_accents_has_nothing_to_undo(client):
    text = understood(page(client, "/search", q="tỷ lệ hộ nghèo"))
    assert "đã gõ" not in text


def test_a_place_that_was_read_out_can_be_removed_and_used_again(client):
    first = page(client, "/search", q="hộ nghèo Vàm Sậy")
    assert f"nơi: {PLACE} ✕" in text_of(understood(first))
    everywhere = follow(client, understood(first), f"nơi: {PLACE}")
    assert f"Đã bỏ: nơi: {PLACE} (dùng lại)" in text_of(understood(everywhere))
    assert understood(follow(client, everywhere, "dùng lại")) == understood(first)


def test_a_place_that_was_read_out_is_chosen_in_the_facet_too(client):
    markup = page(client, "/search", q="hộ nghèo ở Vàm Sậy")
    chosen = re.search(r'<a class="choice chosen" href="([^"]*)"', markup)
    assert chosen is not None
    assert query_of(html.unescape(chosen[1]))["skip"] == [f"place:{PLACE}"]


def test_another_wording_is_shown_with_its_reason_and_can_be_removed(client):
    markup = page(client, "/search", q="BHYT toàn dân")
    text = text_of(understood(markup))
    assert "bảo hiểm y tế ✕" in text
    assert "BHYT – bảo hiểm y tế: BHYT viết tắt của bảo hiểm y tế." in text
    address = link_named(understood(markup), "bảo hiểm y tế")
    assert query_of(address)["skip"] == ["expand:BHYT>bảo hiểm y tế"]
    without = understood(at(client, address))
    assert "BHYT = bảo hiểm y tế (dùng lại)" in text_of(without)
    assert "BHYT – bảo hiểm y tế" not in text_of(without)


def test_the_wanted_kinds_of_statement_are_said(client):
    text = text_of(understood(page(client, "/search", q="hạn chế nào, bao nhiêu hộ nghèo")))
    assert "ưu tiên: hạn chế ✕(bỏ) ưu tiên: số liệu ✕(bỏ)" in text


def test_every_link_of_the_page_keeps_what_was_turned_off(client):
    skip = ["accents", f"place:{PLACE}"]
    markup = page(client, "/search", q="hộ nghèo", skip=skip, kind="body", page="2")
    found = [link for link in links(markup) if link.startswith("/search?q")]
    undone = [link for link in found if not {*skip} <= {*query_of(link)["skip"]}]
    assert len(found) > len(undone) == 2
    assert sorted(query_of(link)["skip"][0] for link in undone) == skip


def test_the_form_reads_new_words_anew(client):
    markup = page(client, "/search", q="ty le ho ngheo", skip="accents", kind="body")
    assert 'name="kind" value="body"' in markup
    assert 'name="skip"' not in markup


def test_a_report_is_opened_with_the_same_reading_of_the_question(client):
    card = cards(page(client, "/search", q="hộ nghèo", skip="accents"))[0]
    address = link_named(card, "Mở trong báo cáo")
    assert query_of(address) == {"q": ["hộ nghèo"], "skip": ["accents"]}
    assert "<mark>" in at(client, address)


def test_switches_without_a_question_are_the_first_page(client):
    switched, plain = page(client, "/search", skip="accents"), page(client, "/search")
    assert text_of(switched) == text_of(plain)


def test_a_switch_is_never_markup(client):
    attack = "<script>alert(1)</script>"
    keys = (attack, f"place:{attack}", f"expand:{attack}>{attack}", f'term:"{attack}')
    markup = page(client, "/search", q="hộ nghèo", skip=keys)
    assert "&lt;script&gt;" in markup
    assert "<script>" not in markup


def test_every_hit_says_why_it_was_found(client):
    for card in cards(page(client, "/search", q="tỷ lệ hộ nghèo")):
        assert "<summary>Vì sao?</summary>" in card
        assert re.search(r"<li>(Trong đoạn có|Chỉ|Kể cả)", card)


def test_filters_alone_need_no_reason(client):
    assert "Vì sao?" not in page(client, "/search", place=PLACE, kind="table")


def test_a_pair_of_sentence_and_note_is_shown_once(client, monkeypatch):
    monkeypatch.setattr(web_search, "repeats", lambda hits: (None, 0, *[None] * (len(hits) - 2)))
    markup = page(client, "/search", q="hộ nghèo")
    repeat = re.search(r'<li class="repeat".*?<details><summary>.*?</summary>', markup, re.S)
    assert repeat is not None
    assert "đã có ở trên · xem cả đoạn" in text_of(repeat.group())
    assert '<a href="#h1">' in repeat.group()
    assert len(cards(markup)) == 10


def test_folded_pairs_are_counted_all_the_same(client, monkeypatch):
    folded = page(client, "/search", q="hộ nghèo")
    monkeypatch.setattr(web_search, "repeats", lambda hits: (None,) * len(hits))
    tally = re.compile(r'<p class="tally".*?</p>', re.S)
    assert tally.findall(folded) == tally.findall(page(client, "/search", q="hộ nghèo"))


def test_nothing_found_offers_the_other_way_to_read_the_question(client):
    markup = page(client, "/search", q="qwxyz zzyxw", skip="accents")
    assert "thêm dấu cho câu hỏi" in text_of(markup)


def test_another_question_is_offered_where_searching_has_one(client, monkeypatch):
    search = Library.search

    def offering(self: Library, asked: Request) -> Result:
        return replace(search(self, asked), suggestion="hộ nghèo <b>")

    monkeypatch.setattr(Library, "search", offering)
    markup = page(client, "/search", q="hộ ngèo", place=PLACE, skip="accents")
    assert "Có phải bạn tìm: hộ nghèo <b>" in text_of(markup)
    assert query_of(link_named(markup, "hộ nghèo <b>")) == {"q": ["hộ nghèo <b>"], "place": [PLACE]}


def test_the_search_box_knows_where_to_ask_for_completions(client):
    for address in ("/", "/search?q=x"):
        assert 'data-suggest="/api/v1/suggest"' in at(client, address)
