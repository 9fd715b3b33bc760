"""The one exception tree. Messages are for people: what happened, where, what to do next.

VankienError
├── UsageError            wrong input of the caller
│   ├── EmptyQuery        nothing to search for
│   ├── QueryTooLong      longer than the limit
│   ├── QueryTooBroad     the beginning of more words than can be looked for
│   ├── UnknownFilter     a filter value that no report has
│   ├── NothingToIndex    the paths hold no file that could be read
│   └── GoldenFileError   a question set for `eval` cannot be read
├── NotFound              no such document or passage
├── ReadingError          a file could not be turned into text
│   ├── UnsupportedFormat
│   ├── UnreadableFile
│   └── TempFolderFull    no room for what is made of a file while it is read
├── StorageError          the data folder, or what is used in its place
│   ├── DataFolderError   cannot be made, read or written
│   ├── DatabaseError     the database of the catalogue cannot be reached or used
│   ├── IndexMissing      nothing indexed yet
│   ├── IndexOutdated     built with other rules
│   ├── IndexLocked       another process is indexing
│   ├── EngineUnavailable the search engine cannot be reached, or not in time
│   ├── EngineRefused     the search engine answers that it cannot do it
│   └── IndexIncomplete   a part of the index cannot be searched now
├── PortError             the web address cannot be opened
├── ConfigError           a setting has a wrong value
└── VocabularyError       a list of abbreviations or synonyms cannot be used
"""

from __future__ import annotations

import errno
from typing import ClassVar


class VankienError(Exception):
    """Base of all errors of this project: a message, a hint, a code, an exit code, a status."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[int] = 1
    status: ClassVar[int] = 500

    def __init__(self, message: str, hint: str = "") -> None:
        self.message = message
        self.hint = hint
        super().__init__(f"{message} {hint}".strip())


class UsageError(VankienError):
    """The caller asked for something that cannot be done as asked."""

    code = "usage"
    exit_code = 2
    status = 400


class EmptyQuery(UsageError):
    """The question holds no letter or digit."""

    code = "empty_query"


class QueryTooLong(UsageError):
    """The question is longer than the limit."""

    code = "query_too_long"


class QueryTooBroad(UsageError):
    """The beginning of a word stands for more words than can be looked for at once."""

    code = "query_too_broad"


class UnknownFilter(UsageError):
    """A filter names a value that no report has."""

    code = "unknown_filter"


class NothingToIndex(UsageError):
    """The paths given hold no file that could be a report."""

    code = "nothing_to_index"


class GoldenFileError(UsageError):
    """A golden question set cannot be read."""

    code = "golden_file"


class NotFound(VankienError):
    """There is no document or passage of this id."""

    code = "not_found"
    exit_code = 4
    status = 404


class ReadingError(VankienError):
    """A file could not be turned into text."""

    code = "reading"
    status = 422


class UnsupportedFormat(ReadingError):
    """No reader knows this kind of file."""

    code = "unsupported_format"


class UnreadableFile(ReadingError):
    """The file is damaged, empty, too large or not what its name says."""

    code = "unreadable_file"


class TempFolderFull(ReadingError):
    """There is no room in the temporary folder for what is made of a file while it is read."""

    code = "temp_folder_full"
    status = 503


class StorageError(VankienError):
    """Something is wrong with the data folder, or with what is used in its place."""

    code = "storage"
    exit_code = 3
    status = 503


class DataFolderError(StorageError):
    """The data folder cannot be made, read or written."""

    code = "data_folder"


class DatabaseError(StorageError):
    """The database of the catalogue cannot be reached, read or written."""

    code = "database"


class IndexMissing(StorageError):
    """Nothing has been indexed yet."""

    code = "index_missing"


class IndexOutdated(StorageError):
    """The index was built with other rules than questions are asked with."""

    code = "index_outdated"


class IndexLocked(StorageError):
    """Another process is indexing into the same data folder."""

    code = "index_locked"


class EngineUnavailable(StorageError):
    """The search engine cannot be reached, or does not answer in time."""

    code = "engine_unavailable"


class EngineRefused(StorageError):
    """The search engine answers that it cannot do what was asked.

    `answer_status` is the HTTP status of its answer, `kind` the type of the error in it.
    """

    code = "engine_refused"

    def __init__(self, message: str, hint: str, answer_status: int = 0, kind: str = "") -> None:
        super().__init__(message, hint)
        self.answer_status = answer_status
        self.kind = kind


class IndexIncomplete(StorageError):
    """A part of the index cannot be searched now: what is found would not be all there is."""

    code = "index_incomplete"


class PortError(VankienError):
    """The address of the web application is taken or not allowed."""

    code = "port"


class ConfigError(VankienError):
    """A setting has a value that cannot be used."""

    code = "config"
    exit_code = 2


class VocabularyError(VankienError):
    """A list of abbreviations or synonyms cannot be read or contradicts itself."""

    code = "vocabulary"
    exit_code = 2


_REASONS = {
    errno.ENOENT: "tệp hay thư mục không còn đó",
    errno.EACCES: "không có quyền",
    errno.EPERM: "không có quyền",
    errno.EROFS: "ổ đĩa chỉ cho đọc",
    errno.ENOTDIR: "một phần của đường dẫn không phải là thư mục",
    errno.EISDIR: "đó là thư mục, không phải tệp",
    errno.ENOSPC: "ổ đĩa đã đầy",
    errno.EDQUOT: "đã hết dung lượng được cấp",
    errno.EMFILE: "quá nhiều tệp đang mở",
    errno.ENAMETOOLONG: "tên quá dài",
    errno.EADDRINUSE: "cổng đang được chương trình khác dùng",
    errno.EADDRNOTAVAIL: "máy này không có địa chỉ đó",
    errno.EIO: "ổ đĩa báo lỗi đọc ghi",
}


def reason(error: OSError) -> str:
    """Return in Vietnamese why the system refused; its own words where they are not known.

    >>> reason(FileNotFoundError(errno.ENOENT, "No such file"))
    'tệp hay thư mục không còn đó'
    """
    known = _REASONS.get(error.errno or 0)
    return known or f"hệ thống báo “{error.strerror or error}”"
