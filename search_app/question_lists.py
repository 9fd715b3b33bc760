"""Lists of questions as people have them: pasted, or in a text or a table of one column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from indexer.errors import ReadingError, UnreadableFile, UsageError
from indexer.models import BlockKind, RawBlock
from indexer.readers.bounded_zip import Limits, RefusedZip, open_zip
from indexer.readers.encodings import decode_bytes
from indexer.readers.sheet_csv import Extent, read_csv
from indexer.readers.sheet_layout import Layout
from indexer.readers.sheet_reader import SheetReader
from search_app.languages import gettext as _

MOST_QUESTIONS = 200
LONGEST = 1_000
SUFFIXES = (".txt", ".csv", ".xlsx")
# A list of questions is small, whatever else its workbook holds.
_WORKBOOK = Limits(members=500, total=16_000_000, ratio=200)
# A heading, and one row by which a list is known to be too long.
_TABLE = Extent(rows=MOST_QUESTIONS + 2, columns=50)
# The heading of a column is no question.
_HEADINGS = {"câu hỏi", "các câu hỏi", "danh sách câu hỏi", "question", "questions"}


def read_typed(text: str) -> list[str]:
    """Return the questions of a text, a line each, without blank lines.

    >>> read_typed("Thu ngân sách?\\r\\n\\n  Hộ nghèo? ")
    ['Thu ngân sách?', 'Hộ nghèo?']
    """
    return [line for line in (" ".join(line.split()) for line in text.splitlines()) if line]


def read_list_file(name: str, data: bytes) -> list[str]:
    """Return the questions of a file: the lines of a text, the first column of a table.

    Raises UsageError for another kind of file, ReadingError for one that cannot be read.
    """
    suffix = Path(name).suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            _("Chưa đọc được danh sách từ loại tệp của “%(name)s”.", name=name),
            _("Hãy dùng tệp .txt, .csv hoặc .xlsx, hoặc dán danh sách vào ô."),
        )
    if not data.strip():
        raise UnreadableFile(
            _("Tệp “%(name)s” trống.", name=name), _("Hãy xem lại tệp, hoặc dán danh sách vào ô.")
        )
    if suffix == ".txt":
        return _without_heading(read_typed(decode_bytes(data, name).text))
    blocks = _plain_table(name, data) if suffix == ".csv" else _workbook(name, data)
    column = map(" ".join, map(str.split, _first_column(blocks)))
    return _without_heading([text for text in column if text])


def check_list(questions: Sequence[str]) -> tuple[str, ...]:
    """Return the questions when they can be asked at once. Raises UsageError."""
    if not questions:
        raise UsageError(
            _("Chưa có câu hỏi nào."),
            _("Hãy dán danh sách vào ô, mỗi dòng một câu, hoặc chọn tệp."),
        )
    if len(questions) > MOST_QUESTIONS:
        raise UsageError(
            _(
                "Danh sách có %(count)s câu, quá giới hạn %(most)s câu mỗi lần.",
                count=len(questions),
                most=MOST_QUESTIONS,
            ),
            _("Hãy chia danh sách rồi hỏi từng phần."),
        )
    for number, question in enumerate(questions, start=1):
        if len(question) > LONGEST:
            raise UsageError(
                _(
                    "Câu thứ %(number)s dài %(length)s ký tự, quá giới hạn %(most)s.",
                    number=number,
                    length=len(question),
                    most=LONGEST,
                ),
                _("Hãy viết câu đó ngắn lại, hoặc xuống dòng giữa các câu."),
            )
    return tuple(questions)


def _plain_table(name: str, data: bytes) -> tuple[RawBlock, ...]:
    sheet = read_csv(decode_bytes(data, name).text, name, _TABLE)
    return tuple(Layout().blocks(sheet, named=False))


def _workbook(name: str, data: bytes) -> tuple[RawBlock, ...]:
    # Under a name of our own: that of the sender never becomes a path.
    with TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        path.write_bytes(data)
        try:
            with open_zip(path, _WORKBOOK):
                pass
            return SheetReader().read(path).blocks
        except RefusedZip as error:
            raise UnreadableFile(
                _("Không đọc được “%(name)s”: %(why)s.", name=name, why=error.why),
                _("Hãy lưu lại tệp bằng Excel hay LibreOffice, hoặc dán danh sách vào ô."),
            ) from error
        except ReadingError as error:
            raise type(error)(error.message.replace(path.name, name), error.hint) from error


def _first_column(blocks: Sequence[RawBlock]) -> list[str]:
    """Return the first column of the first sheet, as far as it is not only numbered."""
    rows = [_texts(block) for block in _first_sheet(blocks)]
    width = max(map(len, rows), default=0)
    single = sum(not any(row[1:]) for row in rows)
    if single * 2 > len(rows):
        # One column, in which questions with a comma were not quoted.
        return [", ".join(filter(None, row)) for row in rows]
    columns = [[row[at] if at < len(row) else "" for row in rows] for at in range(width)]
    worded = (column for column in columns if not _is_numbering(column))
    return next(worded, [])


def _first_sheet(blocks: Sequence[RawBlock]) -> Iterator[RawBlock]:
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.HEADING and block.level == 0:
            if at:
                return
            continue
        yield block


def _texts(block: RawBlock) -> list[str]:
    return [cell.text.strip() for cell in block.cells] if block.cells else [block.text.strip()]


def _is_numbering(column: Sequence[str]) -> bool:
    """Say whether a column only counts the rows, below a heading or none."""
    return not any(len(text.split()) > 1 for text in column[1:] or column)


def _without_heading(questions: list[str]) -> list[str]:
    has_heading = bool(questions) and questions[0].casefold().rstrip(":") in _HEADINGS
    return questions[1:] if has_heading else questions
