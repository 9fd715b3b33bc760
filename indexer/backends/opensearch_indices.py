"""The indices of a cluster below one alias: one for each fresh build, `vankien-0003`, and so on."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from indexer.backends.generations import REBUILD
from indexer.backends.opensearch_lease import busy
from indexer.backends.opensearch_mapping import index_body, meta_of
from indexer.backends.opensearch_requests import Cluster, in_time
from indexer.backends.opensearch_state import Clause, State, hidden_in, number_of, state_of, visible
from indexer.errors import DataFolderError, EngineRefused, IndexIncomplete
from indexer.models import IndexMeta

UNKNOWN = 404
# So long nothing may happen where copies are made or passages deleted, and so often we look.
_PATIENCE, _PAUSE = 60.0, 0.2
# So many passages are deleted at a time: none of these requests takes long.
_DELETED_AT_ONCE = 20_000


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

    def current(self, *, local: bool = True) -> Current | None:
        """Return what is searched now; None when nothing was built. Cheap to ask.

        It is what the node knows that is asked, or with `local` false what the manager knows: no
        change is reported as done before every node knows it.
        """
        params = {"local": str(local).lower()}
        try:
            found = self._cluster.call("GET", f"/_alias/{self.alias}", params=params)
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
        return sorted(filter(pattern.fullmatch, found), key=number_of)

    def begin(self, meta: IndexMeta, shards: int) -> str:
        """Return an index for a fresh build: that of a killed one, or an empty one."""
        current, names = self.current(), self.names()
        searched = number_of(current.state.index) if current else 0
        unfinished = [name for name in names if number_of(name) > searched]
        for name in unfinished:
            if self._is_of(name, meta, shards):
                return name
            self.drop([name])
        number = max([searched, *map(number_of, names)], default=0) + 1
        name = f"{self.alias}-{number:04d}"
        self._change("PUT", f"/{name}", index_body(meta, shards))
        return name

    def _is_of(self, name: str, meta: IndexMeta, shards: int) -> bool:
        if self._health(name)["status"] == "red":
            # It had no copies yet: what a lost node held of it has to be sent again.
            return False
        settings = self._cluster.call("GET", f"/{name}/_settings")[name]["settings"]["index"]
        return int(settings["number_of_shards"]) == shards and self.meta(name) == meta

    def older(self, than: State) -> list[str]:
        """Return the names of the indices built before that of a state."""
        return [name for name in self.names() if number_of(name) < number_of(than.index)]

    def drop(self, names: Iterable[str]) -> None:
        """Delete indices."""
        for name in names:
            self._change("DELETE", f"/{name}")
            self._metas.pop(name, None)

    def _change(self, method: str, path: str, body: Any = None) -> Any:
        return self._cluster.call(method, path, body, in_time(self._cluster, by_manager=True))

    def let_write(self, index: str, token: str) -> str:
        """Return the name through which a batch may write; those of all others are gone."""
        name = f"{self.alias}-writer-{token}"
        actions: list[dict[str, Any]] = [
            {"remove": {"indices": self.names(), "alias": f"{self.alias}-writer-*"}},
            {"add": {"index": index, "alias": name, "is_hidden": True}},
        ]
        self._change("POST", "/_aliases", {"actions": actions})
        return name

    def refresh(self, index: str) -> None:
        """Let what was stored be found; raises IndexIncomplete where a shard does not answer."""
        _require_all(self._cluster.call("POST", f"/{index}/_refresh"))

    def count(self, index: str, clause: Mapping[str, Any]) -> int:
        """Return how many passages of an index or alias a clause finds."""
        return int(
            whole(self._cluster.call("POST", f"/{index}/_count", {"query": clause}))["count"]
        )

    def clear(self, index: str, clause: Mapping[str, Any]) -> None:
        """Delete what a clause finds. Raises IndexLocked through a name that is gone."""
        body = {"query": clause, "max_docs": _DELETED_AT_ONCE}
        params = {"conflicts": "proceed", "refresh": "true", "slices": "auto"}
        params |= in_time(self._cluster)
        end = time.monotonic() + _PATIENCE
        try:
            while self.count(index, clause):
                path = f"/{index}/_delete_by_query"
                answer = self._cluster.call("POST", path, body, params)
                if answer["deleted"]:
                    end = time.monotonic() + _PATIENCE
                elif time.monotonic() > end:
                    raise IndexIncomplete(
                        f"Chưa xóa được hết các đoạn cũ trong chỉ mục `{index}`.",
                        "Hãy kiểm tra các máy của cụm OpenSearch rồi chạy lại.",
                    )
                else:
                    # A request whose answer was lost may be deleting the same.
                    time.sleep(_PAUSE)
        except EngineRefused as error:
            if error.answer_status == UNKNOWN:
                raise busy() from error
            raise

    def copy(self, index: str, replicas: int) -> None:
        """Have every shard of an index copied to so many other nodes, as far as there are any.

        Raises IndexIncomplete when copies are missing and none was in the making for a minute.
        """
        self._set_copies(index, self._most_copies(replicas))
        end = time.monotonic() + _PATIENCE
        while (health := self._health(index))["status"] != "green":
            if health["initializing_shards"]:
                end = time.monotonic() + _PATIENCE
            elif time.monotonic() > end:
                raise IndexIncomplete(
                    f"Các bản sao của chỉ mục `{index}` chưa đủ.",
                    "Hãy xem các máy của cụm còn chỗ trống không rồi chạy lại.",
                )
            time.sleep(_PAUSE)

    def copy_to_new_nodes(self, index: str, replicas: int) -> None:
        """Have an index copied to nodes that were not there when it was built; wait for nothing."""
        settings = self._cluster.call("GET", f"/{index}/_settings")[index]["settings"]["index"]
        copies = self._most_copies(replicas)
        if copies > int(settings["number_of_replicas"]):
            self._set_copies(index, copies)

    def _most_copies(self, replicas: int) -> int:
        return min(replicas, int(self._health()["number_of_data_nodes"]) - 1)

    def _set_copies(self, index: str, copies: int) -> None:
        self._change("PUT", f"/{index}/_settings", {"index": {"number_of_replicas": copies}})

    def _health(self, index: str = "") -> Any:
        params = in_time(self._cluster, by_manager=True)
        return self._cluster.call("GET", f"/_cluster/health/{index}", params=params)

    def publish(
        self,
        state: State,
        writer: str,
        hidden: Clause | None = None,
        before: State | None = None,
    ) -> bool:
        """Let a state be searched, in one step; say whether every node knows it already.

        Raises IndexLocked when `writer` is no name any more through which one may write.
        """
        add = {
            "index": state.index,
            "alias": self.alias,
            "filter": visible(state.commit, hidden),
        }
        ours = {"index": state.index, "alias": writer}
        actions: list[dict[str, Any]] = [
            # All of this is done, or nothing: whose name was taken away cannot publish.
            {"remove": {**ours, "must_exist": True}},
            {"add": {**ours, "is_hidden": True}},
            {"add": add},
        ]
        if before is not None and before.index != state.index:
            actions.insert(0, {"remove": {"index": before.index, "alias": self.alias}})
        try:
            return bool(self._change("POST", "/_aliases", {"actions": actions})["acknowledged"])
        except EngineRefused as error:
            if error.answer_status == UNKNOWN:
                raise busy() from error
            raise


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
