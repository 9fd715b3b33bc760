"""The languages of the pages: Vietnamese, which the messages are written in, and English."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast
from urllib.parse import urlsplit

from flask import Blueprint, Flask, current_app, redirect, request
from flask_babel import Babel, get_locale, get_translations, lazy_gettext
from flask_babel import gettext as _gettext
from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
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
    "number",
    "own_page",
    "vietnamese",
]

LANGUAGES = {"vi": "Tiếng Việt", "en": "English"}
_COOKIE = "language"
_OF_PROGRAMS = ("/api/", "/healthz", "/readyz", "/feed", "/opensearch")
_YEAR = 365 * 24 * 3600

bp = Blueprint("languages", __name__)


def init_app(app: Flask) -> None:
    """Let pages be shown in the reader's language."""
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.register_blueprint(bp)
    Babel(app, locale_selector=_chosen)
    templates = app.jinja_env
    templates.filters.update(number=number, vietnamese=vietnamese)
    templates.globals.update(
        language=language,
        LANGUAGES=LANGUAGES,
        ngettext=_counting(cast(Callable[..., str], templates.globals["ngettext"])),
    )


def gettext(message: str, /, **values: object) -> str:
    """Return a text in the reader's language, with its values put in.

    >>> gettext("trang %(page)s", page=2)
    'trang 2'
    """
    return str(_gettext(message, **values))


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """Return the text for a number of things; the text has the number as `num`.

    >>> ngettext("%(num)s đoạn", "%(num)s đoạn", 1163)
    '1.163 đoạn'
    """
    text: str = get_translations().ungettext(one, many, count)
    return text % ({"num": number(count)} | values)


def number(count: int) -> str:
    """Return a number of the interface as readers of the page write it: `1.163`, or `1,163`.

    Figures of reports are quoted, and stay as they are in any language.

    >>> number(1163)
    '1.163'
    """
    written = f"{count:,}"
    return written if language() == "en" else written.replace(",", ".")


def vietnamese(text: str) -> str:
    """Return words of a report or of a reader, marked as Vietnamese in a page that is not.

    >>> vietnamese("xã Cồn Sậy")
    'xã Cồn Sậy'
    """
    if not text or language() == "vi":
        return text
    return Markup('<span lang="vi">{}</span>').format(text)


def _counting(counted: Callable[..., str]) -> Callable[..., str]:
    """Return the `ngettext` of templates with numbers as readers write them."""

    @pass_context
    def ngettext(context: Context, one: str, many: str, count: int, /, **values: object) -> str:
        return counted(context, one, many, count, **{"num": number(count)} | values)

    return ngettext


def language() -> str:
    """Return the language of the page that is being made: `vi` or `en`."""
    return str(get_locale() or "vi")


def _chosen() -> str:
    # Reports are Vietnamese: English is shown to who asked for it, not to who has an English
    # machine.
    # Programs get the same words whoever sits before them.
    if request.path.startswith(_OF_PROGRAMS):
        return "vi"
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
