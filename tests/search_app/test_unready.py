"""Where the search engine cannot be used the program starts, and says that it is not ready, why."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count

import pytest

from indexer.backends.opensearch_mapping import index_body
from indexer.backends.opensearch_state import visible
from indexer.backends.registry import open_backend
from indexer.config import Settings
from indexer.errors import EngineRefused, EngineUnavailable, IndexIncomplete, StorageError
from indexer.index_rules import current_meta
from indexer.models import Query
from search_app.app import create_app
from search_app.opening import open_library
from search_app.serving import warm_up
from tests.cluster.nodes import Cluster, free_ports

PASSWORD = "mật-khẩu-của-cụm"
ELASTICSEARCH = {"version": {"number": "8.11.0", "build_flavor": "default"}}
OLD = {"version": {"number": "1.3.20", "distribution": "opensearch"}}
_numbers = count(1)


@contextmanager
def server(status: int, body: str, kind: str = "application/json") -> Iterator[str]:
    """Give the address of a server that answers everything so."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

        do_POST = do_PUT = do_GET

        def log_message(self, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{running.server_port}"
        finally:
            running.shutdown()
            thread.join()


@pytest.fixture
def settings_of(sample_settings: Settings) -> Callable[..., Settings]:
    """Settings of a folder with a catalogue whose index is said to be in a cluster."""

    def made(url: str, **others: str) -> Settings:
        return replace(
            sample_settings,
            backend="opensearch",
            opensearch_url=url,
            opensearch_user="vankien",
            opensearch_password=PASSWORD,
            opensearch_seconds=2,
            **others,
        )

    return made


def assert_unready(
    settings: Settings, caplog: pytest.LogCaptureFixture, error: type[StorageError], said: str
) -> None:
    """Assert that the engine's error says so, and that the program starts and is not ready."""
    with closing(open_backend(settings)) as backend:
        with pytest.raises(error, match=said) as caught:
            backend.search(Query(()))
        assert "Hãy" in caught.value.hint
    told: list[str] = []
    library = open_library(settings)
    try:
        app = create_app(settings, library)
        warm_up(app, library, told.append)
        client = app.test_client()
        caplog.clear()
        answer = client.get("/readyz")
        assert answer.status_code == 503 and answer.json["error"]["code"] == error.code
        assert answer.json["error"]["message"]
        assert caught.value.message in caplog.text
        assert client.get("/healthz").status_code == 200
        assert client.get("/search?q=hộ+nghèo").status_code == 503
    finally:
        library.close()
    for words in (*told, caplog.text, repr(settings), str(caught.value)):
        assert PASSWORD not in words


def test_a_wrong_password(settings_of, caplog):
    with server(401, "Unauthorized", "text/plain") as url:
        said = "không nhận tên hay mật khẩu.*VANKIEN_OPENSEARCH_PASSWORD"
        assert_unready(settings_of(url), caplog, EngineRefused, said)


@pytest.mark.parametrize(
    ("status", "document", "found"),
    [
        (200, json.dumps(ELASTICSEARCH), "Elasticsearch 8.11.0"),
        (200, json.dumps(OLD), "opensearch 1.3.20"),
        (200, json.dumps("xin chào"), "một chương trình khác"),
        (404, "{}", "một chương trình khác"),
    ],
)
def test_another_product_or_version(settings_of, caplog, status, document, found):
    with server(status, document) as url:
        said = f"là {found}, không phải OpenSearch 2 hay 3.*VANKIEN_OPENSEARCH_URL"
        assert_unready(settings_of(url), caplog, EngineRefused, said)


def test_a_page_of_another_program(settings_of, caplog):
    with server(200, "<html>", "text/html") as url:
        said = "câu trả lời không đọc được.*VANKIEN_OPENSEARCH_URL"
        assert_unready(settings_of(url), caplog, EngineUnavailable, said)


def test_an_address_where_nothing_listens(settings_of, caplog):
    url = f"http://127.0.0.1:{free_ports(1)[0]}"
    said = f"Không kết nối được.*{url}.*VANKIEN_OPENSEARCH_URL"
    assert_unready(settings_of(url), caplog, EngineUnavailable, said)


@pytest.mark.cluster
@pytest.mark.slow
def test_a_red_index(settings_of, caplog, one_node: Cluster):
    alias = f"red-{next(_numbers)}"
    body = index_body(current_meta(), 2)
    # A shard that no node may hold.
    body["settings"]["index.routing.allocation.require._name"] = "nowhere"
    one_node.call("PUT", f"/{alias}-0001?wait_for_active_shards=0&timeout=1s", body)
    add = {"index": f"{alias}-0001", "alias": alias, "filter": visible(1)}
    one_node.call("POST", "/_aliases", {"actions": [{"add": add}]})
    settings = settings_of(one_node.urls[0], opensearch_index=alias)
    assert_unready(settings, caplog, IndexIncomplete, "thiếu mảnh.*Hãy kiểm tra các máy")
    one_node.call("DELETE", f"/{alias}-0001")
