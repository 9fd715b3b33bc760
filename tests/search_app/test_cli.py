from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from search_app.cli import cli

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ nghèo còn 2%[footnoteRef:1]. [1: Còn 128 hộ.]\n"


@pytest.fixture
def run(sample_settings):
    def invoke(*arguments, data=sample_settings.data):
        return CliRunner().invoke(cli, ["--data", str(data), *map(str, arguments)])

    return invoke


def test_search_prints_passages_with_evidence_and_citation(run):
    result = run("search", "công suất nhà máy nước Long Đước", "--limit", 1)
    assert result.exit_code == 0
    assert "12.000 m3" in result.output
    assert "[câu gọi chú thích" in result.output
    assert "— Đảng bộ thị xã Vàm Sậy (2020)" in result.output


def test_search_as_json_follows_the_interface(run):
    content = json.loads(run("search", "hộ nghèo", "--kind", "footnote", "--json").output)
    assert set(content) >= {"query", "total", "facets", "hits"}
    assert set(content["query"]) >= {"text", "interpreted", "restored", "expansions", "suggestion"}
    hit = content["hits"][0]
    assert set(hit) >= {
        "passage_id",
        "kind",
        "footnote",
        "document",
        "section_path",
        "page",
        "span",
        "text",
        "highlights",
        "score",
        "citation",
        "url",
        "linked",
    }
    assert set(hit["document"]) >= {"id", "title", "source", "place", "term", "date"}
    assert set(hit["linked"][0]) >= {"relation", "passage_id", "footnote", "text"}


def test_nothing_found_says_what_was_searched_and_exits_with_4(run):
    result = run("search", "xyzzy")
    assert result.exit_code == 4
    assert "4 báo cáo đã tìm không nói tới “xyzzy”" in result.output
    content = json.loads(run("search", "xyzzy", "--json").output)
    assert (content["total"], content["hits"]) == (0, [])


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("search", "?!"), 2, "Hãy gõ"),
        (("search", "a" * 10_000), 2, "quá giới hạn"),
        (("search", "a", "--place", "Hà Nội"), 2, "Các giá trị có"),
        (("search", "a", "--kind", "ảnh"), 2, "footnote"),
        (("show", "000000000000"), 4, ""),
        (("show", "000000000000:p0001"), 4, ""),
        (("index",), 2, "vankien index"),
        ((), 2, "Chưa có lệnh"),
        (("frobnicate",), 2, "Không có lệnh nào như vậy (frobnicate)"),
        (("search",), 2, "Thiếu QUERY"),
        (("search", "a", "--limit", "abc"), 2, "Cần một số nguyên từ 0 trở lên"),
        (("search", "-nghèo"), 2, "vankien search 'hộ nghèo -cận'"),
        (("search", "nghèo", "hộ"), 2, "dấu nháy"),
        (("serve", "--port", "99999"), 2, "từ 0 đến 65535"),
        (("stats", "--xyz"), 2, "Không có tùy chọn --xyz"),
        (("eval", "khong-co.jsonl"), 2, "tệp hay thư mục không còn đó"),
        (("index", "khong-co"), 2, "khong-co"),
    ],
)
def test_wrong_input_says_what_to_do(run, arguments, code, says):
    result = run(*arguments)
    assert result.exit_code == code
    assert says in result.output


def test_asking_before_indexing_exits_with_3(run, tmp_path):
    for command in (("search", "a"), ("documents",), ("stats",), ("show", "a"), ("serve",)):
        result = run(*command, data=tmp_path / "none")
        assert result.exit_code == 3, command
        assert "vankien index" in result.output


def test_index_reports_every_file(run, tmp_path):
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    (tmp_path / "b.txt").write_bytes(b"")
    result = run("index", tmp_path / "a.txt", tmp_path / "b.txt", "--json", data=tmp_path / "data")
    assert result.exit_code == 1
    content = json.loads(result.output)
    good, bad = content["files"]
    assert (good["status"], good["footnotes"]["marked"], good["error"]) == ("added", 1, None)
    assert bad["status"] == "failed"
    assert "tệp trống" in bad["error"]
    assert content["totals"]["failed"] == 1
    text = run("index", tmp_path / "a.txt", data=tmp_path / "data").output
    assert "không đổi  a.txt: định dạng txt, bảng mã utf-8, 1 mục" in text


def test_show_gives_back_what_is_stored(run, sample_library):
    summary = sample_library.catalogue.documents()[0]
    whole = json.loads(run("show", summary.id, "--json").output)
    assert len(whole["passages"]) == summary.passages
    passage = whole["passages"][5]
    one = json.loads(run("show", passage["passage_id"], "--json").output)
    start, end = passage["span"]
    assert one["text"] == whole["text"][start:end]
    assert run("show", summary.id).output.startswith("Báo cáo chính trị")
    assert one["citation"] in run("show", passage["passage_id"]).output


def test_documents_and_stats_count_the_same(run):
    documents = json.loads(run("documents", "--json").output)
    stats = json.loads(run("stats", "--json").output)
    assert stats["documents"] == documents["total"] == 4
    assert stats["passages"] == sum(d["passages"] for d in documents["documents"])
    assert "Báo cáo:     4" in run("stats").output
    assert "khe-voi-2020-2025.docx" in run("documents").output


def test_explain_says_how_the_question_was_understood(run):
    text = run("search", '"hộ nghèo" giảm -cận', "--explain").output
    assert "Cụm từ bắt buộc: hộ nghèo" in text
    assert "Không được có: cận" in text
    content = json.loads(run("search", "hộ nghèo", "--explain", "--json").output)
    assert content["explain"]["minimum"] == 2


def test_an_unclosed_quote_is_noted(run):
    assert "Lưu ý: Dấu ngoặc kép chưa đóng" in run("search", 'giảm "hộ nghèo').output


def test_help_is_in_vietnamese(run):
    text = run("search", "--help").output
    assert text.startswith("Cách dùng:")
    assert "Tùy chọn:" in text
    assert "In trợ giúp này" in text
    assert "Show this" not in text


def test_prune_deletes_the_build_before_and_no_other(run, tmp_path):
    data = tmp_path / "data"
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    run("index", tmp_path / "a.txt", data=data)
    assert "Không có bản chỉ mục cũ" in run("prune", data=data).output
    run("index", "--rebuild", tmp_path / "a.txt", data=data)
    assert run("prune", data=data).output == "đã xóa  0001\n"
    assert run("search", "nghèo", data=data).exit_code == 0


def test_forget_takes_a_file_out_of_search(run, tmp_path):
    data = tmp_path / "data"
    (tmp_path / "a.txt").write_text(REPORT, encoding="utf-8")
    run("index", tmp_path / "a.txt", data=data)
    assert "đã bỏ  a.txt" in run("forget", tmp_path / "a.txt", data=data).output
    assert run("search", "nghèo", data=data).exit_code == 4
    assert run("forget", tmp_path / "a.txt", data=data).exit_code == 2
    assert run("forget", "--if-known", tmp_path / "a.txt", data=data).exit_code == 0
