"""A pack as Markdown: quotations with footnotes, readable as they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from search_app.languages import gettext as _
from search_app.packing.entries import Entry

# What begins a form wherever it stands, and what does so at the beginning of a line.
_SIGNS = re.compile(r"([\\`*_\[\]<>|~&])")
_STARTS = re.compile(r"^(\s*)(\d+)?([#+\-.)=:])", re.M)


def pack_markdown(title: str, entries: Sequence[Entry]) -> bytes:
    """Return a pack as Markdown in UTF-8."""
    blocks = [f"# {escaped(title)}", *_quotations(entries)]
    blocks.append("\n".join(_notes(entries)))
    return ("\n\n".join(filter(None, blocks)) + "\n").encode("utf-8", "replace")


def _quotations(entries: Sequence[Entry]) -> Iterator[str]:
    for number, entry in enumerate(entries, start=1):
        yield f"**{escaped(entry.report)}**{escaped(entry.way)}"
        yield f"> “{escaped(entry.record.quote)}”[^{number}]"
        for words in (entry.record.context, entry.changed):
            if words:
                yield escaped(words)
        if entry.note:
            # Two blanks at the end of a line keep it a line.
            yield f"{_('Ghi chú:')} " + "  \n".join(escaped(entry.note).splitlines())


def _notes(entries: Sequence[Entry]) -> Iterator[str]:
    for number, entry in enumerate(entries, start=1):
        by = f"{escaped(entry.record.by)}, " if entry.record.by else ""
        source = f"{by}*{escaped(entry.record.title)}*{escaped(entry.place)}"
        yield f"[^{number}]: {source}. <{entry.url}>"


def escaped(text: str) -> str:
    r"""Return a text that Markdown shows as it is.

    >>> escaped("1. tăng *5%* [a]")
    '1\\. tăng \\*5%\\* \\[a\\]'
    """
    return _STARTS.sub(r"\1\2\\\3", _SIGNS.sub(r"\\\1", text))
