"""What is told of a run beside its files: twins, versions, folders that are gone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.reports import FileReport
from indexer.structure import READING_VERSION
from indexer.versions import SketchFile, Version, find_versions


def names_of_documents(catalogue: Catalogue) -> Mapping[str, list[str]]:
    """Return for each document the names of all files that hold it, ordered by path."""
    names: dict[str, list[str]] = {}
    for record in catalogue.sources():
        if record.document_id is not None:
            names.setdefault(record.document_id, []).append(record.name)
    return names


def versions(files: Sequence[FileReport], data: Path) -> tuple[Version, ...]:
    """Return which of the reports of a run are versions of each other."""
    documents = {file.document.id: file.document for file in files if file.document is not None}
    found = list(documents.values())
    return find_versions(found, SketchFile(data).update(found, READING_VERSION))


def lost_roots(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the folders and files that were indexed once and are no longer there."""
    roots = {record.root for record in catalogue.sources()}
    return tuple(sorted(root for root in roots if not Path(root).exists()))
