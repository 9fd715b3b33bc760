"""What the catalogue is asked about facts: which there are, and which indicators they measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

import sqlalchemy as sa

from indexer.catalogue_rows import fact_of
from indexer.catalogue_store import MOST_VALUES
from indexer.catalogue_tables import facts, published
from indexer.models import Fact, FactKind


@dataclass(frozen=True, slots=True)
class FactRecord:
    """A fact and the document that states it."""

    document_id: str
    fact: Fact


@dataclass(frozen=True, slots=True)
class IndicatorCount:
    """An indicator of the published documents.

    `name` is its commonest wording, `count` how many facts measure it, in how many `documents`;
    `names` are all wordings, commonest first.
    """

    slug: str
    name: str
    count: int
    documents: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FactFilter:
    """Values that a fact must have; what is empty does not filter."""

    indicators: Collection[str] = ()
    kinds: Collection[FactKind] = ()
    documents: Collection[str] = ()


def select_facts(connection: sa.Connection, wanted: FactFilter) -> tuple[FactRecord, ...]:
    """Return the wanted facts of published documents, ordered by document and position."""
    query = sa.select(facts).where(facts.c.document_id.in_(published))
    for column, values in ((facts.c.indicator, wanted.indicators), (facts.c.kind, wanted.kinds)):
        if values:
            query = query.where(column.in_(values))
    ordered = query.order_by(facts.c.document_id, facts.c.position)
    ids = sorted(wanted.documents)
    some = [ids[start : start + MOST_VALUES] for start in range(0, len(ids), MOST_VALUES)]
    queries = [ordered.where(facts.c.document_id.in_(each)) for each in some] or [ordered]
    rows = (row for one in queries for row in connection.execute(one))
    return tuple(FactRecord(row.document_id, fact_of(row)) for row in rows)


def count_indicators(connection: sa.Connection) -> tuple[IndicatorCount, ...]:
    """Return the indicators of published documents, most frequent first."""
    columns = (facts.c.indicator, facts.c.name, facts.c.document_id)
    query = sa.select(*columns, sa.func.count()).group_by(*columns).order_by(facts.c.indicator)
    rows = connection.execute(query.where(facts.c.document_id.in_(published)))
    # One after another: together, what is counted takes several times the memory of the counts.
    counts = [_counted(slug, told) for slug, told in groupby(rows, key=itemgetter(0))]
    return tuple(sorted(counts, key=lambda count: (-count.count, count.slug)))


def _counted(slug: str, rows: Iterable[Any]) -> IndicatorCount:
    names: Counter[str] = Counter()
    documents: set[str] = set()
    for _slug, name, document_id, count in rows:
        names[name] += count
        documents.add(document_id)
    ranked = tuple(sorted(names, key=lambda name: (-names[name], name)))
    return IndicatorCount(slug, ranked[0], names.total(), len(documents), ranked)


def select_places(connection: sa.Connection) -> frozenset[str]:
    """Return the places of which facts of published documents speak."""
    query = sa.select(facts.c.place).where(facts.c.document_id.in_(published)).distinct()
    return frozenset(connection.execute(query).scalars()) - {""}
