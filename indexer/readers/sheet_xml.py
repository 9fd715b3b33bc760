"""The XML of Excel files: safe parsing, names, and which part is related to which."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from indexer.readers.bounded_zip import RefusedZip

Element: TypeAlias = etree._Element

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_STRICT_RELATIONS = b"http://purl.oclc.org/ooxml/officeDocument/relationships"


def parse(data: bytes) -> Element:
    """Return the root of a part; nothing outside of it is loaded.

    Raises RefusedZip when it is damaged or declares a document type, which Excel never does.
    """
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    data = data.replace(_STRICT, MAIN[1:-1].encode())
    data = data.replace(_STRICT_RELATIONS, RELATED[1:].partition("}")[0].encode())
    try:
        root = etree.parse(io.BytesIO(data), parser).getroot()
    except (etree.LxmlError, ValueError) as error:
        raise RefusedZip("XML bên trong tệp bị hỏng") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise RefusedZip("XML bên trong có khai báo DOCTYPE, điều tệp Excel không bao giờ có")
    return root


def iterate(root: Element | None, tag: str) -> Iterator[Element]:
    """Yield the elements of this name at and below `root`; none without a root."""
    return iter(()) if root is None else root.iter(tag)


def targets(relations: Element | None, folder: str) -> dict[str, str]:
    """Return the first part of each kind that a part in `folder` is related to."""
    found: dict[str, str] = {}
    for relation in iterate(relations, RELATION):
        kind = relation.get("Type", "").rpartition("/")[2]
        found.setdefault(kind, member(relation, folder))
    return found


def member(relation: Element, folder: str) -> str:
    """Return the name in the package of what a part in `folder` is related to."""
    target = posixpath.join("/", folder, relation.get("Target", ""))
    return posixpath.normpath(target).lstrip("/")
