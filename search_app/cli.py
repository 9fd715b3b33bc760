"""The command line: a thin skin over the library, in Vietnamese for people, JSON for programs."""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Generator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from indexer.config import Settings, load_settings
from indexer.errors import NothingToIndex
from search_app.cli_ask import ask
from search_app.cli_compare import compare
from search_app.cli_facts import facts
from search_app.cli_migrate import migrate
from search_app.cli_references import references
from search_app.cli_words import Group

if TYPE_CHECKING:
    from indexer.reports import IndexReport
    from search_app.search import Library

NOTHING_FOUND = 4
_JSON = click.option("--json", "as_json", is_flag=True, help="In JSON cho chương trình khác dùng.")


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--data", type=click.Path(path_type=Path), help="Thư mục dữ liệu (mặc định: var/).")
@click.version_option(
    package_name="vankien", message="%(package)s %(version)s", help="In phiên bản rồi dừng."
)
@click.pass_context
def cli(ctx: click.Context, data: Path | None) -> None:
    """Tìm và trích dẫn trong các báo cáo, nghị quyết tiếng Việt.

    Ví dụ: vankien index corpus/ rồi vankien search "tỷ lệ hộ nghèo"
    """
    ctx.obj = load_settings(data=data)


cli.add_command(ask)
cli.add_command(compare)
cli.add_command(facts)
cli.add_command(migrate)
cli.add_command(references)


def main() -> None:
    """Run the command line."""
    # What a command loads stays until it ends; looking through it again and again for garbage
    # takes a tenth of the time of a search.
    gc.set_threshold(50_000, 20, 20)
    cli(prog_name="vankien")


@cli.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--rebuild", is_flag=True, help="Đọc lại tất cả và lập chỉ mục mới bên cạnh cái cũ.")
@click.option("--jobs", type=click.IntRange(min=0), help="Số tiến trình đọc tệp.")
@click.option("--watch", is_flag=True, help="Theo dõi và đọc mỗi khi có thay đổi, tới khi Ctrl+C.")
@_JSON
@click.pass_obj
def index(settings: Settings, /, paths: tuple[Path, ...], *, watch: bool, **options: Any) -> None:
    """Đọc tệp và thư mục vào chỉ mục: chỉ những tệp mới, đã sửa hay đã xóa.

    Ví dụ: vankien index corpus/ ~/BaoCao --json
    """
    if not paths and (watch or not options["rebuild"]):
        raise click.UsageError("Hãy cho biết tệp hay thư mục cần đọc: vankien index THƯ_MỤC")
    if watch:
        _follow(settings, paths, **options)
    else:
        sys.exit(1 if _index(settings, paths, **options).unread else 0)


def _index(
    settings: Settings, paths: tuple[Path, ...], *, rebuild: bool, jobs: int | None, as_json: bool
) -> IndexReport:
    from dataclasses import replace

    from indexer.build import build_index
    from search_app import terminal_ingestion as terminal
    from search_app.serialise_ingestion import report_json

    if jobs is not None:
        settings = replace(settings, jobs=jobs)
    with terminal.progress(shown=not as_json) as progress:
        report = build_index(paths, settings, rebuild=rebuild, progress=progress)
    _print(report_json(report), terminal.report_lines(report), as_json=as_json)
    return report


def _follow(settings: Settings, paths: tuple[Path, ...], *, rebuild: bool, **options: Any) -> None:
    from search_app.watch import Watch

    again = [rebuild]

    def run() -> None:
        # Only the first run reads everything anew.
        _index(settings, paths, rebuild=bool(again and again.pop()), **options)
        click.echo("Đang theo dõi; Ctrl+C để dừng.", err=True)

    try:
        Watch(paths, run, lambda error: click.echo(str(error), err=True)).follow()
    except KeyboardInterrupt:
        told = "Đã dừng theo dõi; những gì đã đọc vẫn tìm được."
        click.echo(told, err=options["as_json"])


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH…")
@click.option("--if-known", is_flag=True, help="Không báo lỗi khi chưa từng đọc tệp nào ở đó.")
@click.pass_obj
def forget(settings: Settings, /, paths: tuple[Path, ...], *, if_known: bool) -> None:
    """Bỏ các tệp hay thư mục ra khỏi tìm kiếm; bản gốc đã lưu vẫn còn.

    Ví dụ: vankien forget ~/BaoCao/cu
    """
    from indexer.build import forget as run

    try:
        names = run(paths, settings)
    except NothingToIndex:
        if not if_known:
            raise
        return
    click.echo("\n".join(f"đã bỏ  {name}" for name in names))


