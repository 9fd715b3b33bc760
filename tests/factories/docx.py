"""A small maker of real .docx files from raw OOXML: what a test writes is what Word would."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TypeAlias
from xml.sax.saxutils import escape

from tests.factories import docx_parts as parts

Cell: TypeAlias = "str | tuple[str, int] | None | list[list[Cell]]"
Level = tuple[str, str]

_PICTURE = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_ANCHOR = (
    '<wp:inline><wp:extent cx="2000000" cy="500000"/><wp:docPr id="{key}" name="Text Box {key}"/>'
    f'<a:graphic><a:graphicData uri="{_PICTURE}"><wps:wsp><wps:cNvSpPr txBox="1"/>'
    '<wps:spPr><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></wps:spPr>'
    "<wps:txbx><w:txbxContent>{content}</w:txbxContent></wps:txbx><wps:bodyPr/></wps:wsp>"
    "</a:graphicData></a:graphic></wp:inline>"
)


class DocxBuilder:
    """Collect paragraphs, notes, tables and lists, then write them as one .docx file.

    In every text `[[…]]` is a footnote called at that place, `[[e:…]]` an endnote; they may
    nest. `{{.VnTime|…}}` is text in that font. A tab and a line break in a text become `w:tab`
    and `w:br`. Every method that adds something returns the builder.
    """

    def __init__(self) -> None:
        self._body: list[str] = []
        self._notes: dict[str, list[str]] = {"footnote": [], "endnote": []}
        self._styles: list[str] = []
        self._lists: dict[int, str] = {}
        self._numbers: dict[int, str] = {}
        self._extra: dict[str, bytes] = {}

    def paragraph(
        self,
        text: str,
        *,
        style: str = "",
        bold: bool = False,
        align: str = "",
        numbering: tuple[int, int] | None = None,
    ) -> DocxBuilder:
        """Add a paragraph; `style` is a style id, `numbering` a (list number, level from 0)."""
        properties = f'<w:pStyle w:val="{style}"/>' if style else ""
        if numbering is not None:
            number, level = numbering
            properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
        if align:
            properties += f'<w:jc w:val="{align}"/>'
        return self.raw(_paragraph(self._runs(text, bold=bold), properties))

    def heading(self, text: str, level: int = 1) -> DocxBuilder:
        """Add a heading of the style Heading `level`, whose outline level is `level` - 1."""
        return self.paragraph(text, style=f"Heading{level}")

    def table(
        self, rows: Sequence[Sequence[Cell]], *, header_rows: int = 0, bold_rows: int = 0
    ) -> DocxBuilder:
        """Add a table; the first `header_rows` are declared heading rows, `bold_rows` only bold.

        A cell is a text (line breaks part paragraphs), (text, columns it spans), None for
        "goes on from the cell above", or a list of rows: a table in the cell.
        """
        return self.raw(self._table(rows, header_rows, bold_rows) + _paragraph(""))

    def numbering(self, number: int, levels: Sequence[Level]) -> DocxBuilder:
        """Define the automatic list `number`: (number format, printed pattern) of each level."""
        self._lists[number] = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
            f'<w:lvlText w:val="{escape(pattern)}"/><w:lvlJc w:val="left"/></w:lvl>'
            for level, (kind, pattern) in enumerate(levels)
        )
        self._numbers[number] = f'<w:abstractNumId w:val="{number}"/>'
        return self

    def numbering_like(
        self, number: int, other: int, start: dict[int, int] | None = None
    ) -> DocxBuilder:
        """Define list `number` with the levels of `other`; `start` maps level to first number."""
        self._numbers[number] = f'<w:abstractNumId w:val="{other}"/>' + "".join(
            f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{first}"/></w:lvlOverride>'
            for level, first in (start or {}).items()
        )
        return self

    def text_box(self, text: str) -> DocxBuilder:
        """Add a text box to the last paragraph, with the old-Word fallback that repeats it."""
        content = "".join(_paragraph(self._runs(line)) for line in text.split("\n"))
        drawing = _ANCHOR.format(key=len(self._body), content=content)
        return self._append(
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps">'
            f"<w:drawing>{drawing}</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape>"
            f"<v:textbox><w:txbxContent>{content}</w:txbxContent></v:textbox>"
            "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        )

    def inserted(self, text: str) -> DocxBuilder:
        """Append tracked, inserted text to the last paragraph."""
        return self._append(f'<w:ins w:id="900" w:author="A">{self._runs(text)}</w:ins>')

    def deleted(self, text: str) -> DocxBuilder:
        """Append tracked, deleted text to the last paragraph."""
        runs = self._runs(text).replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return self._append(f'<w:del w:id="901" w:author="A">{runs}</w:del>')

    def custom_note(self, mark: str, text: str, kind: str = "footnote") -> DocxBuilder:
        """Append a note with a mark of its own (such as "*") to the last paragraph."""
        key = self._note(kind, text, f"<w:r><w:t>{escape(mark)}</w:t></w:r>")
        return self._append(_reference(kind, key, mark))

    def run(self, xml: str) -> DocxBuilder:
        """Append raw OOXML (runs, hyperlinks, …) to the last paragraph."""
        return self._append(xml)

    def raw(self, xml: str) -> DocxBuilder:
        """Add raw OOXML (w:p, w:tbl, w:sdt, …) to the body."""
        self._body.append(xml)
        return self

    def style(self, xml: str) -> DocxBuilder:
        """Add a raw w:style to the styles."""
        self._styles.append(xml)
        return self

    def part(self, name: str, data: bytes) -> DocxBuilder:
        """Put `data` into the file as the part `name`, in place of the part of that name."""
        self._extra[name] = data
        return self

    def to_bytes(self) -> bytes:
        """Return the file; the same calls always give the same bytes."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
            for name, data in (self._parts() | self._extra).items():
                member = zipfile.ZipInfo(name)
                member.compress_type = zipfile.ZIP_DEFLATED
                package.writestr(member, data)
        return out.getvalue()

    def save(self, path: Path) -> Path:
        """Write the file and return its path."""
        path.write_bytes(self.to_bytes())
        return path

    def _parts(self) -> dict[str, bytes]:
        page = '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr>'
        texts = {
            "[Content_Types].xml": parts.CONTENT_TYPES,
            "_rels/.rels": parts.PACKAGE_RELATIONS,
            "word/document.xml": parts.part(
                "document", f"<w:body>{''.join(self._body)}{page}</w:body>"
            ),
            "word/_rels/document.xml.rels": parts.DOCUMENT_RELATIONS,
            "word/styles.xml": parts.part("styles", parts.STYLES + "".join(self._styles)),
            "word/settings.xml": parts.SETTINGS,
            "word/numbering.xml": parts.part("numbering", self._numbering_content()),
        }
        for kind, notes in self._notes.items():
            content = parts.separator_notes(kind) + "".join(notes)
            texts[f"word/{kind}s.xml"] = parts.part(f"{kind}s", content)
        return {name: text.encode() for name, text in texts.items()}

    def _numbering_content(self) -> str:
        lists = (
            f'<w:abstractNum w:abstractNumId="{number}">'
            f'<w:multiLevelType w:val="multilevel"/>{levels}</w:abstractNum>'
            for number, levels in self._lists.items()
        )
        numbers = (
            f'<w:num w:numId="{number}">{content}</w:num>'
            for number, content in self._numbers.items()
        )
        return "".join((*lists, *numbers))

    def _append(self, runs: str) -> DocxBuilder:
        if not self._body or not self._body[-1].endswith("</w:p>"):
            raise ValueError("there is no paragraph to append to")
        self._body[-1] = self._body[-1].removesuffix("</w:p>") + runs + "</w:p>"
        return self

    def _runs(self, text: str, *, bold: bool = False) -> str:
        runs = []
        for piece, is_note in _split_notes(text):
            if is_note:
                kind = "endnote" if piece.startswith("e:") else "footnote"
                runs.append(_reference(kind, self._note(kind, piece.removeprefix("e:"))))
            elif piece:
                runs += [
                    _run(text, bold=bold, font=font) for font, text in _split_fonts(piece) if text
                ]
        return "".join(runs)

    def _note(self, kind: str, text: str, mark: str = "") -> int:
        notes = self._notes[kind]
        key = len(notes) + 1
        notes.append("")  # notes inside this one get the next numbers
        style = kind.capitalize()
        own = mark or _run_of(f'<w:rStyle w:val="{style}Reference"/>', f"<w:{kind}Ref/>")
        first, *others = text.split("\n")
        paragraphs = _paragraph(own + self._runs(" " + first), f'<w:pStyle w:val="{style}Text"/>')
        paragraphs += "".join(_paragraph(self._runs(line)) for line in others)
        notes[key - 1] = f'<w:{kind} w:id="{key}">{paragraphs}</w:{kind}>'
        return key

    def _table(self, rows: Sequence[Sequence[Cell]], header_rows: int, bold_rows: int) -> str:
        grids = _grids(rows)
        out = []
        for number, (row, grid) in enumerate(zip(rows, grids, strict=True)):
            below = rows[number + 1] if number + 1 < len(rows) else ()
            below_grid = grids[number + 1] if number + 1 < len(rows) else ()
            merged = {at for cell, (at, _) in zip(below, below_grid, strict=True) if cell is None}
            cells = "".join(
                self._cell(cell, columns, merged=at in merged, bold=number < bold_rows)
                for cell, (at, columns) in zip(row, grid, strict=True)
            )
            header = "<w:trPr><w:tblHeader/></w:trPr>" if number < header_rows else ""
            out.append(f"<w:tr>{header}{cells}</w:tr>")
        width = max((sum(columns for _, columns in grid) for grid in grids), default=1)
        grid_columns = '<w:gridCol w:w="1500"/>' * width
        return (
            '<w:tbl><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
            f"</w:tblPr><w:tblGrid>{grid_columns}</w:tblGrid>{''.join(out)}</w:tbl>"
        )

    def _cell(self, cell: Cell, columns: int, *, merged: bool, bold: bool) -> str:
        properties = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
        if cell is None:
            properties += "<w:vMerge/>"
        elif merged:
            properties += '<w:vMerge w:val="restart"/>'
        if isinstance(cell, list):
            content = self._table(cell, 0, 0) + _paragraph("")
        else:
            text = cell[0] if isinstance(cell, tuple) else cell or ""
            lines = text.split("\n")
            content = "".join(_paragraph(self._runs(line, bold=bold)) for line in lines)
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>"


