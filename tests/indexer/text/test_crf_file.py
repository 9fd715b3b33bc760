"""Reading the weights of a CRFsuite model."""

import struct

import pytest

from indexer.text.crf_file import read_crf

FEATURES = [(0, 0, 0, 1.5), (0, 1, 1, -0.25), (1, 0, 1, 0.75), (1, 1, 0, -2.0)]


def database(texts: list[str]) -> bytes:
    """Return texts by id as a constant database, without the tables that find ids by text."""
    header = 24 + 256 * 8
    records, offsets = b"", []
    for number, text in enumerate(texts):
        offsets.append(header + len(records))
        records += struct.pack("<II", number, len(text.encode()) + 1) + text.encode() + b"\0"
    by_id = struct.pack(f"<{len(texts)}I", *offsets)
    size = header + len(records) + len(by_id)
    head = struct.pack("<4s5I", b"CQDB", size, 0, 0, len(texts), header + len(records))
    return head + bytes(256 * 8) + records + by_id


def model_file(labels: list[str], attributes: list[str]) -> bytes:
    features = b"".join(struct.pack("<IIId", *feature) for feature in FEATURES)
    features = struct.pack("<4sII", b"FEAT", 12 + len(features), len(FEATURES)) + features
    parts = [features, database(labels), database(attributes)]
    starts = [48, 48 + len(parts[0]), 48 + len(parts[0]) + len(parts[1])]
    size = 48 + sum(map(len, parts))
    counts = (100, len(FEATURES), len(labels), len(attributes))
    return struct.pack("<4sI4s9I", b"lCRF", size, b"FOMC", *counts, *starts, 0, 0) + b"".join(parts)


def test_weights_stand_by_attribute_and_label():
    crf = read_crf(model_file(["B-W", "I-W"], ["T[0]=hộ", "T[0]=nghèo"]))
    assert crf.labels == ("B-W", "I-W")
    assert crf.states == {"T[0]=hộ": [1.5, 0.0], "T[0]=nghèo": [0.0, -0.25]}
    assert crf.transitions == [[0.0, 0.75], [-2.0, 0.0]]


@pytest.mark.parametrize("damage", [lambda d: b"", lambda d: b"x" + d[1:], lambda d: d[:100]])
def test_another_file_is_refused(damage):
    with pytest.raises(ValueError):
        read_crf(damage(model_file(["B-W", "I-W"], ["a", "b"])))