@cli.command()
@click.pass_obj
def prune(settings: Settings, /) -> None:
    """Xóa bản chỉ mục trước đó, được giữ lại sau lần lập mới; bản đang tìm không bị đụng tới.

    Ví dụ: vankien prune
    """
    from indexer.backends.registry import open_backend

    with closing(open_backend(settings)) as backend:
        names = backend.prune()
    told = "\n".join(f"đã xóa  {name}" for name in names)
    click.echo(told or "Không có bản chỉ mục cũ nào được giữ.")


@cli.command()
@click.argument("query")
@click.option("--limit", type=click.IntRange(min=0), help="Số đoạn in ra.")
@click.option("--offset", type=click.IntRange(min=0), default=0, help="Bỏ qua số đoạn đầu.")
@click.option("--place", "places", multiple=True, help="Địa phương, ví dụ: 'thị xã Vàm Sậy'.")
@click.option("--term", "terms", multiple=True, help="Nhiệm kỳ, ví dụ: 2020-2025.")
@click.option("--year", "years", multiple=True, help="Năm của báo cáo.")
@click.option("--kind", "kinds", multiple=True, help="body, footnote hoặc table.")
@click.option("--in", "sections", multiple=True, help="Từ trong đề mục, ví dụ: 'hạn chế'.")
@click.option(
    "--sort",
    type=click.Choice(["relevance", "time", "place"]),
    default="relevance",
    help="Thứ tự: phù hợp (mặc định), thời gian (báo cáo mới trước) hay địa phương.",
)
@click.option("--anywhere", is_flag=True, help="Không lọc theo nơi mà câu hỏi nhắc tới.")
@click.option("--explain", is_flag=True, help="Cho biết câu hỏi được hiểu thế nào.")
@_JSON
@click.pass_obj
def search(
    settings: Settings, /, query: str, *, explain: bool, as_json: bool, **options: Any
) -> None:
    """Tìm các đoạn, kèm chú thích và trích dẫn.

    Ví dụ: vankien search '"tỷ lệ hộ nghèo" -cận' --place 'Vàm Sậy'
    """
    from search_app import terminal
    from search_app.query import Request
    from search_app.report_coverage import report_coverage
    from search_app.serialise import explain_json, result_json
    from search_app.serialise_coverage import coverage_json
    from search_app.understand import ANYWHERE

    limit = settings.page_size if options["limit"] is None else options["limit"]
    skip = (ANYWHERE,) if options.pop("anywhere") else ()
    request = Request(text=query, skip=skip, **{**options, "limit": limit})
    with _library(settings) as library:
        result = library.search(request)
        content = result_json(result)
        content["coverage"] = coverage_json(report_coverage(library, result))
        if explain:
            content["explain"] = explain_json(result)
        lines = terminal.result_lines(result, library.catalogue.documents(), explain=explain)
    _print(content, lines, as_json=as_json)
    sys.exit(0 if result.total else NOTHING_FOUND)


@cli.command()
@click.argument("name", metavar="DOC[:PASSAGE]")
@_JSON
@click.pass_obj
def show(settings: Settings, name: str, *, as_json: bool) -> None:
    """In lại một báo cáo hay một đoạn đã lưu.

    Ví dụ: vankien show 1a2b3c4d5e6f:p0042
    """
    from search_app.related import related
    from search_app.serialise import document_json, hit_json
    from search_app.serialise_versions import related_json
    from search_app.terminal import passage_lines
    from search_app.terminal_documents import document_lines

    with _library(settings) as library:
        if ":" in name:
            found = library.passage(name)
            _print(hit_json(found), passage_lines(found), as_json=as_json)
        else:
            document, beside = library.document(name), related(library, name)
            content = document_json(document) | related_json(beside)
            _print(content, document_lines(document, beside), as_json=as_json)


