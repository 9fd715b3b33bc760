"""A real S3 server of moto on this machine, with one empty bucket."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import fsspec
import pytest
from moto.server import ThreadedMotoServer

_numbers = itertools.count(1)

KEY = "khoa-truy-cap"
SECRET = "mat-khau-cua-kho"


@dataclass(frozen=True)
class S3:
    """A running server: the address for the settings, and what its clients are told."""

    url: str
    environment: dict[str, str]
    server: ThreadedMotoServer


@contextmanager
def s3_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3]:
    """Give a server that this process and those it starts use."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    environment = {
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
        # Not as patient as with a store far away.
        "AWS_MAX_ATTEMPTS": "1",
    }
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    # What moto holds is held by this process, not by the server.
    bucket = f"ban-goc-{next(_numbers)}"
    try:
        fsspec.filesystem("s3", skip_instance_cache=True).mkdir(bucket)
        yield S3(f"s3://{bucket}/vankien", environment, server)
    finally:
        server.stop()
        fsspec.get_filesystem_class("s3").clear_instance_cache()
