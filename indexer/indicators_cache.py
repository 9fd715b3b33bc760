"""The list of indicators in force, read once a process: reading takes longer than using it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from indexer.indicators import Indicators, load_indicators


def indicators_in_force(own: str) -> Indicators:
    """Return the indicators, with those of the own file when one is set; fresh when it changed.

    Raises VocabularyError.

    >>> indicators_in_force("").by_slug("ty-le-ho-ngheo").name
    'tỷ lệ hộ nghèo'
    """
    path = Path(own) if own else None
    changed = path.stat().st_mtime_ns if path is not None and path.exists() else 0
    return _read(path, changed)


@lru_cache(maxsize=1)
def _read(path: Path | None, changed: int) -> Indicators:
    # `changed` is only the key of the cache.
    return load_indicators(path)
