"""Two web nodes with empty data folders, beside one database and one store: they are one site."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from indexer.build import build_index
from indexer.config import Settings, load_settings
from search_app import freshness
from search_app.app import create_app
from search_app.opening import open_library
from search_app.web_packs import packs
from tests.cluster.nodes import Cluster
from tests.postgres import Postgres
from tests.s3 import s3_server
from tests.search_app.pages import page, text_of

pytestmark = pytest.mark.database

REPORT = "I- KẾT QUẢ\nTỷ lệ hộ nghèo của xã Cồn Lau còn {share}%, tỷ lệ hộ cận nghèo còn 5%.\n"
SEARCH = "/api/v1/search?q=hộ+nghèo"
SUGGEST = "/api/v1/suggest"
KEY = "một khóa ký đủ dài cho mọi máy web của tỉnh"


@dataclass(frozen=True)
class Site:
    """What all machines share, and the one that indexes."""

    settings: Settings
    report: Path

    def index(self, share: int) -> None:
        """Write the report and bring everything up to date with it."""
        self.report.write_text(REPORT.format(share=share), encoding="utf-8")
        build_index([self.report], self.settings)


@pytest.fixture(params=["whoosh", pytest.param("opensearch", marks=pytest.mark.cluster)])
def engine(request: pytest.FixtureRequest) -> dict[str, str]:
    """Settings of an index that all machines reach: in a shared folder, or in a cluster."""
    if request.param == "whoosh":
        return {"VANKIEN_BACKEND": "whoosh"}
    cluster: Cluster = request.getfixturevalue("one_node")
    cluster.reset()
    url = ",".join(cluster.urls)
    return {
        "VANKIEN_BACKEND": "opensearch",
        "VANKIEN_OPENSEARCH_URL": url,
        "VANKIEN_OPENSEARCH_REPLICAS": "0",
    }


@pytest.fixture
def site(
    database_url: str, engine: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Site]:
    monkeypatch.setattr(freshness, "_UNSETTLED_NS", 0)
    with s3_server(monkeypatch) as store:
        shared = {"VANKIEN_DATABASE_URL": database_url, "VANKIEN_SECRET_KEY": KEY}
        settings = load_settings(
            engine | shared, data=tmp_path / "a", originals_url=store.url, jobs=1
        )
        found = Site(settings, tmp_path / "cồn lau.txt")
        found.index(2)
        yield found


@contextmanager
def node(site: Site, data: Path) -> Iterator[Flask]:
    """Give a web application whose data folder holds nothing but the way to a shared index."""
    data.mkdir()
    if site.settings.backend == "whoosh":
        (data / "index").symlink_to(site.settings.data / "index")
    before = list(data.iterdir())
    library = open_library(replace(site.settings, data=data))
    app = create_app(library.settings, library)
    try:
        yield app
    finally:
        with app.app_context():
            packs().close()
        library.close()
        assert list(data.iterdir()) == before


@pytest.fixture
def nodes(site: Site, tmp_path: Path) -> Iterator[tuple[Flask, Flask]]:
    with node(site, tmp_path / "b1") as one, node(site, tmp_path / "b2") as other:
        yield one, other


def moved(reader: FlaskClient, app: Flask) -> FlaskClient:
    """Return the same reader, whose next request a load balancer gives to another node."""
    other = app.test_client()
    cookie = reader.get_cookie("session")
    assert cookie
    other.set_cookie("session", cookie.decoded_value)
    return other


def test_what_was_learnt_elsewhere_reads_questions_without_accents(nodes):
    for app in nodes:
        client = app.test_client()
        shown = text_of(page(client, "/search", q="ty le ho ngheo"))
        assert "Đang tìm: tỷ lệ hộ nghèo" in shown and "còn 2%" in shown
        assert "Tỷ lệ hộ" in str(client.get(SUGGEST, query_string={"q": "ty le ho"}).json)


def test_an_original_is_sent_by_every_node_and_an_empty_folder_stays_empty(site, nodes):
    content = site.report.read_bytes()
    document = hashlib.sha256(content).hexdigest()[:12]
    address = f"/documents/{document}/original"
    for app in nodes:
        client = app.test_client()
        with client.get(address) as answer:
            assert answer.status_code == 200 and answer.data == content
            assert answer.headers["Content-Length"] == str(len(content))
        with client.get(address, headers={"If-None-Match": answer.headers["ETag"]}) as again:
            assert again.status_code == 304
        with client.get(address, headers={"Range": "bytes=3-7"}) as part:
            assert part.status_code == 206 and part.data == content[3:8]
        assert client.get(address.replace(document, "0" * 12)).status_code == 404


def test_a_pack_and_a_form_made_on_one_node_are_good_on_the_other(nodes):
    one, other = nodes
    reader = one.test_client()
    shown = page(reader, "/search", q="hộ nghèo")
    token, item = (
        html.unescape(re.findall(f'name="{name}" value="([^"]+)"', shown)[0])
        for name in ("csrf_token", "item")
    )
    reader = moved(reader, other)
    form = {"csrf_token": token, "item": item, "next": "/search"}
    assert reader.post("/pack/items", data=form).status_code == 303
    reader = moved(reader, one)
    assert "hộ cận nghèo còn 5%" in page(reader, "/pack")
    assert reader.post("/pack/items", data=form | {"csrf_token": "khác"}).status_code == 400
    assert "hộ cận nghèo còn 5%" not in page(one.test_client(), "/pack")


def test_a_change_is_seen_by_every_node_and_nothing_old_is_sent(site, nodes):
    clients = [app.test_client() for app in nodes]
    tags = [client.get(SEARCH).headers["ETag"] for client in clients]
    # Only who made a tag knows what it stands for; another node answers anew.
    assert len(set(tags)) == 2
    for client, tag in zip(clients, tags, strict=True):
        assert client.get(SEARCH, headers={"If-None-Match": tag}).status_code == 304
    site.index(3)
    for client, tag in zip(clients, tags, strict=True):
        answer = client.get(SEARCH, headers={"If-None-Match": tag})
        assert answer.status_code == 200 and "còn 3%" in answer.get_data(as_text=True)


def test_a_database_that_is_gone_for_a_while_is_told_and_comes_back(postgres: Postgres, nodes):
    client = nodes[0].test_client()
    before = client.get(SEARCH)
    assert before.status_code == 200
    postgres.stop()
    try:
        answer = client.get(SEARCH)
        assert answer.status_code == 503 and postgres.password not in answer.get_data(as_text=True)
        assert client.get("/readyz").status_code == 503
        assert client.get("/healthz").status_code == 200
    finally:
        postgres.start()
    after = client.get(SEARCH)
    assert after.status_code == 200 and after.data == before.data
