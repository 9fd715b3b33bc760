"""When the reports came into the library: the newest first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from indexer.catalogue import Catalogue, DocumentSummary, SourceRecord
from indexer.originals import Originals


@dataclass(frozen=True, slots=True)
class Addition:
    """A report, its SHA-256, and since when the library has it in this form."""

    report: DocumentSummary
    sha256: str
    since: datetime


def additions(catalogue: Catalogue, originals: Originals) -> tuple[Addition, ...]:
    """Return all reports, the last added or changed first; of one time, those of a newer date."""
    sources = {one.document_id: one for one in catalogue.sources() if one.document_id}
    # When a file was first kept with this content: it is copied once and never again.
    times = originals.since(source.sha256 for source in sources.values())
    found = [
        Addition(report, sources[report.id].sha256, _since(times, sources[report.id]))
        for report in catalogue.documents()
        if report.id in sources
    ]
    # A run keeps its files one after another: what came within a minute came together.
    found.sort(key=lambda one: one.report.metadata.date, reverse=True)
    return tuple(sorted(found, key=lambda one: one.since.replace(second=0), reverse=True))


def _since(times: Mapping[str, float], source: SourceRecord) -> datetime:
    seconds = times.get(source.sha256, source.modified_ns / 1e9)
    return datetime.fromtimestamp(int(seconds), UTC)
