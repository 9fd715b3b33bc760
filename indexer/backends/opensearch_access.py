"""How an OpenSearch cluster is reached, as the settings say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from indexer.config import Settings
from indexer.errors import ConfigError

_NAME = re.compile(r"[a-z][a-z0-9_-]*")


@dataclass(frozen=True, slots=True)
class Access:
    """How a cluster is reached. What proves who we are is never shown."""

    hosts: tuple[str, ...]
    seconds: int
    ca: str
    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    api_key: str = field(default="", repr=False)

    def __str__(self) -> str:
        return ", ".join(self.hosts)


def access_of(settings: Settings) -> Access:
    """Return how the settings say that the cluster is reached. Raises ConfigError."""
    if not _NAME.fullmatch(settings.opensearch_index):
        raise ConfigError(
            f"VANKIEN_OPENSEARCH_INDEX không dùng được: {settings.opensearch_index!r}.",
            "Hãy đặt một tên gồm chữ thường không dấu, chữ số, - và _, như `vankien`.",
        )
    hosts = tuple(host.strip() for host in settings.opensearch_url.split(",") if host.strip())
    if not hosts or not all(map(_is_address, hosts)):
        # The address is not told: it may hold a password.
        raise ConfigError(
            "VANKIEN_OPENSEARCH_URL có địa chỉ không dùng được.",
            "Hãy viết như https://may1:9200,https://may2:9200; tên và mật khẩu đặt ở "
            "VANKIEN_OPENSEARCH_USER và VANKIEN_OPENSEARCH_PASSWORD.",
        )
    key, ca = settings.opensearch_api_key.strip(), settings.opensearch_ca
    if not (key.isascii() and key.isprintable()):
        raise ConfigError(
            "VANKIEN_OPENSEARCH_API_KEY có ký tự không thể có trong một khóa.",
            "Hãy chép lại khóa, không thêm dấu cách, dấu xuống dòng hay chữ có dấu.",
        )
    if ca and not Path(ca).is_file():
        raise ConfigError(f"Không có tệp chứng thư `{ca}`.", "Hãy kiểm tra VANKIEN_OPENSEARCH_CA.")
    return Access(
        hosts,
        settings.opensearch_seconds,
        ca,
        settings.opensearch_user,
        settings.opensearch_password,
        key,
    )


def _is_address(host: str) -> bool:
    try:
        parts = urlsplit(host)
        # Asking for the port raises where it is no number of one.
        is_whole = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and is_whole and "@" not in parts.netloc
