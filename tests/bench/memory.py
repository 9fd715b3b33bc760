"""`python -m tests.bench.memory [files]`: memory while 1,000 small files are read and indexed.

The files are invented: .docx mostly, some .html, .xlsx, .txt and .md, no two with the same words.
Prints the resident memory of the main process and of those that read, and how much it grew from
the 200th file to the last. Never fails on the figures.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import xlsxwriter

from indexer.build import build_index
from indexer.config import load_settings
from tests.factories.docx import DocxBuilder

FILES = 1_000
FIRST = 200
SHOWN_EVERY = 100
_PARAGRAPHS = 12
_ROWS = 6
_MEGABYTE = 2**20
_PAGE = os.sysconf("SC_PAGE_SIZE")
_SYLLABLES = (
    *("an", "bình", "chính", "đất", "đường", "giang", "hòa", "hội", "hưng", "khánh", "kinh"),
    *("lộc", "lúa", "mạnh", "minh", "nam", "nghề", "ngọc", "nhà", "nước", "phú", "phúc", "phương"),
    *("quảng", "rừng", "sản", "sơn", "tài", "tân", "thành", "thịnh", "thôn", "thu", "thủy", "tiến"),
    *("tín", "tôm", "trung", "trường", "văn", "vĩnh", "vụ", "xuân", "xã", "yên"),
)
_SENTENCES = (
    "Năm {year}, {place} có {number} hộ nghèo, giảm {share}% so với năm trước{note}.",
    "Sản lượng {crop} đạt {number} tấn, bằng {share}% kế hoạch{note}.",
    "{place} đã xây dựng {number} km đường và {small} công trình nước sạch{note}.",
    "Thu ngân sách trên địa bàn {place} đạt {number} triệu đồng{note}.",
    "Việc {crop} ở {place} còn chậm, mới có {small} thôn tham gia{note}.",
)


@dataclass(slots=True)
class Memory:
    """What was measured: stage → (files done, bytes of the main process, of the others)."""

    samples: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)

    def sample(self, stage: str, done: int, total: int, name: str) -> None:
        """Measure; of every so many files the figures are printed."""
        main, others = resident(os.getpid()), sum(map(resident, children()))
        self.samples.setdefault(stage, []).append((done, main, others))
        if done % SHOWN_EVERY == 0 or done == total:
            shown = f"{main / _MEGABYTE:7.0f} MB main {others / _MEGABYTE:7.0f} MB others"
            sys.stdout.write(f"{stage:8}{done:6}{shown}\n")

    def growth(self, stage: str) -> str:
        """Return in one line how much memory grew in a stage after the first files."""
        first = max(each for each in self.samples[stage] if each[0] <= FIRST)
        last = self.samples[stage][-1]
        grown = [last[at] / first[at] - 1 if first[at] else 0 for at in (1, 2)]
        shown = f"main {grown[0]:+.1%}, others {grown[1]:+.1%}"
        return f"growth of {stage} from file {first[0]} to {last[0]}: {shown}"


def main() -> None:
    """Make the files, index them, and print what memory was used."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else FILES
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "files").mkdir()
        for number in range(count):
            write_file(folder / "files", number)
        memory = Memory()
        settings = load_settings({}, data=folder / "data")
        report = build_index([folder / "files"], settings, progress=memory.sample)
        after = resident(os.getpid()) / _MEGABYTE
    sys.stdout.write(
        f"{report.documents} documents of {count} files in {report.seconds:.0f} s; "
        f"after all {after:.0f} MB\n"
    )
    for stage in memory.samples:
        sys.stdout.write(f"{memory.growth(stage)}\n")


def write_file(folder: Path, number: int) -> None:
    """Write the invented report of this number."""
    words = random.Random(number)
    path = folder / f"bao-cao-{number:04}"
    paragraphs = [_paragraph(words) for _ in range(_PARAGRAPHS)]
    rows = [[_place(words), str(words.randint(10, 9_999))] for _ in range(_ROWS)]
    kind = number % 10
    if kind == 6:
        _write_xlsx(path.with_suffix(".xlsx"), rows)
    elif kind == 7:
        body = "".join(f"<p>{each}</p>" for each in paragraphs)
        _write(path.with_suffix(".html"), f"<html><body><h1>Báo cáo</h1>{body}</body></html>")
    elif kind in {8, 9}:
        _write(path.with_suffix(".txt" if kind == 8 else ".md"), "\n\n".join(paragraphs))
    else:
        _write_docx(path.with_suffix(".docx"), paragraphs, rows, words)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")


def _write_xlsx(path: Path, rows: Sequence[Sequence[str]]) -> None:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Phụ lục")
        sheet.write_row(0, 0, ["Địa bàn", "Số hộ"])
        for at, (place, households) in enumerate(rows, start=1):
            sheet.write_row(at, 0, [place, int(households)])


def _write_docx(
    path: Path, paragraphs: Sequence[str], rows: Sequence[Sequence[str]], words: random.Random
) -> None:
    report = DocxBuilder().heading(f"Báo cáo của {_place(words)}")
    for at, text in enumerate(paragraphs):
        if at % 4 == 0:
            report.heading(f"{at // 4 + 1}. Tình hình {_place(words)}", 2)
        report.paragraph(text)
    report.table([["Địa bàn", "Số hộ"], *rows], header_rows=1).save(path)


def _paragraph(words: random.Random) -> str:
    notes = words.random() < 0.1
    return " ".join(
        words.choice(_SENTENCES).format(
            year=words.randint(2005, 2024),
            place=_place(words),
            crop=" ".join(words.sample(_SYLLABLES, 2)),
            number=f"{words.randint(1_000, 99_999):,}".replace(",", "."),
            share=f"{words.randint(0, 99)},{words.randint(0, 9)}",
            small=words.randint(2, 60),
            note=f"[[Theo số liệu của {_place(words)}.]]" if notes else "",
        )
        for _ in range(3)
    )


def _place(words: random.Random) -> str:
    return "xã " + " ".join(word.capitalize() for word in words.sample(_SYLLABLES, 2))


def resident(process: int) -> int:
    """Return the bytes of memory that a process holds, 0 when it is gone.

    >>> resident(os.getpid()) > 0
    True
    """
    with suppress(OSError):
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    return 0


def children() -> list[int]:
    """Return the processes that this one has started, from any of its threads."""
    found: list[int] = []
    for task in Path("/proc/self/task").iterdir():
        with suppress(OSError):
            found += map(int, (task / "children").read_text().split())
    return found


if __name__ == "__main__":
    main()
