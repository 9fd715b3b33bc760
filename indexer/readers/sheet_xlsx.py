"""Excel workbooks (.xlsx, .xlsm): the parts of the package as sheets, read on the XML itself.

openpyxl in its fast mode knows neither merged cells nor hidden rows, and gives either formulas
or results; here one walk gives all of it, under the limits of every other zip.
"""

from __future__ import annotations

import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from indexer.readers.bounded_zip import BoundedZip, Limits, RefusedZip, open_zip
from indexer.readers.legacy_runs import RunDecoder
from indexer.readers.sheet_comments import read_comments
from indexer.readers.sheet_drawings import read_drawing
from indexer.readers.sheet_grid import MAX_CELLS, GridCell, Merge, Sheet
from indexer.readers.sheet_merges import uncover
from indexer.readers.sheet_numbers import BUILT_IN, exact, general, printed
from indexer.readers.sheet_xml import (
    MAIN,
    RELATED,
    RELATION,
    Element,
    iterate,
    member,
    parse,
    targets,
)

_CELL_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_MAX_PART = 100_000_000
_LIMITS = Limits(members=5_000, total=400_000_000, ratio=1_000)
_SHEET_KINDS = ("worksheet",)


@dataclass(frozen=True, slots=True)
class _Style:
    """How a cell looks: number format, font, bold."""

    code: str = ""
    font: str = ""
    bold: bool = False


def read_xlsx(path: Path, decoder: RunDecoder) -> list[Sheet]:
    """Return the sheets of a workbook. Raises RefusedZip when it cannot be read."""
    with open_zip(path, _LIMITS) as package:
        return _Workbook(package, decoder).sheets()


class _Workbook:
    def __init__(self, package: BoundedZip, decoder: RunDecoder) -> None:
        self._package = package
        self._decode = decoder.decode
        main = targets(self._xml("_rels/.rels"), "").get("officeDocument", "xl/workbook.xml")
        root = self._xml(main)
        if root is None or root.tag != MAIN + "workbook":
            raise RefusedZip("bên trong không có bảng tính Excel")
        self._root = root
        self._folder = posixpath.dirname(main)
        rels = posixpath.join(self._folder, "_rels", f"{posixpath.basename(main)}.rels")
        self._relations = self._xml(rels)
        kinds = targets(self._relations, self._folder)
        properties = root.find(MAIN + "workbookPr")
        self._since_1904 = properties is not None and _on(properties.get("date1904", "0"))
        self._styles = _styles(self._xml(kinds.get("styles", "")))
        self._shared = self._strings(self._xml(kinds.get("sharedStrings", "")))
        self._cells = 0

    def sheets(self) -> list[Sheet]:
        by_id = {
            relation.get("Id", ""): member(relation, self._folder)
            for relation in iterate(self._relations, RELATION)
            if relation.get("Type", "").endswith(_SHEET_KINDS)
        }
        found = []
        for entry in self._root.iter(MAIN + "sheet"):
            name = by_id.get(entry.get(RELATED, ""), "")
            part = self._xml(name)
            if part is not None:
                sheet = Sheet(entry.get("name", ""))
                sheet.hidden = entry.get("state", "visible") != "visible"
                self._fill(sheet, part)
                self._hang(sheet, name)
                found.append(sheet)
        return found

    def _xml(self, name: str) -> Element | None:
        if name not in self._package.names:
            return None
        data = self._package.read(name)
        if len(data) > _MAX_PART:
            raise RefusedZip(f"phần {name} lớn hơn {_MAX_PART // 1_000_000} MB")
        return parse(data)

    def _strings(self, root: Element | None) -> list[Element]:
        return list(iterate(root, MAIN + "si"))

    def _fill(self, sheet: Sheet, root: Element) -> None:
        row_at = -1
        for row in root.iter(MAIN + "row"):
            row_at = _number(row.get("r"), row_at + 2) - 1
            sheet.hidden_rows += _on(row.get("hidden", "0")) and len(row) > 0
            column = -1
            for cell in row.iterchildren(MAIN + "c"):
                named = _place(cell.get("r", ""))
                column = named[1] if named else column + 1
                self._cells += 1
                if self._cells > MAX_CELLS:
                    raise RefusedZip(f"bên trong có hơn {MAX_CELLS} ô")
                sheet.put(row_at, column, self._cell(cell, sheet))
        for entry in root.iter(MAIN + "col"):
            if _on(entry.get("hidden", "0")):
                first, last = _number(entry.get("min"), 1), _number(entry.get("max"), 1)
                sheet.hidden_columns += max(0, min(last, 16_384) - first + 1)
        sheet.merges = list(_merges(root))
        uncover(sheet)

    def _hang(self, sheet: Sheet, name: str) -> None:
        """Read what hangs on a sheet: comments and drawings."""
        folder, _, file = name.rpartition("/")
        related = targets(self._xml(f"{folder}/_rels/{file}.rels"), folder)
        read_drawing(sheet, self._xml(related.get("drawing", "")))
        notes = self._xml(related.get("comments", ""))
        threads = self._xml(related.get("threadedComment", ""))
        for named, text in read_comments(notes, threads, self._rich).items():
            at = _place(named)
            if at:
                sheet.comment(*at, text)

    def _cell(self, cell: Element, sheet: Sheet) -> GridCell:
        at = _number(cell.get("s"), 0)
        style = self._styles[at] if 0 <= at < len(self._styles) else _Style()
        kind = cell.get("t", "n")
        value = cell.findtext(MAIN + "v")
        if kind == "inlineStr":
            return GridCell(self._rich(cell.find(MAIN + "is"), style.font), bold=style.bold)
        if value is None or not value.strip():
            sheet.formulas += cell.find(MAIN + "f") is not None and kind == "n"
            return GridCell("")
        if kind == "s":
            index = _number(value, -1)
            text = self._shared[index] if 0 <= index < len(self._shared) else None
            return GridCell(self._rich(text, style.font), bold=style.bold)
        if kind == "b":
            return GridCell("TRUE" if _on(value) else "FALSE", bold=style.bold)
        if kind in ("str", "e", "d"):
            return GridCell(self._decode(_unescaped(value), style.font), bold=style.bold)
        return self._figure(value, style)

    def _figure(self, value: str, style: _Style) -> GridCell:
        try:
            number = float(value)
        except ValueError:
            number = math.inf
        if not math.isfinite(number):
            return GridCell(value, bold=style.bold)
        text = printed(number, style.code, since_1904=self._since_1904)
        exactly = exact(number, style.code) if text else ""
        return GridCell(text or general(number), number=True, bold=style.bold, value=exactly)

    def _rich(self, item: Element | None, font: str) -> str:
        if item is None:
            return ""
        pieces = []
        for child in item:
            if child.tag == MAIN + "t":
                pieces.append(self._decode(_unescaped(child.text or ""), font))
            elif child.tag == MAIN + "r":
                own = child.find(f"{MAIN}rPr/{MAIN}rFont")
                name = font if own is None else own.get("val", font)
                text = child.findtext(MAIN + "t") or ""
                pieces.append(self._decode(_unescaped(text), name))
        return "".join(pieces)


