"""The pages for people, rendered on the server; everything works without JavaScript."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePosixPath

from flask import Flask, Response, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue

from indexer.errors import StorageError, UsageError, VankienError
from indexer.models import Document
from search_app.api import library
from search_app.arguments import values_of
from search_app.cite import document_name, name_of
from search_app.for_readers import for_readers
from search_app.page import keep_units, note_signs, teaser
from search_app.page_about import about, recognised, resolution_name, written_date
from search_app.page_document import reading
from search_app.page_hits import Marked, find_in_report
from search_app.page_links import Address
from search_app.page_outline import outline
from search_app.page_references import PAGE_SIZE, cited_cards, kind_facet, only
from search_app.page_reports import list_reports, read_asked, unread
from search_app.page_versions import version_links
from search_app.query import Request
from search_app.references import list_references
from search_app.related import related
from search_app.web_search import bp, home_examples

__all__ = ["bp", "error_page", "init_app"]

_UNSAFE_IN_NAME = re.compile(r'[\x00-\x1f\x7f"\\/:*?<>|]+')


def init_app(app: Flask) -> None:
    """Add what the templates need to the application."""
    app.jinja_env.filters["keep_units"] = keep_units
    app.jinja_env.filters["teaser"] = teaser
    app.jinja_env.filters["date"] = written_date
    app.jinja_env.filters["note_signs"] = note_signs
    app.jinja_env.globals.update(
        program_version=_version(),
        name_of=name_of,
        resolution_name=resolution_name,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def error_page(error: VankienError, title: str = "") -> str:
    """Return the page that says what happened and what to do.

    `title` is the HTTP status of what is no error of ours.
    """
    # Who has a wrong address gets other ways on; where the server failed nothing more is asked.
    found = home_examples() if title in ("400", "404", "413") else ()
    return render_template("error.html", error=error, title=title, examples=found)


@bp.get("/references")
def references() -> str:
    """List the documents that the reports name, and where."""
    address = Address(url_for("web.references"), request.args)
    every = list_references(library(), request.args.get("q", ""), address.of("kind"))
    found = only(every, request.args.get("key", ""))
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
    """List the reports that were asked for and what is known of each."""
    catalogue = library().catalogue
    found = list_reports(catalogue.documents(), read_asked(request.args))
    return render_template("documents.html", found=found, unread=unread(catalogue.sources()))


@bp.get("/documents/<document_id>")
def document(document_id: str) -> ResponseReturnValue:
    """Show a whole report; with a question its words marked."""
    found = library().document(document_id)
    asked, skip = " ".join(request.args.get("q", "").split()), values_of(request.args, "skip")
    if shown := library().catalogue.versions.twins().get(document_id):
        # Another file of this text was read better: its passages are the ones to be found.
        q = asked or None
        return redirect(url_for("web.document", document_id=shown, q=q, skip=list(skip)))
    marked, problem = _marked(found, asked, skip)
    beside = related(library(), document_id)
    return render_template(
        "document.html",
        document=found,
        name=document_name(found),
        about=about(found),
        recognised=recognised(found),
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
    try:
        return find_in_report(library(), document, Request(text=asked, skip=skip)), None
    except (UsageError, StorageError) as error:
        # The report can be read all the same.
        return None, for_readers(error)


@bp.get("/documents/<document_id>/original")
def original(document_id: str) -> Response:
    """Send the file as it was read, under its own name."""
    found = library().document(document_id)
    with library().originals.local(found.sha256) as path:
        # It is opened before this block ends: a copy goes on being sent when its name is gone.
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


def _version() -> str:
    try:
        return version("vankien")
    except PackageNotFoundError:
        return ""
