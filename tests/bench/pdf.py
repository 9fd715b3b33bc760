"""`python -m tests.bench.pdf`: figures of reading PDF and scans; never fails on them.

The report is written here, printed by LibreOffice, then read back; the scan is its picture at
200 dpi, rotated by 0.7 degrees, blurred and with noise.
"""

from __future__ import annotations

import difflib
import os
import random
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from PIL import Image, ImageFilter

from indexer.models import RawBlock, RawCell, RawDocument
from indexer.readers.docx_reader import DocxReader
from indexer.readers.marked_text import PLACEHOLDER
from indexer.readers.page_images import turned
from indexer.readers.pdf_file import open_pdf
from indexer.readers.pdf_lines import Line, build_lines
from indexer.readers.pdf_reader import PdfReader
from indexer.readers.programs import find_program
from indexer.structure import build_document
from tests.factories.odf import ReportSheet
from tests.factories.office import saved_as

CORPUS = Path(__file__).parents[2] / "corpus"
NOTES = 40
# How many letters before a call are compared.
_BEFORE = 30
_OPENINGS = (
    "Sản lượng cá lồng bè của các hợp tác xã ven sông Gành đạt {} tấn",
    "Diện tích vườn cây ăn trái có chứng nhận an toàn tăng thêm {} ha",
    "Toàn huyện nạo vét {} tuyến kênh nội đồng phục vụ tưới tiêu",
    "Số hộ vay vốn ưu đãi để phát triển nghề dệt chiếu là {} hộ",
)
_MIDDLES = (
    ", vượt kế hoạch đề ra từ đầu nhiệm kỳ và góp phần nâng cao thu nhập cho nông dân",
    ", nhờ nhân dân đóng góp ngày công, hiến đất mở đường và chăm lo công trình chung",
    ", trong điều kiện nước lũ về muộn, giá vật tư tăng và một số xã còn thiếu lao động",
)
_NOTE = "Trong đó xã An Hòa {}, xã An Phú {}; số còn lại do các ấp vùng bưng tự thực hiện."
_ENDS = (
    ". Các chi bộ cơ sở đã kịp thời lãnh đạo, phân công đảng viên phụ trách từng tổ nhân dân.",
    ". Tuy nhiên, việc liên kết tiêu thụ còn chậm, chất lượng một số mô hình chưa đồng đều.",
)


def paragraphs() -> list[tuple[str, str]]:
    """Return pairs of a paragraph with its note's place as ⟦⟧, and the note."""
    made = []
    for at in range(NOTES):
        opening = _OPENINGS[at % 4].format(f"{at + 12},{at % 9}")
        text = f"{opening}⟦⟧{_MIDDLES[at % 3]}{_ENDS[at % 2]}"
        made.append((text, _NOTE.format(at + 3, at + 7)))
    return made


def report() -> ReportSheet:
    """Return the report with forty notes, headings and running heads."""
    sheet = ReportSheet(head="Báo cáo của Đảng bộ huyện Gành Bưng")
    for at, (text, note) in enumerate(paragraphs()):
        if at % 10 == 0:
            sheet.heading(f"{'I' * (at // 10 + 1)}- PHẦN VIỆC THỨ {at // 10 + 1}")
        sheet.paragraph(text.replace("⟦⟧", f"[[{note}]]"))
    return sheet


def expected() -> str:
    """Return the text that must come out, notes last."""
    lines = []
    for at, (text, _) in enumerate(paragraphs()):
        if at % 10 == 0:
            lines.append(f"{'I' * (at // 10 + 1)}- PHẦN VIỆC THỨ {at // 10 + 1}")
        lines.append(text.replace("⟦⟧", ""))
    return "\n".join([*lines, *(note for _, note in paragraphs())])


def bound(raw: RawDocument) -> int:
    """Return how many notes are called right behind the words that call them."""
    document = build_document(raw, "a.pdf", "0" * 64)
    places = [text.split("⟦⟧")[0] for text, _ in paragraphs()]
    found = 0
    for at, note in enumerate(document.footnotes[:NOTES]):
        marks = [mark.start for mark in note.marks]
        body = note.body.of(document.text) if note.body else ""
        here = len(marks) == 1 and document.text[: marks[0]].endswith(places[at])
        found += here and body == paragraphs()[at][1]
    return found


def identical(raw: RawDocument) -> float:
    """Return the share of characters that come out as they were written."""
    text = build_document(raw, "a.pdf", "0" * 64).text
    return difflib.SequenceMatcher(None, expected(), text, autojunk=False).ratio()


def same_words(wanted: RawDocument, found: RawDocument) -> float:
    """Return how alike the words of the text are, in order; notes are another measure."""
    texts = [" ".join(part.text for part in _parts(raw)).split() for raw in (wanted, found)]
    return difflib.SequenceMatcher(None, *texts, autojunk=False).ratio()


def same_notes(wanted: RawDocument, found: RawDocument) -> float:
    """Return the share of notes that are called behind the same words."""
    called, places = _called(wanted), _called(found)
    return sum(places.get(body) == words for body, words in called.items()) / len(called)


