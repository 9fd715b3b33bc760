"""PDF files: pages, characters with their places, ruled lines, bookmarks, pictures of pages.

The only file that knows pypdfium2. The library must not be used by two threads at a time, so
everything that calls it holds one lock.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from threading import RLock
from typing import Any

from indexer.errors import UnreadableFile
from indexer.readers.pdf_glyphs import Frame, Glyphs, Look
from indexer.readers.pdf_words import PageWords, Rule

_LOCK = RLock()
_MAX_OBJECTS = 20_000
_MAX_SEGMENTS = 2_000
_MIN_RULE = 8.0
_STRAIGHT = 1.5
_IMAGE_SHARE = 0.5
_HIDDEN = 3
_BOLD_WEIGHT = 600
_MAX_BOOKMARKS = 5_000
_POINTS_PER_INCH = 72


class PdfFile:
    """An open PDF file; pages count from 1."""

    def __init__(self, document: Any, name: str) -> None:
        self._document = document
        self._name = name

    def __len__(self) -> int:
        with _LOCK:
            return len(self._document)

    def bookmarks(self) -> Mapping[str, int]:
        """Return the titles that the file itself declares as its outline, with their levels."""
        import pypdfium2

        with _LOCK:
            found: dict[str, int] = {}
            try:
                for at, item in enumerate(self._document.get_toc()):
                    if at >= _MAX_BOOKMARKS:
                        break
                    found.setdefault(" ".join(item.get_title().split()), item.level)
            except (pypdfium2.PdfiumError, UnicodeError):
                # A broken outline takes no text with it.
                return {}
            return found

    def page(self, number: int) -> PageWords:
        """Return what stands on a page. Raises UnreadableFile when the page is damaged."""
        with _LOCK, self._page(number) as page:
            return _read_page(page, number)

    def page_size(self, number: int) -> tuple[float, float]:
        """Return width and height of a page in points, as a viewer shows it."""
        with _LOCK, self._page(number) as page:
            width, height = page.get_size()
            return float(width), float(height)

    def picture(self, number: int, dpi: int, max_pixels: int) -> tuple[int, int, bytes]:
        """Return a page as grey pixels: width, height, rows from the top.

        The resolution is lowered for a page so large that it would have more than `max_pixels`.
        Raises UnreadableFile when the page is damaged.
        """
        with _LOCK, self._page(number) as page:
            scale = dpi / _POINTS_PER_INCH
            width, height = page.get_size()
            pixels = max(1.0, width * height * scale * scale)
            scale *= min(1.0, (max_pixels / pixels) ** 0.5)
            bitmap = page.render(scale=scale, grayscale=True)
            try:
                data, stride = bytes(bitmap.buffer), bitmap.stride
                rows = (data[at * stride :][: bitmap.width] for at in range(bitmap.height))
                return bitmap.width, bitmap.height, b"".join(rows)
            finally:
                bitmap.close()

    @contextmanager
    def _page(self, number: int) -> Iterator[Any]:
        import pypdfium2

        try:
            page = self._document[number - 1]
        except (pypdfium2.PdfiumError, IndexError) as error:
            raise UnreadableFile(
                f"Không đọc được `{self._name}`: trang {number} bị hỏng.",
                "Hãy mở tệp bằng trình xem PDF, in lại thành PDF mới rồi thử lại.",
            ) from error
        try:
            yield page
        finally:
            page.close()


@contextmanager
def open_pdf(path: Path) -> Iterator[PdfFile]:
    """Open a PDF file. Raises UnreadableFile when it is locked, cut off or no PDF."""
    import pypdfium2
    import pypdfium2.raw as raw

    with _LOCK:
        try:
            document = pypdfium2.PdfDocument(path)
            pages = len(document)
        except pypdfium2.PdfiumError as error:
            code = getattr(error, "err_code", None)
            raise _refusal(path.name, locked=code == raw.FPDF_ERR_PASSWORD) from error
    try:
        if not pages:
            raise _refusal(path.name, locked=False)
        yield PdfFile(document, path.name)
    finally:
        with _LOCK:
            document.close()


def _refusal(name: str, *, locked: bool) -> UnreadableFile:
    if locked:
        return UnreadableFile(
            f"Không đọc được `{name}`: tệp PDF được khóa bằng mật khẩu.",
            "Hãy mở tệp bằng mật khẩu, lưu thành bản không khóa rồi thử lại.",
        )
    return UnreadableFile(
        f"Không đọc được `{name}`: tệp PDF bị hỏng hoặc chưa tải xong.",
        "Hãy chép hoặc tải lại tệp gốc rồi thử lại.",
    )


def _read_page(page: Any, number: int) -> PageWords:
    import pypdfium2.raw as raw

    frame = Frame(page.get_cropbox(fallback_ok=True), page.get_rotation())
    text_page = page.get_textpage()
    try:
        glyphs = _glyphs(text_page.raw, frame, raw)
        if glyphs.mostly_turned():
            frame, glyphs = _upright(text_page.raw, frame, glyphs, raw)
    finally:
        text_page.close()
    rules, covered = _drawn(page.raw, frame)
    return PageWords(
        number=number,
        width=frame.width,
        height=frame.height,
        words=glyphs.words(),
        rules=rules,
        turned=glyphs.turned(),
        image=covered > _IMAGE_SHARE,
        hidden=glyphs.mostly_hidden(),
    )


def _glyphs(text_page: Any, frame: Frame, raw: Any) -> Glyphs:
    glyphs = Glyphs()
    _collect(text_page, frame, glyphs, raw)
    return glyphs


def _upright(text_page: Any, frame: Frame, glyphs: Glyphs, raw: Any) -> tuple[Frame, Glyphs]:
    """Return the page turned so that most of its text runs to the right: a table on its side."""
    frames = [frame.turned(degrees) for degrees in (90, 270, 180)]
    found = [(frame, glyphs), *((turned, _glyphs(text_page, turned, raw)) for turned in frames)]
    return max(found, key=lambda one: one[1].level_letters())


def _collect(text_page: Any, frame: Frame, glyphs: Glyphs, raw: Any) -> None:
    """Hand every character of a page to `glyphs`, with its look when that changes."""
    box = raw.FS_RECTF()
    unicode_of, object_of = raw.FPDFText_GetUnicode, raw.FPDFText_GetTextObject
    box_of, address = raw.FPDFText_GetLooseCharBox, ctypes.addressof
    last, generated = 0, True
    for at in range(raw.FPDFText_CountChars(text_page)):
        owner = object_of(text_page, at)
        if not owner:
            # Put in by the library, not drawn: spaces and line ends that it guesses.
            generated = True
            continue
        here = address(owner.contents)
        if here != last or generated:
            glyphs.look(_look(text_page, at, owner, frame, raw))
            last, generated = here, False
        if box_of(text_page, at, box):
            left, right = frame.across(box.left, box.bottom, box.right, box.top)
            glyphs.add(unicode_of(text_page, at), left, right)


def _look(text_page: Any, at: int, owner: Any, frame: Frame, raw: Any) -> Look:
    x, y, matrix = ctypes.c_double(), ctypes.c_double(), raw.FS_MATRIX()
    raw.FPDFText_GetCharOrigin(text_page, at, x, y)
    raw.FPDFText_GetMatrix(text_page, at, matrix)
    name = ctypes.create_string_buffer(128)
    raw.FPDFText_GetFontInfo(text_page, at, name, 128, ctypes.c_int())
    font = name.value.decode("utf-8", "replace")
    size = raw.FPDFText_GetFontSize(text_page, at) * (matrix.c**2 + matrix.d**2) ** 0.5
    weight = raw.FPDFText_GetFontWeight(text_page, at)
    return Look(
        base=frame.down(x.value, y.value),
        size=round(abs(size), 1) or 1.0,
        # Some programs declare every font heavy: a name that says nothing is believed less.
        bold="bold" in font.lower() or (not font and weight >= _BOLD_WEIGHT),
        font=font,
        level=frame.is_level(matrix.a, matrix.b),
        hidden=raw.FPDFTextObj_GetTextRenderMode(owner) == _HIDDEN,
    )


# --- what is drawn ---------------------------------------------------------------------------


def _drawn(page: Any, frame: Frame) -> tuple[tuple[Rule, ...], float]:
    """Return the ruled lines of a page, and how much of it pictures cover."""
    import pypdfium2.raw as raw

    rules: list[Rule] = []
    covered = 0.0
    for at in range(min(raw.FPDFPage_CountObjects(page), _MAX_OBJECTS)):
        item = raw.FPDFPage_GetObject(page, at)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            rules.extend(_rules(item, frame, raw))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            covered += _share(item, frame, raw)
        elif kind == raw.FPDF_PAGEOBJ_FORM:
            # Scanners often wrap the picture of the page.
            inner = (raw.FPDFFormObj_GetObject(item, i) for i in range(_few(item, raw)))
            if any(raw.FPDFPageObj_GetType(one) == raw.FPDF_PAGEOBJ_IMAGE for one in inner):
                covered += _share(item, frame, raw)
    return tuple(rules), covered


def _few(item: Any, raw: Any) -> int:
    return int(min(max(raw.FPDFFormObj_CountObjects(item), 0), 50))


def _share(item: Any, frame: Frame, raw: Any) -> float:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0.0
    area = (right.value - left.value) * (top.value - bottom.value)
    return area / max(1.0, frame.width * frame.height)


def _rules(path: Any, frame: Frame, raw: Any) -> Iterator[Rule]:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, matrix)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(path), _MAX_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        across = matrix.a * x.value + matrix.c * y.value + matrix.e
        up = matrix.b * x.value + matrix.d * y.value + matrix.f
        here = frame.place(across, up)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield from _rule(last, here)
        last = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield from _rule(here, start)


def _rule(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (left, right), (top, bottom) = sorted((one[0], other[0])), sorted((one[1], other[1]))
    if min(right - left, bottom - top) <= _STRAIGHT and max(right - left, bottom - top) > _MIN_RULE:
        yield Rule(left, top, right, bottom)
