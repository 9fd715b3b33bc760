"""The embedded engine and clusters of one and three nodes, as `tests.bench.cluster` uses them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from typing import Any, Protocol

from indexer.backends.base import Backend, Processes
from indexer.backends.registry import open_backend
from indexer.config import Settings, load_settings
from indexer.reading_process import Crew
from tests.bench.memory import resident
from tests.cluster.nodes import Cluster

_ALIAS = "vankien"
_SECONDS = 1_200
_START_SECONDS = 60
# The collector that OpenSearch starts with: with that of the tests, which waits until the heap is
# full, nodes refuse for minutes what they have memory for.
_JAVA = (
    "-XX:-UseSerialGC",
    "-XX:+UseG1GC",
    "-XX:G1ReservePercent=25",
    "-XX:InitiatingHeapOccupancyPercent=30",
)


class Engine(Protocol):
    """An engine with one index, which is empty at first."""

    def opened(self, processes: Processes | None = None) -> Backend:
        """Return a backend on the index that knows nothing of it yet."""

    def forget(self) -> None:
        """Delete the index."""

    def size(self) -> int:
        """Return the bytes of the index, without copies."""

    def merge(self) -> bool:
        """Merge every shard into one segment; say whether there is such a thing."""

    def memory(self) -> int:
        """Return the bytes of memory of the engine's own processes; 0 when it has none."""


class Embedded:
    """The engine of one machine, in this process."""

    def __init__(self, folder: Path) -> None:
        self._settings = load_settings({}, data=folder / "embedded")
        self._index = self._settings.data / "index"

    def opened(self, processes: Processes | None = None) -> Backend:
        """Return a backend (see `Engine`)."""
        return open_backend(self._settings, processes)

    def forget(self) -> None:
        """Do nothing: a fresh build takes the place of the one before."""

    def size(self) -> int:
        """Return the bytes of the generation that is searched."""
        newest = max(path for path in self._index.iterdir() if path.is_dir())
        return sum(path.stat().st_size for path in newest.rglob("*") if path.is_file())

    def merge(self) -> bool:
        """Do nothing."""
        return False

    def memory(self) -> int:
        """Return 0."""
        return 0


class Nodes:
    """A cluster: as many shards as nodes, and one copy of each where there is room for it."""

    def __init__(self, cluster: Cluster) -> None:
        self._cluster = cluster
        self._settings = _settings(cluster)

    def opened(self, processes: Processes | None = None) -> Backend:
        """Return a backend (see `Engine`)."""
        return open_backend(self._settings, processes)

    def forget(self) -> None:
        """Delete all indices."""
        self._cluster.call("DELETE", f"/{_ALIAS}-*")

    def size(self) -> int:
        """Return the bytes of all primary shards."""
        stats = self._cluster.call("GET", f"/{_ALIAS}/_stats/store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def merge(self) -> bool:
        """Merge (see `Engine`)."""
        path = f"/{_ALIAS}/_forcemerge?max_num_segments=1"
        self._cluster.call("POST", path, seconds=_SECONDS)
        # What was merged goes when no reader uses it any more.
        for step in ("_refresh", "_flush"):
            self._cluster.call("POST", f"/{_ALIAS}/{step}", seconds=_SECONDS)
        return True

    def memory(self) -> int:
        """Return the resident memory of all nodes."""
        return sum(resident(node.pid) for node in self._cluster.nodes)


def _settings(cluster: Cluster) -> Settings:
    return load_settings(
        {},
        backend="opensearch",
        opensearch_url=",".join(cluster.urls),
        opensearch_index=_ALIAS,
        opensearch_shards=len(cluster.nodes),
        opensearch_replicas=min(1, len(cluster.nodes) - 1),
        opensearch_seconds=300,
    )


@contextmanager
def started(nodes: int, folder: Path, heap: str) -> Iterator[Engine]:
    """Yield an engine of so many nodes, the embedded one for none, and end it afterwards."""
    if not nodes:
        yield Embedded(folder)
        return
    with Cluster(folder / f"nodes-{nodes}", nodes, heap=heap, options=_JAVA) as cluster:
        cluster.wait_green()
        yield Nodes(cluster)


class Senders:
    """Processes that send reports, started beforehand; remembers when the last one was sent."""

    # Fewer would have threads of this process send.
    size = 2

    def __init__(self, crew: Crew) -> None:
        self._crew = crew
        self.last = 0.0
        for future in [crew.submit(_START_SECONDS, time.sleep, 1) for _ in range(crew.size)]:
            future.result()

    @property
    def started(self) -> int:
        """Return how many processes there are."""
        return self._crew.started

    def submit(self, seconds: float, work: Callable[..., Any], *given: object) -> Future[Any]:
        """Have work done in a process."""
        future = self._crew.submit(seconds, work, *given)
        future.add_done_callback(self._done)
        return future

    def _done(self, _: Future[Any]) -> None:
        self.last = perf_counter()
