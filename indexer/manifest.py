"""The manifest of a folder of reports: what is known of a file that its text does not say."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from indexer.errors import UnreadableFile

MANIFEST = "manifest.toml"
_MAX_BYTES = 5_000_000


class Manifests:
    """The manifests of the folders met, each read once."""

    def __init__(self, unpacked: Mapping[Path, Path] | None = None) -> None:
        """Begin with none; `unpacked`: where those of folders in archives stand now."""
        self._unpacked = unpacked or {}
        self._read: dict[Path, Mapping[str, Mapping[str, str]]] = {}

    def of(self, path: Path) -> Mapping[str, str]:
        """Return what the manifest beside a file says of it. Raises UnreadableFile."""
        folder = path.parent
        if folder not in self._read:
            self._read[folder] = _entries(self._unpacked.get(folder, folder / MANIFEST))
        return self._read[folder].get(_same_name(path.name), {})


def read_manifest(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return for each file name of a folder's manifest its entries; empty without a manifest.

    Raises UnreadableFile when the manifest is no TOML or a report in it names no file.
    """
    return _entries(folder / MANIFEST)


def _entries(path: Path) -> Mapping[str, Mapping[str, str]]:
    # Unpacked out of an archive, it has a number for a name.
    if not path.is_file():
        return {}
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise ValueError(f"lớn hơn {_MAX_BYTES // 1_000_000} MB")
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError, RecursionError) as error:
        raise UnreadableFile(
            f"Không đọc được `{MANIFEST}`: {error}.",
            "Hãy sửa dòng đó theo cú pháp TOML rồi lập chỉ mục lại.",
        ) from error
    reports = content.get("report", [])
    if not isinstance(reports, list) or not all(
        isinstance(report, dict) and "file" in report for report in reports
    ):
        raise UnreadableFile(
            f"Không dùng được `{MANIFEST}`: có mục [[report]] không ghi `file`.",
            'Hãy thêm dòng `file = "tên tệp"` vào từng mục.',
        )
    return {
        _same_name(str(report["file"])): {
            key: str(value) for key, value in report.items() if isinstance(value, str | int | date)
        }
        for report in reports
    }


def _same_name(name: str) -> str:
    # One name may be written in two ways: by the system of files, and in an editor.
    return unicodedata.normalize("NFC", name)
