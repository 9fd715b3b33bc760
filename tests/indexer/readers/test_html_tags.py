"""How a web page ends in its source, and that odd sources take no time."""

from __future__ import annotations

import time

import pytest

from indexer.errors import UnreadableFile
from indexer.models import RawDocument
from indexer.readers.html_reader import HtmlReader
from indexer.readers.html_source import is_page
from indexer.readers.html_tags import read_source

SECONDS = 5.0


@pytest.fixture
def read(tmp_path):
    def read(page: str, name: str = "a.html") -> RawDocument:
        path = tmp_path / name
        path.write_text(page, encoding="utf-8")
        return HtmlReader().read(path)

    return read


def texts(document: RawDocument) -> list[str]:
    return [block.text for block in document.blocks]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><p>Tôm</p></body></html><p>Cá</p>",
        "<html><head><title>A</title></head><body><p>Tôm</body></html>\n"
        "<!doctype html><html><head><title>B</title></head><body><p>Cá</body></html>",
        "<p>Tôm</p></html>Cá",
        "<html><div><html><body><p>Tôm</p></body></html></div><p>Cá</p></html>",
    ],
)
def test_what_follows_the_end_of_a_page_is_read(read, page):
    document = read(page)
    assert (texts(document), document.warnings) == (["Tôm", "Cá"], ())


def test_an_end_in_a_comment_or_a_value_is_no_end(read):
    page = '<html><p title="</html>">Tôm</p><!-- </html> --><script>"</html>"</script><p>Cá</html>'
    assert texts(read(page)) == ["Tôm", "Cá"]
    assert read_source(page).text == page.removesuffix("</html>")


@pytest.mark.parametrize("name", ["a.html", "a.doc"])
@pytest.mark.parametrize(
    "rest", ["<p", "<a href='x", '<img alt="ảnh', "<!-- lời ghi", "</t", "<", "<script>if (a)"]
)
def test_a_page_that_ends_in_a_tag_is_refused(read, rest, name):
    with pytest.raises(UnreadableFile, match="bị cắt ngang") as caught:
        read(f"<html><body><p>Tôm tăng 5%.</p>{rest}", name)
    assert caught.value.hint


@pytest.mark.parametrize("page", ["<html><body><p>Tôm</p>", "<html><p>Tôm tăng 1", "<body>Tôm"])
def test_a_page_without_an_end_is_read_with_a_warning(read, page):
    assert "không có phần kết thúc" in read(page).warnings[0]


@pytest.mark.parametrize(
    "page",
    ["<html><body>Tôm</body>", "<html>Tôm</html>", "<p>Tôm", "<!doctype html><p>Tôm", "Tôm < cá"],
)
def test_a_whole_page_gets_no_warning(read, page):
    assert read(page).warnings == ()


@pytest.mark.parametrize(
    "page", ["<html><p>Tôm</p><!-- quên đóng <p>Cá</p></html>", "<html><p>Tôm</html><!-- lưu"]
)
def test_a_comment_without_an_end_in_a_whole_page_is_told(read, page):
    document = read(page)
    assert texts(document) == ["Tôm"]
    assert "không đóng" in document.warnings[0]


@pytest.mark.parametrize(
    "source",
    ["<!--x-->", "</html>", "<a ", '<a b="', "<!--", "<", "<script></script ", "<title>", "<a ="],
)
def test_no_source_takes_long(source):
    began = time.monotonic()
    read_source(source * 50_000)
    is_page(source.encode() * 1000 + b"<div>")
    assert time.monotonic() - began < SECONDS
