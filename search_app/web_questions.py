"""Many questions at once: a list in, a table of cited answers out, row by row, and as a file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, suppress
from threading import BoundedSemaphore

from flask import (
    Blueprint,
    Response,
    current_app,
    get_template_attribute,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from werkzeug.wrappers import Response as BaseResponse

from indexer.errors import ReadingError, UsageError, VankienError
from search_app.api import library
from search_app.export import TYPES
from search_app.flowing import packed
from search_app.kept import Kept
from search_app.languages import gettext as _
from search_app.page_questions import MOST_SECONDS, Answered, answer_each, answers_file
from search_app.question_lists import (
    LONGEST,
    MOST_QUESTIONS,
    SUFFIXES,
    check_list,
    read_list_file,
    read_typed,
)
from search_app.web_outgoing import attachment, whole_address

bp = Blueprint("questions", __name__, url_prefix="/questions")

_FORMS = ("xlsx", "csv")
# Files of lists that are read in no time.
_QUICK = (".txt", ".csv")
# Where the rows go into the page; what readers write is escaped and cannot hold it.
_HERE = "<!--answers-->"
# Ten full lists.
_KEPT = 10 * MOST_QUESTIONS
# Lists that are answered at one time: the other threads of the server serve everybody else.
_AT_ONE_TIME = 2


class _Busy(UsageError):
    """Too many lists are being answered just now."""

    code = "busy"
    status = 503


@bp.get("")
def index() -> str:
    """Show the form for a list of questions."""
    found = library()
    found.check()
    return _page(())


@bp.get("/answers")
def form() -> BaseResponse:
    """Lead who opens the address of answers anew, without the list, to the form."""
    return redirect(url_for("questions.index"))


@bp.post("/answers")
def answers() -> Response | tuple[str, int]:
    """Answer a list of questions; each row of the page is sent when it is known."""
    try:
        place = _enter()
    except _Busy as error:
        return _refused(error)
    with place:
        try:
            asked = _asked()
        except (UsageError, ReadingError) as error:
            return _refused(error)
        # Made at once, so that an error is still a page and the session can still be written.
        head, _at, tail = _page(asked).partition(_HERE)
        response = _flowing(head, asked, tail)
        # Given back when the last row is sent, also to nobody: when the reader went away.
        response.call_on_close(place.pop_all().close)
    return response


@bp.post(f"/download.<any({','.join(_FORMS)}):form>")
def download(form: str) -> Response | tuple[str, int]:
    """Send the answers to a list as a file; those that were just shown are not looked for anew."""
    try:
        # Before the list is read: that takes its time too.
        with _enter():
            return _file_of(_asked(), form)
    except (UsageError, ReadingError) as error:
        return _refused(error)


def _file_of(asked: tuple[str, ...], form: str) -> Response:
    found = list(answer_each(library(), asked, _kept()))
    content = answers_file(found, form, whole_address(""))
    return attachment(content, TYPES[form], f"cau-tra-loi.{form}")


def _asked() -> tuple[str, ...]:
    """Return the questions of the form and of its file. Raises UsageError, ReadingError."""
    library().check()
    return check_list(read_typed(request.form.get("questions", "")) + _sent())


def _sent() -> list[str]:
    """Return the questions of the file that was sent, if any. Raises UsageError, ReadingError."""
    file = request.files.get("file")
    if file is None or not file.filename:
        return []
    file.seek(0)
    return read_list_file(file.filename, file.read())


def _refused(error: VankienError) -> tuple[str, int]:
    """Return the form with what was typed, and the list that was sent where it is quickly read."""
    sent: list[str] = []
    file = request.files.get("file")
    # A workbook takes long, and who is refused for want of room must not take more of it.
    if file is not None and (file.filename or "").lower().endswith(_QUICK):
        with suppress(UsageError, ReadingError):
            sent = _sent()
    typed = request.form.get("questions", "")
    return _page((), error, "\n".join(filter(None, (typed, *sent)))), error.status


def _enter() -> ExitStack:
    """Return a place among those that are answered; closing gives it back, once."""
    room = current_app.extensions.setdefault("question_room", BoundedSemaphore(_AT_ONE_TIME))
    if not room.acquire(blocking=False):
        raise _Busy(
            _("Máy chủ đang trả lời danh sách của người khác."),
            _(
                "Hãy thử lại sau một, hai phút; danh sách trong ô còn nguyên, tệp Excel thì hãy "
                "chọn lại."
            ),
        )
    place = ExitStack()
    place.callback(room.release)
    return place


def _kept() -> Kept[Answered]:
    found = current_app.extensions.setdefault("answered", Kept(_KEPT))
    assert isinstance(found, Kept)
    return found


def _page(asked: tuple[str, ...], problem: VankienError | None = None, typed: str = "") -> str:
    return render_template(
        "questions.html",
        asked=asked,
        typed="\n".join(asked) or typed,
        problem=problem,
        forms=_FORMS,
        suffixes=SUFFIXES,
        most=MOST_QUESTIONS,
        longest=LONGEST,
        minutes=MOST_SECONDS // 60,
    )


def _flowing(head: str, asked: tuple[str, ...], tail: str) -> Response:
    pieces = _pieces(head, asked, tail)
    if request.accept_encodings["gzip"] > 0:
        # Compressed here: Flask-Compress would hold rows back.
        response = Response(stream_with_context(packed(pieces)), mimetype="text/html")
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(stream_with_context(pieces), mimetype="text/html")
        response.headers["Content-Encoding"] = "identity"
    response.headers["Cache-Control"] = "no-store"
    return response


def _pieces(head: str, asked: tuple[str, ...], tail: str) -> Iterator[str]:
    yield head
    row = get_template_attribute("question_rows.html", "row")
    answered = 0
    for number, one in enumerate(answer_each(library(), asked, _kept()), start=1):
        answered += bool(one.quoted)
        yield str(row(one, number, len(asked)))
    after, _at, rest = tail.partition(_HERE)
    done = get_template_attribute("question_rows.html", "done")
    yield f"{after}{done(answered, len(asked))}{rest}"
