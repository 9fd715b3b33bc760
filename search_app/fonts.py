"""Puts the fonts of the pages, which a package registry holds, where they are served from.

`python -m search_app.fonts` needs npm. Without it, or without a registry, the pages use the fonts
of the reader's machine: a message says so, and nothing fails.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
FONTS = HERE / "static" / "fonts"
# What css/fonts.css names, and no more: each file is a part of the first load.
_WANTED = {
    "be-vietnam-pro": ("400-normal", "600-normal"),
    "source-serif-4": ("400-normal", "600-normal", "400-italic"),
}
_SUBSETS = ("latin", "vietnamese")
_TIME_LIMIT = 120


def font_names() -> list[str]:
    """Return the names of the font files that the style sheet asks for.

    >>> font_names()[0]
    'be-vietnam-pro-latin-400-normal.woff2'
    """
    return [
        f"{family}-{subset}-{style}.woff2"
        for family, styles in _WANTED.items()
        for subset in _SUBSETS
        for style in styles
    ]


def installed(folder: Path = FONTS) -> bool:
    """Return whether every font of the style sheet is there."""
    return all((folder / name).is_file() for name in font_names())


def install(folder: Path = FONTS) -> str:
    """Fetch the fonts; return "" when they are there, else why they are not."""
    npm = shutil.which("npm")
    if not npm:
        return "máy chưa có npm"
    # What only tests use is left out.
    command = [npm, "ci", "--omit=dev", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]
    try:
        subprocess.run(command, cwd=HERE, check=True, timeout=_TIME_LIMIT, capture_output=True)
    except (OSError, subprocess.SubprocessError) as error:
        return f"npm không tải được gói ({error.__class__.__name__})"
    folder.mkdir(parents=True, exist_ok=True)
    for family in _WANTED:
        source = HERE / "node_modules" / "@fontsource" / family
        for name in filter(lambda one: one.startswith(family), font_names()):
            shutil.copyfile(source / "files" / name, folder / name)
        shutil.copyfile(source / "LICENSE", folder / f"{family}-LICENSE.txt")
    return ""


def main() -> None:
    """Install the fonts, or say that the pages will do without them."""
    problem = install()
    if problem:
        sys.stderr.write(
            f"Chưa cài được phông chữ: {problem}. Các trang dùng phông của máy người đọc.\n"
            "Khi có npm và mạng, hãy chạy lại: python -m search_app.fonts\n"
        )


if __name__ == "__main__":
    main()
