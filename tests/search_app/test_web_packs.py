"""Packs over HTTP, as a browser without JavaScript uses them, and as the script does."""

from __future__ import annotations

import html
import json
import re

import pytest
from flask.testing import FlaskClient

from indexer.database_address import DatabaseAddress
from search_app.app import create_app
from search_app.packing.files import FILES
from search_app.packs import Packs
from search_app.packs_tables import FILE_NAME
from search_app.serialise import passage_url
from tests.search_app.pages import page, text_of

QUESTION = "nước sạch"


@pytest.fixture
def app(sample_settings, sample_library, tmp_path):
    made = create_app(sample_settings, sample_library)
    made.extensions["packs"] = Packs(DatabaseAddress(tmp_path))
    return made


@pytest.fixture
def client(app) -> FlaskClient:
    return app.test_client()


def token(client: FlaskClient, address: str = "/") -> str:
    found = re.search(r'name="csrf_token" value="([^"]+)"', page(client, address))
    assert found
    return found[1]


def codes(client: FlaskClient) -> list[str]:
    markup = page(client, "/search", q=QUESTION)
    found = re.findall(r'name="item" value="([^"]+)"', markup)
    return list(dict.fromkeys(map(html.unescape, found)))


def send(client: FlaskClient, address: str, **fields: str):
    return client.post(address, data=fields | {"csrf_token": token(client)})


def add(client: FlaskClient, count: int = 3) -> list[str]:
    found = codes(client)[:count]
    for code in found:
        assert send(client, "/pack/items", item=code, next="/search").status_code == 303
    return found


def numbers(client: FlaskClient) -> list[str]:
    return re.findall(r'<li id="muc-(\d+)">', page(client, "/pack"))


def quotes(client: FlaskClient, address: str = "/pack") -> list[str]:
    return re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", page(client, address), re.S)


# --- collecting ---------------------------------------------------------------------------------


def test_an_empty_pack_says_how_to_fill_it(client):
    assert "Giỏ đang trống. Bấm “+ Giỏ”" in text_of(page(client, "/pack"))
    assert page(client, "/pack/export.docx", 404)


def test_a_passage_is_added_and_the_reader_comes_back_to_it(client):
    response = send(
        client, "/pack/items?at=h1", item=codes(client)[0], next="/search?q=n%C6%B0%E1%BB%9Bc"
    )
    assert response.status_code == 303
    assert response.headers["Location"] == "/search?q=n%C6%B0%E1%BB%9Bc#h1"
    markup = page(client, response.headers["Location"])
    assert "Đã thêm vào giỏ trích dẫn." in text_of(markup)
    assert "Giỏ (1)" in text_of(markup)


def test_the_script_gets_the_number_without_leaving_the_page(client):
    fields = {"item": codes(client)[0], "csrf_token": token(client)}
    response = client.post("/pack/items", data=fields, headers={"Accept": "application/json"})
    assert response.json == {"count": 1, "said": "Đã thêm vào giỏ trích dẫn.", "label": "Giỏ (1)"}
    fields |= {"item": "0000:p1/"}
    response = client.post("/pack/items", data=fields, headers={"Accept": "application/json"})
    assert response.status_code == 404 and "đọc lại" in response.json["error"]["message"]


def test_a_part_of_a_passage_is_added_by_its_place(client, sample_library):
    document = sample_library.document(sample_library.catalogue.documents()[0].id)
    passage = document.passages[20]
    send(client, "/pack/items", item=f"{passage.id}//2-9")
    assert text_of(quotes(client)[0]) == f"“{passage.span.of(document.text)[2:9].strip()}”"


def test_nobody_is_led_to_another_site(client):
    response = send(client, "/pack/items?at=//x", item=codes(client)[0], next="https://x.example/")
    assert response.headers["Location"] == "/"


