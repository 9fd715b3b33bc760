"""Requests to a node: JSON out and in, with nothing but the standard library."""

from __future__ import annotations

import json
from collections.abc import Mapping
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

# A proxy of the environment must not be asked for addresses of this machine.
_OPENER = build_opener(ProxyHandler({}))
_JSON, _LINES = "application/json", "application/x-ndjson"

Body = Mapping[str, Any] | str


class Refused(Exception):
    """The node answered with an error: `status` and the `text` of the answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(f"{status}: {text[:500]}")
        self.status, self.text = status, text


class Unreachable(Exception):
    """Nothing answered, or not in time."""


def request(method: str, url: str, body: Body | None = None, seconds: float = 30) -> Any:
    """Return the JSON that answers; a body is an object, or text for lines of JSON.

    Raises Refused when the answer is an error, Unreachable when there is none.
    """
    lines = isinstance(body, str)
    content = body if isinstance(body, str) else None if body is None else json.dumps(body)
    asked = Request(url, content.encode() if content is not None else None, method=method)
    asked.add_header("Content-Type", _LINES if lines else _JSON)
    try:
        with _OPENER.open(asked, timeout=seconds) as answer:
            text = answer.read()
    except HTTPError as error:
        with error:
            raise Refused(error.code, error.read().decode(errors="replace")) from None
    except (OSError, HTTPException) as error:
        raise Unreachable(f"{method} {url}: {error}") from error
    return json.loads(text) if text else {}
