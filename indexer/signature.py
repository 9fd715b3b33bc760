"""The signature under a document: the body that it is signed for, and who signs."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from indexer.bodies import UPPER, Body, read_body

_SIGNER = re.compile(rf"(?:[{UPPER}][\w’']*)(?:\s+[{UPPER}][\w’']*){{1,4}}")
_ON_BEHALF = re.compile(r"(?:T/M|TM\.|THAY MẶT)\s*(?P<body>.+)")
_OFFICE = re.compile(r"\b(?:PHÓ |QUYỀN |Q\. ?)*(?:BÍ THƯ|CHỦ TỊCH|GIÁM ĐỐC|TRƯỞNG|CHÁNH)\b")


def signed_for(closing: Sequence[str]) -> Body | None:
    """Return the body that a document is signed for."""
    for line in closing:
        behalf = _ON_BEHALF.search(line)
        if behalf is None:
            continue
        told = _signed_body(behalf["body"])
        body = read_body(_OFFICE.split(told.split(" KT.")[0], maxsplit=1)[0])
        return body or Body(_OFFICE.split(told, maxsplit=1)[0].strip(" ,;").capitalize())
    return None


def _signed_body(line: str) -> str:
    """Return the words in capitals: whose name a report is signed in, and the office."""
    words = line.split("\t")[0].split()
    return " ".join(takewhile(lambda word: word.isupper() or not word.isalnum(), words))


def signer_of(closing: Sequence[str]) -> str:
    """Return the last line of the closing that is a person's name, after the signature opens."""
    lines = [" ".join(part.split()) for line in closing for part in re.split(r"[\t\n]", line)]
    start = next((at for at, line in enumerate(lines) if _ON_BEHALF.search(line)), None)
    if start is None:
        return ""
    # One cell of a table may hold all of it: "T/M BAN CHẤP HÀNH BÍ THƯ Nguyễn Văn An".
    behalf = lines[start].split()
    name = list(takewhile(lambda word: not word.isupper() and ")" not in word, reversed(behalf)))
    candidates = [" ".join(reversed(name)), *lines[start + 1 :]]
    names = [line for line in candidates if _SIGNER.fullmatch(line) and not line.isupper()]
    return names[-1] if names else ""
