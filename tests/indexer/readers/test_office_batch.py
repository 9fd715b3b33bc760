from __future__ import annotations

from pathlib import Path

from indexer.readers import office_batch
from indexer.readers.office_batch import convert_in_chunks
from indexer.readers.office_convert import Patience


def test_files_are_dealt_out_by_size_in_chunks_for_calls_at_once(tmp_path, monkeypatch):
    paths = [tmp_path / f"{number}.doc" for number in range(40)]
    for size, path in enumerate(paths):
        path.write_bytes(b"x" * size)
    chunks: list[list[Path]] = []

    def remember(chunk: list[Path], into: Path, patience: Patience) -> dict[Path, Path]:
        chunks.append(chunk)
        return dict.fromkeys(chunk, into)

    monkeypatch.setattr(office_batch, "convert_many", remember)
    made = [path for each in convert_in_chunks(paths, tmp_path) for path in each]
    assert sorted(made) == sorted(paths)
    assert [len(chunk) for chunk in chunks] == [10, 10, 10, 10]
    sizes = [sum(path.stat().st_size for path in chunk) for chunk in chunks]
    assert max(sizes) - min(sizes) <= 40


def test_no_file_is_no_call(tmp_path):
    assert list(convert_in_chunks([], tmp_path)) == []