def _styles(root: Element | None) -> list[_Style]:
    codes = dict(BUILT_IN)
    for entry in iterate(root, MAIN + "numFmt"):
        codes[_number(entry.get("numFmtId"), -1)] = entry.get("formatCode", "")
    fonts = [_font(font) for font in iterate(root, f"{MAIN}font") if _within(font, "fonts")]
    formats = root.find(MAIN + "cellXfs") if root is not None else None
    found = []
    for entry in () if formats is None else formats:
        at = _number(entry.get("fontId"), 0)
        name, bold = fonts[at] if 0 <= at < len(fonts) else ("", False)
        found.append(_Style(codes.get(_number(entry.get("numFmtId"), 0), ""), name, bold))
    return found


def _within(element: Element, parent: str) -> bool:
    above = element.getparent()
    return above is not None and above.tag == MAIN + parent


def _font(font: Element) -> tuple[str, bool]:
    name, bold = font.find(MAIN + "name"), font.find(MAIN + "b")
    return (
        "" if name is None else name.get("val", ""),
        bold is not None and _on(bold.get("val", "1")),
    )


def _merges(root: Element) -> Iterator[Merge]:
    for entry in root.iter(MAIN + "mergeCell"):
        first, _, last = entry.get("ref", "").partition(":")
        top, bottom = _place(first), _place(last)
        if top and bottom and top[0] <= bottom[0] and top[1] <= bottom[1]:
            yield Merge(*top, *bottom)


def _place(name: str) -> tuple[int, int] | None:
    """Return row and column of a cell, counted from 0: "B3" is (2, 1)."""
    found = _CELL_NAME.fullmatch(name)
    if not found:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return int(found[2]) - 1, column - 1


def _number(text: str | None, default: int) -> int:
    return int(text) if text is not None and re.fullmatch(r"\d{1,9}", text) else default


def _on(text: str) -> bool:
    return text.strip() not in {"0", "false", "off", ""}


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
