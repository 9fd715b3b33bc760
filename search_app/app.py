"""The web application: a factory, and what is the same for every page and answer."""

from __future__ import annotations

from collections.abc import Hashable
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from flask import Flask, Response, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask_compress import Compress
from flask_wtf import CSRFProtect
from werkzeug.routing import IntegerConverter

from indexer.backends.base import TellsState
from indexer.config import Settings
from search_app import (
    api,
    navigation,
    web,
    web_caching,
    web_citations,
    web_differences,
    web_errors,
    web_feed,
    web_help,
    web_indicators,
    web_ingestion,
    web_languages,
    web_packs,
    web_pages,
    web_questions,
    web_room,
    web_wellknown,
    web_words,
)
from search_app.assets import MAX_AGE, digest
from search_app.fonts import installed
from search_app.freshness import Freshness
from search_app.opening import open_library
from search_app.search import Library
from search_app.secret import secret_key

# Pages need nothing from elsewhere and run no inline script; style only from files.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_MAX_BODY = 1024 * 1024
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")
_STATIC = Path(__file__).parent / "static"
_PARTS = (
    api,
    web,
    web_citations,
    web_differences,
    web_feed,
    web_help,
    web_indicators,
    web_ingestion,
    web_languages,
    web_packs,
    web_pages,
    web_questions,
    web_wellknown,
    web_words,
)


class _ShortInteger(IntegerConverter):
    """A number of an address that every part of the program can hold."""

    regex = r"\d{1,9}"


class _Json(DefaultJSONProvider):
    """JSON as people can read it: letters as they are, keys in the order of the documentation."""

    ensure_ascii = False
    sort_keys = False


def create_app(settings: Settings, library: Library | None = None) -> Flask:
    """Return the application for one data folder.

    Raises IndexMissing when nothing was indexed there yet.
    """
    app = Flask(__name__, static_url_path=f"/assets/{digest(_STATIC)}", static_folder=_STATIC)
    app.config.update(
        MAX_CONTENT_LENGTH=_MAX_BODY,
        # A list of questions in one field of a form.
        MAX_FORM_MEMORY_SIZE=_MAX_BODY,
        SECRET_KEY=secret_key(settings),
        SEND_FILE_MAX_AGE_DEFAULT=MAX_AGE,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.public_url.startswith("https:"),
        TRUSTED_HOSTS=_trusted_hosts(settings),
        # As long as a pack is kept.
        PERMANENT_SESSION_LIFETIME=365 * 24 * 3600,
        # A tenth less than with the usual settings, for a millisecond.
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "deflate"],
        COMPRESS_BR_LEVEL=5,
        WTF_CSRF_TIME_LIMIT=None,  # as long as the session: a page may lie open for days
    )
    app.json = _Json(app)
    app.url_map.converters["int"] = _ShortInteger
    library = library or open_library(settings)
    app.extensions["library"] = library
    # First, so that an answer that is still good waits for no turn and is kept compressed.
    web_caching.init_app(app, Freshness(settings, partial(_told, library)), settings.answers_mb)
    web_room.init_app(app, web_room.Room(settings.threads, settings.max_waiting))
    CSRFProtect(app)
    Compress(app)
    web_languages.init_app(app)
    for part in _PARTS:
        app.register_blueprint(part.bp)
    app.add_url_rule("/healthz", "healthz", _healthz)
    app.add_url_rule("/readyz", "readyz", _readyz)
    web_errors.init_app(app)
    app.after_request(_secure)
    web.init_app(app)
    navigation.init_app(app)
    app.jinja_env.globals["fonts_installed"] = installed()
    return app


def _told(library: Library) -> tuple[Hashable, ...]:
    """Return what tells the state of a library that is not in files of the data folder."""
    # Asked of the library each time: a worker opens its own catalogue and engine.
    catalogue = library.told() if library.settings.database_url else ()
    backend = library.backend
    return (*catalogue, backend.state() if isinstance(backend, TellsState) else "")


def _trusted_hosts(settings: Settings) -> list[str] | None:
    """Return the names by which the server may be called; any where its address is not told."""
    public = urlsplit(settings.public_url).hostname
    # A proxy on this machine may call it by its own name.
    return [public, settings.host, *_THIS_MACHINE] if public else None


def is_open_unnamed(settings: Settings) -> bool:
    """Say whether other machines reach a server that does not know its own address."""
    return settings.host not in _THIS_MACHINE and not settings.public_url


def _healthz() -> Response:
    """Say that the process answers."""
    return jsonify({"status": "ok"})


def _readyz() -> Response:
    """Say that questions can be answered: the index is there and of this version."""
    api.library().check()
    api.library().catalogue.version()
    return jsonify({"status": "ok", "passages": api.library().backend.count()})


def _secure(response: Response) -> Response:
    if request.endpoint == "static" and response.status_code == 200:
        return _as_asset(response)
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    if response.mimetype == "text/html":
        # A page holds what one reader asked, and the number of quotations in the reader's pack.
        response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


def _as_asset(response: Response) -> Response:
    response.cache_control.public = True
    response.cache_control.immutable = True
    response.headers["X-Content-Type-Options"] = _HEADERS["X-Content-Type-Options"]
    # A page loads a dozen of them: what says nothing of them is left out. An image can be opened
    # as a page of its own.
    for name in ("Expires", "Content-Disposition"):
        response.headers.pop(name, None)
    if response.mimetype == "image/svg+xml":
        response.headers["Content-Security-Policy"] = _HEADERS["Content-Security-Policy"]
    return response
