"""The manifest of a folder of reports: what is known of a file that its text does not say."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from indexer.errors import UnreadableFile

MANIFEST = "manifest.toml"


class Manifests:
    """The manifests of the folders met, each read once."""

    def __init__(self) -> None:
        """Begin with none."""
        self._read: dict[Path, Mapping[str, Mapping[str, str]]] = {}

    def of(self, path: Path) -> Mapping[str, str]:
        """Return what the manifest beside a file says of it. Raises UnreadableFile."""
        folder = path.parent
        if folder not in self._read:
            self._read[folder] = read_manifest(folder)
        return self._read[folder].get(path.name, {})


def read_manifest(folder: Path) -> Mapping[str, Mapping[str, str]]:
    """Return for each file name of a folder's manifest its entries; empty without a manifest.

    Raises UnreadableFile when the manifest is no TOML or a report in it names no file.
    """
    path = folder / MANIFEST
    if not path.is_file():
        return {}
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise UnreadableFile(
            f"Không đọc được `{path.name}`: {error}.",
            "Hãy sửa dòng đó theo cú pháp TOML rồi lập chỉ mục lại.",
        ) from error
    reports = content.get("report", [])
    if not isinstance(reports, list) or not all(
        isinstance(report, dict) and "file" in report for report in reports
    ):
        raise UnreadableFile(
            f"Không dùng được `{path.name}`: có mục [[report]] không ghi `file`.",
            'Hãy thêm dòng `file = "tên tệp"` vào từng mục.',
        )
    return {
        str(report["file"]): {
            key: str(value) for key, value in report.items() if isinstance(value, str | int | date)
        }
        for report in reports
    }
