"""The reference pack: collected on any page, ordered, commented, shared, taken away as a file."""

from __future__ import annotations

from flask import (
    Blueprint,
    Response,
    current_app,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.sansio.blueprints import BlueprintSetupState
from werkzeug.wrappers import Response as BaseResponse

from indexer.errors import NotFound, StorageError, UsageError, VankienError
from search_app.api import library
from search_app.citing.lookup import look_up
from search_app.citing.permalinks import Permalink, read_code
from search_app.citing.records import Record, record
from search_app.for_readers import for_readers
from search_app.languages import gettext as _
from search_app.languages import ngettext
from search_app.packing.files import FILES
from search_app.packs import LONGEST_NAME, LONGEST_NOTE, Packs
from search_app.packs_rows import Pack
from search_app.page_packs import Refused, entries, item_views
from search_app.serialise import error_json
from search_app.web_languages import own_page
from search_app.web_outgoing import attachment, whole_address

bp = Blueprint("packs", __name__)

_KEY = "pack"
_THIS_MACHINE = ("127.0.0.1", "::1")
_MOVES = {"up": -1, "down": 1}


def packs() -> Packs:
    """Return the packs that readers made."""
    extensions = current_app.extensions
    found = extensions.get("packs")
    if found is None:
        found = extensions.setdefault("packs", Packs(library().settings.database))
    assert isinstance(found, Packs)
    return found


@bp.record_once
def for_templates(state: BlueprintSetupState) -> None:
    """Give every page the name of the link to the pack, with the number of its quotations."""
    state.app.jinja_env.globals["pack_label"] = lambda: pack_label(_count())


@bp.app_context_processor
def where_to_add() -> dict[str, object]:
    """Give every page the address to which a passage is sent."""
    return {"pack_items": url_for("packs.add")}


@bp.after_request
def keep_private(response: Response) -> Response:
    """Keep packs out of caches and search engines."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _count() -> int:
    try:
        return packs().count(_mine()) if _mine() else 0
    except StorageError:
        # The page of a report must not fail because packs cannot be read; their own page says so.
        return 0


def _mine() -> str:
    return str(session.get(_KEY, ""))


def _made() -> str:
    """Return the reader's pack, a new one when there is none any more."""
    if packs().pack(_mine()) is None:
        session[_KEY] = packs().make(_reader())
        # As long as the pack itself is kept.
        session.permanent = True
    return _mine()


def _reader() -> str:
    """Return the network address that a reader comes from."""
    address = request.remote_addr or ""
    # The last one is what a proxy on this machine has written, whatever was sent to it.
    passed_on = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return passed_on or address if address in _THIS_MACHINE else address


def _own() -> Pack:
    return packs().pack(_mine()) or Pack("", "", "", ())


@bp.get("/pack")
def own() -> str:
    """Show the reader's pack, to order, comment and take away."""
    return _own_page()


def _own_page(refused: Refused | None = None) -> str:
    pack = _own()
    return render_template(
        "pack.html",
        pack=pack,
        refused=refused,
        views=item_views(library(), pack),
        files=FILES,
        longest_note=LONGEST_NOTE,
        longest_name=LONGEST_NAME,
    )


@bp.post("/pack/items")
def add() -> BaseResponse | tuple[BaseResponse, int]:
    """Put a passage, or a part of it, into the reader's pack."""
    wants_json = request.accept_mimetypes.best == "application/json"
    try:
        is_new = packs().add(_made(), [(_asked(), "")])
    except VankienError as error:
        if wants_json:
            return jsonify(error_json(for_readers(error))), error.status
        raise
    said = _("Đã thêm vào giỏ trích dẫn.") if is_new else _("Đoạn này đã có trong giỏ.")
    if wants_json:
        return jsonify({"said": said, "count": _count(), "label": pack_label(_count())})
    return _back(own_page(request.form.get("next", "/")), said, request.args.get("at", ""))


def pack_label(count: int) -> str:
    """Return what the link to the pack is called."""
    return str(_("Giỏ (%(count)s)", count=count) if count else _("Giỏ"))


def _asked() -> Record:
    """Return the quotation that a form names by its code."""
    link = read_code(request.form.get("item", "")) or Permalink("")
    target = look_up(library(), link)
    if target.citation is None:
        raise NotFound(
            _("Đoạn này vừa được đọc lại hoặc không còn trong thư viện."),
            _("Hãy mở lại trang rồi thêm vào giỏ lần nữa."),
        )
    return record(target.citation)


@bp.post("/pack/items/<int:number>")
def change(number: int) -> BaseResponse | tuple[str, int]:
    """Move a quotation up or down, take it out, or only keep the notes: those of all of them."""
    do, pack_id = request.form.get("do", ""), _mine()
    # What was written is never lost by moving; what is taken out needs no note.
    refused = _keep_notes(number if do == "remove" else None)
    if refused:
        return _own_page(refused), refused.error.status
    if do == "remove":
        packs().remove(pack_id, number)
        return _back(url_for("packs.own"), _("Đã bỏ khỏi giỏ."))
    if do in _MOVES:
        packs().move(pack_id, number, _MOVES[do])
    said = _("Đã chuyển chỗ.") if do in _MOVES else _("Đã lưu ghi chú.")
    return _back(url_for("packs.own"), said, f"muc-{number}")


def _keep_notes(leaving: int | None) -> Refused | None:
    """Keep the notes that a form brings, but not that of `leaving`; return one that is too long."""
    refused = None
    for item in _own().items:
        note = request.form.get(f"note-{item.number}", item.note)
        if item.number == leaving or note == item.note:
            continue
        try:
            packs().annotate(_mine(), item.number, note)
        except UsageError as error:
            refused = refused or Refused(item.number, note, error)
    return refused


@bp.post("/pack/name")
def name() -> BaseResponse:
    """Give the reader's pack a name."""
    packs().rename(_mine(), request.form.get("name", ""))
    return _back(url_for("packs.own"), _("Đã lưu tên giỏ."))


@bp.route("/pack/empty", methods=["GET", "POST"])
def empty() -> BaseResponse | str:
    """Ask whether to empty the reader's pack; empty it when confirmed."""
    if request.method == "GET":
        return render_template("pack_empty.html", pack=_own())
    packs().empty(_mine())
    return _back(url_for("packs.own"), _("Giỏ trích dẫn đã trống."))


@bp.post("/pack/share")
def share() -> BaseResponse:
    """Give the reader's pack an address for others, or take it back."""
    if request.form.get("do") == "stop":
        packs().unshare(_mine())
        return _back(url_for("packs.own"), _("Đã thôi chia sẻ: liên kết cũ không mở được nữa."))
    packs().share(_mine())
    return _back(url_for("packs.own"), _("Đã lập liên kết chia sẻ."), "chia-se")


@bp.get("/packs/<token>")
def shared(token: str) -> str:
    """Show a pack that is shared; it can be read and copied, not changed."""
    pack = packs().shared(token)
    return render_template(
        "pack_shared.html",
        pack=pack,
        views=item_views(library(), pack),
        files=FILES,
        is_mine=pack.id == _mine(),
    )


@bp.post("/packs/<token>/copy")
def copy(token: str) -> BaseResponse:
    """Copy a shared pack with its notes to the end of the reader's own."""
    pack = packs().shared(token)
    added = packs().add(_made(), [(item.record, item.note) for item in pack.items])
    said = ngettext(
        "Đã chép %(num)s đoạn vào giỏ của bạn.", "Đã chép %(num)s đoạn vào giỏ của bạn.", added
    )
    return _back(url_for("packs.own"), said)


@bp.get("/pack/export.<form>")
def export(form: str) -> Response:
    """Send the reader's pack as a file."""
    return _file(_own(), form)


@bp.get("/packs/<token>/export.<form>")
def export_shared(token: str, form: str) -> Response:
    """Send a shared pack as a file."""
    return _file(packs().shared(token), form)


def _file(pack: Pack, form: str) -> Response:
    if form not in FILES:
        raise NotFound(
            _("Không xuất giỏ ra dạng này."), _("Các dạng có: %(forms)s.", forms=", ".join(FILES))
        )
    if not pack.items:
        raise NotFound(
            _("Giỏ trích dẫn đang trống, chưa có gì để tải."),
            _("Hãy thêm vài đoạn bằng nút “+ Giỏ” ở kết quả tìm."),
        )
    content = FILES[form].write(
        pack.name or _("Giỏ trích dẫn"), entries(library(), pack, whole_address)
    )
    return attachment(content, FILES[form].media_type, f"gio-trich-dan.{form}")


def _back(path: str, said: str, place: str = "") -> BaseResponse:
    flash(said)
    anchor = f"#{place}" if place.replace("-", "").isalnum() else ""
    return redirect(path + anchor, 303)
