"""Pictures of the pages of kept originals, beside what was read from them."""

from __future__ import annotations

from flask import Blueprint, Response, request

from indexer.originals import Originals
from indexer.readers.page_pictures import page_picture
from search_app.api import library

bp = Blueprint("pages", __name__)

_MAX_AGE = 24 * 3600


@bp.get("/documents/<document_id>/pages/<int:number>.png")
def picture(document_id: str, number: int) -> Response:
    """Show a page of the file as it was read, so that what was recognised can be checked."""
    found = library().document(document_id)
    # The bytes of an original never change: its hash and the page say all.
    etag = f"{found.sha256[:32]}-{number}"
    response = Response(mimetype="image/png")
    response.set_etag(etag)
    response.cache_control.private = True
    response.cache_control.max_age = _MAX_AGE
    if etag not in request.if_none_match:
        path = Originals(library().settings.data).path(found.sha256)
        response.set_data(page_picture(path, number))
    response.make_conditional(request)
    return response
