"""The languages of the pages: Vietnamese, which the messages are written in, and English."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Blueprint, Flask, redirect, request
from flask_babel import Babel, get_locale, lazy_gettext
from flask_babel import gettext as _gettext
from flask_babel import ngettext as _ngettext
from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

__all__ = [
    "LANGUAGES",
    "bp",
    "gettext",
    "init_app",
    "language",
    "lazy_gettext",
    "ngettext",
    "own_page",
]

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_COOKIE = "language"
_YEAR = 365 * 24 * 3600

bp = Blueprint("languages", __name__)


def init_app(app: Flask) -> None:
    """Let pages be shown in the reader's language."""
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.register_blueprint(bp)
    Babel(app, locale_selector=_chosen)
    app.jinja_env.globals.update(language=language, LANGUAGES=LANGUAGES)


def gettext(message: str, /, **values: object) -> str:
    """Return a text in the reader's language, with its values put in.

    >>> gettext("trang %(page)s", page=2)
    'trang 2'
    """
    return str(_gettext(message, **values))


def ngettext(one: str, many: str, number: int, /, **values: object) -> str:
    """Return the text for a number of things; the text has the number as `num`.

    >>> ngettext("%(num)s đoạn", "%(num)s đoạn", 3)
    '3 đoạn'
    """
    return str(_ngettext(one, many, number, **values))


def language() -> str:
    """Return the language of the page that is being made: `vi` or `en`."""
    return str(get_locale() or "vi")


def _chosen() -> str:
    # Reports are Vietnamese: English is shown to who asked for it, not to who has an English
    # machine.
    for code in (request.args.get("hl", ""), request.cookies.get(_COOKIE, "")):
        if code in LANGUAGES:
            return code
    return "vi"


@bp.get("/language/<code>")
def choose(code: str) -> Response:
    """Keep the chosen language in a cookie and go back to the page."""
    if code not in LANGUAGES:
        raise NotFound()
    response = redirect(own_page(request.args.get("next", "/")))
    response.set_cookie(_COOKIE, code, max_age=_YEAR, samesite="Lax", httponly=True)
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
