"""Pages that are sent piece by piece."""

from __future__ import annotations

import gzip
import zlib

from search_app.flowing import packed


def test_each_piece_can_be_read_before_the_next_is_made():
    made = []

    def pieces():
        for number in range(3):
            made.append(number)
            yield f"<tr>hàng {number}</tr>"

    unpack = zlib.decompressobj(zlib.MAX_WBITS + 16)
    flow = packed(pieces())
    for number in range(3):
        assert unpack.decompress(next(flow)).decode() == f"<tr>hàng {number}</tr>"
        assert made == list(range(number + 1))


def test_the_whole_is_gzip():
    assert gzip.decompress(b"".join(packed(["xã ", "Cồn Sậy"]))).decode() == "xã Cồn Sậy"
