"""The word model that underthesea ships: found without importing underthesea, read once, kept.

The tables made of its files are kept in the user's cache folder, because making them takes a
second and importing underthesea half of one. What is read there is trusted like code, so it is
read only when nobody else can have written it. Another version of underthesea may segment in
other ways: what is not known byte by byte is left to underthesea itself.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import pickle
import re
import stat
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from indexer.text.crf_file import read_crf
from indexer.text.word_model import WordModel
from indexer.text.word_segmenter import WordSegmenter
from indexer.text.word_tables import build_model

# Raise it with every change of the tables.
_FORMAT = 1
_MODEL = "pipeline/word_tokenize/models/ws_crf_vlsp2013_20230727"
# All that decides where words begin and end.
_FILES = (
    f"{_MODEL}/models.bin",
    f"{_MODEL}/features.bin",
    f"{_MODEL}/dictionary.bin",
    "pipeline/word_tokenize/__init__.py",
    "pipeline/word_tokenize/regex_tokenize.py",
    "pipeline/text_normalize/character_normalize.py",
    "pipeline/text_normalize/text_normalizer.py",
    "pipeline/text_normalize/tn_rules_2023_07_14.bin",
)
_KNOWN = "631d7e688eae9f718fce36fce14ac2c93885b5307620b03282bee76e60d1ea81"  # of underthesea 9.5.0
_ONE_AT_A_TIME = Lock()


class StockSegmenter:
    """underthesea itself, for versions that are not known and sentences that are undecided."""

    def words(self, sentence: str) -> list[str]:
        """Return the words as underthesea writes them."""
        from underthesea import word_tokenize

        with _ONE_AT_A_TIME:  # the model is loaded by the first call
            words: list[str] = word_tokenize(sentence, use_token_normalize=False)
        return words


def package_folder() -> Path:
    """Return where underthesea is installed. Raises ModuleNotFoundError when it is not."""
    spec = find_spec("underthesea")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("underthesea", name="underthesea")
    return Path(spec.origin).parent


def load_segmenter(cache: Path | None = None) -> WordSegmenter | StockSegmenter:
    """Return the segmenter of the installed model; its tables are kept below `cache`.

    A folder that cannot be written costs the second in which the tables are made, no more.
    """
    folder = package_folder()
    digest = _digest(folder)
    if digest != _KNOWN:
        return StockSegmenter()
    name = f"words-{digest[:16]}-{_FORMAT}-{sys.implementation.cache_tag}.marshal"
    path = (cache or _cache_folder()) / name
    try:
        return _read(_own_bytes(path))
    except (OSError, ValueError, TypeError, EOFError, re.error):
        data = _make(folder)
        _keep(path, data)
        return _read(data)


def _digest(folder: Path) -> str:
    """Return the SHA-256 of all files that decide; empty when one is not there."""
    digest = hashlib.sha256()
    try:
        for name in _FILES:
            digest.update((folder / name).read_bytes())
    except OSError:
        return ""
    return digest.hexdigest()


def _make(folder: Path) -> bytes:
    from underthesea.pipeline.word_tokenize.regex_tokenize import regex_patterns_combine

    model = folder / _MODEL
    # joblib wrote both as plain pickles; they are as trusted as the code beside them.
    features = pickle.loads((model / "features.bin").read_bytes())
    dictionary = pickle.loads((model / "dictionary.bin").read_bytes())
    tables = build_model(read_crf((model / "models.bin").read_bytes()), features, dictionary)
    return marshal.dumps((regex_patterns_combine, tables.to_bytes()))


def _read(data: bytes) -> WordSegmenter:
    pattern, tables = marshal.loads(data)
    return WordSegmenter(WordModel.from_bytes(tables), pattern, StockSegmenter().words)


def _own_bytes(path: Path) -> bytes:
    """Return the bytes of a file. Raises OSError when others than this user can write it."""
    with path.open("rb") as file:
        state = os.fstat(file.fileno())
        # Windows keeps the folder of a user to that user, and knows neither numbers nor modes.
        if hasattr(os, "geteuid") and (
            state.st_uid != os.geteuid() or state.st_mode & (stat.S_IWGRP | stat.S_IWOTH)
        ):
            raise PermissionError(f"others can write it: {path}")
        return file.read()


def _cache_folder() -> Path:
    home = os.environ.get("XDG_CACHE_HOME", "")
    # The specification says that relative paths count for nothing.
    if not os.path.isabs(home):  # noqa: PTH117
        home = os.path.expanduser("~/.cache")  # noqa: PTH111
    return Path(home) / "vankien"


def _keep(path: Path, data: bytes) -> None:
    """Put the tables in their place; who writes them at the same time may win."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in path.parent.glob(f"{path.stem}.*"):  # by a process that was killed
            left.unlink(missing_ok=True)
        with NamedTemporaryFile(dir=path.parent, prefix=f"{path.stem}.", delete=False) as beside:
            beside.write(data)
        Path(beside.name).replace(path)
    except OSError:
        return
