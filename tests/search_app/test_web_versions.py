"""Versions and sources of a report on the pages, in the interface and on the command line."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from indexer.build import build_index
from indexer.catalogue import Catalogue
from indexer.config import Settings, load_settings
from search_app.app import create_app
from search_app.cli import cli
from search_app.opening import open_library
from search_app.page_versions import PAGE_SIZE
from tests.search_app.pages import cards, links, page, text_of

HEAD = "ĐẢNG BỘ XÃ CỒN MÂY\nBÁO CÁO CHÍNH TRỊ\nnhiệm kỳ 2020-2025\nI- KẾT QUẢ\n"
LINES = [
    f"Ấp {n} thu hoạch {n * 7} tấn nghêu, bằng {n + 50}% so với kế hoạch giao từ đầu năm."
    for n in range(1, 200)
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    """Settings of two drafts, a copy of the first one with other spaces, and another report."""
    folder = tmp_path_factory.mktemp("drafts")
    first = HEAD + "\n".join(LINES) + "\n"
    second = first.replace(" 49 tấn", " <50> tấn").replace("Ấp 9 thu", "Ấp 9 đã thu")
    second += "Kiến nghị tỉnh xây kè.\n"
    (folder / "1.txt").write_text(first, encoding="utf-8")
    (folder / "1-chép.txt").write_text(first.replace("\n", "\n\n"), encoding="utf-8")
    (folder / "2.txt").write_text(second, encoding="utf-8")
    (folder / "muối.txt").write_text("I- KẾT QUẢ\nDiêm dân bội thu muối.\n", encoding="utf-8")
    settings = load_settings({}, data=tmp_path_factory.mktemp("data"))
    build_index([folder], settings)
    return settings


@pytest.fixture(scope="module")
def client(settings) -> FlaskClient:
    return create_app(settings).test_client()


@pytest.fixture(scope="module")
def ids(client) -> dict[str, str]:
    listed = client.get("/api/v1/documents").json["documents"]
    assert len(listed) == 3
    return {source: each["id"] for each in listed for source in each["sources"]}


def test_a_report_lists_its_files_and_versions(client, ids):
    shown = page(client, f"/documents/{ids['1.txt']}")
    assert "Một báo cáo, 2 tệp: 1.txt; 1-chép.txt" in text_of(shown)
    assert re.search(
        r"Các phiên bản: .*\(2\.txt\) \(giống 99,\d %, xem chỗ khác nhau", text_of(shown)
    )
    assert f"/documents/{ids['1.txt']}/versions/{ids['2.txt']}" in links(shown)
    assert "Các phiên bản" not in page(client, f"/documents/{ids['muối.txt']}")


def test_the_address_of_the_other_file_leads_to_the_report(client, ids, settings):
    with Catalogue.open_existing(settings.database) as catalogue:
        ((read, shown),) = catalogue.versions.twins().items()
    answer = client.get(f"/documents/{read}?q=tôm&skip=a&skip=b")
    assert answer.status_code == 302
    assert answer.location == f"/documents/{shown}?q=t%C3%B4m&skip=a&skip=b"


def without_token(shown):
    # It tells the second in which it was made.
    return re.sub(r'name="csrf_token" value="[^"]*"', "", shown)


def test_the_page_of_versions_shows_what_differs_with_figures_first(client, ids):
    one, two = ids["1.txt"], ids["2.txt"]
    shown = page(client, f"/documents/{one}/versions/{two}")
    turned = page(client, f"/documents/{two}/versions/{one}").replace(
        f"/documents/{two}/versions/{one}", f"/documents/{one}/versions/{two}"
    )
    assert without_token(shown) == without_token(turned)
    heads = [text_of(head) for head in re.findall(r"<h2>.*?</h2>", shown, re.S)]
    assert heads == ["Đổi số: 49 → 50", "Đổi lời", "Chỉ có ở bản sau"]
    assert re.findall(r"<(del|ins)>(.*?)</\1>", shown) == [
        ("del", "49"),
        ("ins", "50"),
        ("ins", "đã"),
    ]
    assert "&lt;" in shown and "<50>" not in shown
    assert "style=" not in shown and "<script>" not in shown
    assert any(link.startswith(f"/documents/{one}#p") for link in links(shown))


def test_reports_that_are_no_versions_have_no_such_page(client, ids):
    for other in (ids["muối.txt"], ids["1.txt"], "000000000000"):
        shown = page(client, f"/documents/{ids['1.txt']}/versions/{other}", 404)
        assert "không phải là hai phiên bản" in shown
        answer = client.get(f"/api/v1/documents/{ids['1.txt']}/versions/{other}")
        assert (answer.status_code, answer.json["error"]["code"]) == (404, "not_found")


@pytest.mark.parametrize("asked", ["0", "99999999", "-1", "abc", "²"])
def test_any_page_number_gives_a_page(client, ids, asked):
    page(client, f"/documents/{ids['1.txt']}/versions/{ids['2.txt']}", page=asked)


def test_a_passage_of_two_versions_is_shown_once(client, ids):
    shown = page(client, "/search", q="Ấp 12 thu hoạch 84 tấn nghêu")
    found = [each for each in cards(shown) if re.search(r"Ấp 12 thu", text_of(each))]
    assert len(found) == 1
    assert "Cũng có trong" in text_of(found[0])
    other = [link for link in links(found[0]) if "#p" in link and "?q" not in link]
    assert len(other) == 1 and other[0].split("#")[0].split("/")[-1] in ids.values()
    changed = page(client, "/search", q="Ấp 7 thu hoạch 49 tấn nghêu")
    assert len([each for each in cards(changed) if "Ấp 7 thu" in text_of(each)]) == 2


def test_an_answer_cites_one_of_two_versions(client, ids):
    for asked in ("Ấp 12 thu hoạch nghêu", "Ấp 12 thu hoạch bao nhiêu tấn nghêu?"):
        answers = client.get("/api/v1/ask", query_string={"q": asked}).json["answers"]
        quotes = [answer["citation"]["quote"] for answer in answers]
        documents = {answer["citation"]["document"]["id"] for answer in answers}
        assert quotes and (len(documents) == 1 or len(set(quotes)) == len(quotes))


def test_versions_and_sources_in_json(client, ids):
    answer = client.get(f"/api/v1/documents/{ids['2.txt']}").json
    assert answer["sources"] == ["2.txt"]
    (version,) = answer["versions"]
    assert version["document"]["id"] == ids["1.txt"]
    assert 0.95 < version["similarity"] < 1
    assert version["shown"][0] == {"before": "49", "after": "50"}
    assert version["url"] == f"/documents/{ids['2.txt']}/versions/{ids['1.txt']}"
    whole = client.get("/api/v1" + version["url"]).json
    assert [each["id"] for each in whole["documents"]] == [ids["1.txt"], ids["2.txt"]]
    assert whole["counts"] == {"changed": 2, "removed": 0, "added": 1, "moved": 0}
    first = whole["differences"][0]
    assert first["figures"] == {"before": ["49"], "after": ["50"]}
    start, end = first["after"]["changed"][0]
    assert first["after"]["text"][start:end] == "50"
    assert whole["differences"][2]["before"] is None


def test_versions_and_sources_on_the_command_line(settings, ids):
    def run(*words: str) -> str:
        result = CliRunner().invoke(cli, ["--data", str(settings.data), *words])
        assert result.exit_code == 0, result.output
        return result.stdout

    listed = {each["id"]: each for each in json.loads(run("documents", "--json"))["documents"]}
    assert listed[ids["1.txt"]]["versions"] == [ids["2.txt"]]
    assert listed[ids["muối.txt"]]["versions"] == []
    assert json.loads(run("show", ids["1.txt"], "--json"))["sources"] == ["1.txt", "1-chép.txt"]
    told = run("show", ids["1.txt"])
    assert "Các tệp: 1.txt; 1-chép.txt" in told
    assert f"Phiên bản khác: {ids['2.txt']}" in told


def test_the_journal_names_the_other_file_of_a_report(client, ids):
    shown = text_of(page(client, "/ingestion"))
    assert "Trùng với 1.txt" in shown and "Trùng với 1-chép.txt" in shown


def test_many_differences_are_paged(tmp_path):
    (tmp_path / "a.txt").write_text(HEAD + "\n".join(LINES * 4), encoding="utf-8")
    later = [
        line.replace("nghêu", "sò") if n % 12 == 0 else line for n, line in enumerate(LINES * 4)
    ]
    (tmp_path / "b.txt").write_text(HEAD + "\n".join(later), encoding="utf-8")
    settings = load_settings({}, data=tmp_path / "data")
    build_index([tmp_path], settings)
    library = open_library(settings)
    (version,) = library.catalogue.versions.of()
    client = create_app(settings, library).test_client()
    address = f"/documents/{version.document_id}/versions/{version.other_id}"
    pages = [page(client, address, page=n).count('<li class="place">') for n in (1, 2)]
    assert pages[0] == PAGE_SIZE and 0 < pages[1] <= PAGE_SIZE
    library.close()
