"""Search quality: the golden questions as typed, without accents and respelt; XQuAD passages.

Run with `python -m tests.bench.quality`; the folder ../shared must lie beside the repository.
"""

from __future__ import annotations

import json
import math
import random
import re
import sys
import tempfile
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from indexer.backends.registry import open_backend
from indexer.build import build_index
from indexer.catalogue import Catalogue
from indexer.config import load_settings
from indexer.database_address import DatabaseAddress
from indexer.index_rules import current_meta
from indexer.learned import learn
from indexer.learned_files import LearnedFiles
from indexer.lessons import first_lesson, teach
from indexer.models import Document, Entry, Filters, Passage, PassageKind, Span
from indexer.phrase_counts import count_phrases
from indexer.text.analysis import analyse
from indexer.text.normalise import strip_accents
from search_app.evaluate import evaluate, read_golden
from search_app.opening import open_library
from search_app.query import Request, build_query, read_question
from search_app.search import Library
from search_app.understand import understand

SHARED = Path(__file__).parents[3] / "shared"
_SWAPS = (
    ("hòa", "hoà"), ("hóa", "hoá"), ("khỏe", "khoẻ"), ("thủy", "thuỷ"), ("ủy", "uỷ"),
    ("tỷ", "tỉ"), ("kỹ", "kĩ"), ("lý", "lí"), ("mỹ", "mĩ"), ("quy", "qui"), ("sỹ", "sĩ"),
)  # fmt: skip


def respell(text: str, chance: random.Random) -> str:
    """Return a text with other tone places, i/y, letter case and code points, at random."""
    for one, other in _SWAPS:
        for a, b in ((one, other), (other, one), (one.capitalize(), other.capitalize())):
            if chance.random() < 0.5:
                text = re.sub(rf"(?<!\w){a}(?!\w)", b, text)
    words = [
        word.upper() if len(word) > 4 and chance.random() < 0.1 else word for word in text.split()
    ]
    text = " ".join(words)
    return unicodedata.normalize("NFD", text) if chance.random() < 0.5 else text


def golden(library: Library) -> None:
    """Print the figures of the golden questions in their forms, and on both halves."""
    records = read_golden(SHARED / "eval" / "dev.jsonl")
    chance = random.Random(7)
    changes: tuple[tuple[str, Callable[[str], str]], ...] = (
        ("as typed", lambda text: text),
        ("without accents", strip_accents),
        ("respelt at random", lambda text: respell(text, chance)),
    )
    for name, change in changes:
        asked = [replace(record, query=change(record.query)) for record in records]
        show(f"dev.jsonl {name}", evaluate(asked, library).figures)
    for name, half in (("odd", records[::2]), ("even", records[1::2])):
        show(f"dev.jsonl {name} half", evaluate(half, library).figures)


def understanding(library: Library) -> None:
    """Print how long it takes to understand a question: the golden ones, with bare syllables."""
    knowledge = library._knowledge(library.catalogue.documents())
    texts = [strip_accents(r.query) for r in read_golden(SHARED / "eval" / "dev.jsonl")]
    times = []
    for text in [*texts[:5], *texts]:
        started = perf_counter()
        question = read_question(text, 1000)
        build_query(question, understand(question.free, knowledge), Filters(), 10, 0)
        times.append(1000 * (perf_counter() - started))
    ranked = sorted(times[5:])
    figures = {"p50": ranked[len(ranked) // 2], "p95": ranked[int(0.95 * len(ranked))]}
    show("understanding, ms", {key: round(value, 2) for key, value in figures.items()})


def xquad(data: Path) -> None:
    """Print nDCG@10 of the XQuAD questions on their passages, as typed and without accents."""
    settings = load_settings({}, data=data)
    rows = [json.loads(line) for line in _lines("corpus.jsonl")]
    documents = [_document(n, row) for n, row in enumerate(rows)]
    names = {document.id: document.source for document in documents}
    catalogue = Catalogue(DatabaseAddress(data))
    for document in documents:
        catalogue.put_document(document, 1)
    catalogue.close()
    backend = open_backend(settings)
    with backend.write(current_meta(), fresh=True) as writer:
        for document in documents:
            writer.add(_entry(document))
    lessons = [first_lesson(), teach((document.id, document.text) for document in documents)]
    place = LearnedFiles(data)
    learn(place, lessons, {d.id: count_phrases(d) for d in documents}, frozenset(names), fresh=True)
    library = Library(Catalogue.open_existing(DatabaseAddress(data)), backend, settings)
    wanted = {}
    for line in _lines("qrels.tsv"):
        query, passage, *_ = line.split("\t")
        wanted.setdefault(query, passage)
    queries = [json.loads(line) for line in _lines("queries.jsonl")]
    for name, change in (("as typed", str), ("without accents", strip_accents)):
        gains = []
        hits = 0
        for row in queries:
            found = _ask(library, change(row["text"]))
            ranks = [at for at, hit in enumerate(found) if names[hit] == wanted[str(row["id"])]]
            gains.append(1 / math.log2(ranks[0] + 2) if ranks else 0.0)
            hits += bool(ranks and ranks[0] == 0)
        figures = {"recall@1": hits / len(gains), "nDCG@10": sum(gains) / len(gains)}
        show(f"xquad_vi {name}", {key: round(value, 3) for key, value in figures.items()})
    library.close()


def _ask(library: Library, text: str) -> list[str]:
    result = library.search(Request(text))
    return [hit.passage_id.split(":")[0] for hit in result.found.hits]


def _document(number: int, row: dict[str, str]) -> Document:
    name = f"{number:012x}"
    passage = Passage(f"{name}:p0001", PassageKind.BODY, Span(0, len(row["text"])))
    return Document(name, row["id"], "0" * 64, row["text"], passages=(passage,))


def _entry(document: Document) -> Entry:
    return Entry(
        passage_id=f"{document.id}:p0001",
        document_id=document.id,
        kind=PassageKind.BODY,
        place="",
        term="",
        year="",
        section="",
        analysis=analyse(document.text),
        heading=(),
    )


def _lines(name: str) -> Sequence[str]:
    lines = (SHARED / "bench" / "xquad_vi" / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line.strip() and not line.startswith("query")]


def show(name: str, figures: object) -> None:
    """Print one line of figures."""
    sys.stdout.write(f"{name:28} {figures}\n")


def main() -> None:
    """Print all figures."""
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings({}, data=Path(folder) / "reports")
        build_index([SHARED / "corpus"], settings)
        library = open_library(settings)
        golden(library)
        understanding(library)
        library.close()
        xquad(Path(folder) / "xquad")


if __name__ == "__main__":
    main()
