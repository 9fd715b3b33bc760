"""Clusters of OpenSearch nodes of our own, on ports that were free."""

from __future__ import annotations

import atexit
import random
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from time import monotonic
from typing import Any, Self

from tests.cluster.node import HOST, Node, until
from tests.cluster.rest import Body, Refused, Unreachable

# Below the range from which the system takes ports for outgoing connections: one of those could
# hold the port of a node that is down.
_PORTS = range(20_000, 32_000)
_DISK = "cluster.routing.allocation.disk"
_SETTINGS = {
    "network.host": HOST,
    "transport.type": "netty4",
    "http.type": "netty4",
    "node.processors": "1",
    "node.store.allow_mmap": "false",
    "action.auto_create_index": "false",
    f"{_DISK}.threshold_enabled": "false",
    "cluster.info.update.interval": "10s",
}
# Nodes are ready in half the time, and slower than they could be ever after: not for measuring.
QUICK_START = ("-XX:TieredStopAtLevel=1",)
# A node that hangs is given up after some ten seconds instead of a minute and a half; copying that
# waits for one that is gone begins again after seconds instead of a quarter of an hour.
QUICK_FAULT_DETECTION = {
    "cluster.publish.timeout": "5s",
    "indices.recovery.internal_action_timeout": "10s",
    "indices.recovery.internal_action_long_timeout": "20s",
    "indices.recovery.internal_action_retry_timeout": "5s",
    "indices.recovery.recovery_activity_timeout": "20s",
    "indices.recovery.retry_delay_network": "1s",
} | {
    f"cluster.fault_detection.{check}.{setting}": value
    for check in ("follower_check", "leader_check")
    for setting, value in {"interval": "500ms", "timeout": "2s", "retry_count": "2"}.items()
}


