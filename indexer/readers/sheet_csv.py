"""Tables in plain text (.csv, .tsv): which sign parts the columns is found in the text."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from itertools import islice

from indexer.readers.sheet_grid import MAX_ROWS, GridCell, Sheet

_SIGNS = ("\t", ";", ",", "|")
_LOOKED_AT = 200
_DECLARED = re.compile(r"sep=(.)\s*\n", re.I)
_NUMBER = re.compile(r"[-+(]?\s*\d[\d.,\s]*\)?\s*%?")
# Longer cells than this are an unclosed quotation mark.
_MAX_CELL = 1_000_000


def read_csv(text: str, suffix: str) -> Sheet:
    """Return the table of a text.

    >>> read_csv("Năm;Tôm\\n2020;1,5", ".csv").row(1)[1].text
    '1,5'
    """
    declared = _DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    sign = declared[1] if declared else separator(text, suffix)
    sheet = Sheet("")
    csv.field_size_limit(_MAX_CELL)
    for at, cells in enumerate(_rows(text, sign)):
        if at > MAX_ROWS:
            break
        for column, cell in enumerate(cells):
            sheet.put(at, column, GridCell(cell, number=bool(_NUMBER.fullmatch(cell.strip()))))
    return sheet


def separator(text: str, suffix: str) -> str:
    """Return the sign that parts the columns: the one that gives rows of one width.

    >>> separator("Tên,Số\\nTôm,5", ".csv"), separator("a\\tb,c", ".tsv")
    (',', '\\t')
    """
    if suffix == ".tsv":
        return "\t"
    return max(_SIGNS, key=lambda sign: _evenness(text, sign))


def _evenness(text: str, sign: str) -> tuple[float, int]:
    widths = Counter(len(row) for row in islice(_rows(text, sign), _LOOKED_AT) if any(row))
    wide = {width: rows for width, rows in widths.items() if width > 1}
    if not wide:
        return (0.0, 0)
    width, rows = max(wide.items(), key=lambda found: (found[1], found[0]))
    return (rows / sum(widths.values()), width)


def _rows(text: str, sign: str) -> csv.Reader:  # type: ignore[name-defined]
    return csv.reader(io.StringIO(text, newline=""), delimiter=sign)
