"""The search page, its first page, and what it found as a file."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, render_template, request, url_for

from indexer.errors import UsageError, VankienError
from indexer.indicators_cache import indicators_in_force
from search_app.additions import additions
from search_app.answer import Reply, ask
from search_app.api import library, read_request
from search_app.cite import names_of
from search_app.explain import explain
from search_app.export import TYPES
from search_app.nearest import known_phrases, nearest
from search_app.open_facets import appendix_hits, open_facets
from search_app.page_answers import answer_card
from search_app.page_cards import Card, card
from search_app.page_coverage import coverage_line
from search_app.page_facets import facet_views, orders
from search_app.page_home import Example, examples, holdings, one_of_each_place
from search_app.page_links import Address, filter_chips, word_chips
from search_app.page_meaning import Interpretation, interpretation
from search_app.page_nothing import proposal, statement, topics
from search_app.page_paging import pages_by_number
from search_app.page_repeats import notes_above, repeats
from search_app.page_versions import also_in
from search_app.query import Request
from search_app.report_coverage import report_coverage
from search_app.search import Result
from search_app.search_rows import search_file
from search_app.web_outgoing import attachment, whole_address

bp = Blueprint("web", __name__)

_EXAMPLES = 4
_NEWEST = 3


@bp.get("/")
@bp.get("/search")
def search() -> str | tuple[str, int]:
    """Show what was found; without a question what there is to find."""
    address = Address(url_for("web.search"), request.args)
    try:
        asked = read_request(request.args, library().settings)
        if _is_empty(asked):
            return _home(address)
        # Answers stand in the passages that fit best; further pages go on with the passages.
        reply = None if asked.offset else ask(library(), replace(asked, sort=""))
        result = reply.result if reply and not asked.sort else library().search(asked)
    except UsageError as error:
        page = render_template("search_error.html", address=address, error=error)
        return page, error.status
    return _results(address, result, reply)


@bp.get("/search.<any(csv,xlsx):form>")
def search_as_file(form: str) -> Response:
    """Send the passages that were found as a table."""
    asked = read_request(request.args, library().settings)
    content = search_file(library(), asked, form, whole_address)
    return attachment(content, TYPES[form], f"ket-qua-tim.{form}")


def _is_empty(asked: Request) -> bool:
    """Say whether neither words nor filters were given."""
    view = Request(skip=asked.skip, limit=asked.limit, offset=asked.offset, sort=asked.sort)
    return replace(asked, text=asked.text.strip()) == view


def _home(address: Address) -> str:
    found = library()
    found.check()
    summaries = found.catalogue.documents()
    return render_template(
        "home.html",
        address=address,
        holdings=holdings(summaries, found.backend.count()),
        examples=home_examples(),
        newest=additions(found.catalogue, found.originals)[:_NEWEST],
    )


def home_examples() -> tuple[Example, ...]:
    """Return questions that the reports answer; none when they cannot be read."""
    found = library()
    try:
        chosen = one_of_each_place(found.catalogue.documents(), _EXAMPLES)
        return examples([found.document(summary.id) for summary in chosen], _EXAMPLES)
    except VankienError:
        return ()


def _results(address: Address, result: Result, reply: Reply | None) -> str:
    found = library()
    names = names_of(result.reports)
    coverage = report_coverage(found, result)
    meaning = interpretation(address, result)
    answers = answer_card(reply, _indicator_names()) if reply else None
    # What was said of the whole result on its first page need not be said again.
    lacking = statement(result, len(coverage.reports), answered=reply is None or bool(answers))
    limit, offset = max(1, result.request.limit), result.request.offset
    page, pages = offset // limit + 1, -(-result.total // limit)
    return render_template(
        "search.html",
        address=address,
        result=result,
        answers=answers,
        **_instead(address, result, meaning, lacking),
        cards=_cards(result),
        meaning=meaning,
        free=result.meaning.text if _has_words(result.meaning.text) else "",
        words=word_chips(address, result.question),
        chips=filter_chips(address, names),
        facets=_facets(address, result),
        orders=orders(address, result),
        coverage=coverage,
        where=coverage_line(coverage),
        divider=_divider(result),
        page=page,
        pages=pages,
        numbers=pages_by_number(min(page, pages), pages),
    )


def _facets(address: Address, result: Result) -> tuple[object, ...]:
    if not result.total and not address.filters:
        return ()
    appendix = appendix_hits(library(), result)
    return facet_views(address, result, open_facets(library(), result), appendix)


def _indicator_names() -> dict[str, str]:
    own = library().settings.indicators
    return {indicator.slug: indicator.name for indicator in indicators_in_force(own)}


def _cards(result: Result) -> list[Card]:
    first = result.request.offset + 1
    above = zip(result.hits, repeats(result.hits), notes_above(result.hits), strict=True)
    return [
        replace(
            card(found, first + at, notes),
            also=also_in(library(), found),
            why=explain(result.meaning, found, result.question.phrases),
            above=None if same is None else first + same,
        )
        for at, (found, same, notes) in enumerate(above)
    ]


def _instead(
    address: Address, result: Result, meaning: Interpretation, lacking: str
) -> dict[str, object]:
    """Return what is shown for want of what was asked: what is lacking, a better question."""
    near = nearest(library(), result) if lacking else None
    # What was found in part is itself the nearest.
    hits = near.hits if near and not result.total else ()
    better = proposal(address, result, meaning, near)
    unknown = not result.total and better is None
    phrases = known_phrases(library(), result.request.text) if unknown else ()
    return {
        "lacking": lacking,
        "proposal": better,
        "topics": topics(address, phrases),
        "nearest": [card(hit, at) for at, hit in enumerate(hits, start=1)],
    }


def _has_words(text: str) -> bool:
    return any(letter.isalnum() for letter in text)


def _divider(result: Result) -> int | None:
    """Return from which hit on all have only part of the words; None when they are mixed."""
    complete = [found.complete for found in result.hits]
    if not result.complete or False not in complete:
        return None
    first = complete.index(False)
    return None if any(complete[first:]) else first
