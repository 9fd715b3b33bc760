"""Coming into a PostgreSQL server, or being told why not. No message shows a password."""

from __future__ import annotations

import os
import socket
from typing import Any

import psycopg
from psycopg import conninfo

from indexer import catalogue_store
from indexer.catalogue_store import BUSY, Cause, Words
from indexer.errors import ConfigError, DatabaseError

_SETTING = "VANKIEN_DATABASE_URL"
_CONNECT_SECONDS = 5
_EVERY_SERVER_HAS = "postgres"
LOST = (
    "mất kết nối với máy chủ",
    "Hãy thử lại sau ít phút; nếu vẫn lỗi, hãy xem máy chủ PostgreSQL còn chạy không.",
)
_UNREACHABLE = (
    "không kết nối được với máy chủ",
    f"Hãy xem máy chủ PostgreSQL có đang chạy không và {_SETTING} có đúng địa chỉ không.",
)
_REFUSED = (
    "máy chủ không cho đăng nhập",
    f"Hãy kiểm tra tên đăng nhập và mật khẩu trong {_SETTING}, và quyền vào cơ sở dữ liệu.",
)
_NO_DATABASE = (
    "máy chủ không có cơ sở dữ liệu này, hoặc không cho vào",
    f"Hãy tạo cơ sở dữ liệu (bảng mã UTF8) bằng createdb, hoặc sửa {_SETTING}.",
)
_NOT_OURS = (
    "bảng có sẵn không phải của vankien",
    f"Hãy dùng một cơ sở dữ liệu trống: sửa {_SETTING}.",
)
_RIGHTS = (
    "không được phép ghi",
    f"Hãy cấp quyền tạo bảng và ghi cho tên đăng nhập trong {_SETTING}; máy chủ dự phòng chỉ đọc.",
)
_FULL = ("ổ đĩa của máy chủ đã đầy", "Hãy giải phóng chỗ trống trên máy chủ rồi thử lại.")
UNKNOWN = ("cơ sở dữ liệu báo lỗi", "Hãy thử lại; nếu vẫn lỗi, hãy xem nhật ký của máy chủ.")
# By SQLSTATE, or the class that its first two characters are.
_CAUSES = {
    "08": LOST,
    "57": LOST,
    "25006": _RIGHTS,
    "42501": _RIGHTS,
    "42P01": _NOT_OURS,
    "42703": _NOT_OURS,
    "42804": _NOT_OURS,
    "53100": _FULL,
    "53300": ("máy chủ đã hết chỗ kết nối", "Hãy tăng max_connections của máy chủ, hoặc thử lại."),
    "54": (
        "có một giá trị dài hơn mức máy chủ nhận",
        "Hãy rút ngắn đường dẫn của tệp rồi thử lại.",
    ),
    "55P03": BUSY,
}
# A machine that vanished is noticed within a minute, by either side.
_ALIVE = {"keepalives_idle": 30, "keepalives_interval": 10, "keepalives_count": 3}
_SERVER_ALIVE = " ".join(f"-c tcp_{name}={value}" for name, value in _ALIVE.items())


class Server:
    """A database on a server. Raises ConfigError when the address cannot be read."""

    def __init__(self, url: str) -> None:
        self._given = _parameters(url)
        title = f"cơ sở dữ liệu PostgreSQL {_where(self._given)}"
        self.words = Words(
            title=title,
            place=title,
            again=f"Hãy đặt {_SETTING} thành một cơ sở dữ liệu trống rồi chạy lại: "
            "vankien index THƯ_MỤC",
            elsewhere=f"đặt {_SETTING} thành một cơ sở dữ liệu khác",
            error=DatabaseError,
        )

    def connect(self) -> psycopg.Connection:
        """Return a new connection. Raises DatabaseError when there is none to be had."""
        try:
            connection = self._let_in()
        except psycopg.Error as error:
            cause = self._why_not(error)
            if cause is not _NO_DATABASE:
                raise self.words.unusable(*cause) from error
            try:
                # A server that was starting has started while it was asked why.
                connection = self._let_in()
            except psycopg.Error as again:
                raise self.words.unusable(*cause) from again
        if connection.info.parameter_status("server_encoding") != "UTF8":
            connection.close()
            raise self.words.unusable("bảng mã của cơ sở dữ liệu không phải UTF8", _NO_DATABASE[1])
        return connection

    def _let_in(self, **other: str) -> psycopg.Connection:
        wait = f"-c lock_timeout={int(catalogue_store.BUSY_SECONDS * 1000)} {_SERVER_ALIVE}"
        usual: dict[str, Any] = {
            "connect_timeout": _CONNECT_SECONDS,
            "application_name": f"vankien {os.getpid()} {socket.gethostname()}",
            "client_encoding": "utf8",
            **_ALIVE,
        }
        options = {"options": f"{wait} {self._given.get('options', '')}"}
        return psycopg.connect(**usual | self._given | options | other)

    def _why_not(self, error: psycopg.Error) -> Cause:
        """Return why the server lets nobody in. It gives no code for this, only words."""
        if isinstance(error, psycopg.errors.ConnectionTimeout):
            return _UNREACHABLE
        try:
            self._let_in(dbname=_EVERY_SERVER_HAS).close()
        except psycopg.Error as other:
            answered = other.pgconn is not None and other.pgconn.used_password
            return _REFUSED if answered else _UNREACHABLE
        return _NO_DATABASE


def meaning(error: BaseException | None) -> Cause:
    """Return what an error of the server means, by its code."""
    state = getattr(error, "sqlstate", None) or ""
    return _CAUSES.get(state) or _CAUSES.get(state[:2], UNKNOWN)


def _parameters(url: str) -> dict[str, Any]:
    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    try:
        if not plain.startswith(("postgresql://", "postgres://")):
            raise ValueError(_SETTING)
        given = dict(conninfo.conninfo_to_dict(plain))
        _refuse_odd(given)
        return given
    except (ValueError, psycopg.Error):
        # Without its cause: that one quotes the address, and the password in it.
        raise ConfigError(
            f"Giá trị của {_SETTING} không phải là địa chỉ của một cơ sở dữ liệu PostgreSQL.",
            "Hãy đặt một giá trị như postgresql://TÊN:MẬT_KHẨU@MÁY_CHỦ:5432/CƠ_SỞ_DỮ_LIỆU; ký tự "
            "lạ trong mật khẩu được viết dạng %XX.",
        ) from None


def _refuse_odd(given: dict[str, Any]) -> None:
    """Raise ValueError where what is shown of an address may be a piece of its password.

    A "/" or "@" that is not written as %XX ends the password too early, and the rest of it counts
    as host, port or database.
    """
    hosts, ports, database = (str(given.get(key) or "") for key in ("host", "port", "dbname"))
    is_odd_host = any("/" in host and not host.startswith("/") for host in hosts.split(","))
    is_odd_port = not ports.replace(",", "").isdigit() if ports else False
    if "@" in hosts + ports + database or "/" in database or is_odd_host or is_odd_port:
        raise ValueError(_SETTING)


def _where(given: dict[str, Any]) -> str:
    hosts = str(given.get("host") or "localhost").split(",")
    ports = str(given.get("port") or "5432").split(",")
    pairs = zip(hosts, ports * len(hosts) if len(ports) == 1 else ports, strict=False)
    database = given.get("dbname") or given.get("user") or ""
    return ",".join(f"{host}:{port}" for host, port in pairs) + f"/{database}"
