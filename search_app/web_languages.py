"""The languages of the pages: which one a reader chose, and how it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, redirect, request
from flask_babel import Babel, get_locale, get_translations
from jinja2 import pass_context
from jinja2.runtime import Context
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from search_app import languages
from search_app.languages import VIETNAMESE, Chosen

LANGUAGES = {VIETNAMESE: "Tiếng Việt", "en": "English"}
_COOKIE = "language"
_OF_PROGRAMS = ("/api/", "/healthz", "/readyz", "/feed", "/opensearch")
_YEAR = 365 * 24 * 3600

bp = Blueprint("languages", __name__)


def init_app(app: Flask) -> None:
    """Let pages be shown in the reader's language."""
    app.config["BABEL_DEFAULT_LOCALE"] = VIETNAMESE
    Babel(app, locale_selector=_of_the_request)
    languages.follow(_chosen)
    templates = app.jinja_env
    templates.filters.update(number=languages.number, vietnamese=languages.vietnamese)
    templates.globals.update(
        language=languages.language,
        LANGUAGES=LANGUAGES,
        ngettext=_counting(cast(Callable[..., str], templates.globals["ngettext"])),
    )


def _chosen() -> Chosen:
    """Return what flask_babel found; outside of a request it finds nothing."""
    return Chosen(str(get_locale() or VIETNAMESE), get_translations())


def _counting(counted: Callable[..., str]) -> Callable[..., str]:
    """Return the `ngettext` of templates with numbers as readers write them."""

    @pass_context
    def ngettext(context: Context, one: str, many: str, count: int, /, **values: object) -> str:
        return counted(context, one, many, count, **{"num": languages.number(count)} | values)

    return ngettext


def _of_the_request() -> str:
    # Reports are Vietnamese: English is shown to who asked for it, not to who has an English
    # machine.
    # Programs get the same words whoever sits before them.
    if request.path.startswith(_OF_PROGRAMS):
        return VIETNAMESE
    for code in (request.args.get("hl", ""), request.cookies.get(_COOKIE, "")):
        if code in LANGUAGES:
            return code
    return VIETNAMESE


@bp.get("/language/<code>")
def choose(code: str) -> Response:
    """Keep the chosen language in a cookie and go back to the page."""
    if code not in LANGUAGES:
        raise NotFound()
    response = redirect(own_page(request.args.get("next", "/")))
    is_secure = bool(current_app.config["SESSION_COOKIE_SECURE"]) or request.is_secure
    response.set_cookie(
        _COOKIE, code, max_age=_YEAR, samesite="Lax", httponly=True, secure=is_secure
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def own_page(address: str) -> str:
    """Return the path and query of an address; the first page when it leads elsewhere."""
    # Only a path of this server: a link must not send a reader elsewhere.
    parts = urlsplit(address.replace("\\", "/"))
    if parts.scheme or parts.netloc or not parts.path.startswith("/"):
        return "/"
    path = "/" + parts.path.lstrip("/")
    return f"{path}?{parts.query}" if parts.query else path
