"""Getting pages as a browser without JavaScript does, and reading them."""

from __future__ import annotations

import html
import re

from flask.testing import FlaskClient


def page(client: FlaskClient, address: str, status: int = 200, **query) -> str:
    response = client.get(address, query_string=query or None)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    return response.get_data(as_text=True)


def text_of(markup: str) -> str:
    """Return what is read: inline elements touch, all others stand apart."""
    apart = re.sub(r"</span><span>|<(?!/?(?:mark|b|a|sup|span)\b)[^>]*>", " ", markup)
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", apart)).split())


def links(markup: str) -> list[str]:
    return [html.unescape(found) for found in re.findall(r'<a [^>]*?href="([^"]*)"', markup)]


def cards(markup: str) -> list[str]:
    return re.findall(r"<article.*?</article>", markup, re.S)
