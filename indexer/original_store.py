"""Originals in a store that fsspec reaches: S3 and what resembles it, other clouds, SFTP.

The only place that knows fsspec. Keys and other ways in come from the environment of the library
for the protocol (AWS_*, FSSPEC_*), never from here; what a store says may hold some of it, so that
errors name only the kind of fault.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime
from hashlib import sha256 as hash_of
from pathlib import Path
from typing import Any

import fsspec

from indexer.errors import ConfigError, DataFolderError, NotFound, VankienError
from indexer.originals import (
    changed_meanwhile,
    name_of,
    sha256_of,
    unknown_original,
    unreadable,
)
from indexer.readers.work_folder import is_full, temp_folder_full, work_folder

_USER = re.compile(r"(?<=://)[^/@]*@")
# Under which names stores tell when a file came.
_TIMES = ("LastModified", "mtime", "updated", "last_modified", "created")
# Extras of this package that hold the library for a protocol.
_EXTRAS = {"s3": "s3", "s3a": "s3"}
_PAUSE_SECONDS = 60.0


class StoreOriginals:
    """Originals below the address of a store. May be used by any thread, and after a fork.

    Raises ConfigError for a protocol that is not known or whose library is not installed.
    """

    are_here = False

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self.name = _USER.sub("", self._url)
        _require_library(self._url, self.name)
        self._times: dict[str, float | None] = {}
        self._ask_again_at = 0.0
        self._was_there = False

    def has(self, sha256: str) -> bool:
        """Say whether an original is kept. Raises DataFolderError."""
        with suppress(NotFound):
            return self._size(name_of(sha256)) is not None
        return False

    def keep(self, path: Path, sha256: str) -> None:
        """Put a file into the store in one request, and look that it is there as a whole.

        Raises NotFound, UnreadableFile and DataFolderError as `Originals.keep` does.
        """
        name = name_of(sha256)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise unreadable(path, error) from error
        if self._size(name) == len(content):
            return
        if hash_of(content).hexdigest() != sha256:
            raise changed_meanwhile(path)
        with self._told() as (store, root):
            store.pipe_file(f"{root}/{name}", content)
        if self._size(name) != len(content):
            raise DataFolderError(
                f"Kho bản gốc {self.name} không giữ đủ nội dung của {path}.",
                "Hãy kiểm tra chỗ trống và nhật ký của kho rồi thử lại.",
            )

    def fetch(self, sha256: str, folder: Path) -> Path:
        """Return a copy in `folder` whose bytes have this SHA-256.

        Raises NotFound when none is kept, DataFolderError when it cannot be fetched or is damaged,
        TempFolderFull when there is no room for it.
        """
        copy = folder / sha256
        self._copy(name_of(sha256), sha256, copy)
        if sha256_of(copy) != sha256:
            raise DataFolderError(
                f"Bản gốc {sha256} trong kho {self.name} đã hỏng.",
                "Hãy xóa nó khỏi kho rồi lập chỉ mục lại tệp nguồn.",
            )
        return copy

    @contextmanager
    def local(self, sha256: str) -> Iterator[Path]:
        """Give what `fetch` returns; the copy is gone when the block ends."""
        with work_folder() as folder:
            yield self.fetch(sha256, folder)

    def since(self, sha256s: Iterable[str]) -> Mapping[str, float]:
        """Return when originals came into the store.

        It is asked once for what it was not asked before; when it does not answer, not again for
        a minute.
        """
        wanted = frozenset(sha256s)
        if not wanted <= self._times.keys() and time.monotonic() >= self._ask_again_at:
            try:
                listed = self._listed()
                self._times |= {sha256: listed.get(sha256) for sha256 in wanted}
            except VankienError:
                self._ask_again_at = time.monotonic() + _PAUSE_SECONDS
        times = ((sha256, self._times.get(sha256)) for sha256 in wanted)
        return {sha256: seconds for sha256, seconds in times if seconds is not None}

    def _listed(self) -> Mapping[str, float]:
        with self._told() as (store, root):
            found = store.find(root, detail=True)
            # Kept by the library, it would hide what others put there later.
            store.invalidate_cache()
            return {
                path.rpartition("/")[2]: seconds
                for path, told in found.items()
                if (seconds := _seconds(told)) is not None
            }

    def _size(self, name: str) -> int | None:
        """Return how many bytes are kept under a name; None when nothing is."""
        with self._told() as (store, root):
            try:
                store.invalidate_cache()
                return int(store.info(f"{root}/{name}")["size"])
            except FileNotFoundError:
                self._require_bucket(store, root)
                return None

    def _copy(self, name: str, sha256: str, copy: Path) -> None:
        with self._told() as (store, root):
            try:
                store.get_file(f"{root}/{name}", str(copy))
                return
            except FileNotFoundError:
                self._require_bucket(store, root)
        raise unknown_original(sha256)

    def _require_bucket(self, store: Any, root: str) -> None:
        """Raise FileNotFoundError when it is the whole store that is not there."""
        if not self._was_there:
            store.info(root.partition("/")[0] or "/")
            self._was_there = True

    @contextmanager
    def _told(self) -> Iterator[tuple[Any, str]]:
        """Give the file system and the path in it; put what goes wrong into our words."""
        try:
            # Not held: connections do not outlive a fork, and the library knows which do.
            yield fsspec.core.url_to_fs(self._url)
        except VankienError:
            raise
        except FileNotFoundError as error:
            raise DataFolderError(
                f"Kho bản gốc {self.name} không có.",
                "Hãy tạo kho (bucket) này, hoặc sửa VANKIEN_ORIGINALS_URL.",
            ) from error
        except Exception as error:  # noqa: BLE001 - every library raises its own
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> VankienError:
        if isinstance(error, OSError) and is_full(error):
            return temp_folder_full()
        kind = type(error).__name__
        if isinstance(error, PermissionError) or "Credentials" in kind:
            return DataFolderError(
                f"Kho bản gốc {self.name} từ chối truy cập.",
                "Hãy kiểm tra khóa truy cập trong môi trường của tiến trình (với S3: "
                "AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY) và quyền đọc, ghi của khóa đó.",
            )
        return DataFolderError(
            f"Không dùng được kho bản gốc {self.name} ({kind}).",
            "Hãy kiểm tra kho có đang chạy và máy này có nối tới được không (với S3: "
            "AWS_ENDPOINT_URL), rồi thử lại.",
        )


def _require_library(url: str, name: str) -> None:
    protocol = url.partition("://")[0].rpartition("::")[2]
    try:
        fsspec.get_filesystem_class(protocol)
    except ImportError as error:
        extra = _EXTRAS.get(protocol)
        raise ConfigError(
            f"Chưa cài thư viện để dùng kho bản gốc {name}.",
            f"Hãy chạy: pip install 'vankien[{extra}]'"
            if extra
            else f"Hãy cài gói Python mà fsspec cần cho {protocol}://",
        ) from error
    except ValueError as error:
        raise ConfigError(
            f"Không có loại kho nào tên là {protocol!r}.",
            "Hãy đặt VANKIEN_ORIGINALS_URL là một thư mục, hoặc địa chỉ như s3://kho/nhánh.",
        ) from error


def _seconds(told: Mapping[str, Any]) -> float | None:
    """Return when a file came, in seconds since 1970; None when the store does not tell."""
    moments = (told.get(name) for name in _TIMES)
    moment = next((moment for moment in moments if moment is not None), None)
    if isinstance(moment, datetime):
        return moment.timestamp()
    return float(moment) if isinstance(moment, int | float) else None
