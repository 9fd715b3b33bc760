"""The pages for people, rendered on the server; everything works without JavaScript."""

from __future__ import annotations

import re
from dataclasses import replace
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath

from flask import Blueprint, Flask, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from indexer.errors import StorageError, UsageError, VankienError
from indexer.models import Document, Resolution
from indexer.originals import Originals
from search_app.answer import Reply, ask
from search_app.api import library, read_request
from search_app.cite import document_name, name_of
from search_app.explain import explain
from search_app.page import keep_units, note_signs, teaser
from search_app.page_answers import answer_card, not_answered
from search_app.page_cards import Card, card
from search_app.page_document import Marked, reading
from search_app.page_home import examples, holdings, one_of_each_place
from search_app.page_links import Address, Chip, facet_views, filter_chips, word_chips
from search_app.page_meaning import interpretation
from search_app.page_outline import outline
from search_app.page_references import PAGE_SIZE, cited_cards, kind_facet
from search_app.page_repeats import notes_above, repeats
from search_app.page_versions import also_in, version_links
from search_app.query import Request
from search_app.references import list_references
from search_app.related import related
from search_app.report_coverage import report_coverage
from search_app.search import Result

bp = Blueprint("web", __name__)

_EXAMPLES = 4
_RESOLUTIONS = {
    Resolution.MARKED: "có dấu gọi trong tệp",
    Resolution.ALIGNED: "dấu gọi đã mất, ghép lại theo thứ tự",
    Resolution.NESTED: "gọi trong một chú thích khác",
    Resolution.UNRESOLVED: "chưa biết được gọi ở đâu",
}
_UNSAFE_IN_NAME = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]+')


