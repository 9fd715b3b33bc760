"""What programs ask of any server, whatever it shows: its icon, and what robots may read."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

bp = Blueprint("wellknown", __name__)

_DAY = 24 * 3600
# Packs belong to readers; exports and the interface hold nothing that the pages do not.
_ROBOTS = """User-agent: *
Disallow: /pack
Disallow: /packs
Disallow: /api/
"""


@bp.get("/robots.txt")
def robots() -> Response:
    """Say what robots may read."""
    response = Response(_ROBOTS, mimetype="text/plain")
    response.cache_control.max_age = _DAY
    return response


@bp.get("/favicon.ico")
def favicon() -> BaseResponse:
    """Lead programs that read no page to the icon."""
    response = redirect(url_for("static", filename="icon.svg"))
    response.headers["Cache-Control"] = f"max-age={_DAY}"
    return response
