"""What leaves the server for elsewhere: whole addresses, and files."""

from __future__ import annotations

from flask import Response, current_app, request


def whole_address(path: str) -> str:
    """Return an address of this server with its host, as others have to write it."""
    public = current_app.extensions["library"].settings.public_url
    return (public or request.host_url).rstrip("/") + path


def attachment(content: bytes | str, media_type: str, name: str) -> Response:
    """Return a file that the browser keeps under a name; a text is sent as UTF-8."""
    kind = f"{media_type}; charset=utf-8" if isinstance(content, str) else ""
    response = Response(content, mimetype=media_type, content_type=kind or None)
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response
