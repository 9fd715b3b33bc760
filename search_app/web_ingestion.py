"""The page of how the files were read."""

from __future__ import annotations

from flask import Blueprint, render_template, request, url_for

from search_app.api import library
from search_app.arguments import page_number
from search_app.page_ingestion import ingestion
from search_app.page_links import Address

bp = Blueprint("ingestion", __name__)


@bp.get("/ingestion")
def index() -> str:
    """List every file with what was found in it, or why it could not be read."""
    found = ingestion(library(), page_number(request.args), request.args.get("status", ""))
    address = Address(url_for("ingestion.index"), request.args)
    return render_template("ingestion.html", found=found, address=address)
