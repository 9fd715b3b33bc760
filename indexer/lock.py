"""One indexing process at a time; a second one waits or is told who holds the lock."""

from __future__ import annotations

import json
import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import DataFolderError, IndexLocked, reason

_LOCK = "indexing.lock"
_HOLDER = "indexing.json"


@contextmanager
def indexing_lock(data: Path, wait: int) -> Generator[None]:
    """Hold the data folder for writing while the block runs; make the folder if need be.

    The operating system frees the lock of a process that dies. Raises IndexLocked when another
    process still holds it after `wait` seconds, DataFolderError when the folder is unusable.
    """
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
