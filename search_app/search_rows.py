"""What a search found, as a table for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from indexer.errors import NotFound
from indexer.evidence import find_passage
from indexer.models import PassageKind
from search_app.cite import cite_quote
from search_app.citing.records import plain, record
from search_app.export import Cell, Link, table_csv, table_xlsx
from search_app.found import FoundPassage, show
from search_app.languages import gettext as _
from search_app.page_cards import in_appendix, kind_name
from search_app.page_outline import title_of
from search_app.query import Request
from search_app.search import Library, Result

# As many as a person reads through; who wants all of a corpus asks the catalogue.
MOST_ROWS = 1_000


def search_file(
    library: Library, request: Request, form: str, address: Callable[[str], str]
) -> bytes:
    """Return the passages of a request as `csv` or `xlsx`; `address` makes a path a whole link.

    At most `MOST_ROWS`, in the order of the page; a last row says so when there are more.
    Raises what `Library.search` raises.
    """
    wanted = replace(request, limit=0, offset=0, depth=MOST_ROWS)
    rows = list(_rows(library, library.search(wanted), address))
    return table_csv(rows) if form == "csv" else table_xlsx(rows, _("Kết quả tìm"))


def _rows(
    library: Library, result: Result, address: Callable[[str], str]
) -> Iterator[tuple[Cell, ...]]:
    yield (
        _("STT"),
        _("Địa phương"),
        _("Nhiệm kỳ"),
        _("Năm"),
        _("Loại"),
        _("Đề mục"),
        _("Nguyên văn"),
        _("Chú thích hoặc câu gọi chú thích"),
        _("Đủ các từ"),
        _("Trích dẫn"),
        _("Liên kết"),
    )
    for number, hit in enumerate(result.found.hits, start=1):
        found = _passage(library, hit.passage_id)
        if found is not None:
            yield (number, *_row(found, address, complete=hit.complete))
    if result.total > len(result.found.hits):
        told = _(
            "Tệp này có %(count)s đoạn đầu trong %(total)s đoạn tìm được; hãy lọc bớt để có đủ.",
            count=len(result.found.hits),
            total=result.total,
        )
        yield (None, told, *[None] * 9)


def _passage(library: Library, passage_id: str) -> FoundPassage | None:
    """Return a passage; None for one that was removed since the index was asked."""
    try:
        document = library.document(passage_id.partition(":")[0])
    except NotFound:
        return None
    passage = find_passage(document, passage_id)
    return show(document, passage) if passage else None


def _row(found: FoundPassage, address: Callable[[str], str], *, complete: bool) -> tuple[Cell, ...]:
    about = found.document.metadata
    kind = kind_name(found.passage.kind.value)
    source = record(cite_quote(found.document, found.passage, found.passage.span))
    return (
        about.place,
        about.term,
        about.date[:4],
        f"{kind} ({_('Phụ lục').lower()})" if in_appendix(found) else kind,
        " › ".join(plain(title_of(section)) for section in found.path),
        source.quote,
        _beside(found),
        _("có") if complete else _("không"),
        source.source,
        Link(address(source.link.path)),
    )


def _beside(found: FoundPassage) -> str:
    """Return the notes of a passage, each with its number; for a note the sentence calling it."""
    if found.passage.kind is PassageKind.FOOTNOTE:
        return "\n".join(plain(link.text) for link in found.linked)
    notes = (link for link in found.linked if link.link.relation == "footnote")
    return "\n".join(f"{link.link.label}. {plain(link.text)}" for link in notes)
