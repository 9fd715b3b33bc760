"""The pages of indicators: what the reports measure, one indicator across reports, its chart."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from indexer.catalogue_facts import IndicatorCount
from indexer.errors import NotFound, UnknownFilter
from indexer.indicators_cache import indicators_in_force
from search_app.api import library
from search_app.chart import draw, label
from search_app.chart_points import chart_pairs
from search_app.compare import compare, list_inconsistencies, named_indicators
from search_app.page_indicators import contradictions, place_views, topics

bp = Blueprint("indicators", __name__, url_prefix="/indicators")

# The drawing brings its own style and nothing else; pages stay without inline style.
_CHART_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


@bp.get("")
def index() -> str | BaseResponse | tuple[str, int]:
    """List what the reports measure; words that name an indicator lead to its page."""
    found = library()
    found.check()
    asked = " ".join(request.args.get("q", "").split())
    problem = None
    meant: tuple[IndicatorCount, ...] = ()
    if asked:
        try:
            meant = named_indicators(found, asked)
        except UnknownFilter as error:
            problem = error
    if len(meant) == 1:
        return redirect(url_for("indicators.one", slug=meant[0].slug))
    page = render_template(
        "indicators.html",
        topics=topics(found.catalogue.indicators(), indicators_in_force(found.settings.indicators)),
        contradictions=contradictions(list_inconsistencies(found)),
        asked=asked,
        meant=meant,
        problem=problem,
    )
    return (page, problem.status) if problem else page


@bp.get("/<slug>")
def one(slug: str) -> str:
    """Show one indicator across reports: table, chart, contradictions."""
    _check_known(slug)
    places = _places()
    comparison = compare(library(), slug, places)
    everywhere = compare(library(), slug) if places else comparison
    return render_template(
        "indicator.html",
        comparison=comparison,
        places=place_views(comparison.rows),
        every_place=sorted({row.place for row in everywhere.rows}),
        chosen=places,
        pairs=chart_pairs(comparison),
        label=label,
        contradictions=contradictions(comparison.inconsistencies),
    )


@bp.get("/<slug>/chart.svg")
def chart(slug: str) -> Response:
    """Draw the results of an indicator beside its targets."""
    _check_known(slug)
    pairs = chart_pairs(compare(library(), slug, _places()))
    if not pairs:
        raise NotFound(
            "Chỉ tiêu này chưa đủ số liệu để vẽ biểu đồ.", "Hãy xem bảng ở trang của chỉ tiêu."
        )
    response = Response(draw(pairs), mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = _CHART_POLICY
    return response


def _check_known(slug: str) -> None:
    """Raise NotFound for a page of no indicator, so that a wrong address is told as one."""
    try:
        named_indicators(library(), slug)
    except UnknownFilter as error:
        raise NotFound(error.message, error.hint) from error


def _places() -> tuple[str, ...]:
    return tuple(place for place in request.args.getlist("place") if place.strip())
