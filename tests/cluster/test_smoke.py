"""The nodes are real: they analyse, replicate, elect, fail, come back, refuse when full."""

from __future__ import annotations

import json

import pytest

from tests.cluster.node import until
from tests.cluster.nodes import Cluster
from tests.cluster.rest import Refused, Unreachable

pytestmark = [pytest.mark.cluster, pytest.mark.slow]

PASSAGES = 1000
# What our analysis gives: terms between spaces, words of several syllables joined by "_".
ANALYSIS = {
    "analyzer": {
        "words": {"tokenizer": "whitespace", "filter": ["lowercase"]},
        "folded": {"tokenizer": "whitespace", "filter": ["lowercase", "asciifolding"]},
    }
}
MAPPINGS = {
    "dynamic": "strict",
    "properties": {
        "words": {"type": "text", "analyzer": "words"},
        "year": {"type": "integer"},
    },
}


def create(cluster: Cluster, name: str, *, shards: int = 1, replicas: int = 0) -> None:
    index = {"number_of_shards": shards, "number_of_replicas": replicas}
    # Copies that a node took along are made anew at once, not after a minute.
    index |= {"unassigned.node_left.delayed_timeout": "0"}
    settings = {"index": index, "analysis": ANALYSIS}
    cluster.call("PUT", f"/{name}", {"settings": settings, "mappings": MAPPINGS})


def fill(cluster: Cluster, name: str, count: int = PASSAGES) -> None:
    lines = []
    for number in range(count):
        lines.append({"index": {"_id": f"p{number}"}})
        lines.append({"words": f"đường_sắt tuyến_{number}", "year": 2000 + number % 25})
    body = "".join(json.dumps(line) + "\n" for line in lines)
    assert cluster.call("POST", f"/{name}/_bulk?refresh=true", body)["errors"] is False


def counted(cluster: Cluster, name: str) -> int:
    cluster.call("POST", f"/{name}/_refresh")
    answer = cluster.call("GET", f"/{name}/_count")
    assert answer["_shards"]["failed"] == 0
    return int(answer["count"])


@pytest.mark.parametrize(
    ("analyzer", "terms"),
    [("words", ["đường_sắt", "hà_nội"]), ("folded", ["duong_sat", "ha_noi"])],
)
def test_terms_are_split_at_spaces_only(one_node, analyzer, terms):
    one_node.reset()
    create(one_node, "analysed")
    body = {"analyzer": analyzer, "text": "Đường_sắt Hà_Nội"}
    answer = one_node.call("POST", "/analysed/_analyze", body)
    assert [token["token"] for token in answer["tokens"]] == terms


def test_a_script_may_score(one_node):
    one_node.reset()
    create(one_node, "scored")
    fill(one_node, "scored", 25)
    script = {"source": "doc['year'].value * params.weight", "params": {"weight": 2}}
    query = {"script_score": {"query": {"match": {"words": "ĐƯỜNG_SẮT"}}, "script": script}}
    hits = one_node.call("POST", "/scored/_search", {"query": query, "size": 2})["hits"]["hits"]
    assert [(hit["_id"], hit["_score"]) for hit in hits] == [("p24", 4048), ("p23", 4046)]


def test_an_alias_is_swapped_in_one_step(one_node):
    one_node.reset()
    for name, count in {"passages-1": 2, "passages-2": 3}.items():
        create(one_node, name)
        fill(one_node, name, count)
    one_node.call("PUT", "/passages-1/_alias/passages", {})
    assert counted(one_node, "passages") == 2
    swap = [
        {"remove": {"index": "passages-1", "alias": "passages"}},
        {"add": {"index": "passages-2", "alias": "passages"}},
    ]
    one_node.call("POST", "/_aliases", {"actions": swap})
    assert counted(one_node, "passages") == 3


def test_a_node_that_ended_says_why(tmp_path):
    with (
        pytest.raises(RuntimeError, match="unknown setting \\[khong.co\\]"),
        Cluster(tmp_path, settings={"khong.co": "1"}),
    ):
        pass


def test_three_nodes_outlive_one_and_take_it_back(three_nodes):
    cluster = three_nodes()
    create(cluster, "passages", shards=3, replicas=1)
    cluster.wait_green()
    fill(cluster, "passages")
    killed = cluster.manager()
    killed.kill()
    cluster.wait_green()
    assert cluster.health()["number_of_nodes"] == 2
    assert cluster.manager() is not killed
    assert counted(cluster, "passages") == PASSAGES
    cluster.start()
    cluster.wait_green()
    assert counted(cluster, "passages") == PASSAGES


def test_a_node_that_hangs_is_left_out_until_it_goes_on(three_nodes):
    cluster = three_nodes()
    create(cluster, "passages", replicas=2)
    cluster.wait_green()
    hung = next(node for node in cluster.nodes if node is not cluster.manager())
    hung.stop()
    with pytest.raises(Unreachable):
        hung.call("GET", "/", seconds=0.5)
    until(lambda: cluster.health()["number_of_nodes"] == 2, 30)
    fill(cluster, "passages")
    hung.resume()
    cluster.wait_green()
    local = "/passages/_count?preference=_local"
    assert hung.call("GET", local)["count"] == PASSAGES


def test_a_full_disk_refuses_writes_until_there_is_room(three_nodes):
    cluster = three_nodes()
    create(cluster, "passages", replicas=1)
    cluster.wait_green()

    def refused() -> bool:
        try:
            cluster.call("PUT", "/passages/_doc/1", {"year": 2020})
        except Refused as refusal:
            assert "flood-stage" in refusal.text
            return True
        return False

    cluster.fill_disk()
    assert until(refused, 30)
    cluster.free_disk()
    assert until(lambda: not refused(), 30)
