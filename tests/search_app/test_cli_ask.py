from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from search_app.cli import cli

QUESTION = "Công suất nhà máy nước Long Đước là bao nhiêu m3?"
UNANSWERABLE = "Có bao nhiêu phi hành gia bay lên sao Hỏa?"


@pytest.fixture
def run(sample_settings):
    def invoke(*arguments, data=sample_settings.data, **options):
        command = ["--data", str(data), "ask", *map(str, arguments)]
        return CliRunner().invoke(cli, command, **options)

    return invoke


@pytest.fixture
def asked(tmp_path):
    """Write a file of questions."""

    def write(content: bytes):
        path = tmp_path / "câu hỏi.txt"
        path.write_bytes(content)
        return path

    return write


def replies(result) -> list[dict]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_an_answer_is_shown_with_quotation_and_citation(run):
    result = run(QUESTION)
    assert result.exit_code == 0
    assert result.output.splitlines()[0].startswith("12.000 m3")
    assert "[12.000 m3" in result.output
    assert "[câu gọi chú thích" in result.output
    assert "— Đảng bộ thị xã Vàm Sậy (2020)" in result.output


def test_no_answer_is_said_and_exits_with_4(run):
    result = run(UNANSWERABLE)
    assert result.exit_code == 4
    assert result.output.startswith("Không tìm thấy")
    content = json.loads(run(UNANSWERABLE, "--json").output)
    assert (content["answered"], content["answers"]) == (False, [])
    assert content["message"].startswith("Không tìm thấy")


def test_an_answer_as_json_follows_the_interface(run):
    content = json.loads(run(QUESTION, "--json").output)
    assert content["question"] == QUESTION
    assert content["answered"]
    assert set(content["answers"][0]) >= {"text", "statement", "place", "period", "kind"}
    assert content["passages"]


def test_filters_keep_to_their_reports(run):
    content = json.loads(run("tỷ lệ hộ nghèo", "--place", "Khe Vối", "--json").output)
    assert {hit["document"]["place"] for hit in content["passages"]} == {"thị xã Khe Vối"}
    assert {answer["place"] for answer in content["answers"]} <= {"thị xã Khe Vối"}


def test_every_line_of_a_batch_gives_one_line_in_order(run, asked):
    lines = [QUESTION, "", UNANSWERABLE, "?!", "a " * 9000, QUESTION]
    path = asked("\r\n".join(lines).encode("utf-8-sig"))
    result = run("--batch", path, "--json")
    assert result.exit_code == 1
    found = replies(result)
    assert [reply["question"] for reply in found] == [line.strip()[:200] for line in lines]
    codes = [reply["error"]["code"] if "error" in reply else None for reply in found]
    assert codes == [None, "empty_query", None, "empty_query", "query_too_long", None]
    assert [reply["answered"] for reply in found] == [True, False, False, False, False, True]
    for reply in found:
        assert reply["answered"] or reply["message"]


def test_a_batch_of_usable_questions_exits_with_0(run, asked):
    result = run("--batch", asked(f"{QUESTION}\n{UNANSWERABLE}\n".encode()), "--json")
    assert result.exit_code == 0
    assert [reply["answered"] for reply in replies(result)] == [True, False]


def test_a_blank_line_is_told_but_is_no_problem(run, asked):
    result = run("--batch", asked(f"{QUESTION}\n  \n".encode()), "--json")
    assert result.exit_code == 0
    blank = replies(result)[1]
    assert (blank["question"], blank["answered"]) == ("", False)
    assert blank["message"] == "Dòng này trống."


def test_a_line_that_is_too_long_is_echoed_in_part(run, asked):
    path = asked(("hộ nghèo " * 900).encode())
    result = run("--batch", path)
    assert result.exit_code == 1
    assert len(result.output.splitlines()[0]) < 210
    assert len(replies(run("--batch", path, "--json"))[0]["question"]) == 200


def test_a_line_that_is_not_utf8_does_not_stop_the_others(run, asked):
    result = run("--batch", asked(b"T\xfd l\xea\n" + QUESTION.encode()), "--json")
    assert result.exit_code == 1
    wrong, right = replies(result)
    assert "UTF-8" in wrong["message"]
    assert right["answered"]


def test_a_batch_can_come_from_standard_input(run):
    result = run("--batch", "-", "--json", input=f"{QUESTION}\n")
    assert replies(result)[0]["answered"]


def test_no_sign_in_a_question_ends_a_line_of_json(run, asked):
    path = asked("hộ\u2028nghèo \x85 ?\n".encode())
    (reply,) = replies(run("--batch", path, "--json"))
    assert "\u2028" in reply["question"]


def test_a_batch_for_people_shows_the_questions_over_their_answers(run, asked):
    result = run("--batch", asked(f"{QUESTION}\n\n".encode()))
    assert result.exit_code == 0
    assert f"── {QUESTION}\n12.000 m3" in result.output
    assert "Dòng này trống." in result.output


def test_an_empty_batch_gives_nothing(run, asked):
    result = run("--batch", asked(b""), "--json")
    assert (result.exit_code, result.output) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        ((), 2, "--batch"),
        ((QUESTION, "--batch", "-"), 2, "--batch"),
        (("?!",), 2, "Hãy gõ"),
        (("a" * 10_000,), 2, "quá giới hạn"),
        ((QUESTION, "--place", "Hà Nội"), 2, "Các giá trị có"),
        (("--batch", "-", "--place", "Hà Nội", "--json"), 2, "Các giá trị có"),
        (("--batch", "khong-co.txt", "--json"), 2, "tệp hay thư mục không còn đó"),
    ],
)
def test_wrong_input_says_what_to_do(run, arguments, code, says):
    result = run(*arguments, input=f"{QUESTION}\n")
    assert result.exit_code == code
    assert says in result.output


def test_asking_before_indexing_exits_with_3(run, tmp_path):
    for arguments in ((QUESTION,), ("--batch", "-", "--json")):
        assert run(*arguments, data=tmp_path / "none").exit_code == 3
