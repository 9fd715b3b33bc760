"""Programs of the system that some readers need: found at run time, each with its package.

Without them everything else works; the error of a file says which package to install.
"""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path

from indexer.errors import UnsupportedFormat

PACKAGES_FILE = Path(__file__).parents[1] / "data" / "system-packages.txt"
# Where packages put programs; a service may run with a shorter PATH.
_PLACES = "/usr/local/bin:/usr/bin:/bin"


@cache
def packages() -> dict[str, str]:
    """Return program → the Debian package that holds it.

    >>> packages()["pdftotext"]
    'poppler-utils'
    """
    lines = PACKAGES_FILE.read_text(encoding="utf-8").splitlines()
    rows = [line.split() for line in lines if line.strip() and not line.startswith("#")]
    return {program: package for program, package, _ in rows}


def find_program(program: str) -> Path | None:
    """Return the whole path of a program, None when the system lacks it.

    >>> find_program("khong-co-chuong-trinh-nay") is None
    True
    """
    found = shutil.which(program) or shutil.which(program, path=_PLACES)
    return Path(found).absolute() if found else None


def need_program(program: str, what: str) -> Path:
    """Return the whole path of a program that is needed to read `what` ("tệp .doc").

    Raises UnsupportedFormat, naming the package to install, when the system lacks it.
    """
    found = find_program(program)
    if found is None:
        raise missing_program(program, what)
    return found


def missing_program(program: str, what: str) -> UnsupportedFormat:
    """Return the error that says which package is needed to read `what`.

    >>> missing_program("tesseract:vie", "ảnh quét").hint
    'Hãy cài bằng: apt-get install tesseract-ocr-vie, rồi lập chỉ mục lại.'
    """
    package = packages().get(program, program)
    return UnsupportedFormat(
        f"Chưa đọc được {what} vì máy này thiếu gói {package}.",
        f"Hãy cài bằng: apt-get install {package}, rồi lập chỉ mục lại.",
    )