def _grids(rows: Sequence[Sequence[Cell]]) -> list[list[tuple[int, int]]]:
    """Return (first grid column, columns) of every cell of every row."""
    grids: list[list[tuple[int, int]]] = []
    for row in rows:
        above = dict(grids[-1]) if grids else {}
        grid, at = [], 0
        for cell in row:
            columns = cell[1] if isinstance(cell, tuple) else 1
            columns = above.get(at, 1) if cell is None else columns
            grid.append((at, columns))
            at += columns
        grids.append(grid)
    return grids


def _split_notes(text: str) -> Iterator[tuple[str, bool]]:
    """Yield (piece, whether it is a note) in order; notes may hold notes."""
    start = depth = 0
    for found in re.finditer(r"\[\[|\]\]", text):
        depth += 1 if found.group() == "[[" else -1
        if depth == 1 and found.group() == "[[":
            yield text[start : found.start()], False
            start = found.end()
        elif depth == 0:
            yield text[start : found.start()], True
            start = found.end()
    yield text[start:], False


def _split_fonts(text: str) -> Iterator[tuple[str, str]]:
    """Yield (font, text) in order, the font empty where none is named."""
    plain = re.split(r"\{\{([^|}]+)\|([^}]*)\}\}", text)
    for at in range(0, len(plain), 3):
        yield "", plain[at]
        if at + 2 < len(plain):
            yield plain[at + 1], plain[at + 2]


def _run(text: str, *, bold: bool = False, font: str = "") -> str:
    content = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(piece)
        or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in re.split(r"([\t\n])", text)
        if piece
    )
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}" w:cs="{font}"/>' if font else ""
    return _run_of(fonts + ("<w:b/>" if bold else ""), content)


def _run_of(properties: str, content: str) -> str:
    return f"<w:r>{f'<w:rPr>{properties}</w:rPr>' if properties else ''}{content}</w:r>"


def _reference(kind: str, key: int, custom_mark: str = "") -> str:
    follows = ' w:customMarkFollows="1"' if custom_mark else ""
    mark = f"<w:t>{escape(custom_mark)}</w:t>" if custom_mark else ""
    reference = f'<w:{kind}Reference{follows} w:id="{key}"/>{mark}'
    return _run_of(f'<w:rStyle w:val="{kind.capitalize()}Reference"/>', reference)


def _paragraph(runs: str, properties: str = "") -> str:
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{runs}</w:p>"
