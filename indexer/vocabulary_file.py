"""A list that people edit: read as TOML, with the line of each entry for the messages."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.errors import VocabularyError
from indexer.text.analysis import forms
from indexer.text.normalise import fold_characters

MOST_ENTRIES = 20_000
LONGEST_TERM = 10
_MOST_BYTES = 8 * 1024 * 1024
_AT_LINE = re.compile(r"at line (\d+)")
_HEADING = re.compile(r"\s*\[{1,2}\s*([\"']?)(?P<name>[^\[\]\"']+?)\1\s*\]{1,2}\s*(?:#|$)")
_KEY = re.compile(r"\s*([\"']?)(?P<name>[^=\"']+?)\1\s*=")
_SYNTAX_HINT = (
    "Hãy sửa theo cú pháp TOML: mọi từ nằm trong ngoặc kép, kể cả từ viết tắt có chữ Đ hay dấu "
    'gạch, ví dụ `"HĐND" = "hội đồng nhân dân"`; mỗi từ viết tắt ghi một lần trong một nhóm.'
)


@dataclass(frozen=True, slots=True)
class VocabularyFile:
    """A file that was read: where it lies, its lines, and what they say."""

    path: Path
    content: dict[str, Any]
    lines: Mapping[tuple[str, str], int]
    headings: Mapping[str, tuple[int, ...]]

    def line_of(self, name: str, table: str = "") -> int:
        """Return the line on which a key of a table is set, 0 when it is not found."""
        return self.lines.get((table, name), 0)

    def lines_of_tables(self, name: str) -> tuple[int, ...]:
        """Return the lines of all `[[name]]`."""
        return self.headings.get(name, ())

    def refuse(self, line: int, what: str, hint: str) -> VocabularyError:
        """Return the error that names the file and the line (0: unknown)."""
        return refusal(self.path, line, what, hint)

    def check_count(self, count: int) -> None:
        """Refuse more entries than a question could be compared with in time."""
        if count > MOST_ENTRIES:
            raise too_many(self.path, count)

    def check_term(self, term: object, line: int) -> str:
        """Return a term without needless spaces; refuse what cannot be searched for."""
        if not isinstance(term, str):
            hint = "Hãy đặt từ đó trong ngoặc kép."
            raise self.refuse(line, f"`{term}` không phải là một cụm từ", hint)
        length = len(forms(term))
        if length == 0:
            hint = "Hãy ghi một cụm từ vào đó hoặc bỏ mục này đi."
            raise self.refuse(line, f'có một cụm từ trống (`"{term}"`)', hint)
        if length > LONGEST_TERM:
            what = f"cụm từ `{' '.join(term.split()[:6])}…` dài {length} tiếng"
            hint = f"Mỗi cụm từ chỉ được dài đến {LONGEST_TERM} tiếng; hãy rút gọn."
            raise self.refuse(line, what, hint)
        return " ".join(term.split())


def read_vocabulary(path: Path, entry: str) -> VocabularyFile:
    """Return the content of a list; `entry` is a pattern that every entry holds exactly once.

    Raises VocabularyError when it cannot be read, is no TOML or holds too many entries.
    """
    text = _read_text(path)
    # Counted before parsing: reading 100,000 entries takes longer than a person waits.
    if (count := len(re.findall(entry, text))) > MOST_ENTRIES:
        raise too_many(path, count)
    try:
        return VocabularyFile(path, tomllib.loads(text), *_find_lines(text))
    except tomllib.TOMLDecodeError as error:
        match = _AT_LINE.search(str(error))
        line = int(match[1]) if match else text.count("\n") + 1
        written = text.split("\n")[line - 1].strip()[:60]
        what = f"viết sai cú pháp TOML ở `{written}`" if written else "viết sai cú pháp TOML"
        raise refusal(path, line, what, _SYNTAX_HINT) from error
    except RecursionError as error:
        raise refusal(path, 0, "có quá nhiều dấu ngoặc lồng nhau", _SYNTAX_HINT) from error


def _find_lines(
    text: str,
) -> tuple[dict[tuple[str, str], int], dict[str, tuple[int, ...]]]:
    """Return where keys and tables stand: tomllib does not say."""
    keys: dict[tuple[str, str], int] = {}
    headings: dict[str, list[int]] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), start=1):
        if heading := _HEADING.match(line):
            table = heading["name"]
            headings.setdefault(table, []).append(number)
        elif setting := _KEY.match(line):
            keys.setdefault((table, setting["name"]), number)
    return keys, {name: tuple(numbers) for name, numbers in headings.items()}


def refusal(path: Path, line: int, what: str, hint: str) -> VocabularyError:
    """Return the error of a list.

    >>> refusal(Path("tu.toml"), 3, "có một cụm từ trống", "Hãy bỏ mục này đi.").message
    'Không dùng được `tu.toml:3`: có một cụm từ trống.'
    """
    place = f"{path}:{line}" if line else f"{path}"
    return VocabularyError(f"Không dùng được `{place}`: {what}.", hint)


def too_many(path: Path, count: int) -> VocabularyError:
    """Return the error of a list with too many entries.

    >>> too_many(Path("tu.toml"), 100_000).message
    'Không dùng được `tu.toml`: có 100.000 mục, quá giới hạn 20.000 mục.'
    """
    numbers = (f"{number:,}".replace(",", ".") for number in (count, MOST_ENTRIES))
    what = "có {} mục, quá giới hạn {} mục".format(*numbers)
    hint = "Hãy chỉ giữ những từ mà báo cáo hay câu hỏi thật sự dùng."
    return refusal(path, 0, what, hint)


def _read_text(path: Path) -> str:
    try:
        if path.stat().st_size > _MOST_BYTES:
            hint = "Hãy chỉ giữ những từ mà báo cáo hay câu hỏi thật sự dùng."
            raise refusal(path, 0, f"tệp lớn hơn {_MOST_BYTES // 1024**2} MB", hint)
        return fold_characters(path.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        hint = "Hãy lưu lại tệp với bảng mã UTF-8."
        raise refusal(path, line, "chữ không theo bảng mã UTF-8", hint) from error
    except OSError as error:
        hint = "Hãy kiểm tra đường dẫn và quyền đọc, hoặc bỏ thiết lập này để dùng tệp có sẵn."
        raise refusal(path, 0, "không có tệp này hoặc không đọc được", hint) from error
