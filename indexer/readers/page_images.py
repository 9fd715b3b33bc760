"""Pictures of pages: image files opened safely, turned upright, written as PNG. Home of Pillow."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from indexer.errors import UnreadableFile

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp")
FORMATS = ("PNG", "JPEG", "TIFF", "WEBP")
MAX_PIXELS = 60_000_000
_MAGIC = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_USUAL_DPI = 300
# A page of A4 as wide as this was scanned at 200 dpi or more.
_MIN_WIDTH = 1200


def is_image(head: bytes) -> bool:
    """Say whether a file that begins so is an image of a known kind.

    >>> is_image(b"\\x89PNG\\r\\n\\x1a\\n"), is_image(b"%PDF-1.7")
    (True, False)
    """
    webp = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    return webp or head.startswith(_MAGIC)


class PageImages:
    """The pages of an image file, counted from 1; only TIFF has more than one."""

    def __init__(self, image: Any, name: str) -> None:
        self._image = image
        self._name = name

    def __len__(self) -> int:
        return int(getattr(self._image, "n_frames", 1))

    def picture(self, number: int) -> tuple[int, int, bytes, int]:
        """Return a page as grey pixels: width, height, rows from the top, dots per inch.

        Raises UnreadableFile when the image is damaged or has too many pixels.
        """
        from PIL import Image, ImageOps

        with _explained(self._name):
            self._image.seek(number - 1)
            dpi = float((self._image.info.get("dpi") or (0, 0))[0] or 0)
            page = ImageOps.exif_transpose(self._image)
            if page.mode in ("RGBA", "LA", "P"):
                # What is transparent is paper.
                page = page.convert("RGBA")
                page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page)
            page = page.convert("L")
            if page.width < _MIN_WIDTH and page.width * page.height * 4 < MAX_PIXELS:
                page = page.resize((page.width * 2, page.height * 2), Image.Resampling.LANCZOS)
                dpi *= 2
        # Files that come from no scanner say 72 or nothing.
        return page.width, page.height, page.tobytes(), round(dpi) if dpi >= 100 else _USUAL_DPI


@contextmanager
def open_images(path: Path) -> Iterator[PageImages]:
    """Open an image file. Raises UnreadableFile when it is damaged or has too many pixels."""
    from PIL import Image

    with _explained(path.name):
        image = Image.open(path, formats=FORMATS)
        if image.width * image.height > MAX_PIXELS:
            image.close()
            raise _too_large(path.name)
    with image:
        yield PageImages(image, path.name)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    from PIL import Image, UnidentifiedImageError

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            yield
        except Image.DecompressionBombError as error:
            raise _too_large(name) from error
        except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
            raise UnreadableFile(
                f"Không đọc được `{name}`: tệp ảnh bị hỏng hoặc chưa tải xong.",
                "Hãy chép hoặc quét lại rồi thử lại.",
            ) from error


def _too_large(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"Không đọc được `{name}`: ảnh có quá {MAX_PIXELS // 1_000_000} triệu điểm ảnh.",
        "Hãy quét lại ở 300 dpi, mỗi trang một ảnh.",
    )


def turned(width: int, height: int, pixels: bytes, degrees: float) -> tuple[int, int, bytes]:
    """Return a grey picture turned counter-clockwise about its middle, on white paper."""
    from PIL import Image

    page = Image.frombytes("L", (width, height), pixels)
    page = page.rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    return page.width, page.height, page.tobytes()


def as_png(width: int, height: int, pixels: bytes, max_width: int) -> bytes:
    """Return a grey picture as a PNG file no wider than `max_width`."""
    from PIL import Image

    page = Image.frombytes("L", (width, height), pixels)
    if page.width > max_width:
        page = page.resize((max_width, max(1, round(height * max_width / width))))
    out = io.BytesIO()
    page.save(out, "PNG", optimize=False, compress_level=6)
    return out.getvalue()
