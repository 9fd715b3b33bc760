"""`python -m tests.bench.segmenting`: words a second of ours and of underthesea, side by side.

Both cut the same sentences of the real reports (without them: of the samples) on one core, each
with its model loaded: first with nothing remembered of any text, then with the same texts again.
Times are those of the processor, so that other work on the machine counts little.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import perf_counter, process_time

from indexer.text import analysis, segment
from indexer.text.normalise import fold_characters
from indexer.text.segment import segment_words, split_sentences
from indexer.text.word_files import StockSegmenter, load_segmenter

ROOT = Path(__file__).parents[2]
_WARM_RUNS = 3
_SYLLABLES = 110


def ratio(texts: Sequence[str]) -> float:
    """Return how many times as fast as underthesea we cut texts that were never seen before."""
    return round(measure(texts)["cold_ratio"], 2)


def measure(texts: Sequence[str]) -> dict[str, float]:
    """Return words a second, cold and warm, of underthesea and of ours, and their ratios."""
    sentences = [span.of(text) for text in texts for span in split_sentences(text)]
    stock = StockSegmenter()
    stock.words("thị xã")  # loads the model
    figures = {"words": float(sum(len(segment_words(sentence)) for sentence in sentences))}
    _forget()
    for name, cut in (("underthesea", stock.words), ("ours", segment_words)):
        cold, *warm = (_seconds(cut, sentences) for _ in range(1 + _WARM_RUNS))
        figures |= {f"{name}_cold": figures["words"] / cold}
        figures |= {f"{name}_warm": figures["words"] / min(warm)}
    for state in ("cold", "warm"):
        figures[f"{state}_ratio"] = figures[f"ours_{state}"] / figures[f"underthesea_{state}"]
    return figures


def passages_of(texts: Sequence[str]) -> list[str]:
    """Return runs of 110 words between spaces."""
    words = [word for text in texts for word in text.split()]
    return [" ".join(words[at : at + _SYLLABLES]) for at in range(0, len(words), _SYLLABLES)]


def _forget() -> None:
    """Take a segmenter with its model loaded that has seen no text."""
    segment._segmenter.cache_clear()
    analysis._forms_of.cache_clear()
    segment_words("thị xã")
    gc.collect()  # what loading left behind is not the text's cost


def _seconds(cut: Callable[[str], object], texts: Sequence[str]) -> float:
    started = process_time()
    for text in texts:
        cut(text)
    return process_time() - started


def main() -> None:
    """Print all figures."""
    paths = sorted((ROOT.parent / "shared" / "corpus").glob("*.txt"))
    paths = paths or sorted((ROOT / "corpus").glob("*.txt"))
    texts = [fold_characters(path.read_text("utf-8")) for path in paths]
    for name, value in measure(texts).items():
        sys.stdout.write(f"{name:20} {value:12,.1f}\n")
    started = perf_counter()
    load_segmenter()
    sys.stdout.write(f"loading the tables: {1000 * (perf_counter() - started):.0f} ms\n")
    passages = passages_of(texts)
    _forget()
    for state in ("cold", "warm"):
        took = _seconds(analysis._analysed, passages) / len(passages)
        sys.stdout.write(f"analyse(), {state}: {1000 * took:.2f} ms for {_SYLLABLES} words\n")


if __name__ == "__main__":
    main()
