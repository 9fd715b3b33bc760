"""What other programs follow: the Atom feed, and the search of a browser's own box."""

from __future__ import annotations

from flask import Blueprint, Response, request, url_for

from search_app.additions import additions
from search_app.api import library
from search_app.page_feed import atom as write_atom
from search_app.page_feed import description
from search_app.page_feed import suggestions as write_suggestions
from search_app.web_outgoing import whole_address

bp = Blueprint("feed", __name__)

# Seconds; programs ask again and again.
_MAX_AGE = 300
_DAY = 24 * 3600


@bp.get("/feed")
def atom() -> Response:
    """Give the reports that were added or changed, the newest first."""
    found = library()
    added = additions(found.catalogue, found.originals)
    return _kept(write_atom(added, whole_address), "application/atom+xml", _MAX_AGE)


@bp.get("/opensearch.xml")
def opensearch() -> Response:
    """Describe the search to a browser."""
    icon = url_for("static", filename="icon.svg")
    return _kept(description(whole_address, icon), "application/opensearchdescription+xml", _DAY)


@bp.get("/opensearch/suggestions")
def suggestions() -> Response:
    """Complete what is typed in the box of a browser."""
    typed = request.args.get("q", "")
    texts = [one.text for one in library().suggest(typed)]
    return _kept(write_suggestions(typed, texts), "application/x-suggestions+json", _MAX_AGE)


def _kept(content: bytes | str, kind: str, seconds: int) -> Response:
    response = Response(content, content_type=f"{kind}; charset=utf-8")
    response.cache_control.max_age = seconds
    response.add_etag()
    response.make_conditional(request)
    return response
