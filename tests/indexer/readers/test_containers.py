"""What a file holds is known by the names inside, and a damaged one never breaks the look."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.readers.containers import BrokenContainer, OleFile, head_of, zip_names
from tests.factories.docx import DocxBuilder
from tests.factories.office import ole_file

STREAMS = {"WordDocument": b"W" * 5000, "1Table": b"T" * 4096, "Chữ": b"C" * 4500}


def test_names_of_streams_follow_the_first_bytes(tmp_path):
    path = tmp_path / "a.doc"
    path.write_bytes(ole_file(STREAMS))
    head = head_of(path)
    assert head[:4096] == path.read_bytes()[:4096]
    assert head[4096:].decode() == "\0Root Entry\0WordDocument\0001Table\0Chữ\0"


def test_names_of_a_zip_follow_the_first_bytes(tmp_path):
    path = DocxBuilder().paragraph("Tôm").save(tmp_path / "a.docx")
    assert b"\0word/document.xml\0" in head_of(path)


def test_a_stream_begins_where_its_bytes_are():
    container = OleFile(io.BytesIO(ole_file(STREAMS)))
    assert container.beginning(container.streams["1Table"], 12) == b"T" * 12
    assert container.is_whole()


def test_every_truncation_is_seen():
    data = ole_file(STREAMS)
    for tenths in range(1, 10):
        with pytest.raises(BrokenContainer):
            OleFile(io.BytesIO(data[: len(data) * tenths // 10]))
        with pytest.raises(BrokenContainer):
            docx = DocxBuilder().paragraph("Tôm").to_bytes()
            zip_names(io.BytesIO(docx[: len(docx) * tenths // 10]))


def test_a_file_whose_last_sectors_are_gone_is_not_whole():
    # The table in front, as Word writes it: everything can be read but the end is missing.
    data = bytearray(ole_file({"WordDocument": b"W" * 5000}))
    table = len(data) - 512
    data[76:80] = (0).to_bytes(4, "little")
    data[512:1024] = data[table:]
    assert OleFile(io.BytesIO(bytes(data))).is_whole()
    directory = int.from_bytes(data[48:52], "little")
    cut = bytes(data[: (directory + 2) * 512])
    assert not OleFile(io.BytesIO(cut)).is_whole()


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=600), st.integers(0, 6000))
def test_damage_is_a_broken_container_and_nothing_else(junk, place):
    data = bytearray(ole_file(STREAMS))
    data[place : place + len(junk)] = junk
    for _ in range(2):
        with contextlib.suppress(BrokenContainer):
            OleFile(io.BytesIO(bytes(data))).is_whole()
        data = data[: place + 700]


def test_a_directory_that_points_at_itself_ends():
    data = bytearray(ole_file(STREAMS))
    directory = int.from_bytes(data[48:52], "little")
    table = len(data) - 512
    data[table + 4 * directory : table + 4 * directory + 4] = directory.to_bytes(4, "little")
    assert "WordDocument" in OleFile(io.BytesIO(bytes(data))).streams
