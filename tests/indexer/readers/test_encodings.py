"""From bytes to letters: every encoding an office's text files stand in."""

import unicodedata

import pytest

from indexer.errors import UnreadableFile
from indexer.readers.encodings import decode_bytes
from tests.factories.legacy import BYTES, REPORT, encode


def as_cp1258(text: str) -> bytes:
    """Return the bytes that Windows writes: shaped letters composed, tones behind them."""
    out = b""
    for letter in text:
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            *base, tone = unicodedata.normalize("NFD", letter)
            if tone == "\u0302" or tone == "\u0306":  # the shape stands behind the dot below
                base, tone = [base[0], tone], base[1]
            out += unicodedata.normalize("NFC", "".join(base)).encode("cp1258")
            out += tone.encode("cp1258")
    return out


@pytest.mark.parametrize("encoding", BYTES)
def test_old_bytes_are_decoded_and_reported(encoding):
    decoded = decode_bytes(encode(REPORT, encoding).encode("latin-1"), "a.txt")
    assert decoded.text.casefold() == REPORT.casefold()
    assert decoded.encoding == encoding.value
    (conversion,) = decoded.conversions
    assert (conversion.encoding, conversion.count) == (encoding.value, 4)
    assert conversion.sample_after == REPORT.splitlines()[0]


def test_viqr_is_ascii():
    decoded = decode_bytes(encode(REPORT, "VIQR").encode("ascii"), "a.txt")
    assert (decoded.text, decoded.encoding) == (REPORT, "VIQR")


def test_old_signs_saved_as_utf_8_are_decoded_too():
    decoded = decode_bytes(encode(REPORT, "VNI").encode("utf-8"), "a.txt")
    assert (decoded.text, decoded.encoding) == (REPORT, "utf-8")
    assert [conversion.encoding for conversion in decoded.conversions] == ["VNI"]


@pytest.mark.parametrize("text", [REPORT, "Đất lành"])
def test_cp1258_is_known_by_its_words(text):
    decoded = decode_bytes(as_cp1258(text), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, "cp1258")
    assert decoded.conversions == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_is_no_conversion(encoding):
    decoded = decode_bytes((REPORT * 3).encode(encoding), "a.txt")
    assert decoded.text == REPORT * 3
    assert (decoded.conversions, decoded.warnings) == ((), ())


@pytest.mark.parametrize("cut", [1, 2])
def test_utf_8_that_was_cut_off_is_read_with_a_warning(cut):
    decoded = decode_bytes((REPORT + "ở").encode()[:-cut], "a.txt")
    assert decoded.text == REPORT + "\ufffd"
    assert "1 chỗ hỏng" in decoded.warnings[0]


def test_a_western_text_is_read_as_cp1252_with_a_warning():
    text = "The \u201cproject\u201d of the province \u2013 a café in the old quarter of the town"
    decoded = decode_bytes(text.encode("cp1252"), "a.txt")
    assert (decoded.text, decoded.encoding) == (text, "cp1252")
    assert "cp1252" in decoded.warnings[0]


@pytest.mark.parametrize(
    "data",
    ["\u041e\u0442\u0447\u0435\u0442 \u043e \u0440\u0430\u0431\u043e\u0442\u0435".encode("cp1251")]
    + [bytes(range(128, 256)), b"\x01\x02\xff\x81" * 40],
)
def test_an_encoding_not_known_is_a_clear_error(data):
    with pytest.raises(UnreadableFile, match=r"`a\.txt`.*bảng mã") as caught:
        decode_bytes(data, "a.txt")
    assert "UTF-8" in caught.value.hint


@pytest.mark.parametrize("tenth", range(1, 10))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", *BYTES])
def test_a_file_cut_anywhere_is_read_or_refused(encoding, tenth):
    coded = (
        encode(REPORT, encoding).encode("latin-1") if encoding in BYTES else REPORT.encode(encoding)
    )
    data = coded[: len(coded) * tenth // 10]
    try:
        decoded = decode_bytes(data, "a.txt")
    except UnreadableFile as error:
        assert "a.txt" in error.message
    else:
        whole = decoded.text.rstrip("\ufffd").casefold()
        assert REPORT.casefold().startswith(whole[:-1])
