"""Many questions over HTTP: a page that grows row by row, and its files."""

from __future__ import annotations

import csv
import gzip
import html
import json
import re
import zlib
from io import BytesIO, StringIO

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.readers.sheet_reader import SheetReader
from search_app import page_questions, web_questions
from search_app.app import create_app
from search_app.cli import cli
from search_app.export import table_xlsx
from search_app.question_lists import MOST_QUESTIONS
from tests.search_app.pages import links, page, text_of

QUESTION = "Công suất nhà máy nước Long Đước là bao nhiêu m3?"
UNANSWERABLE = "Có bao nhiêu phi hành gia bay lên sao Hỏa?"
LIST = (QUESTION, UNANSWERABLE, "?!", "tỷ lệ hộ nghèo")


@pytest.fixture
def client(sample_settings, sample_library) -> FlaskClient:
    return create_app(sample_settings, sample_library).test_client()


def post(client: FlaskClient, path: str, text: str = "", file=None, *, buffered=True, **headers):
    """Send the form as a browser does, with its token."""
    token = re.search(r'name="csrf_token" value="([^"]+)"', page(client, "/questions"))
    assert token is not None
    fields = {"csrf_token": token[1], "questions": text}
    if file is not None:
        fields["file"] = file
    return client.post(
        path, data=fields, content_type="multipart/form-data", headers=headers, buffered=buffered
    )


def rows(markup: str) -> list[str]:
    body = re.search(r"<tbody>.*?</tbody>", markup, re.S)
    assert body is not None
    return re.findall(r"<tr.*?</tr>", body.group(), re.S)


def test_each_question_gets_its_row_with_value_quotation_and_link(client):
    markup = post(client, "/questions/answers", "\n".join(LIST)).get_data(as_text=True)
    first, second, third, fourth = rows(markup)
    assert "1 /4" in text_of(first) or "1/4" in text_of(first)
    assert QUESTION in html.unescape(first)
    assert "12.000 m3" in text_of(first)
    assert re.search(r"<mark>.*?12\.000", first, re.S)
    report = next(link for link in links(first) if link.startswith("/documents/"))
    assert client.get(report).status_code == 200
    assert "Không tìm thấy" in text_of(second)
    assert "Câu hỏi không có từ nào để tìm" in text_of(third)
    assert "%" in text_of(fourth)
    assert "Xong: 4 câu, 2 câu có câu trả lời, 2 câu không tìm thấy." in text_of(markup)


def test_the_answers_are_those_of_the_command(client, sample_settings, tmp_path):
    path = tmp_path / "ds.txt"
    path.write_text("\n".join(LIST), encoding="utf-8")
    command = ["--data", str(sample_settings.data), "ask", "--batch", str(path), "--json"]
    replies = [json.loads(line) for line in CliRunner().invoke(cli, command).stdout.splitlines()]
    found = list(csv.DictReader(StringIO(_csv(client, "\n".join(LIST)))))
    for number, reply in enumerate(replies, start=1):
        answers = [row["Trả lời"] for row in found if row["Số"] == str(number)]
        said = [" ".join(answer["text"].split()) for answer in reply["answers"]]
        assert answers == (said or [""])


def test_every_number_of_an_answer_stands_in_its_quotation(client):
    found = list(csv.DictReader(StringIO(_csv(client, "\n".join(LIST)))))
    answered = [row for row in found if row["Trả lời"]]
    assert len(answered) > 1
    for row in answered:
        told = row["Nguyên văn"] + row["Câu gọi chú thích"]
        assert all(number in told for number in re.findall(r"\d[\d.,]*\d|\d", row["Trả lời"]))


def _csv(client: FlaskClient, text: str) -> str:
    response = post(client, "/questions/download.csv", text)
    assert response.mimetype == "text/csv"
    return response.data.decode("utf-8-sig")


def test_the_workbook_opens_with_the_questions_in_order(client, tmp_path):
    response = post(client, "/questions/download.xlsx", "\n".join(LIST))
    assert "cau-tra-loi.xlsx" in response.headers["Content-Disposition"]
    path = tmp_path / "a.xlsx"
    path.write_bytes(response.data)
    cells = [[cell.text for cell in block.cells] for block in SheetReader().read(path).blocks]
    table = [row for row in cells if row]
    assert table[0][:3] == ["Số", "Câu hỏi", "Trả lời"]
    assert table[1][1:3] == [QUESTION, "12.000 m3/ngày đêm"] or "12.000 m3" in table[1][2]
    assert list(dict.fromkeys(row[1] for row in table[1:])) == list(LIST)


def test_the_file_is_made_of_the_answers_that_were_shown(client, monkeypatch):
    assert post(client, "/questions/answers", QUESTION).data
    monkeypatch.setattr(page_questions, "ask_in_list", None)
    assert "12.000 m3" in _csv(client, QUESTION)


def test_a_file_of_questions_is_asked_and_stays_in_the_form(client):
    book = table_xlsx([["Câu hỏi"], [QUESTION], [UNANSWERABLE]])
    response = post(client, "/questions/answers", "", (BytesIO(book), "ds.xlsx"))
    markup = response.get_data(as_text=True)
    assert len(rows(markup)) == 2
    assert f"{html.escape(QUESTION)}\n{html.escape(UNANSWERABLE)}</textarea>" in markup


