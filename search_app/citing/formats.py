"""Citations as files for programs that keep lists of sources: RIS, BibTeX, CSL-JSON, text."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from search_app.citing.records import Record

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029]+")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
_LANGUAGE = "vi"


@dataclass(frozen=True, slots=True)
class Format:
    """A form of citations: what it is called, its media type, and how it is written.

    `write` gets a record and the address of its link with the host.
    """

    name: str
    media_type: str
    write: Callable[[Record, str], str]


def ris(record: Record, url: str) -> str:
    r"""Return a citation as RIS, a tag a line, lines ending in CR and LF.

    >>> from search_app.citing.permalinks import Permalink
    >>> found = Record(Permalink("1a2b:p1"), "Đạt 5%.", "Đảng bộ xã A", "", "2020", *[""] * 4)
    >>> ris(found, "http://a/").split("\r\n")[:3]
    ['TY  - RPRT', 'ID  - vankien-1a2b-p1', 'AU  - Đảng bộ xã A,']
    """
    lines = ["TY  - RPRT", *(f"{tag}  - {value}" for tag, value in _ris(record, url)), "ER  - "]
    return "\r\n".join([*lines, ""])


def _ris(record: Record, url: str) -> Iterator[tuple[str, str]]:
    year, _, day = record.date.partition("-")
    date = f"{year}/{day.replace('-', '/') or '/'}/" if year else ""
    fields = (
        ("ID", record.key),
        # The comma says that all of it is the last name: an organisation has no first one.
        ("AU", f"{_line(record.author)}," if record.author else ""),
        ("PY", record.year),
        ("DA", date),
        ("TI", record.title),
        ("CY", record.town),
        ("PB", record.issuer or record.author),
        ("N1", record.place),
        ("N1", f"“{record.quote}”" if record.quote else ""),
        ("N1", record.context),
        ("UR", url),
        ("LA", _LANGUAGE),
    )
    # A value with a line break would begin another tag.
    return ((tag, _line(value)) for tag, value in fields if value)


def bibtex(record: Record, url: str) -> str:
    """Return a citation as an entry of BibTeX in UTF-8."""
    fields = {
        # The inner braces say that it is one name.
        "author": f"{{{_tex(record.author)}}}" if record.author else "",
        "title": f"{{{_tex(record.title)}}}",
        "institution": _tex(record.issuer or record.author),
        "year": _tex(record.year),
        "address": _tex(record.town),
        "note": _tex(record.place),
        "annote": _tex(f"“{record.quote}”"),
        "url": _url(url),
        "language": _LANGUAGE,
    }
    lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
    return "@techreport{" + ",\n".join([record.key, *lines]) + "\n}\n"


def csl_json(record: Record, url: str) -> str:
    """Return a citation as CSL-JSON: a list of one item."""
    return csl_list([csl_item(record, url)])


def csl_list(items: Sequence[Mapping[str, object]]) -> str:
    """Return items as CSL-JSON."""
    return json.dumps(items, ensure_ascii=False, indent=2) + "\n"


def csl_item(record: Record, url: str) -> dict[str, object]:
    """Return a citation as an item of CSL-JSON."""
    date = [int(part) for part in record.date.split("-") if part.isdecimal()]
    item = {
        "id": record.key,
        "type": "report",
        "author": [{"literal": _line(record.author)}] if record.author else [],
        "issued": {"date-parts": [date]} if date else {},
        "title": _line(record.title),
        "publisher": _line(record.issuer or record.author),
        "publisher-place": _line(record.town),
        "note": _line(record.place),
        "annote": _line(f"“{record.quote}”"),
        "URL": _line(url),
        "language": _LANGUAGE,
    }
    return {name: value for name, value in item.items() if value}


def words(record: Record, url: str) -> str:
    """Return the quotation with its source as authors write them, and the link below."""
    return f"{_line(record.quoted)}\n{_line(url)}\n"


FORMATS: Mapping[str, Format] = {
    "ris": Format("RIS", "application/x-research-info-systems", ris),
    "bib": Format("BibTeX", "application/x-bibtex", bibtex),
    "json": Format("CSL-JSON", "application/vnd.citationstyles.csl+json", csl_json),
    "txt": Format("TXT", "text/plain", words),
}


def _line(text: str) -> str:
    return " ".join(_CONTROL.sub(" ", text).split())


def _tex(text: str) -> str:
    return "".join(_TEX.get(letter, letter) for letter in _line(text))


def _url(url: str) -> str:
    # An address is taken as it is: only what would end the field is written in its own way.
    return _line(url).replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")