class Cluster:
    """Nodes that form one cluster below one folder; also a context manager that ends them.

    `heap` is the memory of each node's Java, `options` are for Java, `settings` for each node.
    """

    def __init__(
        self,
        folder: Path,
        size: int = 1,
        *,
        heap: str = "512m",
        options: Sequence[str] = QUICK_START,
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self.folder = folder.absolute()
        ports = free_ports(2 * size)
        java = [f"-Xms{heap}", f"-Xmx{heap}", *options]
        homes = [self.folder / f"node-{number}" for number in range(1, size + 1)]
        pairs = zip(ports[::2], ports[1::2], strict=True)
        self.nodes = [Node(home, pair, java) for home, pair in zip(homes, pairs, strict=True)]
        common = _SETTINGS | self._discovery() | dict(settings or {})
        for node in self.nodes:
            node.settings = self._places(node) | common

    @property
    def urls(self) -> list[str]:
        """The addresses of all nodes, in order, whether they run or not."""
        return [node.url for node in self.nodes]

    @property
    def alive(self) -> list[Node]:
        """The nodes that run and are not stopped."""
        return [node for node in self.nodes if node.running and not node.stopped]

    def start(self, seconds: float = 120) -> Self:
        """Start every node that does not run and return when all have joined.

        Raises RuntimeError, with the log of a node, when they have not in time.
        """
        atexit.register(self.close)
        for node in self.nodes:
            node.start()
        for node in self.alive:
            node.wait(seconds)
        self._wait_health("", seconds)
        return self

    def call(self, method: str, path: str, body: Body | None = None, seconds: float = 30) -> Any:
        """Return what the first node alive answers, see `request`."""
        if not self.alive:
            raise Unreachable("no node is running")
        return self.alive[0].call(method, path, body, seconds)

    def health(self) -> dict[str, Any]:
        """Return /_cluster/health of the first node alive."""
        health: dict[str, Any] = self.call("GET", "/_cluster/health?cluster_manager_timeout=2s")
        return health

    def wait_green(self, seconds: float = 60) -> float:
        """Return the seconds until exactly the nodes alive are members and all shards are active.

        Raises RuntimeError, with the health and the log of a node, when it takes longer.
        """
        return self._wait_health("&wait_for_status=green&wait_for_no_initializing_shards", seconds)

    def manager(self) -> Node:
        """Return the elected manager. Raises Refused while there is none."""
        path = "/_cat/cluster_manager?format=json&h=node&cluster_manager_timeout=5s"
        name = self.call("GET", path)[0]["node"]
        return next(node for node in self.nodes if node.name == name)

    def put_settings(self, settings: Mapping[str, Any]) -> None:
        """Change settings of the running cluster until `reset`; None takes a change back."""
        self.call("PUT", "/_cluster/settings", {"transient": settings})

    def fill_disk(self) -> None:
        """Let the nodes take their disks for full: within ten seconds they refuse to write."""
        self._want_free("1pb")

    def free_disk(self) -> None:
        """Let the nodes find room again, within ten seconds; new indices only after `reset`."""
        self._want_free("1b")

    def restart(self) -> None:
        """End all nodes in order, start them on the same data, wait until all have joined."""
        for node in self.nodes:
            node.terminate()
        self.start()

    def reset(self) -> None:
        """Bring all nodes back and forget indices and changed settings: as if newly made."""
        for node in self.nodes:
            node.resume()
        self.start()
        forgotten = {"persistent": {"*": None}, "transient": {"*": None}}
        self.call("PUT", "/_cluster/settings", forgotten)
        self.call("DELETE", "/*?expand_wildcards=all")
        self.wait_green()

    def terminate(self) -> None:
        """End all nodes in order, so that they start sooner on the same data."""
        for node in self.nodes:
            node.terminate()

    def close(self) -> None:
        """End all nodes at once."""
        for node in self.nodes:
            node.kill()
        atexit.unregister(self.close)

    def __enter__(self) -> Self:
        try:
            return self.start()
        except BaseException:
            self.close()
            raise

    def __exit__(self, *_: object) -> None:
        self.close()

    def _discovery(self) -> dict[str, str]:
        if len(self.nodes) == 1:
            return {"discovery.type": "single-node"}
        return {
            "discovery.seed_hosts": _listed(
                [f"{HOST}:{node.transport_port}" for node in self.nodes]
            ),
            "cluster.initial_cluster_manager_nodes": _listed([node.name for node in self.nodes]),
        }

    def _places(self, node: Node) -> dict[str, str]:
        return {
            "cluster.name": self.folder.name,
            "node.name": node.name,
            "http.port": str(node.port),
            "transport.port": str(node.transport_port),
            "path.home": str(node.home),
            "path.repo": str(self.folder / "snapshots"),
        }

    def _want_free(self, free: str) -> None:
        marks = {f"{_DISK}.watermark.{mark}": free for mark in ("low", "high", "flood_stage")}
        self.put_settings({f"{_DISK}.threshold_enabled": True} | marks)

    def _wait_health(self, conditions: str, seconds: float) -> float:
        begun = monotonic()

        def reached() -> bool:
            waiting = f"wait_for_nodes={len(self.alive)}{conditions}"
            path = f"/_cluster/health?timeout=1s&cluster_manager_timeout=1s&{waiting}"
            try:
                self.call("GET", path, seconds=5)
            except (Refused, Unreachable):
                return False
            return True

        if not until(reached, seconds):
            logs = [f"{node.name}:\n{node.last_lines()}" for node in self.nodes]
            raise RuntimeError("\n\n".join([self._state(), *logs]))
        return monotonic() - begun

    def _state(self) -> str:
        try:
            return str(self.health())
        except (Refused, Unreachable) as error:
            return str(error)


def free_ports(count: int) -> Sequence[int]:
    """Return ports that nothing listens on now."""
    found: list[int] = []
    for port in random.sample(_PORTS, len(_PORTS)):
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if tried.connect_ex((HOST, port)) != 0:
                found.append(port)
        if len(found) == count:
            return found
    raise RuntimeError("no free port")


def _listed(values: Sequence[str]) -> str:
    return ",".join(values)
