"""`python -m tests.bench.office`: how much of real office files comes back as it was.

Reads ../shared/bench/office, prints figures, and never fails on them. The share of right
characters, of letters with marks, and of syllables is found by aligning the text that was read
with a transcript made by others. The transcripts write the text of capital fonts (.VnTimeH) in
small letters, so the figures are given without regard to capitals, and the strict ones beside.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter

from indexer import workers
from indexer.errors import ReadingError
from indexer.models import BlockKind, Document, RawDocument
from indexer.readers.office_reader import read_converted
from indexer.readers.registry import read_file
from indexer.reading_process import Crew
from indexer.structure import build_document
from indexer.text.normalise import fold_characters
from tests.factories.full_report import full_report

OFFICE = Path(__file__).parents[3] / "shared" / "bench" / "office"
ANNEXES = ("Phuluc1", "Phuluc3", "Phuluc5", "Phuluc6")
MAX_BYTES = 100 * 2**20
_CORES, _REPORTS = 2, 200
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
    with tempfile.TemporaryDirectory() as folder:
        show_speed(Path(folder))


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
    aside, *_ = scores(plain(whole_text(unnumbered(raw))).lower(), wanted.lower())
    figures.append(f"characters, list numbers aside {aside:.4f}")
    found = ", ".join(f"{each.encoding} {each.count}" for each in raw.conversions) or "-"
    write(path.name, *figures, f"converted {found}")


def unnumbered(raw: RawDocument) -> RawDocument:
    """Return a file without the printed numbers of its lists, which most transcripts lack."""
    blocks = (
        replace(block, text=block.text.partition(" ")[2])
        if block.kind is BlockKind.LIST_ITEM
        else block
        for block in raw.blocks
    )
    return replace(raw, blocks=tuple(blocks))


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


def show_speed(folder: Path) -> None:
    """Print how many files a second are read in a batch, on two cores and by processor time."""
    old = [*OFFICE.glob("*/*.doc"), *OFFICE.glob("*/*.rtf")]
    report = full_report()
    new = [report.save(folder / f"{number}.docx") for number in range(_REPORTS)]
    for name, paths in ((".doc and .rtf", sorted(old)), (".docx of 40 notes", new)):
        rounds = range(-(-_REPORTS // len(paths)))
        many = [task(path, folder / f"{at}-{path.name}") for at in rounds for path in paths]
        started, used = perf_counter(), processor_seconds()
        prepared = workers.prepared_tasks(many, folder)
        options = workers.Options(MAX_BYTES)
        with Crew(_CORES) as crew:
            read = list(workers.in_processes(prepared, options, crew, read_only))
        seconds, used = perf_counter() - started, processor_seconds() - used
        failed = sum(bool(each.error) for each in read)
        rate = f"{len(read) / seconds:.1f} files/s, {len(read) * _CORES / used:.1f} on idle cores"
        write(name, f"{len(read)} files ({failed} refused) in {seconds:.1f} s = {rate}")


def task(path: Path, copy: Path) -> workers.Task:
    """Return the task of reading a copy of a file."""
    shutil.copyfile(path, copy)
    return workers.Task(str(copy), copy, path.name, "", {})


def read_only(task: workers.Task, options: workers.Options) -> workers.Result:
    """Read a file and build nothing of it."""
    made = task.converted
    read = None if made is None else partial(read_converted, converted=made)
    try:
        read_file(task.original, options.max_bytes, task.name, read)
    except ReadingError as error:
        return workers.Result(task.path, error=str(error))
    return workers.Result(task.path)


def processor_seconds() -> float:
    """Return the processor time of this process and of all that it started and that ended."""
    used = [getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def write(name: str, *figures: str) -> None:
    """Print one line of figures."""
    sys.stdout.write(f"{name[:34]:36}{'  '.join(figures)}\n")


if __name__ == "__main__":
    main()