def init_app(app: Flask) -> None:
    """Add what the templates need to the application."""
    app.jinja_env.filters["keep_units"] = keep_units
    app.jinja_env.filters["teaser"] = teaser
    app.jinja_env.filters["date"] = _date
    app.jinja_env.filters["note_signs"] = note_signs
    app.jinja_env.globals.update(
        program_version=_version(),
        name_of=name_of,
        resolutions=_RESOLUTIONS,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def error_page(error: VankienError, title: str = "") -> str:
    """Return the page that says what happened and what to do."""
    return render_template("error.html", error=error, title=title)


@bp.get("/")
@bp.get("/search")
def search() -> str | tuple[str, int]:
    """Show what was found; without a question what there is to find."""
    address = Address(url_for("web.search"), request.args)
    try:
        asked = read_request(request.args, library().settings)
        if replace(asked, text=asked.text.strip()) == Request(
            skip=asked.skip, limit=asked.limit, offset=asked.offset
        ):
            return _home(address)
        # Further pages go on with the passages; the answers stand on the first.
        reply = None if asked.offset else ask(library(), asked)
        result = reply.result if reply else library().search(asked)
    except UsageError as error:
        page = render_template("search_error.html", address=address, error=error, chips=())
        return page, error.status
    return _results(address, result, reply)


def _home(address: Address) -> str:
    found = library()
    found.check()
    summaries = found.catalogue.documents()
    chosen = one_of_each_place(summaries, _EXAMPLES)
    return render_template(
        "home.html",
        address=address,
        holdings=holdings(summaries, found.backend.count()),
        examples=examples([found.document(summary.id) for summary in chosen], _EXAMPLES),
    )


def _results(address: Address, result: Result, reply: Reply | None) -> str:
    summaries = library().catalogue.documents()
    names = {summary.id: name_of(summary.metadata, summary.source) for summary in summaries}
    limit, offset = max(1, result.request.limit), result.request.offset
    suggestion = result.suggestion
    pages = -(-result.total // limit)
    return render_template(
        "search.html",
        address=address,
        result=result,
        answers=answer_card(reply) if reply else None,
        not_answered=not_answered(reply) if reply else "",
        cards=_cards(result),
        meaning=interpretation(address, result),
        suggestion=Chip("", suggestion, address.asking_anew(suggestion)) if suggestion else None,
        free=result.meaning.text if _has_words(result.meaning.text) else "",
        words=word_chips(address, result.question),
        chips=filter_chips(address, names),
        facets=facet_views(address, result),
        reports=len(summaries),
        coverage=report_coverage(library(), result),
        divider=_divider([found.complete for found in result.hits]),
        page=offset // limit + 1,
        pages=pages,
    )


def _cards(result: Result) -> list[Card]:
    first = result.request.offset + 1
    above = zip(result.hits, repeats(result.hits), notes_above(result.hits), strict=True)
    return [
        replace(
            card(found, first + at, notes),
            why=explain(result.meaning, found, result.question.phrases),
            above=None if same is None else first + same,
            also=also_in(library(), found),
        )
        for at, (found, same, notes) in enumerate(above)
    ]


def _has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _divider(complete: list[bool]) -> int | None:
    """Return from which hit on all have only part of the words; None when they are mixed."""
    first = complete.index(False) if False in complete else len(complete)
    return first if first < len(complete) and not any(complete[first:]) else None


@bp.get("/references")
def references() -> str:
    """List the documents that the reports name, and where."""
    address = Address(url_for("web.references"), request.args)
    found = list_references(library(), request.args.get("q", ""), address.of("kind"))
    pages = max(1, -(-found.total // PAGE_SIZE))
    page = min(address.page, pages)
    return render_template(
        "references.html",
        address=address,
        references=found,
        cards=cited_cards(found, page),
        kinds=kind_facet(address, found),
        page=page,
        pages=pages,
    )


@bp.get("/documents")
def documents() -> str:
    """List the reports and what is known of each."""
    return render_template("documents.html", summaries=library().catalogue.documents())


@bp.get("/documents/<document_id>")
def document(document_id: str) -> ResponseReturnValue:
    """Show a whole report; with a question its words marked."""
    found = library().document(document_id)
    asked, skip = " ".join(request.args.get("q", "").split()), request.args.getlist("skip")
    if shown := library().catalogue.versions.twins().get(document_id):
        # Another file of this text was read better: its passages are the ones to be found.
        return redirect(url_for("web.document", document_id=shown, q=asked or None, skip=skip))
    marked, problem = _marked(found, asked, tuple(skip))
    beside = related(library(), document_id)
    return render_template(
        "document.html",
        document=found,
        name=document_name(found),
        sources=beside.sources,
        versions=version_links(found, beside),
        outline=outline(found),
        reading=reading(found, marked),
        q=asked,
        problem=problem,
    )


def _marked(
    document: Document, asked: str, skip: tuple[str, ...]
) -> tuple[Marked | None, VankienError | None]:
    """Return what a question finds in a report, or why it could not be asked."""
    if not asked:
        return None, None
    limit = library().settings.max_page_size
    try:
        asked_here = Request(text=asked, documents=(document.id,), skip=skip, limit=limit)
        result = library().search(asked_here)
    except (UsageError, StorageError) as error:
        # The report can be read all the same.
        return None, error
    # A passage can be found by its headings or notes alone; only words in it can be marked.
    hits = [hit for hit in result.hits if hit.highlights]
    whole = [hit for hit in hits if hit.complete] or hits
    return Marked(
        {hit.passage.id: hit.highlights for hit in hits},
        frozenset(hit.passage.id for hit in whole),
    ), None


@bp.get("/documents/<document_id>/original")
def original(document_id: str) -> Response:
    """Send the file as it was read, under its own name."""
    found = library().document(document_id)
    path = Originals(library().settings.data).path(found.sha256)
    return send_file(
        # Flask would look for a relative path beside the package.
        path.resolve(),
        mimetype="application/octet-stream",
        as_attachment=True,
        download_name=_file_name(found),
        etag=found.sha256,
    )


def _file_name(document: Document) -> str:
    name = PurePosixPath(document.source.replace("\\", "/")).name
    return _UNSAFE_IN_NAME.sub("_", name).strip(" .") or document.id


def _date(value: str) -> str:
    """Return an ISO date as Vietnamese readers write it; anything else as it is."""
    parts = value.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else value


def _version() -> str:
    try:
        return version("vankien")
    except PackageNotFoundError:
        return ""
