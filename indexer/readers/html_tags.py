"""The tags of a web page as they stand in its source: what the tree of the page cannot tell.

A parser closes everything that is open at the end, and reads nothing after the first `</html>`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

# Quotation marks hold a ">" only after "=", as in browsers. Nothing here is tried twice.
_TAG = re.compile(
    r"<(/?)([a-z][^\s/>]*+)"
    r"(?:=\s*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|[^\s>\"'][^\s>]*+)?+|[^=>]++)*+(>|\Z)",
    re.I,
)
_BEGINNING = re.compile(r"<(?:[a-z/!?]|\Z)", re.I)
_COMMENT_END = re.compile(r"--!?>")
_ANY_END = re.compile(">")
_PAGE_END = re.compile("</html", re.I)
# What stands in these is text, whatever it looks like, until their own end.
_RAW = {
    name: re.compile(rf"</{name}[\s/>]", re.I)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
_OUTER = frozenset({"html", "body"})


@dataclass(frozen=True, slots=True)
class Source:
    """A page as it is to be parsed, without the tags that end it.

    `cut_off` says that it ends in the middle of a tag or comment, `unclosed` that one of them
    ends nowhere though the page does, `unfinished` that its `<html>` or `<body>` has no end.
    """

    text: str
    cut_off: bool = False
    unclosed: bool = False
    unfinished: bool = False


@dataclass(slots=True)
class _Scan:
    """What was met so far; `copied` is where the text begins that is not yet in `kept`."""

    text: str
    kept: list[str] = field(default_factory=list)
    begun: Counter[str] = field(default_factory=Counter)
    ended: Counter[str] = field(default_factory=Counter)
    copied: int = 0

    def count(self, tag: re.Match[str]) -> None:
        """Take note of a tag of the page itself; its ends are dropped."""
        name = tag[2].lower()
        if tag[1]:
            self.ended[name] += 1
            self.kept.append(self.text[self.copied : tag.start()])
            self.copied = tag.end()
        else:
            self.begun[name] += 1

    def rest(self) -> str:
        """Return the text without what was dropped."""
        return "".join((*self.kept, self.text[self.copied :]))


def read_source(text: str) -> Source:
    """Return the page without `</body>` and `</html>`, and how it ends.

    >>> read_source("<html><p>Một</p></html><p>Hai</p>").text
    '<html><p>Một</p><p>Hai</p>'
    >>> read_source("<p>Một<a href='x").cut_off, read_source("<html><p>Một").unfinished
    (True, True)
    """
    scan = _Scan(text)
    at = 0
    while (found := _BEGINNING.search(text, at)) is not None:
        at = _end_of(found.start(), scan)
        if at < 0:
            ended = scan.ended["html"] or _PAGE_END.search(text, found.start())
            return Source(scan.rest(), cut_off=not ended, unclosed=True)
    # Many pages leave out one of the two.
    ended = any(scan.ended[name] >= max(1, scan.begun[name]) for name in _OUTER)
    return Source(scan.rest(), unfinished=bool(scan.begun) and not ended)


def _end_of(start: int, scan: _Scan) -> int:
    """Return where the markup ends that begins at `start`, -1 when it has no end."""
    text = scan.text
    if text.startswith("<!--", start):
        # "<!-->" is a whole comment.
        return _end(_COMMENT_END.search(text, start + 2))
    tag = _TAG.match(text, start)
    if tag is None:
        return _end(_ANY_END.search(text, start))
    if not tag[3]:
        return -1
    name = tag[2].lower()
    if name in _OUTER:
        scan.count(tag)
    elif not tag[1] and name in _RAW and not tag[0].endswith("/>"):
        return _end(_RAW[name].search(text, tag.end()))
    return tag.end()


def _end(found: re.Match[str] | None) -> int:
    return -1 if found is None else found.end()
