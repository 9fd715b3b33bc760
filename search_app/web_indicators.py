"""The pages of indicators: what the reports measure, one indicator across reports, its chart."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from indexer.catalogue_facts import IndicatorCount
from indexer.errors import NotFound, UnknownFilter
from indexer.indicators_cache import indicators_in_force
from search_app.api import library
from search_app.arguments import page_number, values_of
from search_app.chart import draw, draw_in_page, label
from search_app.chart_points import chart_pairs
from search_app.compare import (
    Comparison,
    compare,
    compared_places,
    list_inconsistencies,
    named_indicators,
)
from search_app.facts import CitedFact
from search_app.kept import Kept
from search_app.languages import gettext as _
from search_app.languages import language
from search_app.page_indicators import (
    MOST_AT_ONCE,
    MOST_CONTRADICTIONS,
    Contradiction,
    PlacePage,
    contradictions,
    place_page,
    place_views,
    source_of,
    topics,
)

bp = Blueprint("indicators", __name__, url_prefix="/indicators")

# The drawing brings its own style and nothing else; pages stay without inline style.
_CHART_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"


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
    wanted = "all" in request.args
    waits = not wanted and len(found.catalogue.published_ids()) > MOST_AT_ONCE
    every = () if waits else _contradictions()
    shown = every if wanted else every[:MOST_CONTRADICTIONS]
    page = render_template(
        "indicators.html",
        topics=topics(found.catalogue.indicators(), indicators_in_force(found.settings.indicators)),
        contradictions=shown,
        contradicting=len(every),
        waits=waits,
        asked=asked,
        meant=meant,
        problem=problem,
    )
    return (page, problem.status) if problem else page


def _contradictions() -> tuple[Contradiction, ...]:
    """Return all that contradicts itself; looked for once for each state of the reports."""
    found = library()
    kept = current_app.extensions.setdefault("contradictions", Kept(2))
    assert isinstance(kept, Kept)
    listed = indicators_in_force(found.settings.indicators)
    key = (found.catalogue.state(), listed.entries, language())
    values: tuple[Contradiction, ...] = kept.get(
        key, lambda: contradictions(list_inconsistencies(found))
    )
    return values


@bp.get("/<slug>")
def one(slug: str) -> str:
    """Show one indicator across reports: table, chart, contradictions."""
    slug = _known(slug)
    comparison, places = _compared(slug)
    pairs = chart_pairs(comparison)
    return render_template(
        "indicator.html",
        comparison=comparison,
        views=place_views(comparison.rows),
        places=places,
        pairs=pairs,
        drawing=draw_in_page(pairs, _address) if pairs else "",
        label=label,
        contradictions=contradictions(comparison.inconsistencies),
    )


@bp.get("/<slug>/chart.svg")
def chart(slug: str) -> Response:
    """Draw the results of an indicator beside its targets, as a file."""
    comparison, _places = _compared(_known(slug))
    pairs = chart_pairs(comparison)
    if not pairs:
        raise NotFound(
            _("Chỉ tiêu này chưa đủ số liệu để vẽ biểu đồ."),
            _("Hãy xem bảng ở trang của chỉ tiêu."),
        )
    response = Response(draw(pairs), mimetype="image/svg+xml")
    response.headers["Content-Security-Policy"] = _CHART_POLICY
    return response


def _compared(slug: str) -> tuple[Comparison, PlacePage]:
    """Return the comparison of the places that the address asks for, and which those are."""
    chosen, page = values_of(request.args, "place"), page_number(request.args)
    places = place_page(compared_places(library(), slug), chosen, page)
    return compare(library(), slug, places.shown), places


def _known(slug: str) -> str:
    """Return the key of an indicator; raise NotFound for a page of none."""
    try:
        return named_indicators(library(), slug)[0].slug
    except UnknownFilter as error:
        raise NotFound(error.message, error.hint) from error


def _address(cited: CitedFact) -> str:
    where = source_of(cited)
    return f"{url_for('web.document', document_id=where.document_id)}#{where.fragment}"
