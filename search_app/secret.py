"""The key that signs sessions and forms: made once a data folder, never in code or in a log."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from indexer.errors import DataFolderError, reason

_NAME = "secret-key"
_BYTES = 32


def secret_key(data: Path) -> str:
    """Return the key of a data folder; the first call makes it, readable by the owner alone.

    Raises DataFolderError when it can be neither read nor written.
    """
    path = data / _NAME
    try:
        data.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{_NAME}.{os.getpid()}.{secrets.token_hex(4)}")
        if not path.exists():
            made.touch(mode=0o600)
            made.write_text(secrets.token_hex(_BYTES), encoding="ascii")
            _publish(made, path)
        return path.read_bytes().decode("ascii", "replace").strip()
    except OSError as error:
        raise DataFolderError(
            f"Không đọc hay ghi được khóa ký ở {path}: {reason(error)}.",
            "Hãy kiểm tra quyền của thư mục dữ liệu.",
        ) from error


def _publish(made: Path, path: Path) -> None:
    # Of two servers that start at once the first one's key stands for both.
    try:
        os.link(made, path)
    except FileExistsError:
        return
    finally:
        made.unlink()
