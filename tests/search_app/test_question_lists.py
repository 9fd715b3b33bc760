"""Lists of questions: typed, and in files as people send them."""

from __future__ import annotations

import zipfile
from io import BytesIO
from time import perf_counter

import pytest

from indexer.errors import ReadingError, UsageError
from search_app.export import table_xlsx
from search_app.question_lists import (
    LONGEST,
    MOST_QUESTIONS,
    check_list,
    read_list_file,
    read_typed,
)

QUESTIONS = ["Thu ngân sách của xã Cồn Sậy?", "Đàn bò, đàn trâu có bao nhiêu con?"]


def test_blank_lines_and_spaces_are_no_questions():
    assert read_typed("\r\n  Hộ  nghèo?\t\r\n\n") == ["Hộ nghèo?"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_in_every_encoding_of_the_readers(encoding):
    lines = ["Thu ngân sách?", "Hộ nghèo?"]
    assert read_list_file("câu hỏi.txt", "\r\n".join(lines).encode(encoding)) == lines


def test_the_first_column_of_a_workbook_is_the_list_without_its_heading():
    rows = [["Câu hỏi", "Người hỏi"], *([question, "anh Tư"] for question in QUESTIONS)]
    assert read_list_file("ds.xlsx", table_xlsx(rows)) == QUESTIONS


def test_a_column_that_only_counts_is_passed_over():
    rows = [["STT", "Câu hỏi"], *([number, text] for number, text in enumerate(QUESTIONS, 1))]
    assert read_list_file("ds.xlsx", table_xlsx(rows)) == QUESTIONS


def test_a_table_in_plain_text_quotes_its_commas():
    data = f'Câu hỏi,Ghi chú\r\n{QUESTIONS[0]},\r\n"{QUESTIONS[1]}",gấp\r\n'.encode("utf-8-sig")
    assert read_list_file("ds.CSV", data) == QUESTIONS


def test_one_column_that_does_not_quote_its_commas_loses_nothing():
    lines = ["Thu ngân sách?", "Đàn bò, đàn trâu?", "Hộ nghèo?", "Diện tích rừng?"]
    assert read_list_file("ds.csv", "\n".join(lines).encode()) == lines


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("ds.docx", b"PK\x03\x04", "ds.docx"),
        ("ds", b"Thu?", "loại tệp"),
        ("ds.txt", b" \n", "trống"),
        ("ds.xlsx", b"khong phai bang tinh", "ds.xlsx"),
        ("ds.xlsx", b"PK\x03\x04 hong", "ds.xlsx"),
        ("ds.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "ds.txt"),
    ],
)
def test_what_cannot_be_a_list_is_told_with_its_name(name, data, says):
    with pytest.raises((UsageError, ReadingError), match=says) as told:
        read_list_file(name, data)
    assert told.value.hint


def test_a_workbook_that_swells_is_refused_before_it_is_unpacked():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", b" " * 20_000_000)
    assert len(file.getvalue()) < 100_000
    with pytest.raises(ReadingError, match="bom nén"):
        read_list_file("ds.xlsx", file.getvalue())


def test_entities_of_a_workbook_reach_no_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu", encoding="utf-8")
    good = table_xlsx([["Câu hỏi"], ["Thu ngân sách của xã?"]])
    file = BytesIO()
    entity = f'<!DOCTYPE x [<!ENTITY e SYSTEM "{secret.as_uri()}">]>'.encode()
    with zipfile.ZipFile(BytesIO(good)) as old, zipfile.ZipFile(file, "w") as new:
        for info in old.infolist():
            data = old.read(info)
            if info.filename == "xl/sharedStrings.xml":
                data = data.replace(b"?>", b"?>" + entity, 1).replace(b"Thu ng", b"&e;Thu ng", 1)
            new.writestr(info.filename, data)
    try:
        found = read_list_file("ds.xlsx", file.getvalue())
    except ReadingError:
        return
    assert "mật khẩu" not in " ".join(found)


@pytest.mark.parametrize(
    ("questions", "says"),
    [
        ([], "Chưa có câu hỏi"),
        (["Thu?"] * (MOST_QUESTIONS + 1), f"{MOST_QUESTIONS + 1} câu"),
        (["Thu?", "a" * (LONGEST + 1)], "Câu thứ 2"),
    ],
)
def test_lists_beyond_the_limits_are_told_what_to_do(questions, says):
    with pytest.raises(UsageError, match=says) as told:
        check_list(questions)
    assert told.value.hint


def test_a_list_at_the_limits_is_taken():
    questions = ["a" * LONGEST] * MOST_QUESTIONS
    assert check_list(questions) == tuple(questions)


@pytest.mark.parametrize(
    "data",
    [
        b"a b,c\n" * 80_000 + b"x," * 250_000 + b"\n",
        b"x," * 250_000 + b"\n" + b"a b,c\n" * 80_000,
        b'"a b,c\n' * 120_000,
    ],
)
def test_a_table_beyond_all_measure_is_read_no_further_than_a_list(data):
    begin = perf_counter()
    assert len(read_list_file("ds.csv", data)) <= MOST_QUESTIONS + 2
    assert perf_counter() - begin < 5


def test_a_list_that_is_too_long_is_told_also_from_a_table():
    data = "Câu hỏi\n" + "Thu ngân sách?\n" * (MOST_QUESTIONS + 1)
    with pytest.raises(UsageError, match="quá giới hạn"):
        check_list(read_list_file("ds.csv", data.encode()))
    full = "Câu hỏi\n\n" + "Thu ngân sách?\n" * MOST_QUESTIONS
    assert len(check_list(read_list_file("ds.csv", full.encode()))) == MOST_QUESTIONS
