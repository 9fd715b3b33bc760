"""Click in Vietnamese: help pages, and what it says when a command is written wrongly."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import click
from click import exceptions

from indexer.errors import VankienError

_HEADINGS = {"Options": "Tùy chọn", "Commands": "Các lệnh"}
USAGE = 2


class _Formatter(click.HelpFormatter):
    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        words = args.replace("[OPTIONS]", "[TÙY CHỌN]").replace("COMMAND [ARGS]...", "LỆNH …")
        super().write_usage(prog, words, prefix="Cách dùng: ")

    def write_heading(self, heading: str) -> None:
        super().write_heading(_HEADINGS.get(heading, heading))


class _Context(click.Context):
    formatter_class = _Formatter


class Command(click.Command):
    """A command whose help page is in Vietnamese."""

    context_class = _Context

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option with a Vietnamese text."""
        return _in_vietnamese(super().get_help_option(ctx))


class Group(click.Group):
    """The program: Vietnamese help, errors as messages with their exit codes."""

    context_class = _Context
    command_class = Command

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return the help option with a Vietnamese text."""
        return _in_vietnamese(super().get_help_option(ctx))

    def main(self, args: Sequence[str] | None = None, *rest: Any, **options: Any) -> Any:
        """Run; say in Vietnamese what is wrong and exit with the documented code."""
        options["standalone_mode"] = False
        typed = list(sys.argv[1:] if args is None else args)
        try:
            code = super().main(args, *rest, **options)
        except VankienError as error:
            _fail(error, as_json=_wants_json(typed))
        except exceptions.NoArgsIsHelpError as error:
            click.echo(error.ctx.get_help() if error.ctx else "", err=True)
            sys.exit(USAGE)
        except exceptions.UsageError as error:
            click.echo(usage_message(error), err=True)
            sys.exit(USAGE)
        except click.Abort:
            click.echo("Đã dừng theo yêu cầu.", err=True)
            sys.exit(1)
        except BrokenPipeError:
            # The reader of a pipe has seen enough.
            sys.stderr.close()
            sys.exit(0)
        sys.exit(code if isinstance(code, int) else 0)


def _wants_json(typed: Sequence[str]) -> bool:
    return not {"--json", "--format=json"}.isdisjoint(typed) or ("--format", "json") in pairwise(
        typed
    )


def usage_message(error: exceptions.UsageError) -> str:
    """Return what is wrong with a command line, and where its help is.

    >>> usage_message(exceptions.NoSuchOption("--xyz"))
    'Không có tùy chọn --xyz.'
    """
    return f"{_what(error)}{_help_of(error)}"


def _what(error: exceptions.UsageError) -> str:
    if isinstance(error, exceptions.NoSuchOption):
        name = error.option_name
        if not name.startswith("--"):
            return (
                f"Không có tùy chọn {name}. Từ cần loại bỏ (-từ) viết trong cùng dấu nháy với "
                "câu hỏi, ví dụ: vankien search 'hộ nghèo -cận'."
            )
        return f"Không có tùy chọn {name}."
    if isinstance(error, exceptions.MissingParameter):
        parameter = error.param
        name = parameter.make_metavar(error.ctx) if parameter and error.ctx else "tham số"
        return f"Thiếu {name}."
    if isinstance(error, exceptions.BadParameter):
        return _bad_value(error)
    if error.message.startswith("Missing command"):
        return "Chưa có lệnh, ví dụ: vankien search 'tỷ lệ hộ nghèo'."
    command = getattr(error, "command_name", None)
    if command is not None or error.message.startswith("No such command"):
        return f"Không có lệnh nào như vậy ({command or error.message.split()[-1].strip('.')})."
    if "extra argument" in error.message:
        return "Có từ thừa: câu hỏi nhiều từ phải đặt trong dấu nháy, ví dụ: 'tỷ lệ hộ nghèo'."
    return error.message


def _bad_value(error: exceptions.BadParameter) -> str:
    name = error.param.opts[0] if error.param is not None else "tham số"
    kind = error.param.type if error.param is not None else None
    wanted = ""
    if isinstance(kind, click.IntRange):
        high = f" đến {kind.max}" if kind.max is not None else " trở lên"
        wanted = f" Cần một số nguyên từ {kind.min}{high}."
    return f"Giá trị của {name} không dùng được.{wanted}"


def _help_of(error: exceptions.UsageError) -> str:
    return f" Xem: {error.ctx.command_path} --help" if error.ctx else ""


def _in_vietnamese(option: click.Option | None) -> click.Option | None:
    if option is not None:
        option.help = "In trợ giúp này rồi dừng."
    return option


def _fail(error: VankienError, *, as_json: bool) -> None:
    if as_json:
        import json

        from search_app.serialise import error_json

        click.echo(json.dumps(error_json(error), ensure_ascii=False))
    click.echo(str(error), err=True)
    sys.exit(error.exit_code)
