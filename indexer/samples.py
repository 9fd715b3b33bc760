"""The sample reports of the project, where they are left in a library of other reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from indexer.catalogue import Catalogue, SourceRecord
from indexer.reports import Samples
from indexer.scan import INSIDE, is_below

# What the manifest of the sample reports says of each of them, and no other manifest.
ORIGIN = "written for this project"


def samples_left(catalogue: Catalogue) -> Samples | None:
    """Return the sample reports that stand beside other reports; None when there are none."""
    documents = catalogue.documents()
    samples = {document.id for document in documents if document.metadata.origin == ORIGIN}
    if not samples or len(samples) == len(documents):
        return None
    count = len(samples)
    twins = catalogue.versions.twins()
    held = [record for record in catalogue.sources() if record.document_id is not None]
    samples |= {document_id for document_id, shown in twins.items() if shown in samples}
    files = [each for each in held if each.document_id in samples]
    return Samples(count, tuple(_paths(files, held)))


def _paths(files: Sequence[SourceRecord], held: Sequence[SourceRecord]) -> Iterator[str]:
    """Yield the folders of files, or the files themselves where others lie beside them."""
    for folder in sorted({_folder(file.path) for file in files}):
        inside = [each for each in held if is_below(Path(each.path), Path(folder))]
        if all(each in files for each in inside):
            yield folder
        else:
            yield from (file.path for file in files if _folder(file.path) == folder)


def _folder(path: str) -> str:
    archive, inside, _ = path.partition(INSIDE)
    return archive if inside else str(Path(path).parent)
