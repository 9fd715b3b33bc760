"""Temporary folders that do not outlive their process for long, even when it is killed.

A folder is locked as long as its process lives; the system frees the lock of one that dies. The
next run takes away what is left. A number of the process in the name would not do: another
computer or container may share the disk and have a process of that number.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from indexer.errors import TempFolderFull

_PREFIX = "vankien-"
_LOCK = ".in-use"
# Between making a folder and locking it nobody may take it away.
_MIN_AGE_SECONDS = 60.0
# With less than this left, what went wrong while a file was unpacked went wrong for want of room.
_LEAST_ROOM = 8 * 2**20
_FULL = (errno.ENOSPC, errno.EDQUOT)


@contextmanager
def work_folder() -> Iterator[Path]:
    """Give an empty folder, hidden lock aside, that is gone with all in it when the block ends.

    Raises TempFolderFull when there is no room for it.
    """
    with ExitStack() as held:
        try:
            new = tempfile.TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
            name = held.enter_context(new)
            held.enter_context(FileLock(Path(name) / _LOCK))
        except OSError as error:
            if is_full(error):
                raise temp_folder_full() from error
            raise
        yield Path(name)


def is_full(error: OSError | None = None) -> bool:
    """Say whether something went wrong because the temporary folder is full.

    >>> is_full(OSError(errno.ENOSPC, "No space left on device"))
    True
    """
    if error is not None and error.errno in _FULL:
        return True
    try:
        return shutil.disk_usage(tempfile.gettempdir()).free < _LEAST_ROOM
    except OSError:
        return False


def temp_folder_full(name: str = "") -> TempFolderFull:
    """Return the error that says so, of a file of this name or of the run."""
    what = f"Không đọc được `{name}`: thư mục tạm" if name else "Thư mục tạm"
    return TempFolderFull(
        f"{what} `{tempfile.gettempdir()}` đã đầy.",
        "Hãy dọn chỗ trống ở đó, hoặc đặt biến TMPDIR tới một ổ đĩa còn chỗ, rồi lập chỉ mục lại.",
    )


def sweep() -> int:
    """Take away the folders of processes that died; return how many there were.

    What cannot be taken away, or is not surely ours, stays.
    """
    swept = 0
    with suppress(OSError):
        for folder in sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*")):
            swept += _is_left(folder) and _removed(folder)
    return swept


def _is_left(folder: Path) -> bool:
    """Say whether this is an old enough folder of ours of which nobody holds the lock."""
    try:
        found = folder.lstat()
        ours = found.st_uid == os.getuid() and not folder.is_symlink()
        if not ours or time.time() - found.st_mtime < _MIN_AGE_SECONDS:
            return False
        if not (folder / _LOCK).is_file():
            return False
        with FileLock(folder / _LOCK, timeout=0):
            return True
    except (OSError, Timeout):
        return False


def _removed(folder: Path) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    return not folder.exists()
