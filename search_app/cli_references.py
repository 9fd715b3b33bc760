"""`vankien references`: the documents that the reports name."""

from __future__ import annotations

import json
import sys
from contextlib import closing

import click

from indexer.config import Settings
from search_app.cli_words import Command

NOTHING_FOUND = 4


@click.command(cls=Command)
@click.argument("number", required=False, default="")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho chương trình khác dùng.")
@click.pass_obj
def references(settings: Settings, /, number: str, *, as_json: bool) -> None:
    """Liệt kê các văn bản mà báo cáo dẫn; cho số hiệu thì in mọi chỗ dẫn văn bản đó.

    Ví dụ: vankien references 22-NQ/TW
    """
    from search_app.opening import open_library
    from search_app.references import list_references
    from search_app.serialise_references import references_json
    from search_app.terminal_references import references_lines

    with closing(open_library(settings)) as library:
        found = list_references(library, number)
    if as_json:
        click.echo(json.dumps(references_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(references_lines(found)))
    sys.exit(0 if found.total else NOTHING_FOUND)
