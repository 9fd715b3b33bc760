"""Reading a list that people edit."""

import time
from pathlib import Path

import pytest

from indexer.errors import VocabularyError
from indexer.vocabulary import load_abbreviations, load_synonyms


def write(folder: Path, text: str) -> Path:
    path = folder / "từ.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_mark_and_line_ends_of_windows_are_read(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b"\xef\xbb\xbf" + '["A"]\r\n"HQ" = "hội quán"\r\n'.encode())
    assert len(load_abbreviations(path).senses) == 1


def test_decomposed_letters_and_double_spaces_are_put_right(tmp_path):
    path = write(tmp_path, '["A"]\n"HQ" = "ho\u0323\u0302i  qua\u0301n "')
    (sense,) = load_abbreviations(path).senses
    assert sense.long == "hội quán"


def test_another_encoding_is_refused_with_its_line(tmp_path):
    path = tmp_path / "a.toml"
    path.write_bytes(b'["A"]\n"HQ" = "h\xf4i qu\xe1n"\n')
    with pytest.raises(VocabularyError, match=r"a\.toml:2`: chữ không theo bảng mã UTF-8"):
        load_abbreviations(path)


def test_a_file_that_is_not_there_or_no_file_is_refused(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(VocabularyError, match="không có tệp này hoặc không đọc được"):
            load_synonyms(path)


@pytest.mark.parametrize(
    ("load", "line"),
    [
        (load_synonyms, '[[synonym]]\nterms = ["a {n}", "b {n}"]\nreason = "vì"\n'),
        (load_abbreviations, '"A{n}" = "từ {n}"\n'),
    ],
)
def test_a_hundred_thousand_entries_are_refused_at_once(tmp_path, load, line):
    text = '["A"]\n' * (load is load_abbreviations)
    text += "".join(line.format(n=n) for n in range(100_000))
    path = write(tmp_path, text)
    start = time.perf_counter()
    with pytest.raises(VocabularyError, match=r"có 100\.000 mục, quá giới hạn 20\.000 mục|lớn hơn"):
        load(path)
    assert time.perf_counter() - start < 1


def test_a_file_of_many_megabytes_is_not_even_read(tmp_path):
    with pytest.raises(VocabularyError, match="tệp lớn hơn 8 MB"):
        load_synonyms(write(tmp_path, "#" * (8 * 1024 * 1024 + 1)))


def test_twenty_thousand_entries_are_read(tmp_path):
    line = '[[synonym]]\nterms = ["a {n}", "b {n}"]\nreason = "vì"\n'
    text = "".join(line.format(n=n) for n in range(20_000))
    assert len(load_synonyms(write(tmp_path, text)).entries) == 20_000
