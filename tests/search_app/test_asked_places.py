"""Questions that name a place of which other documents speak, too, or only they."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from indexer.build import build_index
from indexer.config import Settings, load_settings
from search_app.answer import ask
from search_app.cli import cli
from search_app.explain import place_notes
from search_app.opening import open_library
from search_app.query import Request
from search_app.search import Library
from search_app.understand import ANYWHERE
from tests.factories.docx import DocxBuilder

POOR = "Số hộ nghèo của xã Bãi Sậy là bao nhiêu?"
BOATS = "Xã Bãi Sậy có bao nhiêu bến đò?"


@pytest.fixture(scope="module")
def settings(tmp_path_factory) -> Settings:
    """A report of a commune, which says nothing of poverty, and a table of its district."""
    folder = tmp_path_factory.mktemp("reports")
    commune = "ỦY BAN NHÂN DÂN\nXÃ BÃI SẬY\n\nBÁO CÁO\nTình hình năm 2023\n\nI- KẾT QUẢ\n"
    (folder / "bai-say.txt").write_text(
        f"{commune}Toàn xã có 26 bến đò, 9 bến được sửa chữa.\n", encoding="utf-8"
    )
    builder = DocxBuilder().paragraph("KẾ HOẠCH").paragraph("Giảm nghèo năm 2024")
    builder.paragraph("I- KẾT QUẢ").paragraph("Kết quả rà soát như sau.")
    builder.paragraph("Bảng 1. Hộ nghèo cuối năm 2023")
    headings = ("STT", "Xã", "Số hộ nghèo", "Tỷ lệ hộ nghèo (%)")
    rows = (("1", "Bãi Sậy", "187", "9,80"), ("2", "Gò Cao", "143", "7,25"))
    builder.table((headings, *rows), header_rows=1).save(folder / "giam-ngheo.docx")
    settings = load_settings({}, data=tmp_path_factory.mktemp("data"))
    build_index([folder], settings)
    return settings


@pytest.fixture(scope="module")
def library(settings):
    library = open_library(settings)
    yield library
    library.close()


def texts(library: Library, question: str, **filters: object) -> list[str]:
    reply = ask(library, Request(question, **filters))  # type: ignore[arg-type]
    return [answer.text for answer in reply.answers]


def test_the_documents_of_the_place_answer_first(library):
    assert texts(library, BOATS) == ["26 bến đò"]


def test_where_they_say_nothing_another_document_answers_that_names_the_place(library):
    reply = ask(library, Request(POOR))
    assert [answer.place for answer in reply.answers] == ["xã Bãi Sậy"]
    assert ANYWHERE in reply.result.request.skip


def test_a_place_that_was_chosen_is_kept_to(library):
    assert texts(library, POOR, places=("xã Bãi Sậy",)) == []


def test_the_unit_that_is_asked_for_decides_between_two_columns(library):
    assert texts(library, POOR) == ["187"]
    assert texts(library, "Tỷ lệ hộ nghèo của xã Bãi Sậy là bao nhiêu?") == ["9,80%"]


def run(settings: Settings, *arguments: str) -> dict[str, list[dict]]:
    command = ["--data", str(settings.data), *arguments, "--json"]
    return json.loads(CliRunner().invoke(cli, command).stdout)


def test_anywhere_searches_the_documents_of_all_places(settings):
    sources = [
        {hit["document"]["source"] for hit in run(settings, "search", BOATS, *more)["hits"]}
        for more in ((), ("--anywhere",))
    ]
    assert sources == [{"bai-say.txt"}, {"bai-say.txt", "giam-ngheo.docx"}]


def test_anywhere_asks_the_documents_of_all_places(settings):
    sources = [
        {hit["document"]["source"] for hit in run(settings, "ask", BOATS, *more)["passages"]}
        for more in ((), ("--anywhere",))
    ]
    assert sources[0] == {"bai-say.txt"}
    assert sources[1] == {"bai-say.txt", "giam-ngheo.docx"}


def test_the_place_that_was_read_out_of_the_words_is_said(library):
    def notes(text: str, **filters: object) -> list[str]:
        return list(place_notes(library.search(Request(text, **filters))))  # type: ignore[arg-type]

    (told,) = notes(BOATS)
    assert told.startswith("Lưu ý: ") and "xã Bãi Sậy" in told and "--anywhere" in told
    (preferred,) = notes("bến đò Bãi Sậy")
    assert "ưu tiên văn bản của xã Bãi Sậy" in preferred
    assert notes(BOATS, places=("xã Bãi Sậy",)) == []
    assert notes(BOATS, skip=(ANYWHERE,)) == []
    assert notes("bến đò") == []