@pytest.mark.parametrize("address", ["/pack/items", "/pack/name", "/pack/empty", "/pack/share"])
def test_a_form_of_another_site_is_refused(client, address):
    add(client, 1)
    assert client.post(address, data={"item": codes(client)[0]}).status_code == 400
    assert len(numbers(client)) == 1


def test_the_cookie_holds_no_more_than_the_secret_of_the_pack(client, app):
    add(client, 1)
    with client.session_transaction() as session:
        assert session.permanent
        assert set(session) - {"_permanent", "csrf_token", "_flashes", "pack"} == set()
        assert len(session["pack"]) > 20


# --- ordering, comments -------------------------------------------------------------------------


def test_quotations_are_ordered_annotated_and_removed(client):
    add(client)
    first, second, third = quotes(client)
    one = numbers(client)[0]
    send(client, f"/pack/items/{one}", **{"do": "down", f"note-{one}": "ghi <khi> chuyển"})
    assert quotes(client) == [second, first, third]
    assert "ghi &lt;khi&gt; chuyển</textarea>" in page(client, "/pack")
    response = send(client, f"/pack/items/{one}", **{"do": "note", f"note-{one}": "ghi lại"})
    assert response.headers["Location"].endswith(f"/pack#muc-{one}")
    send(client, f"/pack/items/{one}", do="remove")
    assert quotes(client) == [second, third]


def test_notes_beside_other_quotations_are_kept_whichever_button_is_pressed(client):
    add(client)
    one, two, three = numbers(client)
    notes = {f"note-{one}": "một", f"note-{two}": "hai", f"note-{three}": "ba"}
    send(client, f"/pack/items/{two}", do="up", **notes)
    send(client, f"/pack/items/{three}", do="remove", **notes)
    markup = page(client, "/pack")
    assert "một</textarea>" in markup
    assert "hai</textarea>" in markup
    assert "ba</textarea>" not in markup


def test_a_pack_is_named_and_emptied_only_after_a_question(client):
    add(client)
    send(client, "/pack/name", name="Giảm nghèo")
    assert "<h1>Giảm nghèo</h1>" in page(client, "/pack")
    assert "3 lời trích cùng ghi chú sẽ bị bỏ" in text_of(page(client, "/pack/empty"))
    assert len(numbers(client)) == 3
    send(client, "/pack/empty")
    assert numbers(client) == []


def test_a_quotation_says_when_its_report_has_changed(client, sample_library, monkeypatch):
    add(client, 1)
    assert "đã thay đổi" not in page(client, "/pack")
    monkeypatch.setattr("search_app.citing.lookup.fingerprint", lambda text: "00000000")
    assert "Báo cáo ở chỗ này đã thay đổi" in text_of(page(client, "/pack"))


# --- sharing ------------------------------------------------------------------------------------


def test_a_shared_pack_is_read_and_copied_by_others_and_changed_by_its_owner_alone(client, app):
    add(client)
    first = numbers(client)[0]
    send(client, f"/pack/items/{first}", **{"do": "note", f"note-{first}": "xem mục 2"})
    send(client, "/pack/share", do="share")
    address = re.search(r"http://localhost(/packs/[\w-]+)<", page(client, "/pack"))[1]
    other = app.test_client()
    shown = page(other, address)
    assert quotes(other, address) == quotes(client) and "xem mục 2" in shown
    assert "<textarea" not in shown
    with client.session_transaction() as session:
        assert session["pack"] not in shown
    assert other.get(f"{address}/export.md").status_code == 200
    send(other, f"{address}/copy")
    assert quotes(other) == quotes(client) and "xem mục 2" in page(other, "/pack")
    send(other, f"/pack/items/{numbers(other)[0]}", do="remove")
    assert len(quotes(client)) == 3
    send(client, "/pack/share", do="stop")
    assert "không có giỏ" in text_of(page(other, address, 404)).lower()


def test_packs_are_kept_out_of_caches_and_search_engines(client):
    add(client, 1)
    for address in ("/pack", "/pack/export.csv"):
        headers = client.get(address).headers
        assert headers["Cache-Control"] == "no-store"
        assert headers["X-Robots-Tag"] == "noindex"


