"""Searches in one state of an OpenSearch index: what is asked, in how many requests."""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from indexer.backends.opensearch_indices import Current, whole
from indexer.backends.opensearch_mapping import MOST_IN_ONE_PAGE, begun_name, original, stored
from indexer.backends.opensearch_query import (
    Statistics,
    counted,
    everything,
    hits_of,
    search_body,
    statistics_body,
    statistics_of,
    tally_body,
    tally_of,
)
from indexer.backends.opensearch_requests import Cluster
from indexer.backends.opensearch_state import State, visible
from indexer.bounded_cache import BoundedCache
from indexer.errors import QueryTooBroad, StorageError
from indexer.models import Field, Hits, Match, Query

# How many passages have a form or a group is remembered of so many of them.
_COUNTS = 100_000
_KEPT_OPEN = "2m"
# Every hit down to a page is fetched: no farther than this.
_FARTHEST = 200_000
# Groups of more alternatives, like all words with one beginning, are counted each time.
_MOST_REMEMBERED = 32
_SPECIAL = re.compile(r"[.?+*|{}\[\]()\"\\#@&<>~^-]")


class Searching:
    """Searches; what the engine counted for one is remembered until another state is searched.

    The state is part of every request: which of them the asked node knows as the newest one makes
    no difference. Raises IndexIncomplete where a shard does not take part.
    """

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._counted: State | None = None
        # By what is had; None stands for every passage.
        self._counts: BoundedCache[tuple[State, tuple[Match, ...] | None], int] = BoundedCache(
            _COUNTS, lambda _: 1
        )

    def search(self, query: Query, current: Current) -> Hits:
        """Return one page of hits and the facets of all of them."""
        body = search_body(query, self._statistics_of(query, current))
        if query.limit and query.offset + query.limit > MOST_IN_ONE_PAGE:
            return self._far(query, body, current)
        answer = self._ask(body | {"from": query.offset}, current)
        return hits_of(query, answer, answer["hits"]["hits"])

    def count(self, current: Current) -> int:
        """Return how many passages can be found."""
        body = {"size": 0, "track_total_hits": True, "query": everything()}
        return int(self._ask(body, current)["hits"]["total"]["value"])

    def tally(self, query: Query, current: Current) -> dict[tuple[str, str], tuple[int, int]]:
        """Return, by document and kind, how many passages are found, and how many of them whole."""
        counts: dict[tuple[str, str], tuple[int, int]] = {}
        after: dict[str, Any] | None = None
        while True:
            answer = self._ask(tally_body(query, MOST_IN_ONE_PAGE, after), current)
            counts |= tally_of(answer)
            after = answer["aggregations"]["pages"].get("after_key")
            if after is None:
                return counts

    def forms(self, field: Field, beginning: str, most: int, current: Current) -> tuple[str, ...]:
        """Return the forms of a field of `BEGUN` that begin so, in order of their bytes."""
        if not most:
            return ()
        kept = stored(beginning) if beginning else ""
        # Not "x.*": over that OpenSearch 2.19 fails where no term has it. No form has a line end.
        pattern = _SPECIAL.sub(r"\\\g<0>", kept) + "[^\n]*"
        values = {"field": begun_name(field), "include": pattern, "size": most}
        body = {
            "query": {"prefix": {field: kept}} if kept else everything(),
            "size": 0,
            "aggs": {"forms": {"terms": {**values, "order": {"_key": "asc"}}}},
        }
        buckets = self._ask(body, current)["aggregations"]["forms"]["buckets"]
        return tuple(original(bucket["key"]) for bucket in buckets)

    def _statistics_of(self, query: Query, current: Current) -> Statistics:
        """Return what orders the hits of a query; what is known of the commit is not asked for."""
        state = current.state
        if state != self._counted:
            self._counts.clear()
            self._counted = state
        wanted = counted(query) if query.limit else []
        known = {matches: self._counts.get((state, matches)) for matches in wanted}
        passages = self._counts.get((state, None))
        unknown = [matches for matches, count in known.items() if count is None]
        if unknown or passages is None:
            passages, counts = statistics_of(self._ask(statistics_body(unknown), current))
            self._counts.put((state, None), passages)
            for matches, count in zip(unknown, counts, strict=True):
                known[matches] = count
                if len(matches) <= _MOST_REMEMBERED:
                    self._counts.put((state, matches), count)
        return Statistics(passages, {m: count for m, count in known.items() if count is not None})

    def _far(self, query: Query, body: Mapping[str, Any], current: Current) -> Hits:
        """Return a page that is too far down to be asked for at once: read up to it."""
        keep = {"keep_alive": _KEPT_OPEN}
        path = f"/{current.state.index}/_search/point_in_time"
        whole_only = {"allow_partial_pit_creation": "false"}
        point = self._cluster.call("POST", path, params=keep | whole_only)["pit_id"]
        try:
            body = {**body, "pit": {"id": point, **keep}}
            first = self._ask({**body, "size": MOST_IN_ONE_PAGE}, current, "/_search")
            wanted = min(query.offset + query.limit, first["hits"]["total"]["value"])
            if wanted <= query.offset:
                return hits_of(query, first, ())
            if wanted > _FARTHEST:
                raise _too_far()
            found = first["hits"]["hits"]
            rows, read = found[query.offset : wanted], len(found)
            # What is counted is counted once.
            body = {**body, "aggs": {}, "track_total_hits": False}
            while found and read < wanted:
                size = min(MOST_IN_ONE_PAGE, wanted - read)
                after = {"size": size, "search_after": found[-1]["sort"]}
                found = self._ask({**body, **after}, current, "/_search")["hits"]["hits"]
                rows += found[max(query.offset - read, 0) :]
                read += len(found)
            return hits_of(query, first, rows)
        finally:
            with suppress(StorageError):
                self._cluster.call("DELETE", "/_search/point_in_time", {"pit_id": [point]})

    def _ask(self, body: Mapping[str, Any], current: Current, path: str = "") -> Any:
        path = path or f"/{current.state.index}/_search"
        seen = visible(current.state.commit, current.hidden)
        query = {"bool": {"must": [body["query"]], "filter": [seen]}}
        params = {"allow_partial_search_results": "false"}
        return whole(self._cluster.call("POST", path, {**body, "query": query}, params))


def _too_far() -> QueryTooBroad:
    return QueryTooBroad(
        f"Chỉ xem hay sắp xếp được {_FARTHEST} đoạn đầu của một câu hỏi.",
        "Hãy lọc theo nơi, nhiệm kỳ hay báo cáo, hoặc gõ thêm từ để còn ít đoạn hơn.",
    )
