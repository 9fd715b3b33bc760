"""The weights in a CRFsuite model file: conditional random fields of the first order.

All numbers are little-endian; the offsets in the header count from the start of the file. The
attributes stand in a constant database: records of (id, size, text, NUL), found here through its
list of record offsets by id.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_HEADER = struct.Struct("<4sI4s9I")
_CHUNK = struct.Struct("<4sII")
_FEATURE = struct.Struct("<IIId")
_DATABASE = struct.Struct("<4s5I")
_RECORD = struct.Struct("<II")
_STATE, _TRANSITION = 0, 1


@dataclass(frozen=True, slots=True)
class Crf:
    """The weights: of each attribute, one for each label, and of steps from label to label."""

    labels: tuple[str, ...]
    states: dict[str, list[float]]
    transitions: list[list[float]]


def read_crf(data: bytes) -> Crf:
    """Return the weights of a model file. Raises ValueError when it is no such file."""
    try:
        magic, _, kind, _, _, _, _, features, labels, attributes, _, _ = _HEADER.unpack_from(data)
        if (magic, kind) != (b"lCRF", b"FOMC"):
            raise ValueError("not a CRFsuite model")
        return _weights(data, features, _texts(data, labels), _texts(data, attributes))
    except (struct.error, IndexError) as error:
        raise ValueError("a damaged CRFsuite model") from error


def _weights(data: bytes, offset: int, labels: list[str], attributes: list[str]) -> Crf:
    _, _, count = _CHUNK.unpack_from(data, offset)
    first = offset + _CHUNK.size
    states: dict[str, list[float]] = {name: [0.0] * len(labels) for name in attributes}
    transitions = [[0.0] * len(labels) for _ in labels]
    for kind, source, label, weight in _FEATURE.iter_unpack(
        data[first : first + count * _FEATURE.size]
    ):
        if kind == _STATE:
            states[attributes[source]][label] = weight
        elif kind == _TRANSITION:
            transitions[source][label] = weight
    return Crf(tuple(labels), states, transitions)


def _texts(data: bytes, offset: int) -> list[str]:
    _, _, _, _, count, by_id = _DATABASE.unpack_from(data, offset)
    texts = []
    for record in struct.unpack_from(f"<{count}I", data, offset + by_id):
        _, size = _RECORD.unpack_from(data, offset + record)
        first = offset + record + _RECORD.size
        texts.append(data[first : first + size - 1].decode())
    return texts
