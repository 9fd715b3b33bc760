"""Programs are found where they are, and named with their package where they are not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from indexer.errors import UnsupportedFormat
from indexer.readers import programs

ROOT = Path(__file__).parents[3]


def test_a_program_is_found_by_its_whole_path(tmp_path, monkeypatch):
    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert programs.find_program("soffice") == program


def test_a_missing_program_names_its_package(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(programs, "_PLACES", "")
    with pytest.raises(UnsupportedFormat) as caught:
        programs.need_program("soffice", "tệp .doc")
    assert "thiếu gói libreoffice-writer-nogui" in caught.value.message
    assert "apt-get install libreoffice-writer-nogui" in caught.value.hint


@pytest.mark.parametrize(("wanted", "named"), [("run", False), ("test", True)])
def test_the_installer_names_what_it_may_not_install(tmp_path, wanted, named):
    for tool in ("bash", "dirname", "grep", "id"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}")
    command = ["/usr/bin/bash", str(ROOT / "tests" / "install-system"), wanted]
    done = subprocess.run(
        command, env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=True
    )
    packages = set(done.stderr.splitlines()[-1].partition("install ")[2].split())
    assert {"libreoffice-writer-nogui", "poppler-utils", "tesseract-ocr-vie"} <= packages
    assert ("chromium" in packages) is named
