"""Permanent links to passages, and their citations as files."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template, request, url_for
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from indexer.errors import NotFound
from indexer.models import PassageKind
from search_app.api import library
from search_app.cite import Citation
from search_app.citing.formats import FORMATS
from search_app.citing.lookup import State, Target, look_up
from search_app.citing.permalinks import Permalink, read_code, read_part
from search_app.citing.records import record
from search_app.languages import gettext as _
from search_app.page_cards import fragment
from search_app.web_outgoing import attachment, whole_address

bp = Blueprint("citations", __name__)

_STATUS = {State.CHANGED: 410, State.GONE: 410, State.UNKNOWN: 404}


@bp.record_once
def for_templates(state: BlueprintSetupState) -> None:
    """Give the templates what the macros of tools.html need."""
    # Globals and no context processor: macros are imported without the context of the page.
    state.app.jinja_env.globals.update(
        record_of=record,
        citation_formats={key: form.name for key, form in FORMATS.items() if key != "txt"},
        whole_address=whole_address,
    )


@bp.get("/documents/<document_id>/passages/<name>")
def passage(document_id: str, name: str) -> BaseResponse | tuple[str, int]:
    """Lead to a passage in its report; say so when its text is no longer the same."""
    target = look_up(library(), _link(document_id, name))
    if target.citation is not None:
        return redirect(reading_address(target.citation), 303)
    return _moved_page(target)


@bp.get("/documents/<document_id>/passages/<name>.<form>")
def citation(document_id: str, name: str, form: str) -> BaseResponse | tuple[str, int]:
    """Send the citation of a passage as RIS, BibTeX, CSL-JSON or text."""
    if form not in FORMATS:
        raise NotFound(
            _("Không có trích dẫn ở dạng này."),
            _("Các dạng có: %(forms)s.", forms=", ".join(FORMATS)),
        )
    target = look_up(library(), _link(document_id, name))
    if target.citation is None:
        return _moved_page(target)
    found = record(target.citation)
    content = FORMATS[form].write(found, whole_address(found.link.path))
    return attachment(content, FORMATS[form].media_type, f"{found.key}.{form}")


def reading_address(cited: Citation) -> str:
    """Return where a citation stands in the reading page."""
    in_body = any(a.passage.kind is not PassageKind.FOOTNOTE for a in cited.anchors)
    place = fragment(cited.passage, has_place=in_body)
    return url_for("web.document", document_id=cited.document.id, _anchor=place)


def _link(document_id: str, name: str) -> Permalink:
    part = request.args.get("part", "")
    version = request.args.get("v", "").lower()
    code = f"{document_id}:{name}/{version}" + (f"/{part}" if read_part(part) else "")
    found = read_code(code)
    if found is None:
        raise NotFound(
            _("Liên kết này không chỉ tới đoạn nào."), _("Hãy kiểm tra lại địa chỉ đã sao chép.")
        )
    return found


def _moved_page(target: Target) -> tuple[str, int]:
    page = render_template(
        "moved_passage.html",
        target=target,
        offers=[(record(offer), reading_address(offer)) for offer in target.offers],
    )
    return page, _STATUS[target.state]
