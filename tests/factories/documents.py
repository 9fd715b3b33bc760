"""Small, consistent documents: every span, number and id in them fits to the others."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import PurePosixPath

from indexer.catalogue import SourceRecord
from indexer.models import (
    Document,
    Footnote,
    Metadata,
    Passage,
    PassageKind,
    Resolution,
    Section,
    Span,
    Table,
)

METADATA = Metadata(
    title="Báo cáo chính trị trình Đại hội đại biểu Đảng bộ huyện An Bình lần thứ XII",
    issuer="Ban Chấp hành Đảng bộ huyện An Bình",
    place="huyện An Bình",
    province="tỉnh Sông Lam",
    term="2020-2025",
    congress="lần thứ XII",
    date="2020-07-15",
)
PARAGRAPHS = (
    "Tỷ lệ hộ nghèo giảm còn 2,5% vào cuối năm 2020.",
    "Thu ngân sách đạt 1.234,5 tỷ đồng, tăng 12% so với đầu nhiệm kỳ.",
)
HEADINGS = ("Chỉ tiêu", "Đơn vị", "Năm 2020")
ROWS = (("Tỷ lệ hộ nghèo", "%", "2,5"), ("Lao động qua đào tạo", "%", "65"))

CALLING = "Toàn huyện có 12 xã đạt chuẩn nông thôn mới, 8 trường học, 3 trạm y tế."
NOTE_MARKED = "Gồm các xã An Hòa, An Phú và 10 xã khác."
NOTE_NESTED = "Theo Quyết định số 12/QĐ-UBND ngày 05/01/2020."
NOTE_ALIGNED = "Trong đó có 2 trường trung học."


def make_document(
    source: str = "an-binh.txt",
    *,
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    metadata: Metadata = METADATA,
    **changes: str,
) -> Document:
    """Return a report: two sections, `paragraphs`, four footnotes and a table of two rows.

    Note 1 is marked, note 2 stands in note 1, note 3 is aligned, note 4 unresolved. `changes`
    go into `metadata`: `make_document(place="xã An Hòa")`. The id follows from source and text.
    """
    return _Draft(source, replace(metadata, **changes)).document(paragraphs)


def make_source(
    document: Document | None, path: str = "/báo cáo/an-binh.txt", **values: object
) -> SourceRecord:
    """Return the record of a file that holds `document`; of one that failed when it is None."""
    known = SourceRecord(
        path=path,
        root="/báo cáo",
        name=PurePosixPath(path).name,
        sha256="0" * 64 if document is None else document.sha256,
        size=2**40,
        modified_ns=1_700_000_000_123_456_789,
        status="failed" if document is None else "read",
        document_id=None if document is None else document.id,
        error="Tệp bị hỏng." if document is None else "",
    )
    return replace(known, **values)  # type: ignore[arg-type]


class _Draft:
    """A text that grows line by line, and the spans of its lines."""

    def __init__(self, source: str, metadata: Metadata) -> None:
        self.source = source
        self.metadata = metadata
        self.text = ""
        self.passages: list[Passage] = []

    def document(self, paragraphs: tuple[str, ...]) -> Document:
        part = self._line("I- KẾT QUẢ", "s1", heading=True)
        chapter = self._line("1. Kinh tế - xã hội", "s2", heading=True)
        for paragraph in paragraphs:
            self._line(paragraph, "s2")
        calling = self._line(CALLING, "s2", footnotes=(1, 3, 4))
        title = self._line("Bảng 1. Một số chỉ tiêu chủ yếu", "s2")
        rows = self._table(title)
        end = len(self.text)
        notes = self._notes(calling)
        sections = (
            Section("s1", "I-", "KẾT QUẢ", 1, part, Span(part.start, end)),
            Section("s2", "1.", "Kinh tế - xã hội", 2, chapter, Span(chapter.start, end), "s1"),
        )
        sha256 = hashlib.sha256(f"{self.source}\n{self.text}".encode()).hexdigest()
        return Document(
            id=sha256[:12],
            source=self.source,
            sha256=sha256,
            text=self.text,
            metadata=self.metadata,
            sections=sections,
            passages=tuple(replace(p, id=f"{sha256[:12]}:{p.id}") for p in self.passages),
            footnotes=notes,
            tables=(Table(1, title, HEADINGS, tuple(f"{sha256[:12]}:{row}" for row in rows)),),
            encoding="utf-8",
            warnings=("Chú thích 4: không tìm thấy nội dung.",),
        )

    def _line(
        self,
        line: str,
        section_id: str | None,
        kind: PassageKind = PassageKind.BODY,
        **values: object,
    ) -> Span:
        span = Span(len(self.text), len(self.text) + len(line))
        self.text += line + "\n"
        name = f"p{len(self.passages) + 1:04d}"
        passage = Passage(name, kind, span, section_id)
        self.passages.append(replace(passage, **values))  # type: ignore[arg-type]
        return span

    def _table(self, title: Span) -> list[str]:
        names = []
        for row in ROWS:
            cells, start = [], len(self.text)
            for cell in row:
                cells.append(Span(start, start + len(cell)))
                start += len(cell) + len(" | ")
            line = " | ".join(row)
            context = (title,)
            self._line(
                line, "s2", PassageKind.TABLE, context=context, cells=tuple(cells), table=1, page=3
            )
            names.append(self.passages[-1].id)
        return names

    def _notes(self, calling: Span) -> tuple[Footnote, ...]:
        def after(words: str, within: Span) -> tuple[Span, ...]:
            end = self.text.index(words, within.start, within.end) + len(words)
            return (Span(end, end),)

        note = PassageKind.FOOTNOTE
        first = self._line(NOTE_MARKED, None, note, footnote=1, footnotes=(2,))
        second = self._line(NOTE_NESTED, None, note, footnote=2)
        third = self._line(NOTE_ALIGNED, None, note, footnote=3)
        lost = "không có nội dung chú thích nào mang số 4"
        marked, aligned = after("nông thôn mới", calling), after("trường học", calling)
        return (
            Footnote(1, "1", Resolution.MARKED, marked, first),
            Footnote(2, "*", Resolution.NESTED, after("An Phú", first), second, parent=1),
            Footnote(3, "3", Resolution.ALIGNED, aligned, third),
            Footnote(4, "4", Resolution.UNRESOLVED, after("trạm y tế", calling), reason=lost),
        )
