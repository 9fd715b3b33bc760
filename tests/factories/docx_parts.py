"""The fixed parts of the .docx files that `DocxBuilder` makes, as raw OOXML."""

from __future__ import annotations

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{OFFICE}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_XML_PARTS = ("styles", "settings", "numbering", "footnotes", "endnotes")

CONTENT_TYPES = (
    f'{DECLARATION}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_MAIN_TYPE}.document.main+xml"/>'
    + "".join(
        f'<Override PartName="/word/{part}.xml" ContentType="{_MAIN_TYPE}.{part}+xml"/>'
        for part in _XML_PARTS
    )
    + "</Types>"
)
PACKAGE_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)
DOCUMENT_RELATIONS = (
    f'{DECLARATION}<Relationships xmlns="{PACKAGE}/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{part}" Target="{part}.xml"/>'
        for number, part in enumerate(_XML_PARTS, start=1)
    )
    + "</Relationships>"
)
SETTINGS = (
    f"{DECLARATION}<w:settings {NAMESPACES}>"
    '<w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>'
    '<w:endnotePr><w:endnote w:id="-1"/><w:endnote w:id="0"/></w:endnotePr>'
    "</w:settings>"
)


def part(tag: str, content: str) -> str:
    """Return a whole part whose root is `w:tag`."""
    return f"{DECLARATION}<w:{tag} {NAMESPACES}>{content}</w:{tag}>"


def separator_notes(tag: str) -> str:
    """Return the two notes that draw the line above the notes of a page."""
    kinds = ((-1, "separator"), (0, "continuationSeparator"))
    return "".join(
        f'<w:{tag} w:type="{kind}" w:id="{key}"><w:p><w:r><w:{kind}/></w:r></w:p></w:{tag}>'
        for key, kind in kinds
    )


def _paragraph_style(key: str, name: str, properties: str = "", *, default: bool = False) -> str:
    mark = ' w:default="1"' if default else ""
    based = "" if default else '<w:basedOn w:val="Normal"/>'
    return (
        f'<w:style w:type="paragraph"{mark} w:styleId="{key}"><w:name w:val="{name}"/>{based}'
        f"<w:qFormat/>{properties}</w:style>"
    )


def _note_reference_style(key: str, name: str) -> str:
    return (
        f'<w:style w:type="character" w:styleId="{key}"><w:name w:val="{name}"/>'
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
    )


_TABLE_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
STYLES = (
    _paragraph_style("Normal", "Normal", default=True)
    + "".join(
        _paragraph_style(
            f"Heading{level}",
            f"heading {level}",
            f'<w:pPr><w:keepNext/><w:outlineLvl w:val="{level - 1}"/></w:pPr><w:rPr><w:b/></w:rPr>',
        )
        for level in range(1, 10)
    )
    + _paragraph_style("Title", "Title", '<w:pPr><w:jc w:val="center"/></w:pPr>')
    + _paragraph_style("ListParagraph", "List Paragraph")
    + _paragraph_style("FootnoteText", "footnote text")
    + _paragraph_style("EndnoteText", "endnote text")
    + _note_reference_style("FootnoteReference", "footnote reference")
    + _note_reference_style("EndnoteReference", "endnote reference")
    + '<w:style w:type="table" w:styleId="TableGrid"><w:name w:val="Table Grid"/>'
    f"<w:tblPr><w:tblBorders>{_TABLE_BORDERS}</w:tblBorders></w:tblPr></w:style>"
)
