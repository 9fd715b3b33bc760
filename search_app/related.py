"""What belongs to a report: the files that hold it, and the reports that are versions of it."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.errors import NotFound
from indexer.models import Document
from indexer.versions import Version
from search_app.languages import gettext as _
from search_app.search import Library


@dataclass(frozen=True, slots=True)
class RelatedVersion:
    """Another report that is a version of this one, and how the two differ."""

    document: Document
    version: Version


@dataclass(frozen=True, slots=True)
class Related:
    """The names of the files of a report, ordered by path, and its versions, nearest first."""

    sources: tuple[str, ...]
    versions: tuple[RelatedVersion, ...]


def related(library: Library, document_id: str) -> Related:
    """Return what belongs to a report; nothing for one that is not shown."""
    stored = library.catalogue.versions
    sources = stored.source_names(document_id).get(document_id, ())
    found = []
    for version in stored.of(document_id):
        try:
            other = library.document(version.beside(document_id))
        except NotFound:
            # Forgotten since its versions were asked for.
            continue
        found.append(RelatedVersion(other, version))
    return Related(sources, tuple(found))


def find_version(library: Library, document_id: str, other_id: str) -> Version:
    """Return what is known of two reports as versions of each other. Raises NotFound."""
    for version in library.catalogue.versions.of(document_id):
        if version.beside(document_id) == other_id:
            return version
    raise NotFound(
        _("Hai báo cáo này không phải là hai phiên bản của nhau."),
        _("Các phiên bản của một báo cáo được liệt kê ở đầu trang đọc báo cáo đó."),
    )