def _called(raw: RawDocument) -> dict[str, str]:
    """Return for the text of every note what stands before its call."""
    bodies = {note.key: " ".join(note.text.split()) for note in raw.notes}
    return {
        bodies[mark.key]: "".join(part.text[: mark.span.start].split())[-_BEFORE:]
        for part in _parts(raw)
        for mark in part.marks
        if mark.key in bodies
    }


def _parts(raw: RawDocument) -> Iterator[RawBlock | RawCell]:
    for block in raw.blocks:
        yield from block.cells or (block,)


def scan(source: Path, target: Path, number: int, dpi: int = 200, degrees: float = 0.7) -> str:
    """Write a scan of one page of a PDF; return the text that stands on it."""
    with open_pdf(source) as file:
        width, height, pixels = file.picture(number, dpi, 10**8)
        lines = build_lines(file.page(number).words)
    width, height, pixels = turned(width, height, pixels, degrees)
    page = Image.frombytes("L", (width, height), pixels).filter(ImageFilter.GaussianBlur(0.5))
    noise = Image.frombytes("L", page.size, random.Random(7).randbytes(width * height))
    Image.blend(page, noise, 0.08).save(target, resolution=dpi, dpi=(dpi, dpi))
    return " ".join(map(_as_printed, lines))


def _as_printed(line: Line) -> str:
    text = line.text
    for mark in line.marks:
        text = text.replace(PLACEHOLDER, mark, 1)
    return text


def character_error(expected_text: str, text: str) -> float:
    """Return the edit distance over the length of the text, white space aside."""
    one, other = ("".join(value.split()) for value in (expected_text, text))
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for place, sign in enumerate(other, start=1):
            best = min(row[place] + 1, row[place - 1] + 1, before + (letter != sign))
            before, row[place] = row[place], best
    return row[-1] / max(1, len(one))


def read_pages(path: Path) -> int:
    """Read a PDF; return how many pages it has."""
    return len(PdfReader().read(path).pages)


def speed(path: Path, jobs: int, rounds: int = 8) -> float:
    """Return pages a second in `jobs` processes."""
    with ProcessPoolExecutor(jobs, get_context("spawn")) as pool:
        list(pool.map(read_pages, [path] * jobs))
        started = perf_counter()
        pages = sum(pool.map(read_pages, [path] * rounds))
        return pages / (perf_counter() - started)


def show(name: str, value: object) -> None:
    """Print one figure."""
    sys.stdout.write(f"{name:44} {value}\n")


def main() -> None:
    """Print all figures that this machine can measure."""
    soffice = find_program("soffice")
    if soffice is None:
        show("LibreOffice", "missing: nothing measured")
        return
    with tempfile.TemporaryDirectory() as folder:
        path = report().save_pdf(soffice, Path(folder) / "report.pdf")
        raw = PdfReader().read(path)
        show_corpus(Path(folder))
        show("notes bound", f"{bound(raw)} of {NOTES}")
        show("text identical", f"{identical(raw):.4f}")
        show("pages/s, two processes", f"{speed(path, min(2, os.cpu_count() or 1)):.0f}")
        if find_program("tesseract"):
            show_scans(path, Path(folder))


def show_corpus(folder: Path) -> None:
    """Print how alike the sample reports read in Word and printed."""
    for source in sorted(CORPUS.glob("*.docx")):
        path = folder / f"{source.stem}.pdf"
        path.write_bytes(saved_as(source.read_bytes(), "pdf"))
        wanted, found = DocxReader().read(source), PdfReader().read(path)
        words, notes = same_words(wanted, found), same_notes(wanted, found)
        show(f"{source.stem}: words / notes the same", f"{words:.4f} / {notes:.4f}")


def show_scans(path: Path, folder: Path) -> None:
    """Print how well scans of two pages are read."""
    for number in (1, 2):
        scanned = folder / f"scan{number}.pdf"
        text = scan(path, scanned, number)
        started = perf_counter()
        read = PdfReader().read(scanned)
        show(f"scan {number}: seconds", f"{perf_counter() - started:.1f}")
        show(f"scan {number}: characters wrong", f"{character_error(text, page_order(read)):.4f}")
        bodies = {body for _, body in paragraphs()}
        whole = sum(note.text in bodies for note in read.notes)
        places = sum(bool(block.marks) for block in read.blocks)
        show(f"scan {number}: notes, whole, called", f"{len(read.notes)}, {whole}, {places}")
        show(f"scan {number}: confidence, %", read.pages[0].confidence)


def page_order(read: RawDocument) -> str:
    """Return blocks and notes page after page, as they stand on the paper."""
    parts: list[str] = []
    for page in read.pages:
        parts += [block.text for block in read.blocks if block.page == page.number]
        parts += [f"{n.label} {n.text}" for n in read.notes if n.page == page.number]
    return " ".join(parts)


if __name__ == "__main__":
    main()
