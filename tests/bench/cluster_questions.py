"""What the engines of `tests.bench.cluster` are asked: questions as the product builds them.

Usual questions and runs of words out of the reports, understood with the lists of the product and
asked with all their fields, alternatives, boosts and facets.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

from indexer.models import Filters, Query
from indexer.vocabulary import load_abbreviations, load_synonyms
from search_app.query import build_query, read_question
from search_app.understand import Knowledge, understand
from tests.bench.cluster_reports import text_of
from tests.bench.peers import Kind
from tests.bench.questions import USUAL

_OF_A_KIND = 34
_FEWEST, _MOST = 2, 5
_REPORTS = 40
_LENGTHS = range(20, 400)


def queries(seed: int = 1) -> dict[Kind, list[Query]]:
    """Return 34 queries of each kind, all of other words; the same ones for the same seed."""
    texts = _texts(random.Random(seed))
    known = Knowledge(abbreviations=load_abbreviations(), synonyms=load_synonyms())
    return {kind: [_query(next(texts), kind, known) for _ in range(_OF_A_KIND)] for kind in Kind}


def _texts(chance: random.Random) -> Iterator[str]:
    """Yield words that stand side by side, and, while there are any, usual questions."""
    usual = iter(USUAL)
    lines = [
        line.split()
        for number in chance.sample(range(_REPORTS), _REPORTS // 4)
        for line in text_of(number).splitlines()
        if len(line) in _LENGTHS
    ]
    while True:
        for _ in range(2):
            words = chance.choice(lines)
            length = chance.randint(_FEWEST, _MOST)
            begin = chance.randrange(max(1, len(words) - length))
            yield " ".join(word.strip('.,;:"()[]') for word in words[begin : begin + length])
        if text := next(usual, ""):
            yield text


def _query(text: str, kind: Kind, known: Knowledge) -> Query:
    question = read_question(f'"{text}"' if kind is Kind.PHRASE else text, len(text) + 2)
    query = build_query(question, understand(question.free, known), Filters(), 10, 0)
    if kind is Kind.PHRASE:
        return query
    return replace(query, minimum=len(query.groups) if kind is Kind.ALL_WORDS else 1)
