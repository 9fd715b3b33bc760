"""The key that signs sessions and forms: of the settings, or made once a data folder.

It is never in code or in a log. Several web nodes need the same one.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from indexer.config import Settings
from indexer.errors import ConfigError, DataFolderError, reason

_NAME = "secret-key"
_BYTES = 32
_LEAST_CHARACTERS = 32


def secret_key(settings: Settings) -> str:
    """Return the key of the settings, else that of the data folder.

    Raises ConfigError when it is too short, DataFolderError when the file of the data folder can
    be neither read nor written.
    """
    key = settings.secret_key
    if not key:
        return _key_of(settings.data)
    if len(key) < _LEAST_CHARACTERS:
        raise ConfigError(
            f"VANKIEN_SECRET_KEY chỉ dài {len(key)} ký tự, ít hơn {_LEAST_CHARACTERS}.",
            'Hãy lập khóa bằng: python -c "import secrets; print(secrets.token_hex(32))"',
        )
    return key


def _key_of(data: Path) -> str:
    """Return the key of a data folder; the first call makes it, readable by the owner alone."""
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
