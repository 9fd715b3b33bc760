"""Web pages saved in one file (.mht): whole, cut off, damaged."""

from __future__ import annotations

import base64

import pytest

from indexer.errors import UnreadableFile
from indexer.models import RawDocument
from indexer.readers.html_reader import HtmlReader

PAGE = "<html><body>" + "".join(f"<p>Xã số {at} nuôi tôm.</p>" for at in range(40))
WHOLE = (PAGE + "</body></html>").encode()


def mail(page: bytes, encoding: str, rest: str = "") -> str:
    body = base64.encodebytes(page).decode() if encoding == "base64" else page.decode()
    return (
        "From: <máy>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=XX\n\n"
        f"--XX\nContent-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: {encoding}\n\n"
        f"{body}\n{rest}"
    )


@pytest.fixture
def read(tmp_path):
    def read(text: str) -> RawDocument:
        path = tmp_path / "a.mht"
        path.write_text(text, encoding="utf-8")
        return HtmlReader().read(path)

    return read


@pytest.mark.parametrize("encoding", ["base64", "8bit"])
def test_a_whole_file_is_read(read, encoding):
    document = read(mail(WHOLE, encoding, "--XX--\n"))
    assert (len(document.blocks), document.warnings) == (40, ())


@pytest.mark.parametrize("encoding", ["base64", "8bit"])
@pytest.mark.parametrize("tenth", range(3, 10))
def test_a_file_cut_off_in_its_page_is_refused(read, encoding, tenth):
    text = mail(WHOLE, encoding)
    with pytest.raises(UnreadableFile, match=r"`a\.mht`.*cắt ngang") as caught:
        read(text[: len(text) * tenth // 10])
    assert caught.value.hint


@pytest.mark.parametrize("lost", [1, 2, 3])
def test_a_page_in_damaged_letters_is_refused(read, lost):
    encoded = base64.b64encode(WHOLE).decode().rstrip("=")
    whole = mail(b"", "base64", f"{encoded}\n--XX--\n")
    broken = whole.replace(encoded, encoded[: len(encoded) // 4 * 4 - lost])
    with pytest.raises(UnreadableFile, match="cắt ngang"):
        read(broken)


def test_a_file_cut_off_in_a_picture_is_read_with_a_warning(read):
    picture = "--XX\nContent-Type: image/png\nContent-Transfer-Encoding: base64\n\niVBORw0KGg"
    document = read(mail(WHOLE, "base64", picture))
    assert len(document.blocks) == 40
    assert "phần chữ của trang còn đủ" in document.warnings[0]