# --- files --------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["docx", "xlsx", "csv", "md", "ris", "bib", "json"])
def test_a_pack_is_taken_away_as_a_file(client, form):
    add(client)
    response = client.get(f"/pack/export.{form}")
    assert response.status_code == 200 and len(response.data) > 500
    assert f"gio-trich-dan.{form}" in response.headers["Content-Disposition"]


def test_the_links_of_a_file_lead_back_to_the_passages(client):
    added = add(client)
    text = client.get("/pack/export.md").get_data(as_text=True)
    found = re.findall(r"<http://localhost(/documents/[^>]+)>", text)
    assert len(found) == len(added)
    for link, code in zip(found, added, strict=True):
        location = client.get(link).headers["Location"]
        assert location.split("#")[0] == passage_url(code.split("/")[0]).split("#")[0]


def test_an_unknown_form_is_refused(client):
    add(client, 1)
    assert client.get("/pack/export.exe").status_code == 404


def test_pages_are_shown_although_packs_cannot_be_read(client, app, tmp_path, caplog):
    add(client, 1)
    (tmp_path / FILE_NAME).write_bytes(b"not a database" * 100)
    app.extensions["packs"] = Packs(DatabaseAddress(tmp_path))
    assert "Giỏ" in page(client, "/")
    told = page(client, "/pack", 503)
    assert "chưa đọc hay ghi được dữ liệu" in text_of(told)
    # Where the server keeps its files is for its log.
    assert str(tmp_path) not in told and FILE_NAME not in told
    assert str(tmp_path) in caplog.text
    fields = {"item": codes(client)[0], "csrf_token": token(client)}
    sent = client.post("/pack/items", data=fields, headers={"Accept": "application/json"})
    assert sent.status_code == 503 and str(tmp_path) not in sent.text


@pytest.mark.parametrize("count", [2, 5])
def test_every_page_and_file_of_a_pack_is_made_for_few_and_for_many(client, app, count):
    assert len(add(client, count)) == count
    send(client, "/pack/share", do="share")
    shared = re.search(r"http://localhost(/packs/[\w-]+)<", page(client, "/pack"))[1]
    assert len(quotes(client)) == len(quotes(app.test_client(), shared)) == count
    for form in FILES:
        for reader, address in ((client, "/pack"), (app.test_client(), shared)):
            response = reader.get(f"{address}/export.{form}")
            assert response.status_code == 200 and len(response.data) > 200
    listed = json.loads(client.get("/pack/export.json").data)
    assert [one["type"] for one in listed] == ["report"] * count


def test_a_note_that_is_too_long_stays_in_its_field_with_the_reason(client):
    add(client, 2)
    first = numbers(client)[0]
    long = "dài " * 600
    response = send(client, f"/pack/items/{first}", **{"do": "down", f"note-{first}": long})
    assert response.status_code == 400
    item = re.search(rf'<li id="muc-{first}">.*?</li>', response.text, re.S)[0]
    assert "quá giới hạn 2000" in text_of(item) and long.strip() in item
    assert 'aria-invalid="true"' in item and response.text.count("aria-invalid") == 1


@pytest.mark.parametrize("number", ["9" * 19, "9" * 5_000])
def test_a_number_that_nothing_can_hold_is_no_page(client, number):
    assert send(client, f"/pack/items/{number}", do="remove").status_code == 404


def test_readers_behind_a_proxy_are_counted_each(client, app, monkeypatch):
    monkeypatch.setattr("search_app.packs._MOST_A_DAY", 1)
    code, statuses = codes(client)[0], []
    for address in ("203.0.113.1", "203.0.113.2", "203.0.113.2"):
        reader = app.test_client()
        reader.environ_base["HTTP_X_FORWARDED_FOR"] = f"198.51.100.7, {address}"
        statuses.append(send(reader, "/pack/items", item=code).status_code)
    assert statuses == [303, 303, 400]
