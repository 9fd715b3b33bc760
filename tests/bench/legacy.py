"""`python -m tests.bench.legacy`: how well text of the old Vietnamese encodings is read.

Needs ../shared/bench. Phrases of others, lines of transcripts put into each encoding and found
again by their words alone, lines of Unicode that must stay, and real files against transcripts.
For the files the words are compared as a bag: order and layout are another measure.
"""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from time import perf_counter

from indexer.errors import ReadingError
from indexer.models import RawDocument
from indexer.readers.registry import read_file
from indexer.text.keystrokes import is_syllable
from indexer.text.legacy import Encoding, convert_run, decode, detect
from indexer.text.normalise import fold_characters
from tests.factories.legacy import encode

SHARED = Path(__file__).parents[2].parent / "shared"
BENCH = SHARED / "bench"
FONTS = {"tcvn3": ".VnTime", "vni": "VNI-Times", "pdf_glyph_substituted_tcvn3": ".VnTime"}
MAX_BYTES = 2**30
LINE = 40  # letters of a line that is long enough to be judged alone
# Two encodings have letters in the places of these, so no text of theirs held them.
_QUOTES = frozenset("–—‘’“”…•‰")
_WORD = re.compile(r"[^\W\d_]+")
# Transcripts made with pdftotext part words where the font changes: "ch ỉ", "c òn".
_PARTED = re.compile(r"(?<!\w)([bcdđghklmnpqrstvx]{1,3}) (?=[^\W\d_])([^\W\d_]+)", re.I)


def main() -> None:
    """Print every figure."""
    show_phrases()
    lines = list(transcript_lines())
    show_round_trips(lines)
    show_untouched(lines)
    show_speed("\n".join(lines))
    for path in sorted((BENCH / "office" / "legacy").iterdir()):
        show_file(path)


def show_phrases() -> None:
    """Print how many phrases become what they must, and how many must-nots stay."""
    phrases = json.loads((BENCH / "legacy_phrases.json").read_text("utf-8"))
    for known in (True, False):
        pairs = [(raw, good, FONTS[group]) for group in FONTS for raw, good in phrases[group]]
        right = sum(
            convert_run(raw, font if known else "").text.casefold() == good.casefold()
            for raw, good, font in pairs
        )
        show(f"phrases, {'font known' if known else 'by words'}", f"{right} of {len(pairs)}")
    *stay, minus = phrases["must_not_convert_or_keep_minus"]
    kept = sum(convert_run(text, "").text == text for text in stay)
    kept += "5 \u2212 3" in convert_run(minus, ".VnTime").text
    show("phrases that must stay", f"{kept} of {len(stay) + 1}")


def transcript_lines() -> Iterable[str]:
    """Yield the lines of all transcripts and reports that are long enough to be judged."""
    for folder in (BENCH / "office" / "legacy-transcripts", SHARED / "corpus"):
        for path in sorted(folder.glob("*.txt")):
            for line in fold_characters(path.read_text("utf-8")).split("\n"):
                if len(line.strip()) >= LINE and not (line.isascii() or _QUOTES & {*line}):
                    yield line.strip()


def show_round_trips(lines: list[str]) -> None:
    """Print how many lines are found by their words, and come back letter by letter."""
    for encoding in Encoding:
        coded = [encode(line, encoding) for line in lines]
        found = sum(detect(text) is encoding for text in coded)
        back = sum(
            decode(text, encoding).casefold() == line.casefold()
            for text, line in zip(coded, lines, strict=True)
        )
        figures = f"{found / len(lines):.4f} / {back / len(lines):.4f} of {len(lines)}"
        show(f"lines in {encoding.value}: found / come back", figures)


def show_untouched(lines: list[str]) -> None:
    """Print how many lines in Unicode would be changed."""
    changed = sum(convert_run(line, "").encoding is not None for line in lines)
    fonts = sum(convert_run(line, ".VnTime").encoding is not None for line in lines)
    show("lines in Unicode changed: no font / .VnTime", f"{changed} / {fonts} of {len(lines)}")


def show_speed(text: str) -> None:
    """Print how many letters are decoded and judged in a second."""
    coded = encode(text, Encoding.TCVN3)
    for name, work in (("decode", decode), ("detect", lambda coded, _: detect(coded))):
        started = perf_counter()
        work(coded, Encoding.TCVN3)
        show(f"{name}, letters/s", f"{len(coded) / (perf_counter() - started):,.0f}")


def show_file(path: Path) -> None:
    """Print which share of the words of a file's transcript was read, and what was changed."""
    transcript = BENCH / "office" / "legacy-transcripts" / f"{path.stem}.txt"
    try:
        raw = read_file(path, MAX_BYTES)
    except ReadingError as error:
        show(path.name, error.message)
        return
    found = words(text_of(raw))
    wanted = words(mended(transcript.read_text("utf-8"))) if transcript.exists() else Counter()
    both = (found & wanted).total()
    recall, precision = both / max(1, wanted.total()), both / max(1, found.total())
    runs = ", ".join(f"{done.encoding} {done.count}" for done in raw.conversions)
    share = f"{recall:.4f} / {precision:.4f}" if wanted else "no transcript"
    show(path.name, f"{share}  {runs}")


def text_of(raw: RawDocument) -> str:
    """Return all text of a file."""
    rows = (" ".join(cell.text for cell in block.cells) for block in raw.blocks)
    notes = (note.text for note in raw.notes)
    return "\n".join([*(block.text for block in raw.blocks), *rows, *notes])


def mended(transcript: str) -> str:
    """Return a transcript without spaces inside of syllables."""

    def joined(match: re.Match[str]) -> str:
        whole = match[1] + match[2]
        return whole if is_syllable(whole.lower()) else match[0]

    return _PARTED.sub(joined, unicodedata.normalize("NFC", transcript))


def words(text: str) -> Counter[str]:
    """Return the words of a text, small and counted."""
    return Counter(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def show(name: str, value: object) -> None:
    """Print one figure."""
    sys.stdout.write(f"{name:48} {value}\n")


if __name__ == "__main__":
    main()
