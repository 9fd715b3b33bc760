"""The pages for people, rendered on the server; everything works without JavaScript."""

from __future__ import annotations

from flask import Blueprint, Flask, render_template

from indexer.errors import VankienError

bp = Blueprint("web", __name__)


def init_app(app: Flask) -> None:
    """Add what the templates need to the application."""


def error_page(error: VankienError, title: str = "") -> str:
    """Return the page that says what happened and what to do."""
    return render_template("error.html", error=error, title=title)
