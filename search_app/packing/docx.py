"""A pack as a Word document: quotations with real footnotes that carry source and link."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from jinja2 import Environment, PackageLoader, StrictUndefined

from search_app.languages import gettext as _
from search_app.packing.entries import Entry

# The parts of the document, in the order in which Word expects to find them.
_PARTS = (
    ("[Content_Types].xml", "content_types.xml"),
    ("_rels/.rels", "rels.xml"),
    ("word/document.xml", "document.xml"),
    ("word/footnotes.xml", "footnotes.xml"),
    ("word/styles.xml", "styles.xml"),
    ("word/settings.xml", "settings.xml"),
    ("word/_rels/document.xml.rels", "document_rels.xml"),
    ("word/_rels/footnotes.xml.rels", "footnotes_rels.xml"),
    ("docProps/core.xml", "core.xml"),
    ("docProps/app.xml", "app.xml"),
)
# Equal packs give equal files.
_MADE = (2000, 1, 1, 0, 0, 0)

_templates = Environment(
    loader=PackageLoader("search_app", "templates/docx"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def pack_docx(title: str, entries: Sequence[Entry]) -> bytes:
    """Return a Word document with each quotation, its heading path, its note and its footnote."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        for name, template in _PARTS:
            content = _templates.get_template(template).render(
                title=title, entries=entries, note_heading=_("Ghi chú:")
            )
            part = ZipInfo(name, _MADE)
            part.compress_type = ZIP_DEFLATED
            package.writestr(part, content.encode("utf-8", "replace"))
    return file.getvalue()
