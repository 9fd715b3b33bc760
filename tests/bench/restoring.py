"""`python -m tests.bench.restoring`: how many syllables come back with the right accents.

A model is trained on one real report (and the lexicon), the accents of the other are stripped, and
each sentence is restored. Every run of letters counts, abbreviations and bare words too; "form" is
equality of `match_form`, "spelling" is equality of the lower-case letters as printed.
"""

from __future__ import annotations

import random
import re
import statistics
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from indexer.readers.text_reader import read_text
from indexer.structure import build_document
from indexer.text.normalise import match_form, strip_accents
from indexer.text.restore import LanguageModel, merge, restore, train
from indexer.text.segment import lexicon, split_sentences, split_syllables

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "corpus"
SEEDS = ROOT.parent / "shared" / "corpus"
QUESTION = 12


@dataclass(frozen=True, slots=True)
class Score:
    """How many syllables came back right, of how many."""

    forms: int
    spellings: int
    of: int

    @property
    def form_share(self) -> float:
        """Return the share that matches."""
        return self.forms / self.of

    @property
    def spelling_share(self) -> float:
        """Return the share that is spelled as printed."""
        return self.spellings / self.of


def read_texts(folder: Path) -> list[str]:
    """Return the texts of all reports of a folder, as the index stores them."""
    paths = sorted(folder.glob("*.txt"))
    return [
        build_document(read_text(path.read_text("utf-8")), path.name, "ab" * 32).text
        for path in paths
    ]


def sentences_of(text: str) -> list[str]:
    """Return the sentences of a text that hold a letter."""
    pieces = [span.of(text) for span in split_sentences(text)]
    return [piece for piece in pieces if any(character.isalpha() for character in piece)]


def questions_of(text: str) -> list[str]:
    """Return runs of up to twelve words between two signs, in small letters."""
    runs = (run.split() for run in re.split(r"[^\w\s]|\d|\n", text.lower()))
    return [
        " ".join(run[start : start + QUESTION])
        for run in runs
        for start in range(0, len(run), QUESTION)
        if len(run) >= 3
    ]


def long_questions(text: str) -> list[str]:
    """Return runs of exactly twelve words without accents, to measure time."""
    words = [strip_accents(word).lower() for word in text.split() if word.isalpha()]
    starts = range(0, len(words) - QUESTION, QUESTION)
    return [" ".join(words[start : start + QUESTION]) for start in starts]


def measure(model: LanguageModel, sentences: Iterable[str], *, kept: float = 0.0) -> Score:
    """Strip the accents (of all syllables but a share `kept`), restore and compare."""
    chance = random.Random(7)  # noqa: S311
    forms = spellings = of = 0
    for sentence in sentences:
        spans = [s for s in split_syllables(sentence) if s.of(sentence)[0].isalpha()]
        typed = list(sentence)
        for span in spans:
            if chance.random() >= kept:
                typed[span.start : span.end] = strip_accents(span.of(sentence))
        restored = restore("".join(typed), model, limit=1)[0].text
        for span in spans:
            wanted, got = span.of(sentence).lower(), span.of(restored).lower()
            forms += match_form(wanted) == match_form(got)
            spellings += wanted == got
            of += 1
    return Score(forms, spellings, of)


def times_of(model: LanguageModel, questions: Sequence[str]) -> tuple[float, float]:
    """Return the median and the 95th percentile of the time of a question, in milliseconds."""
    times = []
    for question in questions:
        started = perf_counter()
        restore(question, model)
        times.append(1000 * (perf_counter() - started))
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def main() -> None:
    """Print all figures."""
    words = lexicon()
    samples = read_texts(SAMPLES)
    texts = read_texts(SEEDS)
    models = [train([text], words) for text in texts]
    for number, model in enumerate(models):
        test = texts[1 - number]
        show(f"report {number} → {1 - number}", measure(model, sentences_of(test)))
        for kept in (0.5, 1.0):
            score = measure(model, sentences_of(test), kept=kept)
            show(f"  with {kept:.0%} of the accents typed", score)
        show("  questions of up to 12 words", measure(model, questions_of(test)))
        show("  sample reports (tuned on)", measure(model, sentences_of("\n".join(samples))))
        p50, p95 = times_of(model, long_questions(test))
        sys.stdout.write(f"  question of 12 words, ms p50 / p95: {p50:.2f} / {p95:.2f}\n")
    show_size("one report", models[0])
    show_size("all reports", merge([*models, train(samples, ())]))


def show(name: str, score: Score) -> None:
    """Print one comparison."""
    sys.stdout.write(
        f"{name:34} form {score.form_share:.2%}, spelling {score.spelling_share:.2%}"
        f" of {score.of} syllables\n"
    )


def show_size(name: str, model: LanguageModel) -> None:
    """Print how large a model is and how long it takes to load."""
    data = model.to_bytes()
    started = perf_counter()
    LanguageModel.from_bytes(data)
    took = 1000 * (perf_counter() - started)
    sys.stdout.write(f"model of {name}: {len(data) / 1e6:.2f} MB, loads in {took:.1f} ms\n")


if __name__ == "__main__":
    main()
