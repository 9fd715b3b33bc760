"""One indexing process at a time; a second one waits or is told who holds the lock.

Machines that share a catalogue share its lock; the folder is each one's own.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.database_address import DatabaseAddress
from indexer.errors import DataFolderError, IndexLocked, reason

_LOCK = "indexing.lock"
_HOLDER = "indexing.json"


@contextmanager
def indexing_lock(address: DatabaseAddress, wait: int) -> Generator[Callable[[], None]]:
    """Hold data folder and catalogue for writing while the block runs; make the folder if need be.

    A catalogue in PostgreSQL is held against other machines, too. The lock of a process that dies
    is freed; what is given raises DatabaseError when ours was, by a restart of the server. Raises
    IndexLocked when another process still holds it after `wait` seconds, StorageError when folder
    or database are unusable.
    """
    with _folder_lock(address.data, wait), _database_lock(address.url, wait) as check:
        yield check


def _database_lock(url: str, wait: int) -> AbstractContextManager[Callable[[], None]]:
    if not url:
        return nullcontext(lambda: None)
    # Here, because who uses a file need not wait for the driver.
    from indexer.catalogue_postgres import PostgresStore

    return PostgresStore(url, "catalogue", read_only=True).holding("indexing", wait)


@contextmanager
def _folder_lock(data: Path, wait: int) -> Generator[None]:
    lock = FileLock(data / _LOCK)
    try:
        data.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock.acquire(timeout=wait)
    except Timeout as error:
        raise IndexLocked(
            f"Thư mục dữ liệu `{data}` đang được lập chỉ mục{_holder(data)}.",
            "Hãy đợi xong rồi chạy lại, hoặc đặt VANKIEN_LOCK_WAIT để chờ.",
        ) from error
    except OSError as error:
        raise DataFolderError(
            f"Không ghi được vào thư mục dữ liệu `{data}`: {reason(error)}.",
            "Hãy kiểm tra quyền ghi, hoặc chọn thư mục khác bằng --data hay VANKIEN_DATA.",
        ) from error
    try:
        _write_holder(data)
        yield
    finally:
        lock.release()


def _write_holder(data: Path) -> None:
    holder = {"pid": os.getpid(), "since": datetime.now().strftime("%d/%m/%Y %H:%M")}
    (data / _HOLDER).write_text(json.dumps(holder), encoding="utf-8")


def _holder(data: Path) -> str:
    try:
        holder = json.loads((data / _HOLDER).read_text(encoding="utf-8"))
        return f" bởi tiến trình {holder['pid']} từ {holder['since']}"
    except (OSError, ValueError, KeyError, TypeError):
        # Written just after the lock is taken: not there yet. The message does without it.
        return ""
