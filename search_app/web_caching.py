"""Nothing is made twice: answers to programs are kept, browsers keep what did not change.

An ETag names what an answer is made from, as it stands before the work: the state of the data
folder, the address, and for pages the reader's language and session. Who still has the answer gets
304 before any work is done. Pages hold the reader's own form token and pack, so only the reader's
browser keeps them, and a page that begins or changes the session has no ETag: nobody has its token
but this session. Answers to programs are the same for everybody and are kept here, too.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import blake2b
from typing import cast

from flask import Flask, Response, current_app, g, request, session

from search_app.freshness import Freshness
from search_app.kept_bytes import KeptAnswer, KeptAnswers
from search_app.languages import language

_PAGES = frozenset(("web.search", "web.document"))
_PROGRAMS = "api"
# Kept by the browser for a while without asking.
_BY_TIME = "api.suggest"
_JSON = "application/json"
# In the session: what every form must send back, and what the next page says once.
_TOKEN = "csrf_token"
_SAID_ONCE = "_flashes"
_MEGABYTE = 1024 * 1024
# What is said of a body, and not of the request that it answers.
_KEPT_HEADERS = ("Content-Type", "Content-Encoding", "Vary", "Cache-Control")


def init_app(app: Flask, freshness: Freshness, megabytes: int) -> None:
    """Answer from what is kept; called before compression, so that compressed bodies are kept."""
    kept = KeptAnswers(megabytes * _MEGABYTE)

    @app.before_request
    def answer_again() -> Response | None:
        g.etag = _etag(freshness)
        if not g.etag:
            return None
        asked = request.if_none_match
        # "*" asks whether there is anything at all, which is not known before the work.
        if asked.contains_weak(g.etag) and not asked.star_tag:
            return _not_modified(g.etag)
        found = kept.get(_key())
        return None if found is None else _sent_again(found)

    @app.after_request
    def keep(response: Response) -> Response:
        etag = g.get("etag", "")
        if not etag or response.status_code != 200 or response.is_streamed:
            return response
        if request.blueprint != _PROGRAMS and session.modified:
            return response
        response.set_etag(etag, weak=True)
        if request.blueprint == _PROGRAMS:
            response.headers.setdefault("Cache-Control", "no-cache")
            if response.mimetype == _JSON and kept.get(_key()) is None:
                kept.put(_key(), _as_kept(response))
        return response


def _etag(freshness: Freshness) -> str:
    """Return the name of what this request is answered with; empty when it must be made."""
    is_page = request.endpoint in _PAGES
    is_told = request.blueprint == _PROGRAMS and request.endpoint != _BY_TIME
    if request.method != "GET" or not (is_page or is_told):
        return ""
    if is_page and (_TOKEN not in session or _SAID_ONCE in session):
        return ""
    mark = freshness.mark()
    if not mark:
        return ""
    parts = [mark, request.full_path]
    if is_page or request.args.get("format", "json") != "json":
        # Whole addresses stand in it.
        parts.append(request.host_url)
    if is_page:
        label = cast(Callable[[], str], current_app.jinja_env.globals["pack_label"])
        parts += [language(), label(), repr(sorted(session.items()))]
    return blake2b("\n".join(parts).encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def _key() -> Hashable:
    return g.etag, request.headers.get("Accept-Encoding", "")


def _not_modified(etag: str) -> Response:
    response = Response(status=304)
    response.set_etag(etag, weak=True)
    whose = "" if request.blueprint == _PROGRAMS else "private, "
    response.headers["Cache-Control"] = f"{whose}no-cache"
    return response


def _as_kept(response: Response) -> KeptAnswer:
    headers = {name: response.headers[name] for name in _KEPT_HEADERS if name in response.headers}
    return KeptAnswer(response.get_data(), headers)


def _sent_again(kept: KeptAnswer) -> Response:
    return Response(kept.body, headers=dict(kept.headers))
