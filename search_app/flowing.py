"""Pages that are sent piece by piece while they are made."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

_GZIP = zlib.MAX_WBITS + 16


def packed(pieces: Iterable[str]) -> Iterator[bytes]:
    """Yield pieces of a page in gzip, each of which can be unpacked as soon as it arrives.

    Compression as it is usual holds back what it has until much has come together.

    >>> unpack = zlib.decompressobj(_GZIP).decompress
    >>> [unpack(piece).decode() for piece in packed(["<p>một", "</p>"])]
    ['<p>một', '</p>', '']
    """
    compressor = zlib.compressobj(wbits=_GZIP)
    for piece in pieces:
        yield compressor.compress(piece.encode()) + compressor.flush(zlib.Z_SYNC_FLUSH)
    yield compressor.flush()
