"""The page of abbreviations and synonyms."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from search_app.api import library
from search_app.cite import names_of
from search_app.page_links import Address
from search_app.page_words import word_list

bp = Blueprint("words", __name__)


@bp.get("/words")
def index() -> str:
    """List what is searched for one another, with the reports that define it."""
    found = library()
    limit = found.settings.max_query_chars
    asked = " ".join(request.args.get("q", "")[:limit].split())
    address = Address(url_for("words.index"), request.args)
    shown = word_list((found.abbreviations, found.synonyms), asked, address.page)
    names = names_of(found.catalogue.documents())
    page = min(address.page, shown.pages)
    return render_template(
        "words.html", words=shown, asked=asked, names=names, address=address, page=page
    )
