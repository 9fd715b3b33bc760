"""A small maker of .fodt files, which LibreOffice prints as PDF: set as offices set reports."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path
from xml.sax.saxutils import escape

SOFFICE_SECONDS = 120

_NAMES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)
_NOTE = re.compile(r"\[\[(.*?)\]\]", re.S)


class ReportSheet:
    """Collect paragraphs, headings and tables, then print them as PDF.

    In every text `[[…]]` is a footnote called at that place and `^2^` is raised. The font must
    have Vietnamese letters; sizes are those of Decree 30/2020: 14 for text, 10 for notes.
    """

    def __init__(
        self, *, font: str = "DejaVu Serif", restart: bool = False, head: str = "", size: int = 14
    ) -> None:
        self.font = font
        self.size = size
        self._restart = restart
        self._head = head
        self._body: list[str] = []
        self._notes = 0

    def paragraph(self, text: str, style: str = "Para") -> ReportSheet:
        """Add a paragraph of style Para, Title (centred, bold) or Item (hanging)."""
        return self._add(f'<text:p text:style-name="{style}">{self._inline(text)}</text:p>')

    def heading(self, text: str, level: int = 1) -> ReportSheet:
        """Add a bold heading that becomes a bookmark of the PDF."""
        return self._add(
            f'<text:h text:style-name="Head" text:outline-level="{level}">'
            f"{self._inline(text)}</text:h>"
        )

    def columns(self, texts: Sequence[str]) -> ReportSheet:
        """Add paragraphs set in two columns."""
        inner = "".join(
            f'<text:p text:style-name="Para">{self._inline(text)}</text:p>' for text in texts
        )
        return self._add(
            f'<text:section text:style-name="Two" text:name="S{len(self._body)}">{inner}'
            "</text:section>"
        )

    def table(self, rows: Sequence[Sequence[str]], *, ruled: bool = True) -> ReportSheet:
        """Add a table; `""` in a row continues the cell on its left when it ends in `>`."""
        style = "Cell" if ruled else "Bare"
        lines = "".join(
            f"<table:table-row>{self._row(row, style)}</table:table-row>" for row in rows
        )
        name, width = f"T{len(self._body)}", len(rows[0])
        columns = f'<table:table-column table:number-columns-repeated="{width}"/>'
        head = f'<table:table table:name="{name}">{columns}'
        return self._add(f"{head}{lines}</table:table>")

    def _row(self, row: Sequence[str], style: str) -> str:
        cells = ""
        for at, text in enumerate(row):
            if at and row[at - 1].endswith(">"):
                cells += "<table:covered-table-cell/>"
                continue
            wide = ' table:number-columns-spanned="2"' if text.endswith(">") else ""
            cells += (
                f'<table:table-cell table:style-name="{style}"{wide}>'
                f'<text:p text:style-name="Small">{self._inline(text.removesuffix(">"))}</text:p>'
                "</table:table-cell>"
            )
        return cells

    def _add(self, xml: str) -> ReportSheet:
        self._body.append(xml)
        return self

    def _inline(self, text: str) -> str:
        parts = []
        for at, part in enumerate(_NOTE.split(text)):
            parts.append(self._note(part) if at % 2 else _raised(part))
        return "".join(parts)

    def _note(self, text: str) -> str:
        self._notes += 1
        return (
            f'<text:note text:id="n{self._notes}" text:note-class="footnote">'
            f"<text:note-citation>{self._notes}</text:note-citation><text:note-body>"
            f'<text:p text:style-name="Note">{_raised(text)}</text:p></text:note-body></text:note>'
        )

    def xml(self) -> str:
        """Return the file."""
        start = "page" if self._restart else "document"
        head = ""
        if self._head:
            head = (
                f'<style:header><text:p text:style-name="Mid">{escape(self._head)}</text:p>'
                "</style:header>"
                '<style:footer><text:p text:style-name="Mid"><text:page-number/></text:p>'
                "</style:footer>"
            )
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><office:document {_NAMES} office:version="1.2"'
            ' office:mimetype="application/vnd.oasis.opendocument.text">'
            f"<office:styles>{self._styles()}"
            f'<text:notes-configuration text:note-class="footnote" style:num-format="1"'
            ' text:citation-body-style-name="Up" text:citation-style-name="Up"'
            f' text:start-numbering-at="{start}" text:footnotes-position="page"/></office:styles>'
            f"<office:automatic-styles>{_LAYOUT}</office:automatic-styles><office:master-styles>"
            f'<style:master-page style:name="Standard" style:page-layout-name="A4">{head}'
            "</style:master-page></office:master-styles>"
            f"<office:body><office:text>{''.join(self._body)}</office:text></office:body>"
            "</office:document>"
        )

    def _styles(self) -> str:
        def style(name: str, size: int, paragraph: str = "", text: str = "") -> str:
            return (
                f'<style:style style:name="{name}" style:family="paragraph">'
                f"<style:paragraph-properties {paragraph}/><style:text-properties"
                f' style:font-name="F" fo:font-size="{size}pt" {text}/></style:style>'
            )

        size = self.size
        return (
            style(
                "Para", size, 'fo:text-align="justify" fo:text-indent="1cm" fo:margin-bottom="6pt"'
            )
            + style(
                "Item", size, 'fo:margin-left="1cm" fo:text-indent="-0.6cm" fo:margin-bottom="3pt"'
            )
            + style("Title", size, 'fo:text-align="center"', 'fo:font-weight="bold"')
            + style(
                "Head", size, 'fo:margin-top="6pt" fo:margin-bottom="6pt"', 'fo:font-weight="bold"'
            )
            + style("Small", size - 2)
            + style("Mid", size - 1, 'fo:text-align="center"')
            + style("Note", size - 4, 'fo:text-align="justify"')
            + '<style:style style:name="Up" style:family="text"><style:text-properties'
            ' style:text-position="super 58%"/></style:style>'
        ) + ""

    def fonts(self) -> str:
        """Return the declaration of the font."""
        return (
            '<office:font-face-decls><style:font-face style:name="F"'
            f' svg:font-family="&apos;{self.font}&apos;"/></office:font-face-decls>'
        )

    def save_pdf(self, soffice: Path | str, path: Path, options: str = "") -> Path:
        """Print as PDF to `path` and return it; `options` are those of LibreOffice's export."""
        source = path.with_suffix(".fodt")
        source.write_text(
            self.xml().replace("<office:styles>", self.fonts() + "<office:styles>", 1),
            encoding="utf-8",
        )
        command = [
            str(soffice),
            f"-env:UserInstallation={(path.parent / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            "pdf" + (f":writer_pdf_Export:{options}" if options else ""),
            "--outdir",
            str(path.parent),
            str(source),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=SOFFICE_SECONDS)
        return path


