"""Where the originals of the settings are. A store is imported only when it is asked for."""

from __future__ import annotations

from pathlib import Path

from indexer.config import Settings
from indexer.errors import ConfigError
from indexer.originals import FolderOriginals, Originals

_FOLDER_NAME = "originals"
_FILE = "file://"


def open_originals(settings: Settings) -> Originals:
    """Return the originals of the settings: in the data folder, another folder, or a store.

    Nothing is made or asked yet. Raises ConfigError when the store's library is not there, and for
    an address with a name or password in it.

    >>> from indexer.config import load_settings
    >>> store = open_originals(load_settings({}, originals_url="/srv/bản gốc"))
    >>> store.are_here, store.has("báo cáo")
    (True, False)
    """
    url = settings.originals_url
    if not url:
        return FolderOriginals(settings.data / _FOLDER_NAME)
    if url.startswith(_FILE) or "://" not in url:
        return FolderOriginals(Path(url.removeprefix(_FILE)))
    if "@" in url.partition("://")[2]:
        raise ConfigError(
            "VANKIEN_ORIGINALS_URL không được chứa tên hay mật khẩu.",
            "Hãy đặt chúng bằng biến môi trường của thư viện đọc kho, như AWS_ACCESS_KEY_ID.",
        )
    from indexer.original_store import StoreOriginals

    return StoreOriginals(url)
