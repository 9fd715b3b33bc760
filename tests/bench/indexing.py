"""`make bench`: reading, indexing and searching the sample reports.

Prints figures and never fails on time. The real reports join when ../shared/corpus is there.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from indexer.build import build_index
from indexer.config import load_settings
from search_app.opening import open_library
from search_app.query import Request
from search_app.search import Library

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "corpus", ROOT.parent / "shared" / "corpus"]
QUESTIONS = (
    "tỷ lệ hộ nghèo",
    "thu nhập bình quân đầu người",
    "trường đạt chuẩn quốc gia",
    "tỷ lệ lao động qua đào tạo",
    "xây dựng nông thôn mới",
    "công tác kiểm tra, giám sát",
    "bảo hiểm y tế",
    "cải cách hành chính",
)
ROUNDS = 20


def main() -> None:
    """Build an index in a temporary folder and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({}, data=Path(folder))
        report = build_index([path for path in FOLDERS if path.is_dir()], settings)
        rate = report.passages / report.seconds
        show("reports", report.documents)
        show("passages", report.passages)
        show("index, s", report.seconds)
        show("index, passages/s", round(rate))
        library = open_library(settings)
        try:
            measure(library)
        finally:
            library.close()


def measure(library: Library) -> None:
    """Print the times of whole searches."""
    show_times("search, whole", lambda text: library.search(Request(text)))


def show_times(name: str, ask: Callable[[str], object]) -> None:
    """Print the median and the 95th percentile of the time of a question, warm."""
    times = []
    for _ in range(ROUNDS):
        for text in QUESTIONS:
            started = perf_counter()
            ask(text)
            times.append(1000 * (perf_counter() - started))
    warm = times[len(QUESTIONS) :]
    p95 = statistics.quantiles(warm, n=20)[-1]
    show(f"{name}, ms p50 / p95", f"{statistics.median(warm):.2f} / {p95:.2f}")


def show(name: str, value: object) -> None:
    """Print one figure."""
    sys.stdout.write(f"{name:34} {value}\n")


if __name__ == "__main__":
    main()
