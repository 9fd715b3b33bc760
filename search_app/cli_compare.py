"""`vankien compare`: one indicator across reports, places and terms."""

from __future__ import annotations

import json
import sys
from contextlib import closing

import click

from indexer.config import Settings
from search_app.cli_words import Command

NOTHING_FOUND = 4


@click.command(cls=Command)
@click.argument("indicator")
@click.option("--place", "places", multiple=True, help="Địa phương, ví dụ: 'thị xã Vàm Sậy'.")
@click.option("--json", "as_json", is_flag=True, help="In JSON cho chương trình khác dùng.")
@click.pass_obj
def compare(
    settings: Settings, /, indicator: str, places: tuple[str, ...], *, as_json: bool
) -> None:
    """So một chỉ tiêu giữa các báo cáo: mốc, chỉ tiêu, kết quả theo nơi và nhiệm kỳ.

    Ví dụ: vankien compare 'tỷ lệ hộ nghèo' --place 'Vàm Sậy'
    """
    from search_app.compare import compare as run
    from search_app.opening import open_library
    from search_app.serialise_compare import comparison_json
    from search_app.terminal_compare import comparison_lines

    with closing(open_library(settings)) as library:
        found = run(library, indicator, places)
    if as_json:
        click.echo(json.dumps(comparison_json(found), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(comparison_lines(found)))
    sys.exit(0 if found.rows else NOTHING_FOUND)
