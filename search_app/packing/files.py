"""The forms in which a pack is taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from search_app.citing.formats import FORMATS, csl_item, csl_list
from search_app.export import TYPES, Cell, Link, table_csv, table_xlsx
from search_app.languages import gettext as _
from search_app.packing.docx import pack_docx
from search_app.packing.entries import Entry
from search_app.packing.markdown import pack_markdown


def _headings() -> Sequence[Cell]:
    return (
        *(_("STT"), _("Lời trích"), _("Nguồn"), _("Đề mục"), _("Kèm theo"), _("Ghi chú")),
        *(_("Liên kết"), _("Tác giả"), _("Nhan đề"), _("Ngày"), _("Chỗ trong báo cáo")),
        _("Thay đổi"),
    )


@dataclass(frozen=True, slots=True)
class File:
    """A form of packs: what it is called, its media type, and how it is written."""

    name: str
    media_type: str
    write: Callable[[str, Sequence[Entry]], bytes]


def _rows(entries: Sequence[Entry]) -> list[Sequence[Cell]]:
    rows: list[Sequence[Cell]] = [_headings()]
    for number, entry in enumerate(entries, start=1):
        record = entry.record
        rows.append(
            (
                *(number, record.quote, record.source, " › ".join(record.headings)),
                *(record.context, entry.note, Link(entry.url)),
                *(record.author, record.title, _date(record.date), record.place, entry.changed),
            )
        )
    return rows


def _date(words: str) -> Cell:
    try:
        return date.fromisoformat(words)
    except ValueError:
        # Of some reports only the year is known.
        return words


def _sources(form: str) -> Callable[[str, Sequence[Entry]], bytes]:
    write = FORMATS[form].write

    def written(title: str, entries: Sequence[Entry]) -> bytes:
        return "\n".join(write(entry.record, entry.url) for entry in entries).encode()

    return written


def _csl(title: str, entries: Sequence[Entry]) -> bytes:
    return csl_list([csl_item(entry.record, entry.url) for entry in entries]).encode()


FILES: Mapping[str, File] = {
    "docx": File(
        "Word (DOCX)",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        pack_docx,
    ),
    "xlsx": File(
        "Excel (XLSX)",
        TYPES["xlsx"],
        lambda title, entries: table_xlsx(_rows(entries), _("Trích dẫn")),
    ),
    "csv": File("CSV", TYPES["csv"], lambda title, entries: table_csv(_rows(entries))),
    "md": File("Markdown", "text/markdown", pack_markdown),
    "ris": File("RIS", FORMATS["ris"].media_type, _sources("ris")),
    "bib": File("BibTeX", FORMATS["bib"].media_type, _sources("bib")),
    "json": File(FORMATS["json"].name, FORMATS["json"].media_type, _csl),
}
