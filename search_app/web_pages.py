"""Pages beside a report: pictures of its original, and what differs from another version."""

from __future__ import annotations

from flask import Blueprint, Response, render_template, request, url_for

from indexer.readers.page_pictures import page_picture
from search_app.api import library
from search_app.page_links import Address
from search_app.page_versions import version_page

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
        with library().originals.local(found.sha256) as path:
            response.set_data(page_picture(path, number))
    response.make_conditional(request)
    return response


@bp.get("/documents/<document_id>/versions/<other_id>")
def versions(document_id: str, other_id: str) -> str:
    """Show what differs between two versions of a report."""
    here = url_for("pages.versions", document_id=document_id, other_id=other_id)
    address = Address(here, request.args)
    shown = version_page(library(), document_id, other_id, address.page)
    return render_template("versions.html", shown=shown, address=address)
