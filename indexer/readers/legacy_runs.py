"""Text of legacy fonts, decoded run by run while a page or a sheet is read, and reported.

A file is read twice: the first time its runs are only heard, because a short run is judged by
what else stands in its font.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from indexer.models import RawDocument
from indexer.text.legacy import RunConverter, detect, encoding_of_font

_SAMPLE = 2_000


class RunDecoder:
    """Decodes the runs of one file; until `listen` was called it leaves all of them alone."""

    def __init__(self) -> None:
        """Begin to hear a file."""
        self._heard: list[tuple[str, str]] = []
        self._samples: dict[str, str] = defaultdict(str)
        self._converter: RunConverter | None = None

    def decode(self, text: str, font: str) -> str:
        """Return the text of a run in Unicode; `font` is the one in effect, "" when unknown."""
        if self._converter is not None:
            sample = self._samples.get(font, "")
            return self._converter.convert(text, font, f"{text} {sample}" if sample else "").text
        if not text.isascii():
            self._heard.append((text, font))
            if len(self._samples[font]) < _SAMPLE:
                self._samples[font] += f"{text} "
        return text

    def has_heard_old_text(self) -> bool:
        """Say whether the file must be read again to be decoded; from now on runs are decoded."""
        known = any(encoding_of_font(font) for _, font in self._heard)
        # Around a run whose font says nothing stands only text that is old as a whole.
        self._samples = {
            font: sample
            for font, sample in self._samples.items()
            if not encoding_of_font(font) and detect(sample)
        }
        self._converter = RunConverter(self._heard)
        self._heard = []
        return known or bool(self._samples)

    def finish(self, raw: RawDocument) -> RawDocument:
        """Return what was read together with the report of what was decoded."""
        if self._converter is None:
            return raw
        return replace(raw, conversions=self._converter.conversions())
