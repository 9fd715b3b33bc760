"""`vankien facts`: the values that the reports state, for people, programs and spreadsheets."""

from __future__ import annotations

import json
import sys
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.config import Settings
from indexer.errors import UsageError, reason
from search_app.cli_words import Command

if TYPE_CHECKING:
    from search_app.facts import FactList

NOTHING_FOUND = 4
_FORMATS = ("table", "json", "csv", "xlsx")


@click.command(cls=Command)
@click.option("--indicator", default="", help="Chỉ tiêu: tên, một phần tên, chữ tắt hoặc mã.")
@click.option("--place", "places", multiple=True, help="Địa phương, ví dụ: 'thị xã Vàm Sậy'.")
@click.option("--term", "terms", multiple=True, help="Nhiệm kỳ, ví dụ: 2020-2025.")
@click.option("--period", default="", help="Thời gian: 2020, 2016-2020, 'cuối năm 2020'.")
@click.option(
    "--kind", "kinds", multiple=True, help="result, target, baseline, change, share_of_target."
)
@click.option("--document", "documents", multiple=True, help="Mã báo cáo.")
@click.option("--limit", type=click.IntRange(min=0), help="Số số liệu in ra (mặc định: tất cả).")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Bỏ qua số số liệu đầu.")
@click.option("--format", "form", type=click.Choice(_FORMATS), help="Dạng in ra.")
@click.option("--json", "as_json", is_flag=True, help="Như --format json.")
@click.option("--output", type=click.Path(path_type=Path), help="Ghi vào tệp này.")
@click.pass_obj
def facts(
    settings: Settings,
    /,
    *,
    form: str | None,
    as_json: bool,
    output: Path | None,
    **wanted: Any,
) -> None:
    """Liệt kê số liệu trong các báo cáo, mỗi số liệu kèm trích dẫn.

    Ví dụ: vankien facts --indicator 'hộ nghèo' --period 2020 --output ho-ngheo.xlsx
    """
    from search_app.facts import FactRequest, list_facts
    from search_app.opening import open_library

    form = "json" if as_json else form or _form_of(output)
    if form == "xlsx" and output is None and sys.stdout.isatty():
        raise UsageError(
            "Không in được tệp XLSX ra màn hình.",
            "Hãy ghi vào tệp, ví dụ: vankien facts --output so-lieu.xlsx",
        )
    with closing(open_library(settings)) as library:
        found = list_facts(library, FactRequest(**wanted))
        content = _content(found, form, settings.public_url.rstrip("/"))
    _write(content, output)
    sys.exit(0 if found.total else NOTHING_FOUND)


def _form_of(output: Path | None) -> str:
    """Return the format that the name of a file asks for."""
    suffix = output.suffix[1:].lower() if output else ""
    return suffix if suffix in _FORMATS else "table"


def _content(found: FactList, form: str, base: str) -> bytes:
    from search_app.serialise_facts import facts_file, facts_json
    from search_app.terminal_facts import fact_lines

    if form == "table":
        return "".join(f"{line}\n" for line in fact_lines(found)).encode()
    if form == "json":
        return (json.dumps(facts_json(found), ensure_ascii=False, indent=2) + "\n").encode()
    return facts_file(found, form, base)


def _write(content: bytes, output: Path | None) -> None:
    if output is None:
        click.echo(content, nl=False)
        return
    try:
        output.write_bytes(content)
    except OSError as error:
        raise UsageError(
            f"Không ghi được {output}: {reason(error)}.", "Hãy chọn tệp khác cho --output."
        ) from error
    click.echo(f"Đã ghi {output}", err=True)
