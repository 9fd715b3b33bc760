"""The pages that set two reports, or two passages, side by side."""

from __future__ import annotations

from flask import Blueprint, Response, abort, render_template, request
from flask.typing import ResponseReturnValue

from indexer.errors import NotFound, UsageError, VankienError
from search_app.api import library
from search_app.arguments import page_number
from search_app.export import TYPES
from search_app.figure_pairs import shared_figures
from search_app.languages import gettext as _
from search_app.page_differences import (
    Compared,
    compare_reports,
    report_choices,
    short_names,
)
from search_app.page_two_passages import TwoPassages, compare_passages, read_passage_id
from search_app.serialise_figures import figures_file
from search_app.web_outgoing import attachment, whole_address

bp = Blueprint("differences", __name__, url_prefix="/compare")

_LONGEST_ID = 100


@bp.get("")
def index() -> ResponseReturnValue:
    """Show two reports or two passages side by side, or what can be chosen."""
    if request.args.get("left_passage") or request.args.get("right_passage"):
        return _passages()
    left, right = _asked("left"), _asked("right")
    if not left or not right:
        return _choose(left, right)
    try:
        _refuse_same(left, right)
        shown = compare_reports(library(), left, right, page_number(request.args))
    except (NotFound, UsageError) as error:
        return _choose(left, right, error)
    return _compared(shown, is_open=request.args.get("open") == "all")


@bp.get("/figures.<form>")
def figures(form: str) -> Response:
    """Send the figures that two reports both state as a file: left, right."""
    if form not in TYPES:
        abort(404)
    left, right = _asked("left"), _asked("right")
    _refuse_same(left, right)
    documents = library().document(left), library().document(right)
    pairs = shared_figures(library(), *documents)
    content = figures_file(pairs, form, short_names(*documents), whole_address(""))
    return attachment(content, TYPES[form], f"so-sanh-{left}-{right}.{form}")


def _compared(shown: Compared, *, is_open: bool) -> str:
    choices = report_choices(library().catalogue.documents())
    left, right = (document.id for document in shown.documents)
    return render_template(
        "compare.html", shown=shown, choices=choices, left=left, right=right, is_open=is_open
    )


def _choose(left: str, right: str, problem: VankienError | None = None) -> ResponseReturnValue:
    """Return the page that asks for two reports; it keeps the one that is known."""
    choices = report_choices(library().catalogue.documents())
    known = {choice.document_id for choice in choices}
    page = render_template(
        "compare_choose.html",
        choices=choices,
        left=left if left in known else "",
        right=right if right in known and right != left else "",
        problem=problem,
        passages=("", ""),
    )
    return (page, problem.status) if problem else page


def _passages() -> ResponseReturnValue:
    typed = (request.args.get("left_passage", ""), request.args.get("right_passage", ""))
    try:
        shown = _two_passages(typed)
    except (NotFound, UsageError) as error:
        page = render_template(
            "compare_choose.html",
            choices=report_choices(library().catalogue.documents()),
            left="",
            right="",
            problem=error,
            passages=typed,
        )
        return page, error.status
    return render_template("compare_passages.html", shown=shown)


def _two_passages(typed: tuple[str, str]) -> TwoPassages:
    left, right = map(read_passage_id, typed)
    if not left or not right:
        missing = typed[0] if not left else typed[1]
        raise UsageError(
            _("Không rõ là đoạn nào: “%(typed)s”.", typed=missing[:_LONGEST_ID])
            if missing.strip()
            else _("Còn thiếu một đoạn."),
            _("Hãy dán liên kết của đoạn, lấy ở “Trích dẫn” rồi “Sao chép liên kết”."),
        )
    if left == right:
        raise UsageError(_("Hai đoạn là một."), _("Hãy chọn một đoạn khác cho một bên."))
    return compare_passages(library(), left, right)


def _refuse_same(left: str, right: str) -> None:
    if left == right:
        raise UsageError(
            _("Hai bên là cùng một báo cáo."), _("Hãy chọn một báo cáo khác cho một bên.")
        )


def _asked(name: str) -> str:
    """Return the report that a parameter names; for another file of its text the one shown."""
    document_id = request.args.get(name, "").strip()[:_LONGEST_ID]
    return library().catalogue.versions.twins().get(document_id, document_id)
