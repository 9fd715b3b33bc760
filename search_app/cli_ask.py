"""`vankien ask`: one question with cited answers, or a file of them, a line in and a line out."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from indexer.config import Settings
from indexer.errors import EmptyQuery, UsageError, VankienError, reason
from search_app.cli_words import Command

if TYPE_CHECKING:
    from search_app.answer import Reply
    from search_app.query import Request
    from search_app.search import Library

NOT_ANSWERED = 4
SOME_UNUSABLE = 1
_STDIN = "-"
# Of a line that cannot be asked, enough to know it again.
_ECHOED = 200
_NARROWEST = 40
_BOM = b"\xef\xbb\xbf"
# JSON may hold these as they are, but some readers end a line there.
_LINE_ENDS = {ord(sign): f"\\u{ord(sign):04x}" for sign in "\x85\u2028\u2029"}


@click.command(cls=Command)
@click.argument("question", required=False)
@click.option("--batch", metavar="FILE", help="Tệp UTF-8, mỗi dòng một câu; -: đầu vào chuẩn.")
@click.option("--place", "places", multiple=True, help="Địa phương, ví dụ: 'thị xã Vàm Sậy'.")
@click.option("--term", "terms", multiple=True, help="Nhiệm kỳ, ví dụ: 2020-2025.")
@click.option("--year", "years", multiple=True, help="Năm của báo cáo.")
@click.option("--anywhere", is_flag=True, help="Không lọc theo nơi mà câu hỏi nhắc tới.")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho chương trình khác dùng.")
@click.pass_obj
def ask(
    settings: Settings,
    /,
    question: str | None,
    *,
    batch: str | None,
    as_json: bool,
    anywhere: bool,
    places: tuple[str, ...],
    terms: tuple[str, ...],
    years: tuple[str, ...],
) -> None:
    """Trả lời một câu hỏi, kèm lời trích và nguồn; không có thì nói là không có.

    Ví dụ: vankien ask 'Tỷ lệ hộ nghèo của Vàm Sậy là bao nhiêu?'
    """
    from search_app.opening import open_library
    from search_app.query import Request
    from search_app.understand import ANYWHERE

    if (question is None) == (batch is None):
        raise click.UsageError("Hãy cho một câu hỏi, hoặc một tệp câu hỏi với --batch.")
    skip = (ANYWHERE,) if anywhere else ()
    request = Request(question or "", places, terms, years, skip=skip, limit=settings.page_size)
    with closing(open_library(settings)) as library:
        if batch is None:
            sys.exit(_ask_one(library, request, as_json=as_json))
        sys.exit(_ask_all(library, batch, request, as_json=as_json))


def _ask_one(library: Library, request: Request, *, as_json: bool) -> int:
    from search_app.answer import ask as run
    from search_app.serialise_answers import reply_json

    reply = run(library, request)
    if as_json:
        click.echo(json.dumps(reply_json(reply), ensure_ascii=False, indent=2))
    else:
        _show(reply)
    return 0 if reply.answered else NOT_ANSWERED


def _ask_all(library: Library, batch: str, request: Request, *, as_json: bool) -> int:
    """Ask every line, print each reply as it comes, and return the exit code."""
    from search_app.filters import read_filters

    # What is wrong for every line is said once, before the first.
    library.check()
    read_filters(request, library.catalogue.documents())
    show = _print_line if as_json else _show_line
    library.warm_up()
    usable = [show(library, request, line) for line in _lines(batch)]
    return 0 if all(usable) else SOME_UNUSABLE


def _print_line(library: Library, request: Request, line: bytes) -> bool:
    """Ask a line, print its reply as a line of JSON, and say whether it was no problem."""
    from search_app.serialise_answers import reply_json, unusable_json

    found = _ask_line(library, request, line)
    content = (
        unusable_json(_text(line)[:_ECHOED], found)
        if isinstance(found, VankienError)
        else reply_json(found)
    )
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    click.echo(text.translate(_LINE_ENDS))
    return not _is_problem(line, found)


def _show_line(library: Library, request: Request, line: bytes) -> bool:
    """Ask a line, show its answers to a person, and say whether it was no problem."""
    found, text = _ask_line(library, request, line), _text(line)
    if isinstance(found, VankienError):
        click.echo(f"── {text[:_ECHOED]}{' …' if len(text) > _ECHOED else ''}".rstrip())
        click.echo(str(found))
    else:
        click.echo(f"── {text}")
        _show(found)
    return not _is_problem(line, found)


def _is_problem(line: bytes, found: Reply | VankienError) -> bool:
    """Say whether a line could not be asked though something stands in it."""
    return isinstance(found, VankienError) and bool(_text(line))


def _ask_line(library: Library, request: Request, line: bytes) -> Reply | VankienError:
    """Return the reply to a line, or why the line is no question that can be asked."""
    from search_app.asking import ask_in_list

    try:
        question = _question(line)
    except UsageError as error:
        return error
    return ask_in_list(library, request, question)


def _text(line: bytes) -> str:
    return line.decode("utf-8", errors="replace").strip()


def _question(line: bytes) -> str:
    try:
        text = line.decode("utf-8").strip()
    except UnicodeDecodeError as error:
        raise UsageError(
            "Dòng này không phải UTF-8 nên không đọc được.", "Hãy lưu lại tệp theo bảng mã UTF-8."
        ) from error
    if not text:
        raise EmptyQuery("Dòng này trống.", "Mỗi dòng cần một câu hỏi.")
    return text


def _lines(batch: str) -> Iterator[bytes]:
    """Yield the lines of a file as they come in, without line ends and byte order mark."""
    if batch == _STDIN:
        yield from _without_ends(sys.stdin.buffer)
        return
    try:
        with Path(batch).open("rb") as file:
            yield from _without_ends(file)
    except OSError as error:
        raise UsageError(
            f"Không đọc được `{batch}`: {reason(error)}.", "Hãy kiểm tra đường dẫn của tệp câu hỏi."
        ) from error


def _without_ends(file: BinaryIO) -> Iterator[bytes]:
    for number, line in enumerate(file):
        yield (line.removeprefix(_BOM) if not number else line).rstrip(b"\r\n")


def _show(reply: Reply) -> None:
    from search_app.terminal_answers import WIDTH, reply_lines

    # Where there is no terminal, in a file or a pipe, lines have the usual width.
    columns = shutil.get_terminal_size((WIDTH, 0)).columns
    width = max(_NARROWEST, min(WIDTH, columns))
    click.echo("\n".join(reply_lines(reply, styled=sys.stdout.isatty(), width=width)))
