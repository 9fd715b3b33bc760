"""What is told of a run beside its files: versions, archives, folders that are gone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from indexer.catalogue import Catalogue, SourceRecord
from indexer.catalogue_versions import StoredVersions
from indexer.errors import NothingToIndex
from indexer.reports import FileReport
from indexer.scan import Found, Scan
from indexer.versions import Version


def versions(files: Sequence[FileReport], stored: StoredVersions) -> tuple[Version, ...]:
    """Return of which versions one at least is among the files of a run, nearest first."""
    there = {file.document_id for file in files if file.document is not None}
    return tuple(
        version for version in stored.of() if there & {version.document_id, version.other_id}
    )


def lost_roots(catalogue: Catalogue) -> tuple[str, ...]:
    """Return the folders and files that were indexed once and are no longer there."""
    roots = {record.root for record in catalogue.sources()}
    return tuple(sorted(root for root in roots if not Path(root).exists()))


def opened_archives(
    counted: Sequence[tuple[str, int]], files: Sequence[FileReport]
) -> tuple[tuple[str, int], ...]:
    """Return the archives out of which something came; not those that are locked.

    >>> locked = FileReport("mật.zip/a.txt", "failed", error="cần mật khẩu")
    >>> opened_archives([("mật.zip", 0), ("trống.zip", 0)], [locked])
    (('trống.zip', 0),)
    """
    return tuple(
        (name, count)
        for name, count in counted
        if not all_failed([file.status for file in files if file.source.startswith(f"{name}/")])
    )


def all_failed(statuses: Sequence[str]) -> bool:
    """Say whether there are files in an archive and none of them came out.

    >>> all_failed(["failed", "failed"]), all_failed(["failed", "read"]), all_failed([])
    (True, False, False)
    """
    return bool(statuses) and all(status == "failed" for status in statuses)


def names_of(roots: Sequence[Path]) -> str:
    """Return folders and files as they are named in a message."""
    return ", ".join(f"`{root}`" for root in roots)


def refuse_nothing(found: Scan, files: Sequence[Found], removed: Sequence[SourceRecord]) -> None:
    """Raise NothingToIndex when there is nothing to read and nothing to take out."""
    if files or removed or found.closed:
        return
    where = names_of(found.roots) or "thư mục dữ liệu"
    raise NothingToIndex(
        f"Không có báo cáo nào trong {where}.",
        "Hãy chỉ tới thư mục có tệp .txt hoặc .docx, ví dụ: vankien index corpus/",
    )
