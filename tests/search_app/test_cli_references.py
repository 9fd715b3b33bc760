from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from search_app.cli import cli


@pytest.fixture
def run(sample_settings):
    def invoke(*arguments):
        return CliRunner().invoke(cli, ["--data", str(sample_settings.data), *arguments])

    return invoke


def test_all_documents_are_listed_without_their_places(run):
    result = run("references")
    assert result.exit_code == 0
    assert "văn bản được dẫn ở" in result.output.splitlines()[0]
    assert "Nghị quyết 39-NQ/TW (ngày 17/04/2015, khóa XI)" in result.output
    assert "—" not in result.output


def test_one_document_is_shown_with_every_place(run):
    result = run("references", "chỉ thị 36")
    assert result.exit_code == 0
    assert "Chỉ thị 36-CT/TW (ngày 30/05/2014, Bộ Chính trị, khóa XI)" in result.output
    assert "— Đảng bộ thị xã Vàm Sậy" in result.output


def test_json_is_the_answer_of_the_interface(run):
    content = json.loads(run("references", "36-CT/TW", "--json").output)
    assert content["total"] == 1
    assert content["references"][0]["mentions"][0]["citation"]["passage_id"]


def test_nothing_found_exits_with_4(run):
    result = run("references", "99-XX/YY")
    assert result.exit_code == 4
    assert "Không có văn bản nào khớp với “99-XX/YY”" in result.output
    result = run("references", "99-XX/YY", "--json")
    assert result.exit_code == 4
    assert json.loads(result.output)["references"] == []
