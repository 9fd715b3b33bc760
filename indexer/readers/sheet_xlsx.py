"""Excel workbooks (.xlsx, .xlsm): the parts of the package as sheets, read on the XML itself.

openpyxl in its fast mode knows neither merged cells nor hidden rows, and gives either formulas
or results; here one walk gives all of it, under the limits of every other zip.
"""

from __future__ import annotations

import io
import math
import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from indexer.readers.bounded_zip import BoundedZip, Limits, RefusedZip, open_zip
from indexer.readers.legacy_runs import RunDecoder
from indexer.readers.sheet_grid import MAX_CELLS, GridCell, Merge, Sheet
from indexer.readers.sheet_numbers import BUILT_IN, general, printed

Element: TypeAlias = etree._Element

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
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
        main = _targets(self._xml("_rels/.rels"), "").get("officeDocument", "xl/workbook.xml")
        root = self._xml(main)
        if root is None or root.tag != _MAIN + "workbook":
            raise RefusedZip("bên trong không có bảng tính Excel")
        self._root = root
        self._folder = posixpath.dirname(main)
        rels = posixpath.join(self._folder, "_rels", f"{posixpath.basename(main)}.rels")
        self._relations = self._xml(rels)
        kinds = _targets(self._relations, self._folder)
        properties = root.find(_MAIN + "workbookPr")
        self._since_1904 = properties is not None and _on(properties.get("date1904", "0"))
        self._styles = _styles(self._xml(kinds.get("styles", "")))
        self._shared = self._strings(self._xml(kinds.get("sharedStrings", "")))
        self._cells = 0

    def sheets(self) -> list[Sheet]:
        by_id = {
            relation.get("Id", ""): _member(relation, self._folder)
            for relation in _iterate(self._relations, _RELATION)
            if relation.get("Type", "").endswith(_SHEET_KINDS)
        }
        found = []
        for entry in self._root.iter(_MAIN + "sheet"):
            part = self._xml(by_id.get(entry.get(_RELATED, ""), ""))
            if part is not None:
                sheet = Sheet(entry.get("name", ""))
                sheet.hidden = entry.get("state", "visible") != "visible"
                self._fill(sheet, part)
                found.append(sheet)
        return found

    def _xml(self, name: str) -> Element | None:
        if name not in self._package.names:
            return None
        data = self._package.read(name)
        if len(data) > _MAX_PART:
            raise RefusedZip(f"phần {name} lớn hơn {_MAX_PART // 1_000_000} MB")
        return _parse(data)

    def _strings(self, root: Element | None) -> list[Element]:
        return list(_iterate(root, _MAIN + "si"))

    def _fill(self, sheet: Sheet, root: Element) -> None:
        row_at = -1
        for row in root.iter(_MAIN + "row"):
            row_at = _number(row.get("r"), row_at + 2) - 1
            sheet.hidden_rows += _on(row.get("hidden", "0")) and len(row) > 0
            column = -1
            for cell in row.iterchildren(_MAIN + "c"):
                named = _place(cell.get("r", ""))
                column = named[1] if named else column + 1
                self._cells += 1
                if self._cells > MAX_CELLS:
                    raise RefusedZip(f"bên trong có hơn {MAX_CELLS} ô")
                sheet.put(row_at, column, self._cell(cell, sheet))
        for entry in root.iter(_MAIN + "col"):
            if _on(entry.get("hidden", "0")):
                first, last = _number(entry.get("min"), 1), _number(entry.get("max"), 1)
                sheet.hidden_columns += max(0, min(last, 16_384) - first + 1)
        sheet.merges = list(_merges(root))

    def _cell(self, cell: Element, sheet: Sheet) -> GridCell:
        at = _number(cell.get("s"), 0)
        style = self._styles[at] if 0 <= at < len(self._styles) else _Style()
        kind = cell.get("t", "n")
        value = cell.findtext(_MAIN + "v")
        if kind == "inlineStr":
            return GridCell(self._rich(cell.find(_MAIN + "is"), style.font), bold=style.bold)
        if value is None or not value.strip():
            sheet.formulas += cell.find(_MAIN + "f") is not None and kind == "n"
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
        return GridCell(text or general(number), number=True, bold=style.bold)

    def _rich(self, item: Element | None, font: str) -> str:
        if item is None:
            return ""
        pieces = []
        for child in item:
            if child.tag == _MAIN + "t":
                pieces.append(self._decode(_unescaped(child.text or ""), font))
            elif child.tag == _MAIN + "r":
                own = child.find(f"{_MAIN}rPr/{_MAIN}rFont")
                name = font if own is None else own.get("val", font)
                text = child.findtext(_MAIN + "t") or ""
                pieces.append(self._decode(_unescaped(text), name))
        return "".join(pieces)


def _parse(data: bytes) -> Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    data = data.replace(_STRICT, _MAIN[1:-1].encode())
    data = data.replace(_STRICT_RELATIONS, _RELATED[1:].partition("}")[0].encode())
    try:
        root = etree.parse(io.BytesIO(data), parser).getroot()
    except (etree.LxmlError, ValueError) as error:
        raise RefusedZip("XML bên trong tệp bị hỏng") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RefusedZip("XML bên trong có khai báo DOCTYPE, điều tệp Excel không bao giờ có")
    return root


def _iterate(root: Element | None, tag: str) -> Iterator[Element]:
    return iter(()) if root is None else root.iter(tag)


def _targets(relations: Element | None, folder: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for relation in _iterate(relations, _RELATION):
        kind = relation.get("Type", "").rpartition("/")[2]
        found.setdefault(kind, _member(relation, folder))
    return found


def _member(relation: Element, folder: str) -> str:
    target = posixpath.join("/", folder, relation.get("Target", ""))
    return posixpath.normpath(target).lstrip("/")


def _styles(root: Element | None) -> list[_Style]:
    codes = dict(BUILT_IN)
    for entry in _iterate(root, _MAIN + "numFmt"):
        codes[_number(entry.get("numFmtId"), -1)] = entry.get("formatCode", "")
    fonts = [_font(font) for font in _iterate(root, f"{_MAIN}font") if _within(font, "fonts")]
    formats = root.find(_MAIN + "cellXfs") if root is not None else None
    found = []
    for entry in () if formats is None else formats:
        at = _number(entry.get("fontId"), 0)
        name, bold = fonts[at] if 0 <= at < len(fonts) else ("", False)
        found.append(_Style(codes.get(_number(entry.get("numFmtId"), 0), ""), name, bold))
    return found


def _within(element: Element, parent: str) -> bool:
    above = element.getparent()
    return above is not None and above.tag == _MAIN + parent


def _font(font: Element) -> tuple[str, bool]:
    name, bold = font.find(_MAIN + "name"), font.find(_MAIN + "b")
    return (
        "" if name is None else name.get("val", ""),
        bold is not None and _on(bold.get("val", "1")),
    )


def _merges(root: Element) -> Iterator[Merge]:
    for entry in root.iter(_MAIN + "mergeCell"):
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
