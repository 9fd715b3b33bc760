"""Plain text with old lines in it."""

import pytest

from indexer.text.legacy import Encoding
from indexer.text.legacy_lines import convert_text, decode_lines
from tests.factories.legacy import BYTES, REPORT, encode


@pytest.mark.parametrize("encoding", Encoding)
def test_a_text_of_old_lines_is_decoded_as_a_whole(encoding):
    text, (conversion,) = convert_text(encode(REPORT, encoding))
    assert text.casefold() == REPORT.casefold()
    assert (conversion.encoding, conversion.count) == (encoding.value, 4)


@pytest.mark.parametrize("encoding", BYTES)
def test_old_notes_below_a_body_in_unicode_are_decoded_alone(encoding):
    note = "Số liệu của Chi cục Thống kê\nVăn bản chỉ đạo của huyện"
    text, (conversion,) = convert_text(REPORT + encode(note, encoding))
    assert text == REPORT + note
    assert conversion.count == 2


def test_unicode_is_left_alone():
    text = REPORT + "báo cáo và\nVisite à l'hôtel près du château\n50 µm\n"
    assert convert_text(text) == (text, ())


def test_a_known_encoding_counts_only_lines_that_change():
    assert decode_lines("UBND\nTr¹m", Encoding.TCVN3)[1][0].count == 1