@cli.command()
@_JSON
@click.pass_obj
def documents(settings: Settings, *, as_json: bool) -> None:
    """Liệt kê các báo cáo đã đọc.

    Ví dụ: vankien documents --json
    """
    from search_app.serialise_versions import summaries_json
    from search_app.terminal_documents import summary_lines

    with _library(settings) as library:
        summaries = library.catalogue.documents()
        listed = summaries_json(library)
    content = {"documents": listed, "total": len(listed)}
    _print(content, summary_lines(summaries), as_json=as_json)


@cli.command()
@_JSON
@click.pass_obj
def stats(settings: Settings, *, as_json: bool) -> None:
    """Đếm những gì đã lưu: báo cáo, đoạn, chú thích, bảng.

    Ví dụ: vankien stats
    """
    from search_app.serialise import stats_json
    from search_app.terminal_documents import stats_lines

    with _library(settings) as library:
        content = stats_json(library.catalogue.documents(), library.backend.count())
    _print(content, stats_lines(content), as_json=as_json)


@cli.command("eval")
@click.argument("golden", type=click.Path(path_type=Path), metavar="FILE.jsonl")
@_JSON
@click.pass_obj
def evaluate(settings: Settings, golden: Path, *, as_json: bool) -> None:
    """Chấm việc tìm kiếm bằng một bộ câu hỏi chuẩn và so với lần chấm trước.

    Ví dụ: vankien eval cau-hoi.jsonl
    """
    from dataclasses import replace

    from search_app.evaluate import evaluate as run
    from search_app.evaluate import figures_json, keep, read_golden
    from search_app.evaluate_answers import evaluate_answers
    from search_app.terminal_documents import evaluation_lines

    records = read_golden(golden)
    with _library(settings) as library:
        figures = run(records, library)
        answers = evaluate_answers(records, library)
    figures = replace(
        figures,
        figures={**figures.figures, **answers.figures()},
        misses=(*figures.misses, *answers.misses),
    )
    before = keep(figures, golden, settings.data)
    content = figures_json(figures) | {"before": dict(before)}
    _print(content, evaluation_lines(figures, before), as_json=as_json)


@cli.command()
@click.option("--host", help="Địa chỉ mạng (mặc định: 127.0.0.1).")
@click.option("--port", type=click.IntRange(0, 65535), help="Cổng (mặc định: 8000).")
@click.option("--workers", type=click.IntRange(1), help="Số tiến trình (mặc định: số nhân).")
@click.pass_obj
def serve(settings: Settings, /, **given: Any) -> None:
    """Mở trang web tìm kiếm trên máy này.

    Ví dụ: vankien serve --port 9000
    """
    from dataclasses import replace

    from search_app.app import is_open_unnamed
    from search_app.serving import serve as run

    given = {name: value for name, value in given.items() if value is not None}
    settings = replace(settings, **given)
    if is_open_unnamed(settings):
        click.echo(
            f"Chú ý: máy khác mở được trang ở {settings.host} nhưng chưa đặt VANKIEN_PUBLIC_URL; "
            "liên kết trong tệp xuất ra sẽ theo tên máy mà người đọc gửi tới.",
            err=True,
        )

    def ready(url: str) -> None:
        click.echo(f"Đang phục vụ tại {url} (Ctrl+C để dừng)")

    sys.exit(0 if run(settings, ready, lambda line: click.echo(line, err=True)) else 1)


@contextmanager
def _library(settings: Settings) -> Generator[Library]:
    from search_app.opening import open_library

    library = open_library(settings)
    try:
        yield library
    finally:
        library.close()


def _print(content: Any, lines: Any, *, as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps(content, ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(lines))