def test_rows_come_as_they_are_made_and_can_be_unpacked_at_once(client, monkeypatch):
    asked = []
    real = page_questions.ask_in_list

    def ask(library, request, question):
        asked.append(question)
        return real(library, request, question)

    monkeypatch.setattr(page_questions, "ask_in_list", ask)
    with client.application.test_request_context(headers={"Accept-Encoding": "gzip, br"}):
        response = web_questions._flowing("<head>", LIST, "<tail>")
        flow, unpack = response.iter_encoded(), zlib.decompressobj(zlib.MAX_WBITS + 16)
        assert unpack.decompress(next(flow)) == b"<head>"
        assert asked == []
        assert "12.000" in unpack.decompress(next(flow)).decode()
        assert asked == [QUESTION]
        response.close()


def test_who_leaves_gives_the_place_back_once(client):
    response = post(client, "/questions/answers", QUESTION, buffered=False)
    response.close()
    response.close()
    assert client.application.extensions["question_room"]._value == 2


def test_the_whole_page_in_gzip_is_whole(client):
    response = post(client, "/questions/answers", "\n".join(LIST), **{"Accept-Encoding": "gzip"})
    markup = gzip.decompress(response.data).decode()
    assert markup.rstrip().endswith("</html>")
    assert "<!--" not in markup


def test_what_a_reader_types_is_no_markup(client):
    nasty = "<script>alert(1)</script> <!--answers--> hộ nghèo?"
    markup = post(client, "/questions/answers", nasty).get_data(as_text=True)
    assert "<script>alert" not in markup
    assert len(rows(markup)) == 1
    assert re.findall(r"<script(?![^>]* src=)| style=|<style", markup) == []


@pytest.mark.parametrize(
    ("text", "file", "status", "says"),
    [
        ("", None, 400, "Chưa có câu hỏi nào"),
        ("hộ nghèo?\n" * (MOST_QUESTIONS + 1), None, 400, "quá giới hạn 200 câu"),
        ("a" * 1_001, None, 400, "Câu thứ 1 dài"),
        ("hộ nghèo?", (BytesIO(b"%PDF"), "ds.pdf"), 400, "ds.pdf"),
        ("", (BytesIO(b"PK\x03\x04"), "ds.xlsx"), 422, "ds.xlsx"),
    ],
)
def test_a_list_that_cannot_be_asked_is_told_and_stays_in_the_form(
    client, text, file, status, says
):
    response = post(client, "/questions/answers", text, file)
    assert response.status_code == status
    markup = response.get_data(as_text=True)
    assert says in html.unescape(markup)
    assert text.strip() in markup


def test_a_full_list_of_long_questions_is_not_too_large_to_send(client, monkeypatch):
    monkeypatch.setattr(page_questions, "MOST_SECONDS", -1)
    text = "\n".join(["Đ" * 999] * MOST_QUESTIONS)
    response = post(client, "/questions/answers", text)
    assert response.status_code == 200
    markup = response.get_data(as_text=True)
    assert len(rows(markup)) == MOST_QUESTIONS
    assert "Chưa trả lời" in markup


def test_more_than_the_limit_of_bytes_is_refused(client):
    assert client.application.config["MAX_CONTENT_LENGTH"] == 1024 * 1024
    client.application.config["MAX_CONTENT_LENGTH"] = 10_000
    response = post(client, "/questions/answers", "", (BytesIO(b"a" * 11_000), "ds.txt"))
    assert response.status_code == 413


def test_no_more_than_two_lists_are_answered_at_one_time(client, monkeypatch):
    others = [post(client, "/questions/answers", QUESTION, buffered=False) for _ in range(2)]
    response = post(client, "/questions/answers", QUESTION)
    assert response.status_code == 503
    assert "danh sách của người khác" in response.get_data(as_text=True)
    sent = (BytesIO(f"{UNANSWERABLE}\n".encode()), "ds.txt")
    kept = post(client, "/questions/answers", QUESTION, sent)
    assert kept.status_code == 503
    assert f"{html.escape(QUESTION)}\n{html.escape(UNANSWERABLE)}</textarea>" in kept.text
    monkeypatch.setattr(SheetReader, "read", None)
    book = BytesIO(table_xlsx([["Câu hỏi"], [QUESTION]]))
    assert post(client, "/questions/answers", "", (book, "ds.xlsx")).status_code == 503
    monkeypatch.undo()
    for other in reversed(others):
        other.close()
    assert post(client, "/questions/answers", QUESTION).status_code == 200


def test_a_form_of_another_site_is_refused(client):
    assert client.post("/questions/answers", data={"questions": QUESTION}).status_code == 400


def test_the_address_of_answers_alone_leads_to_the_form(client):
    assert client.get("/questions/answers").location == "/questions"


def test_the_menu_leads_to_the_form(client):
    assert "/questions" in links(page(client, "/documents"))
