"""Files of one text: which reading of it is the document, and which are only its sources.

A report saved as .doc and as .docx has one text, but not always one reading: one of the files may
have lost where its notes are called, or hold its tables as lines.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from indexer.models import Document, Resolution
from indexer.scan import INSIDE, plainness


@dataclass(frozen=True, slots=True)
class Reading:
    """What is needed to know whether readings of two files are one document.

    `rank` is greater for a better reading: more notes bound to their place, fewer unresolved,
    more bound by marks than by order, fewer pages recognised from images, more table rows, more
    sections, more known of the report.
    """

    document_id: str
    text_key: str
    rank: tuple[int, ...]
    place: str
    term: str


def reading_of(document: Document) -> Reading:
    """Return the reading that a document is.

    >>> one = Document("a", "a.doc", "", "Tôm  tăng 5%.\\nCá giảm.")
    >>> other = Document("b", "a.docx", "", "Tôm tăng 5%. Cá giảm.\\n")
    >>> reading_of(one).text_key == reading_of(other).text_key
    True
    """
    notes = Counter(note.how for note in document.footnotes)
    unresolved = notes[Resolution.UNRESOLVED]
    known = document.metadata
    rank = (
        notes.total() - unresolved,
        -unresolved,
        notes[Resolution.MARKED],
        -sum(page.ocr for page in document.pages),
        sum(len(table.passage_ids) for table in document.tables),
        len(document.sections),
        sum(map(bool, (known.title, known.issuer, known.place, known.term, known.date))),
    )
    # Spaces are what programs that save a text disagree about.
    key = hashlib.sha256(" ".join(document.text.split()).encode()).hexdigest()
    return Reading(document.id, key, rank, known.place, known.term)


def shown_by(
    readings: Iterable[Reading], shown: Collection[str], paths: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return for each reading that another one shows, the id of that other one.

    Of one text the best reading is shown; of equal ones the one outside of archives, then the one
    that is `shown` already, so that addresses stay, then the one of the plainest path; `paths`
    gives them by the id. Texts of two places or terms stay two documents, whatever they say.

    >>> doc = Reading("a", "k", (0, -2), "xã Cồn Mây", "")
    >>> docx = Reading("b", "k", (2, 0), "", "2020-2025")
    >>> shown_by([doc, docx], {"a"})
    {'a': 'b'}
    """
    by_text: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        by_text[reading.text_key].append(reading)
    found = {}
    for same in by_text.values():
        same.sort(key=lambda each: _best_first(each, shown, paths or {}))
        leaders: list[Reading] = []
        for reading in same:
            leader = next((each for each in leaders if _may_be_one(each, reading)), None)
            if leader is None:
                leaders.append(reading)
            else:
                found[reading.document_id] = leader.document_id
    return found


def _best_first(
    reading: Reading, shown: Collection[str], paths: Mapping[str, str]
) -> tuple[object, ...]:
    path = paths.get(reading.document_id, "")
    worse = tuple(-value for value in reading.rank)
    return (
        worse,
        INSIDE in path,
        reading.document_id not in shown,
        plainness(path),
        reading.document_id,
    )


def _may_be_one(one: Reading, other: Reading) -> bool:
    pairs = ((one.place, other.place), (one.term, other.term))
    return all(first == second or not (first and second) for first, second in pairs)
