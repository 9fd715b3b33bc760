"""Older Word files, OpenDocument and RTF (.doc, .odt, .rtf): made a .docx, then read as one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indexer.errors import ReadingError, UnreadableFile
from indexer.models import RawDocument
from indexer.readers.containers import OLE_MAGIC, head_of
from indexer.readers.docx_reader import MACROS_IGNORED, DocxReader
from indexer.readers.office_convert import convert_many
from indexer.readers.office_formats import ENCRYPTED, has_macros, office_format
from indexer.readers.work_folder import work_folder

_LISTED = b"\0Root Entry\0"


class OfficeReader:
    """Reads .doc, .dot, .odt, .ott, .fodt, .rtf and Word XML of 2003, whatever their names."""

    name = "office"
    suffixes: tuple[str, ...] = (".doc", ".dot", ".odt", ".ott", ".fodt", ".rtf")

    def accepts(self, head: bytes, suffix: str) -> bool:
        """Say whether this is one of these formats; a damaged or locked .doc is told so by `read`.

        `head` is what `containers.head_of` returns.
        """
        if office_format(head):
            return True
        if not head.startswith(OLE_MAGIC) or suffix.lower() not in self.suffixes:
            return False
        return _LISTED not in head or ENCRYPTED in head

    def read(self, path: Path) -> RawDocument:
        """Return the blocks and notes of the file at `path`.

        Raises UnreadableFile when it is damaged, locked, empty or cannot be converted in time,
        UnsupportedFormat when the system lacks LibreOffice.
        """
        with work_folder() as folder:
            return read_converted(path, convert_many([path], folder)[path])


def read_converted(path: Path, converted: Path | ReadingError) -> RawDocument:
    """Return what stands in a file of which `convert_many` has made this.

    Raises the error that it found, and UnreadableFile when the .docx it made cannot be read.
    """
    if isinstance(converted, ReadingError):
        raise converted
    try:
        raw = DocxReader().read(converted)
    except UnreadableFile as error:
        message = error.message.replace(converted.name, path.name)
        raise UnreadableFile(message, error.hint) from error
    head = head_of(path)
    macros = (MACROS_IGNORED,) if has_macros(head) else ()
    return replace(raw, format=office_format(head), warnings=(*macros, *raw.warnings))
