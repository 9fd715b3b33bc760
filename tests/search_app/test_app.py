from __future__ import annotations

import socket
import subprocess
import sys
import urllib.request
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.errors import IndexMissing, PortError
from search_app.app import create_app, serve

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def client(sample_settings, sample_library):
    return create_app(sample_settings, sample_library).test_client()


def test_probes_answer(client):
    assert client.get("/healthz").json == {"status": "ok"}
    assert client.get("/readyz").json["passages"] > 0


def test_no_page_may_load_from_elsewhere_or_run_inline_script(client):
    for address in ("/", "/api/v1/documents", "/nothing"):
        headers = client.get(address).headers
        policy = headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_an_application_needs_an_index(sample_settings, tmp_path):
    with pytest.raises(IndexMissing):
        create_app(replace(sample_settings, data=tmp_path))


def test_a_body_that_is_too_large_is_refused(client):
    response = client.post("/search", data={"q": "a" * 2_000_000})
    assert response.status_code in (405, 413)


def test_a_taken_port_is_named(sample_settings):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortError, match=f"127.0.0.1:{port}"):
            serve(replace(sample_settings, port=port), ready=lambda url: None)


@pytest.mark.slow
def test_the_server_serves_until_it_is_stopped(sample_settings):
    command = [sys.executable, "-m", "search_app", "--data", str(sample_settings.data)]
    with subprocess.Popen(
        [*command, "serve", "--port", "0"], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            line = process.stdout.readline()
            url = next(word for word in line.split() if word.startswith("http"))
            with urllib.request.urlopen(f"{url}/healthz", timeout=10) as response:
                assert response.status == 200
                assert response.headers.get("Server") is None
        finally:
            process.terminate()
