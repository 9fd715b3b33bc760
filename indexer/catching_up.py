"""What is done to many reports of the catalogue with all cores: inverting, learning from them.

Reports are inverted as they are read; here only those that a killed run had read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import suppress
from pathlib import Path

from indexer.catalogue import Catalogue
from indexer.database_address import DatabaseAddress
from indexer.errors import DataFolderError
from indexer.inverted import invert_report
from indexer.lessons import Lesson, first_lesson, teach
from indexer.reading_process import Crew, ProcessDied, TookTooLong

# Starting processes costs more than a few reports.
_MIN_REPORTS_FOR_PROCESSES = 12
_SECONDS_FOR_ONE = 600


def _is_worth(crew: Crew, reports: int) -> bool:
    return crew.size > 1 and reports >= (crew.size if crew.started else _MIN_REPORTS_FOR_PROCESSES)


def catch_up(
    address: DatabaseAddress, missing: Mapping[str, Path], crew: Crew, done: Callable[[int], None]
) -> None:
    """Write the files of the `missing` reports, by id, in processes; `done` counts them.

    Few are left to the caller, and so is what cannot be written: it will see why. Raises
    DataFolderError for a report that ends its process, also alone.
    """
    if not _is_worth(crew, len(missing)):
        return
    futures = {
        crew.submit(_SECONDS_FOR_ONE, invert_stored, address, document_id, path): document_id
        for document_id, path in missing.items()
    }
    for count, future in enumerate(as_completed(futures), start=1):
        document_id = futures[future]
        if isinstance(future.exception(), ProcessDied | TookTooLong):
            _invert_alone(address, document_id, missing[document_id])
        done(count)


def _invert_alone(address: DatabaseAddress, document_id: str, path: Path) -> None:
    # What ended the process is perhaps the memory that its neighbours took.
    with Crew(1) as crew:
        try:
            crew.submit(_SECONDS_FOR_ONE, invert_stored, address, document_id, path).result()
        except (ProcessDied, TookTooLong) as error:
            raise DataFolderError(
                f"Tiến trình lập chỉ mục báo cáo `{document_id}` bị dừng đột ngột.",
                "Xem tên báo cáo bằng `vankien documents`; hãy kiểm tra bộ nhớ còn trống rồi chạy "
                "lại, hoặc bỏ báo cáo này bằng `vankien forget` và đường dẫn của tệp.",
            ) from error


def invert_stored(address: DatabaseAddress, document_id: str, path: Path) -> None:
    """Invert one report of the catalogue at `address`; what cannot be written is not there."""
    catalogue = Catalogue(address, read_only=True)
    try:
        with suppress(OSError):
            invert_report(catalogue.document(document_id), path)
    finally:
        catalogue.close()


def lessons_of(
    address: DatabaseAddress, document_ids: Sequence[str], crew: Crew, *, fresh: bool
) -> Iterator[Lesson]:
    """Yield what reports of the catalogue at `address` teach, in one lesson for each process.

    At a fresh start also what everybody knows (see `first_lesson`), while the others are learnt.
    """
    if not _is_worth(crew, len(document_ids)):
        if fresh:
            yield first_lesson()
        yield teach_stored(address, document_ids)
        return
    seconds = _SECONDS_FOR_ONE * len(document_ids)
    shares = [document_ids[start :: crew.size] for start in range(crew.size)]
    futures = [crew.submit(seconds, teach_stored, address, share) for share in shares]
    if fresh:
        yield first_lesson()
    for share, future in zip(shares, futures, strict=True):
        try:
            yield future.result()
        except (ProcessDied, TookTooLong):
            yield teach_stored(address, share)


def teach_stored(address: DatabaseAddress, document_ids: Sequence[str]) -> Lesson:
    """Return what reports of the catalogue at `address` teach."""
    catalogue = Catalogue(address, read_only=True)
    try:
        return teach(catalogue.texts(document_ids))
    finally:
        catalogue.close()
