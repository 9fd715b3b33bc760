"""The indices of a cluster below one alias: one for each fresh build, `vankien-0003`, and so on."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.backends.generations import REBUILD
from indexer.backends.opensearch_mapping import index_body, meta_of
from indexer.backends.opensearch_requests import Cluster
from indexer.backends.opensearch_state import Clause, State, hidden_in, state_of, visible
from indexer.errors import DataFolderError, EngineRefused, IndexIncomplete
from indexer.models import IndexMeta

UNKNOWN = 404
_WAIT = "60s"


@dataclass(frozen=True, slots=True)
class Current:
    """What the alias says: the state that is searched, and what is hidden, not deleted yet."""

    state: State
    hidden: Clause | None


class Indices:
    """The indices whose names begin with the alias, which one is searched, and changes of both."""

    def __init__(self, cluster: Cluster, alias: str) -> None:
        self._cluster = cluster
        self.alias = alias
        self._metas: dict[str, IndexMeta] = {}

    def current(self) -> Current | None:
        """Return what is searched now; None when nothing was built. Cheap to ask."""
        try:
            # What this node knows: no change is reported as done before every node knows it.
            found = self._cluster.call("GET", f"/_alias/{self.alias}", params={"local": "true"})
        except EngineRefused as error:
            if error.answer_status == UNKNOWN:
                return None
            raise
        try:
            return Current(state_of(found, self.alias), hidden_in(found, self.alias))
        except (LookupError, TypeError, ValueError) as error:
            raise self._foreign() from error

    def _foreign(self) -> DataFolderError:
        return DataFolderError(
            f"Trong cụm OpenSearch đã có tên `{self.alias}` do chương trình khác đặt.",
            "Hãy đặt VANKIEN_OPENSEARCH_INDEX là một tên khác.",
        )

    def meta(self, index: str) -> IndexMeta:
        """Return the rules that an index was built with; they never change."""
        known = self._metas.get(index)
        if known is None:
            found = self._cluster.call("GET", f"/{index}/_mapping", params={"local": "true"})
            try:
                known = self._metas[index] = meta_of(found[index]["mappings"])
            except (LookupError, TypeError, ValueError) as error:
                raise DataFolderError(f"Chỉ mục `{index}` bị hỏng.", REBUILD) from error
        return known

    def names(self) -> list[str]:
        """Return the names of all indices of this alias, oldest first."""
        found = self._cluster.call("GET", f"/{self.alias}-*/_alias")
        pattern = re.compile(rf"{re.escape(self.alias)}-\d{{4,}}")
        return sorted(filter(pattern.fullmatch, found), key=_number)

    def begin(self, meta: IndexMeta, shards: int) -> str:
        """Return an index for a fresh build: that of a killed one, or an empty one."""
        current, names = self.current(), self.names()
        searched = _number(current.state.index) if current else 0
        unfinished = [name for name in names if _number(name) > searched]
        for name in unfinished:
            if self._is_of(name, meta, shards):
                return name
            self.drop([name])
        number = max([searched, *map(_number, names)], default=0) + 1
        name = f"{self.alias}-{number:04d}"
        self._cluster.call("PUT", f"/{name}", index_body(meta, shards))
        return name

    def _is_of(self, name: str, meta: IndexMeta, shards: int) -> bool:
        settings = self._cluster.call("GET", f"/{name}/_settings")[name]["settings"]["index"]
        return int(settings["number_of_shards"]) == shards and self.meta(name) == meta

    def older(self, than: State) -> list[str]:
        """Return the names of the indices built before that of a state."""
        return [name for name in self.names() if _number(name) < _number(than.index)]

    def drop(self, names: Iterable[str]) -> None:
        """Delete indices."""
        for name in names:
            self._cluster.call("DELETE", f"/{name}")
            self._metas.pop(name, None)

    def refresh(self, index: str) -> None:
        """Let what was stored be found; raises IndexIncomplete where a shard does not answer."""
        _require_all(self._cluster.call("POST", f"/{index}/_refresh", long=True))

    def count(self, index: str, clause: Mapping[str, Any]) -> int:
        """Return how many passages of an index or alias a clause finds."""
        return int(
            whole(self._cluster.call("POST", f"/{index}/_count", {"query": clause}))["count"]
        )

    def clear(self, index: str, clause: Mapping[str, Any]) -> None:
        """Delete what a clause finds."""
        if not self.count(index, clause):
            return
        params = {"conflicts": "proceed", "refresh": "true", "slices": "auto"}
        path = f"/{index}/_delete_by_query"
        answer = self._cluster.call("POST", path, {"query": clause}, params, long=True)
        if answer.get("failures"):
            raise IndexIncomplete(
                f"Chưa xóa được hết các đoạn cũ trong chỉ mục `{index}`.",
                "Hãy kiểm tra các máy của cụm OpenSearch rồi chạy lại.",
            )

    def copy(self, index: str, replicas: int) -> None:
        """Have every shard of an index copied to so many other nodes, as far as there are any.

        Raises IndexIncomplete when the copies are not there after a minute.
        """
        health = self._cluster.call("GET", "/_cluster/health")
        copies = min(replicas, health["number_of_data_nodes"] - 1)
        body = {"index": {"number_of_replicas": copies}}
        self._cluster.call("PUT", f"/{index}/_settings", body)
        params = {"wait_for_status": "green", "timeout": _WAIT}
        try:
            self._cluster.call("GET", f"/_cluster/health/{index}", params=params, long=True)
        except EngineRefused as error:
            raise IndexIncomplete(
                f"Các bản sao của chỉ mục `{index}` chưa đủ sau {_WAIT}.",
                "Hãy xem các máy của cụm còn chỗ trống không rồi chạy lại.",
            ) from error

    def publish(
        self, state: State, hidden: Clause | None = None, before: State | None = None
    ) -> bool:
        """Let a state be searched, in one step; say whether every node knows it already."""
        add = {
            "index": state.index,
            "alias": self.alias,
            "filter": visible(state.commit, hidden),
        }
        actions: list[dict[str, Any]] = [{"add": add}]
        if before is not None and before.index != state.index:
            actions.insert(0, {"remove": {"index": before.index, "alias": self.alias}})
        answer = self._cluster.call("POST", "/_aliases", {"actions": actions})
        return bool(answer["acknowledged"])


def _number(name: str) -> int:
    return int(name.rpartition("-")[2])


def whole(answer: Any) -> Any:
    """Return an answer that all shards took part in. Raises IndexIncomplete."""
    _require_all(answer)
    if answer.get("timed_out"):
        raise IndexIncomplete(
            "Cụm OpenSearch chưa tìm xong trong thời gian cho phép.", "Hãy thử lại sau ít phút."
        )
    return answer


def _require_all(answer: Mapping[str, Any]) -> None:
    shards = answer["_shards"]
    if shards.get("failed"):
        raise incomplete(shards["failed"], shards["total"])


def incomplete(failed: int, total: int) -> IndexIncomplete:
    """Return the error to raise where some shards cannot be asked."""
    return IndexIncomplete(
        f"{failed} trong {total} mảnh của chỉ mục đang không tìm được, nên kết quả sẽ thiếu.",
        "Hãy kiểm tra các máy của cụm OpenSearch; khi đủ máy thì tìm lại.",
    )
