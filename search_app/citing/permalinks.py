"""A link to a passage that knows which text it was made for."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlencode

from indexer.fingerprint import fingerprint
from indexer.models import Span
from search_app.cite import Citation

_CODE = re.compile(r"([0-9a-f]{1,64}):(\w{1,20})/([0-9a-f]{8})?(?:/(\d{1,7})-(\d{1,7}))?")
_PART = re.compile(r"(\d{1,7})-(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Permalink:
    """A passage, the fingerprint of its text, and which part of that text is meant.

    `part` is None for the whole passage, else counted from the beginning of its text.
    """

    passage_id: str
    version: str = ""
    part: Span | None = None

    @property
    def document_id(self) -> str:
        """Return the id of the report."""
        return self.passage_id.partition(":")[0]

    @property
    def code(self) -> str:
        """Return the link as one word for a form; `read_code` reads it.

        >>> Permalink("1a2b:p0042", "00ff00ff", Span(0, 9)).code
        '1a2b:p0042/00ff00ff/0-9'
        """
        part = f"/{self.part.start}-{self.part.end}" if self.part else ""
        return f"{self.passage_id}/{self.version}{part}"

    @property
    def path(self) -> str:
        """Return the address of the link on this server.

        >>> Permalink("1a2b:p0042", "00ff00ff").path
        '/documents/1a2b/passages/p0042?v=00ff00ff'
        """
        return self.file("")

    def file(self, ending: str) -> str:
        """Return the address of the citation as a file.

        >>> Permalink("1a2b:p0042", "00ff00ff", Span(0, 9)).file("ris")
        '/documents/1a2b/passages/p0042.ris?v=00ff00ff&part=0-9'
        """
        name = self.passage_id.partition(":")[2] + (f".{ending}" if ending else "")
        values = {"v": self.version}
        if self.part is not None:
            values["part"] = f"{self.part.start}-{self.part.end}"
        query = urlencode({key: value for key, value in values.items() if value})
        return f"/documents/{self.document_id}/passages/{name}" + (f"?{query}" if query else "")


def permalink(citation: Citation) -> Permalink:
    """Return the link of a citation; a quotation that is not its whole passage is its part.

    A quotation that reaches beyond its passage is linked as the passage.
    """
    passage, text = citation.passage, citation.document.text
    version = fingerprint(passage.span.of(text))
    if citation.span == passage.span or not passage.span.holds(citation.span):
        return Permalink(passage.id, version)
    return Permalink(passage.id, version, citation.span.shift(-passage.span.start))


def read_code(code: str) -> Permalink | None:
    """Return the link that a code stands for; None for anything else.

    >>> read_code("1a2b:p0042/00ff00ff/0-9") == Permalink("1a2b:p0042", "00ff00ff", Span(0, 9))
    True
    >>> read_code("../etc") is None
    True
    """
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    document_id, name, version, start, end = found.groups()
    part = Span(int(start), int(end)) if start else None
    return Permalink(f"{document_id}:{name}", version or "", part)


def read_part(words: str) -> Span | None:
    """Return the part that an address names; None when it names none.

    >>> read_part("0-9"), read_part("x")
    (Span(start=0, end=9), None)
    """
    found = _PART.fullmatch(words)
    return Span(int(found[1]), int(found[2])) if found else None
