"""How to ask, and what the program is."""

from __future__ import annotations

from flask import Blueprint, render_template

from search_app.api import library
from search_app.page_help import topics
from search_app.page_home import holdings

bp = Blueprint("help", __name__)


@bp.get("/help")
def index() -> str:
    """Explain how to ask, with examples that run on the reports that are there."""
    return render_template("help.html", topics=topics())


@bp.get("/about")
def about() -> str:
    """Say what the program does and does not, and how it can be used without eyes or mouse."""
    found = library()
    held = holdings(found.catalogue.documents(), found.backend.count())
    return render_template("about.html", holdings=held)