def _raised(text: str) -> str:
    parts = text.split("^")
    return "".join(
        f'<text:span text:style-name="Up">{escape(part)}</text:span>' if at % 2 else escape(part)
        for at, part in enumerate(parts)
    )


_BORDER = "0.5pt solid #000000"
_LAYOUT = (
    '<style:page-layout style:name="A4"><style:page-layout-properties fo:page-width="21cm"'
    ' fo:page-height="29.7cm" fo:margin-top="2cm" fo:margin-bottom="2cm" fo:margin-left="3cm"'
    ' fo:margin-right="1.5cm"/><style:header-style><style:header-footer-properties'
    ' fo:min-height="0.6cm" fo:margin-bottom="0.4cm"/></style:header-style><style:footer-style>'
    '<style:header-footer-properties fo:min-height="0.6cm" fo:margin-top="0.4cm"/>'
    "</style:footer-style></style:page-layout>"
    '<style:style style:name="Two" style:family="section"><style:section-properties>'
    '<style:columns fo:column-count="2" fo:column-gap="0.8cm"/></style:section-properties>'
    "</style:style>"
    '<style:style style:name="Cell" style:family="table-cell"><style:table-cell-properties'
    f' fo:padding="0.1cm" fo:border="{_BORDER}"/></style:style>'
    '<style:style style:name="Bare" style:family="table-cell"><style:table-cell-properties'
    ' fo:padding="0.1cm" fo:border="none"/></style:style>'
)
