"""Each setting declared once: name, default, help. Environment, CLI and docs are derived."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from indexer.database_address import DatabaseAddress
from indexer.errors import ConfigError

ENV_PREFIX = "VANKIEN_"


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its name, its default (whose type it keeps) and a line of help.

    The value of a `secret` one is shown nowhere.
    """

    name: str
    default: str | int | Path
    help: str
    secret: bool = False

    @property
    def env(self) -> str:
        """Return the environment variable that sets it."""
        return ENV_PREFIX + self.name.upper()


SETTINGS = (
    Setting("data", Path("var"), "Thư mục dữ liệu: danh mục, chỉ mục và bản gốc"),
    Setting("backend", "whoosh", "Máy tìm kiếm: whoosh (nhúng sẵn), opensearch (cụm máy tìm kiếm)"),
    Setting(
        "opensearch_url",
        "http://127.0.0.1:9200",
        "Địa chỉ các máy của cụm OpenSearch, cách nhau bằng dấu phẩy",
    ),
    Setting("opensearch_index", "vankien", "Tên (alias) mà chỉ mục mang trong cụm OpenSearch"),
    Setting("opensearch_user", "", "Tên đăng nhập vào cụm OpenSearch"),
    Setting("opensearch_password", "", "Mật khẩu vào cụm OpenSearch", secret=True),
    Setting("opensearch_api_key", "", "Khóa API, thay cho tên và mật khẩu", secret=True),
    Setting("opensearch_ca", "", "Tệp chứng thư gốc (PEM) của cụm; để trống là theo hệ thống"),
    Setting("opensearch_shards", 1, "Số mảnh (shard) của chỉ mục lập mới trong cụm"),
    Setting("opensearch_replicas", 1, "Số bản sao của mỗi mảnh, không quá số máy trừ một"),
    Setting("opensearch_seconds", 30, "Số giây chờ cụm trả lời một yêu cầu"),
    Setting(
        "database_url",
        "",
        "Địa chỉ cơ sở dữ liệu PostgreSQL của danh mục; để trống là tệp trong thư mục dữ liệu",
        secret=True,
    ),
    Setting(
        "originals_url",
        "",
        "Nơi giữ bản gốc: thư mục hay kho kiểu S3 (s3://kho/nhánh); để trống là thư mục dữ liệu",
    ),
    Setting(
        "secret_key",
        "",
        "Khóa ký phiên và biểu mẫu, giống nhau ở mọi máy web; để trống là tệp trong thư mục dữ "
        "liệu",
        secret=True,
    ),
    Setting("jobs", 0, "Số tiến trình đọc tệp; 0 là bằng số nhân của máy"),
    Setting("page_size", 10, "Số kết quả trên một trang"),
    Setting("max_page_size", 100, "Số kết quả nhiều nhất cho một lần hỏi"),
    Setting("max_query_chars", 1000, "Độ dài nhiều nhất của câu hỏi, tính bằng ký tự"),
    Setting("max_file_mb", 100, "Dung lượng nhiều nhất của một tệp, tính bằng MB"),
    Setting("max_pages", 3000, "Số trang nhiều nhất của một tệp PDF hay ảnh"),
    Setting("file_seconds", 300, "Số giây nhiều nhất để đọc một tệp, cộng 180 giây cho mỗi MB"),
    Setting("lock_wait", 0, "Số giây chờ khi tiến trình khác đang lập chỉ mục"),
    Setting(
        "cache_mb",
        0,
        "MB mà mỗi tiến trình giữ lại giữa các lần tìm; 0 là theo số đoạn, ít nhất 128",
    ),
    Setting("abbreviations", "", "Tệp từ viết tắt riêng (TOML); để trống là dùng bảng có sẵn"),
    Setting("synonyms", "", "Tệp từ đồng nghĩa riêng (TOML); để trống là dùng bảng có sẵn"),
    Setting(
        "indicators",
        "",
        "Tệp chỉ tiêu riêng (TOML), thêm vào bảng có sẵn; để trống là chỉ dùng bảng có sẵn",
    ),
    Setting("host", "127.0.0.1", "Địa chỉ mạng của trang web"),
    Setting("port", 8000, "Cổng của trang web"),
    Setting("workers", 0, "Số tiến trình phục vụ trang web; 0 là bằng số nhân, nhiều nhất 4"),
    Setting("threads", 2, "Số yêu cầu mà mỗi tiến trình trả lời cùng lúc"),
    Setting("max_waiting", 32, "Số yêu cầu chờ ở mỗi tiến trình; quá số này thì trả về mã 503"),
    Setting(
        "answers_mb", 32, "MB câu trả lời mà mỗi tiến trình giữ lại để gửi lần nữa; 0 là không"
    ),
    Setting(
        "request_seconds", 120, "Số giây nhiều nhất để trả lời một yêu cầu; 0 là không giới hạn"
    ),
    Setting(
        "public_url",
        "",
        "Địa chỉ của trang web, đứng đầu các liên kết trong tệp xuất ra; khi đặt, máy chủ chỉ nhận "
        "yêu cầu gọi bằng tên này; để trống là theo tên máy mà người đọc gọi tới",
    ),
)


@dataclass(frozen=True, slots=True)
class Settings:
    """The values in force. Built once at the edge (CLI, server) and handed in from there."""

    data: Path
    backend: str
    opensearch_url: str
    opensearch_index: str
    opensearch_user: str
    opensearch_password: str = field(repr=False)
    opensearch_api_key: str = field(repr=False)
    opensearch_ca: str
    opensearch_shards: int
    opensearch_replicas: int
    opensearch_seconds: int
    database_url: str = field(repr=False)
    originals_url: str
    secret_key: str = field(repr=False)
    jobs: int
    page_size: int
    max_page_size: int
    max_query_chars: int
    max_file_mb: int
    max_pages: int
    file_seconds: int
    lock_wait: int
    cache_mb: int
    abbreviations: str
    synonyms: str
    indicators: str
    host: str
    port: int
    workers: int
    threads: int
    max_waiting: int
    answers_mb: int
    request_seconds: int
    public_url: str

    @property
    def database(self) -> DatabaseAddress:
        """Return where the catalogue is kept."""
        return DatabaseAddress(self.data, self.database_url)

    @property
    def max_file_bytes(self) -> int:
        """Return the size limit of one file in bytes."""
        return self.max_file_mb * 1024 * 1024


def load_settings(env: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Return the settings: defaults, then environment, then overrides that are not None.

    Raises ConfigError for a value of the wrong type.

    >>> load_settings({"VANKIEN_PAGE_SIZE": "20"}).page_size
    20
    """
    env = os.environ if env is None else env
    values = {setting.name: _value(setting, env, overrides) for setting in SETTINGS}
    return Settings(**values)


def _value(setting: Setting, env: Mapping[str, str], overrides: Mapping[str, Any]) -> Any:
    given = overrides.get(setting.name)
    if given is None:
        given = env.get(setting.env) or None
    if given is None:
        return setting.default
    try:
        value = type(setting.default)(given)
    except ValueError as error:
        raise ConfigError(
            f"Giá trị của {setting.env} không dùng được: {given!r}.",
            f"Hãy đặt một giá trị như {setting.default!s}.",
        ) from error
    if isinstance(value, int) and value < 0:
        raise ConfigError(f"{setting.env} không được là số âm: {value}.", "Hãy đặt từ 0 trở lên.")
    return value


assert [s.name for s in SETTINGS] == [f.name for f in fields(Settings)]
assert {s.name for s in SETTINGS if s.secret} == {f.name for f in fields(Settings) if not f.repr}
