"""`python -m tests.bench.office`: how much of real office files comes back as it was.

Reads ../shared/bench/office, prints figures, and never fails on them. The share of right
characters, of letters with marks, and of syllables is found by aligning the text that was read
with a transcript made by others. The transcripts write the text of capital fonts (.VnTimeH) in
small letters, so the figures are given without regard to capitals, and the strict ones beside.
"""

from __future__ import annotations

import re
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from time import perf_counter

from indexer.errors import ReadingError
from indexer.models import Document, RawDocument
from indexer.readers.office_batch import convert_in_chunks
from indexer.readers.office_reader import read_converted
from indexer.readers.registry import read_file
from indexer.structure import build_document
from indexer.text.normalise import fold_characters

OFFICE = Path(__file__).parents[3] / "shared" / "bench" / "office"
ANNEXES = ("Phuluc1", "Phuluc3", "Phuluc5", "Phuluc6")
MAX_BYTES = 100 * 2**20
# What a transcript writes between cells, and what lines are made of.
_ORNAMENT = re.compile(r"[|_\-.…·*•=~\s]+")
_TOKEN = re.compile(r"\w+|[^\w\s]")


def main() -> None:
    """Print the figures of both sets of files, and the speed of reading them in one batch."""
    if not OFFICE.is_dir():
        sys.stdout.write(f"{OFFICE} is not there: nothing to measure\n")
        return
    for annex in ANNEXES:
        show_annex(annex)
    for path in sorted((OFFICE / "legacy").iterdir()):
        if path.suffix in {".doc", ".rtf"}:
            show_legacy(path)
    show_speed([*OFFICE.glob("*/*.doc"), *OFFICE.glob("*/*.rtf")])


def show_annex(name: str) -> None:
    """Print how many passages of a .doc are passages of the .docx of the same text."""
    old, new = (document(OFFICE / "nd30" / f"{name}{suffix}") for suffix in (".doc", ".docx"))
    same, all_ = shared_passages(old, new)
    notes = f"{len(old.footnotes)} {len(new.footnotes)}"
    write(name, f"same passages {same}/{all_} = {same / all_:.4f}", f"footnotes {notes}")


def document(path: Path) -> Document:
    """Return the document of a file."""
    return build_document(read_file(path, MAX_BYTES), path.name, "ab" * 32)


def shared_passages(old: Document, new: Document) -> tuple[int, int]:
    """Return how many passages both documents have, and how many the longer of them has."""
    both = [Counter(passage.span.of(each.text) for passage in each.passages) for each in (old, new)]
    return (both[0] & both[1]).total(), max(both[0].total(), both[1].total())


def show_legacy(path: Path) -> None:
    """Print how well a file in an old encoding is read, against its transcript."""
    transcript = OFFICE / "legacy-transcripts" / f"{path.stem}.txt"
    try:
        raw = read_file(path, MAX_BYTES)
    except ReadingError as error:
        write(path.name, str(error))
        return
    got, wanted = plain(whole_text(raw)), plain(transcript.read_text(encoding="utf-8"))
    strict, loose = scores(got, wanted), scores(got.lower(), wanted.lower())
    names = ("characters", "marked", "syllables", "of those read")
    figures = [
        f"{name} {share:.4f} ({with_capitals:.4f})"
        for name, share, with_capitals in zip(names, loose, strict, strict=True)
    ]
    found = ", ".join(f"{each.encoding} {each.count}" for each in raw.conversions) or "-"
    write(path.name, *figures, f"converted {found}")


def whole_text(raw: RawDocument) -> str:
    """Return all the text of a file: blocks, cells and notes."""
    blocks = (" ".join((block.text, *(cell.text for cell in block.cells))) for block in raw.blocks)
    return "\n".join((*blocks, *(note.text for note in raw.notes)))


def plain(text: str) -> str:
    """Return the text without what is no writing: leaders, rules, bars between cells."""
    return _ORNAMENT.sub(" ", fold_characters(text)).strip()


def scores(got: str, wanted: str) -> tuple[float, float, float, float]:
    """Return the shares of characters, letters with marks, and syllables that are right.

    The last share is that of the syllables that were read: a transcript may hold more than is
    printed, as text that was deleted and field codes.
    """
    found_words, words = (_TOKEN.findall(text) for text in (got, wanted))
    pairs = list(aligned(found_words, words))
    right = sum(one == other for one, other in pairs if other.isalpha())
    letters = [pair for one, other in pairs for pair in letter_pairs(one, other)]
    marked = [one == other for one, other in letters if other and is_marked(other)]
    wrong = sum(distance(one, other) for one, other in pairs if one != other)
    syllables, read = (sum(map(str.isalpha, each)) for each in (words, found_words))
    characters = 1 - wrong / len("".join(words))
    return characters, sum(marked) / len(marked), right / syllables, right / read


def aligned(found: Sequence[str], wanted: Sequence[str]) -> Iterable[tuple[str, str]]:
    """Yield pairs of words that stand for each other, "" where one side has none."""
    matcher = SequenceMatcher(None, found, wanted, autojunk=False)
    for _, at, to, other_at, other_to in matcher.get_opcodes():
        one, other = found[at:to], wanted[other_at:other_to]
        size = max(len(one), len(other))
        yield from zip(
            [*one, *[""] * (size - len(one))], [*other, *[""] * (size - len(other))], strict=True
        )


def letter_pairs(one: str, other: str) -> Iterable[tuple[str, str]]:
    """Yield pairs of letters of two words that stand for each other."""
    if one == other:
        return zip(one, other, strict=True)
    return aligned(one, other)


def is_marked(letter: str) -> bool:
    """Say whether this is a letter with a mark of Vietnamese."""
    return letter in "đĐ" or len(unicodedata.normalize("NFD", letter)) > 1


def distance(one: str, other: str) -> int:
    """Return the edit distance of two words."""
    row = list(range(len(other) + 1))
    for at, letter in enumerate(one, start=1):
        before, row[0] = row[0], at
        for to, its in enumerate(other, start=1):
            before, row[to] = row[to], min(row[to] + 1, row[to - 1] + 1, before + (letter != its))
    return row[-1]


def show_speed(paths: Sequence[Path]) -> None:
    """Print how many files a second are converted in chunks and read."""
    started = perf_counter()
    read = 0
    with tempfile.TemporaryDirectory() as folder:
        for made in convert_in_chunks(sorted(paths), Path(folder)):
            for path, converted in made.items():
                if not isinstance(converted, ReadingError):
                    read_converted(path, converted)
                    read += 1
    seconds = perf_counter() - started
    write("batch", f"{read} files in {seconds:.1f} s = {read / seconds:.1f} files/s")


def write(name: str, *figures: str) -> None:
    """Print one line of figures."""
    sys.stdout.write(f"{name[:34]:36}{'  '.join(figures)}\n")


if __name__ == "__main__":
    main()
