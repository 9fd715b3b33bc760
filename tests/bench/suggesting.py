"""How long completing takes with 200,000 phrases, and putting slips right.

Run: `python -m tests.bench.suggesting`. Prints figures and never fails on time.
"""

from __future__ import annotations

import random
import statistics
import sys
from collections.abc import Callable, Sequence
from time import perf_counter

from indexer.phrasebook import Phrase, PhraseKind
from indexer.text.segment import lexicon
from indexer.text.training import train
from search_app.completions import Completions
from search_app.meant import did_you_mean
from search_app.slips import Slips
from search_app.suggest import complete

PHRASES = 200_000
WORST = ("t", "đ", "th", "ph", "n", "thý", "tỷ ", "ngh", "ky", "c", "á", "h ", "quy")
SLIPS = (
    "tỷ lệ hộ ngèo",
    "trường đạt chuẫn",
    "sây dựng lông thôn mới",
    "phát triễn môi chường",
    "trất lượn nguồn nhân lựt",
)


def main() -> None:
    """Print what preparing and asking take."""
    begun = perf_counter()
    book = Completions(synthetic_phrases(PHRASES))
    show("prepare completions, s", round(perf_counter() - begun, 2))
    chosen = random.Random(7)
    texts = [phrase.text for phrase in chosen.choices(book.phrases, k=500)]
    typed = [text[: chosen.randint(1, len(text))] for text in texts]
    show_times("complete", typed, lambda text: complete(text, book))
    show_times("complete, worst", WORST * 20, lambda text: complete(text, book))
    model = train([". ".join([*texts, *SLIPS_MEANT] * 3)], lexicon())
    begun = perf_counter()
    slips = Slips(model)
    show("prepare slips, s", round(perf_counter() - begun, 2))
    show_times("did you mean", SLIPS * 40, lambda text: did_you_mean(text, slips))


SLIPS_MEANT = ("tỷ lệ hộ nghèo", "trường đạt chuẩn", "xây dựng nông thôn mới", "môi trường")


def synthetic_phrases(count: int) -> list[Phrase]:
    """Return phrases of dictionary words put together at random; the same for every run."""
    chosen = random.Random(1)
    words = sorted({word for word in lexicon() if 0 < word.count(" ") < 3})
    kinds = tuple(PhraseKind)
    return [
        Phrase(" ".join(chosen.sample(words, 2)), chosen.choice(kinds), chosen.randint(1, 99))
        for _ in range(count)
    ]


def show_times(name: str, texts: Sequence[str], ask: Callable[[str], object]) -> None:
    """Print the median and the 95th percentile in milliseconds."""
    times = []
    for text in texts:
        begun = perf_counter()
        ask(text)
        times.append((perf_counter() - begun) * 1000)
    median, slow = statistics.median(times), statistics.quantiles(times, n=20)[-1]
    show(name, f"p50 {median:.2f} ms, p95 {slow:.2f} ms, most {max(times):.2f} ms")


def show(name: str, value: object) -> None:
    """Print one line."""
    sys.stdout.write(f"{name:<26}{value}\n")


if __name__ == "__main__":
    main()
