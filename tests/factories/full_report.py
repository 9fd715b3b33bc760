"""A report with everything a Word file of an office may hold, and what a reader must see of it.

Forty notes: footnotes in sentences, lists, headings and cells, endnotes, a note in a font of an
old encoding. All of it is invented. (In Word no note calls a note.)
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.models import NoteKind, RawBlock, RawDocument
from tests.factories.docx import DocxBuilder

VILLAGES = (
    "Gò Me",
    "Bãi Trâm",
    "Cồn Mây",
    "Vàm Sậy",
    "Khe Vối",
    "Đồng Ngát",
    "Rạch Lá",
    "Núi Chuông",
)
FOOTNOTES, ENDNOTES = 36, 4


@dataclass(frozen=True, slots=True)
class Expected:
    """What must be read: lines and cells with ⟦number⟧ where a note is called, and the notes."""

    lines: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    notes: tuple[tuple[str, str, NoteKind], ...]


def full_report() -> DocxBuilder:
    """Return the report as a Word file to be saved."""
    builder = DocxBuilder()
    builder.numbering(1, [("decimal", "%1."), ("lowerLetter", "%1.%2)")])
    builder.numbering(2, [("decimal", "%1.")])
    builder.heading("I. KẾT QUẢ NĂM 2024")
    for number, village in enumerate(VILLAGES, start=1):
        builder.paragraph(
            f"Xã {village} giảm {number},5% hộ nghèo[[Số liệu của xã {village}]], "
            f"đạt {90 + number}%[[Theo báo cáo số {number}/BC]]."
        )
    builder.heading("1. Nông nghiệp[[Gồm cả thủy sản]]", 2)
    for number, village in enumerate(VILLAGES[:4], start=1):
        builder.paragraph(f"Trồng {number} ha lúa[[Vụ {number}]]", numbering=(1, 0))
        builder.paragraph(f"Ở xã {village}[[Vùng {number}]]", numbering=(1, 1))
    builder.heading("2. Đời sống", 2)
    builder.paragraph("Đường bê tông", numbering=(2, 0)).paragraph("Điện", numbering=(2, 0))
    builder.paragraph("Cấp nước[[e:Phụ lục một]] cho dân").inserted(" mới[[Thêm sau]]")
    builder.deleted(" cũ").inserted(" trong năm")
    builder.paragraph(
        "Nhân dân {{.VnTime|dïng n\u00adíc s¹ch}} tăng 2%[[{{.VnTime|Sè liÖu cña huyÖn}}]]."
    )
    builder.paragraph("Ngân sách[[Thu nội địa]] đạt 12,4 tỷ đồng.")
    builder.table(
        [
            ["Chỉ tiêu", ("Năm 2024[[Ước]]", 2)],
            ["Hộ nghèo[[Chuẩn mới]]", "120", "3,5%[[So với tổng số]]"],
            [None, "118", "3,4%"],
            ["Trường học", [["Mầm non", "2"], ["Tiểu học", "3[[Một điểm lẻ]]"]], "Đạt"],
        ],
        header_rows=1,
    )
    builder.paragraph("Bên cạnh đó có hộp:").text_box("Nội dung trong hộp")
    builder.heading("II. NHIỆM VỤ NĂM 2025")
    for number, village in enumerate(VILLAGES[:6], start=1):
        end = f"[[e:Nguồn thứ {number}]]" if number <= 3 else f"[[Đề nghị của xã {village}]]"
        builder.paragraph(f"Xây {number} cầu ở xã {village}{end}.")
    return builder.paragraph("Hết[[Trang cuối]].")


def expected() -> Expected:
    """Return what stands in the report, written down by the same plan and not by a reader."""
    return _Plan().expected()


class _Plan:
    """Counts notes as a person would who writes the report by hand."""

    def __init__(self) -> None:
        self._notes: list[tuple[str, str, NoteKind]] = []
        self._counts = {NoteKind.FOOTNOTE: 0, NoteKind.ENDNOTE: 0}

    def foot(self, text: str) -> str:
        return self._note(NoteKind.FOOTNOTE, text)

    def end(self, text: str) -> str:
        return self._note(NoteKind.ENDNOTE, text)

    def _note(self, kind: NoteKind, text: str) -> str:
        self._counts[kind] += 1
        count = self._counts[kind]
        label = str(count) if kind is NoteKind.FOOTNOTE else ("i", "ii", "iii", "iv")[count - 1]
        self._notes.append((label, text, kind))
        return f"⟦{label}⟧"

    def expected(self) -> Expected:
        lines = [*self._results(), *self._life()]
        rows = self._rows()
        lines += ["Bên cạnh đó có hộp:", "Nội dung trong hộp", *self._tasks()]
        return Expected(tuple(lines), tuple(rows), tuple(self._notes))

    def _results(self) -> list[str]:
        lines = ["I. KẾT QUẢ NĂM 2024"]
        for number, village in enumerate(VILLAGES, start=1):
            first = self.foot(f"Số liệu của xã {village}")
            second = self.foot(f"Theo báo cáo số {number}/BC")
            lines.append(
                f"Xã {village} giảm {number},5% hộ nghèo{first}, đạt {90 + number}%{second}."
            )
        lines.append(f"1. Nông nghiệp{self.foot('Gồm cả thủy sản')}")
        for number, village in enumerate(VILLAGES[:4], start=1):
            lines.append(f"{number}. Trồng {number} ha lúa{self.foot(f'Vụ {number}')}")
            place = self.foot(f"Vùng {number}")
            lines.append(f"{number}.a) Ở xã {village}{place}")
        return lines

    def _life(self) -> list[str]:
        lines = ["2. Đời sống", "1. Đường bê tông", "2. Điện"]
        water = f"Cấp nước{self.end('Phụ lục một')} cho dân mới{self.foot('Thêm sau')} trong năm"
        share = f"Nhân dân dùng nước sạch tăng 2%{self.foot('Số liệu của huyện')}."
        money = f"Ngân sách{self.foot('Thu nội địa')} đạt 12,4 tỷ đồng."
        return [*lines, water, share, money]

    def _rows(self) -> list[tuple[str, ...]]:
        head = ("Chỉ tiêu", f"Năm 2024{self.foot('Ước')}")
        poor, share = self.foot("Chuẩn mới"), self.foot("So với tổng số")
        return [
            head,
            (f"Hộ nghèo{poor}", "120", f"3,5%{share}"),
            ("", "118", "3,4%"),
            ("Trường học", f"Mầm non | 2; Tiểu học | 3{self.foot('Một điểm lẻ')}", "Đạt"),
        ]

    def _tasks(self) -> list[str]:
        lines = ["II. NHIỆM VỤ NĂM 2025"]
        for number, village in enumerate(VILLAGES[:6], start=1):
            source, wish = f"Nguồn thứ {number}", f"Đề nghị của xã {village}"
            mark = self.end(source) if number <= 3 else self.foot(wish)
            lines.append(f"Xây {number} cầu ở xã {village}{mark}.")
        lines.append(f"Hết{self.foot('Trang cuối')}.")
        return lines


def seen(raw: RawDocument) -> Expected:
    """Return what was read in the same form; the keys of a reader become the printed numbers."""
    labels = {note.key: note.label for note in raw.notes}
    lines = [_shown(block, labels) for block in raw.blocks if not block.cells]
    rows = [tuple(_shown(cell, labels) for cell in block.cells) for block in raw.blocks]
    notes = [(note.label, _shown(note, labels), note.kind) for note in raw.notes]
    return Expected(tuple(lines), tuple(row for row in rows if row), tuple(notes))


def _shown(part: RawBlock, labels: dict[str, str]) -> str:
    text = part.text
    for mark in reversed(part.marks):
        at = mark.span.start
        text = f"{text[:at]}⟦{labels.get(mark.key, '?')}⟧{text[at:]}"
    return text
