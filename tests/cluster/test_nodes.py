"""Nodes do what they are told, and end with who started them."""

from __future__ import annotations

import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cluster.fixtures import need_engine
from tests.cluster.node import until
from tests.cluster.nodes import Cluster, free_ports
from tests.cluster.rest import Refused, Unreachable, request

# Starts a node, says its process, and ends without a chance to clean up.
STARTS_AND_DIES = """
import os, pathlib, sys
from tests.cluster.nodes import Cluster
node = Cluster(pathlib.Path(sys.argv[1])).nodes[0]
node.start()
print(node.pid, flush=True)
os._exit(1)
"""


def test_ports_are_those_that_nothing_listens_on():
    ports = free_ports(40)
    assert len(set(ports)) == 40
    with socket.create_server(("127.0.0.1", ports[0])), pytest.raises(OSError, match="in use"):
        socket.create_server(("127.0.0.1", ports[0]))


def test_a_port_in_use_is_not_taken(monkeypatch):
    first, second = free_ports(2)
    monkeypatch.setattr("tests.cluster.nodes._PORTS", [first, second])
    with socket.create_server(("127.0.0.1", first)):
        assert free_ports(1) == [second]
        with pytest.raises(RuntimeError):
            free_ports(2)


def test_nothing_answers_where_nothing_listens():
    with pytest.raises(Unreachable):
        request("GET", f"http://127.0.0.1:{free_ports(1)[0]}/", seconds=1)


def test_what_does_not_come_true_is_given_up():
    assert until(lambda: True, 0)
    assert not until(lambda: False, 0.1)


def test_nodes_know_each_other_and_share_nothing(tmp_path):
    one, two = Cluster(tmp_path, 2, settings={"node.attr.zone": "b"}).nodes
    assert one.settings["discovery.seed_hosts"] == two.settings["discovery.seed_hosts"]
    assert str(two.transport_port) in one.settings["discovery.seed_hosts"]
    assert one.settings["node.attr.zone"] == "b"
    assert len({one.home, two.home, one.url, two.url, one.transport_port}) == 5


@pytest.mark.cluster
def test_an_error_is_told_with_its_status(one_node):
    with pytest.raises(Refused, match="no such index") as caught:
        one_node.call("GET", "/khong-co/_search")
    assert caught.value.status == 404


@pytest.mark.cluster
def test_a_reset_forgets_indices_and_settings(one_node):
    one_node.call("PUT", "/forgotten", {"settings": {"number_of_replicas": 0}})
    one_node.put_settings({"cluster.max_shards_per_node": 1})
    with pytest.raises(Refused, match="maximum shards"):
        one_node.call("PUT", "/refused", {})
    one_node.reset()
    assert one_node.call("GET", "/_cat/indices?format=json") == []
    one_node.call("PUT", "/taken", {"settings": {"number_of_replicas": 0}})


@pytest.mark.cluster
@pytest.mark.slow
def test_a_node_ends_with_the_process_that_started_it(tmp_path):
    need_engine()
    command = [sys.executable, "-c", STARTS_AND_DIES, str(tmp_path)]
    pid = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    process = Path("/proc") / pid
    assert pid
    assert process.exists()
    assert until(lambda: not process.exists(), 60)
    assert "cluster UUID set" in (tmp_path / "node-1" / "node.log").read_text()
