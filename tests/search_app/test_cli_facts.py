from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from search_app import cli_facts
from search_app.cli import cli

ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(sample_settings):
    def invoke(*arguments):
        arguments = ["--data", str(sample_settings.data), "facts", *map(str, arguments)]
        return CliRunner().invoke(cli, arguments)

    return invoke


def test_facts_are_printed_with_their_citations(run):
    result = run("--indicator", "ty le ho ngheo", "--place", "Vàm Sậy")
    assert result.exit_code == 0
    assert result.output.split("\n")[0].endswith(" số liệu.")
    assert "\nthị xã Vàm Sậy\n" in result.output
    assert "      — Đảng bộ thị xã Vàm Sậy" in result.output
    assert "Khe Vối" not in result.output


@pytest.mark.parametrize("option", [("--format", "json"), ("--format=json",), ("--json",)])
def test_facts_as_json_follow_the_interface(run, option):
    content = json.loads(run("--indicator", "ty-le-ho-ngheo", *option).output)
    assert content["total"] == len(content["facts"]) > 0
    assert {fact["indicator"] for fact in content["facts"]} == {"ty-le-ho-ngheo"}
    failed = run("--period", "ngày xưa", *option)
    assert failed.exit_code == 2
    assert json.loads(failed.stdout)["error"]["code"] == "unknown_filter"


def test_pages_and_filters_come_from_the_options(run):
    content = json.loads(run("--limit", 2, "--offset", 1, "--kind", "target", "--json").output)
    assert (len(content["facts"]), content["offset"], content["limit"]) == (2, 1, 2)
    assert {fact["kind"] for fact in content["facts"]} == {"target"}


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_nothing_found_exits_with_4(run, form):
    result = run("--period", "1950", "--format", form)
    assert result.exit_code == 4
    assert result.output.strip()


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--indicator", "tỷ lệ hộ nghèoo"), "Gần nhất có"),
        (("--place", "Hà Nội"), "Các giá trị có"),
        (("--kind", "ước mơ"), "target (chỉ tiêu)"),
        (("--format", "pdf"), "--format"),
        (("--limit", "-1"), "Cần một số nguyên từ 0 trở lên"),
        (("--output", "khong-co/so-lieu.csv"), "Không ghi được"),
    ],
)
def test_wrong_input_says_what_to_do_and_exits_with_2(run, arguments, says):
    result = run(*arguments)
    assert result.exit_code == 2
    assert says in result.output


@pytest.mark.parametrize(
    ("name", "begins"),
    [("a.xlsx", b"PK"), ("a.csv", b"\xef\xbb\xbf"), ("a.json", b"{"), ("a", b"")],
)
def test_the_name_of_a_file_says_its_format(run, tmp_path, name, begins):
    path = tmp_path / name
    result = run("--indicator", "ty-le-ho-ngheo", "--output", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert str(path) in result.stderr
    content = path.read_bytes()
    assert content.startswith(begins)
    if name == "a":
        assert " số liệu." in content.decode().split("\n")[0]


def test_the_format_that_is_asked_for_goes_before_the_name_of_the_file(run, tmp_path):
    run("--format", "csv", "--output", tmp_path / "a.txt")
    assert (tmp_path / "a.txt").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_table_holds_as_many_rows_as_there_are_facts(run):
    total = json.loads(run("--json").output)["total"]
    rows = list(
        csv.DictReader(io.StringIO(run("--format", "csv").stdout_bytes.decode("utf-8-sig")))
    )
    assert len(rows) == total
    assert all(row["Liên kết"].startswith("/documents/") for row in rows)


def test_links_begin_with_the_public_address_when_one_is_set(run, monkeypatch):
    monkeypatch.setenv("VANKIEN_PUBLIC_URL", "https://vankien.example/")
    table = run("--format", "csv", "--limit", 1).stdout_bytes.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(table))
    assert row["Liên kết"].startswith("https://vankien.example/documents/")


def test_a_workbook_goes_into_a_pipe_but_not_onto_a_terminal(run, monkeypatch, sample_settings):
    command = [sys.executable, "-m", "search_app", "--data", str(sample_settings.data), "facts"]
    piped = subprocess.run(
        [*command, "--format", "xlsx", "--limit", "1"], cwd=ROOT, capture_output=True, check=True
    )
    assert piped.stdout.startswith(b"PK")

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    class System:
        stdout = Terminal()
        exit = sys.exit

    monkeypatch.setattr(cli_facts, "sys", System)
    refused = run("--format", "xlsx")
    assert refused.exit_code == 2
    assert "--output so-lieu.xlsx" in refused.output
    assert not refused.stdout_bytes.startswith(b"PK")


def test_asking_before_indexing_exits_with_3(tmp_path):
    result = CliRunner().invoke(cli, ["--data", str(tmp_path), "facts"])
    assert result.exit_code == 3
    assert "vankien index" in result.output
