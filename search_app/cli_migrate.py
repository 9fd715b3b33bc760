"""`vankien migrate`: the form of the catalogue's tables, for who runs the database."""

from __future__ import annotations

import click

from indexer.config import Settings
from search_app.cli_words import Command


@click.command(cls=Command)
@click.option("--to", type=click.IntRange(min=1), help="Cấu trúc cần có (mặc định: mới nhất).")
@click.pass_obj
def migrate(settings: Settings, /, *, to: int | None) -> None:
    """Đưa danh mục lên cấu trúc mới nhất, hoặc trở về một cấu trúc cũ hơn.

    `vankien index` tự nâng cấp khi cần. Trở về cấu trúc cũ thì mất những gì cấu trúc đó chưa có
    chỗ ghi; hãy sao lưu trước.

    Ví dụ: vankien migrate
    """
    from indexer.catalogue_database import migrate as bring

    click.echo(f"Danh mục có cấu trúc {bring(settings.database, to)}.")
