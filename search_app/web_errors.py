"""Errors as readers and programs are told them: a page, or JSON where JSON is asked for."""

from __future__ import annotations

from flask import Flask, Response, jsonify, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from indexer.errors import UsageError, VankienError
from search_app import web
from search_app.for_readers import for_readers
from search_app.languages import gettext as _
from search_app.languages import lazy_gettext as _l
from search_app.serialise import error_json

_MESSAGES = {
    400: (_l("Yêu cầu không đọc được."), _l("Hãy kiểm tra lại địa chỉ.")),
    404: (_l("Không có trang này."), _l("Hãy kiểm tra lại địa chỉ hoặc tìm từ trang đầu.")),
    405: (
        _l("Trang này không nhận cách gửi đó."),
        _l("Hãy mở trang từ trình duyệt như bình thường."),
    ),
    410: (
        _l("Trang này không còn nữa."),
        _l("Hãy tìm lại nội dung cần xem từ trang đầu."),
    ),
    413: (_l("Nội dung gửi lên quá lớn."), _l("Hãy gửi ít hơn 1 MB.")),
    414: (_l("Địa chỉ quá dài."), _l("Hãy bỏ bớt bộ lọc hoặc rút ngắn câu hỏi.")),
    429: (_l("Máy của bạn gửi quá nhiều yêu cầu."), _l("Hãy chờ một phút rồi thử lại.")),
    500: (_l("Máy chủ gặp sự cố."), _l("Hãy thử lại; nếu vẫn còn, báo cho người quản trị.")),
    503: (_l("Máy chủ đang bận hoặc đang bảo trì."), _l("Hãy thử lại sau ít phút.")),
}
_OF_PROGRAMS = ("/api/", "/healthz", "/readyz")


class _FormTooOld(UsageError):
    """The form was made for another session than it is sent in."""

    code = "form_too_old"


def init_app(app: Flask) -> None:
    """Let every error be told the same way."""
    app.register_error_handler(VankienError, _ours)
    app.register_error_handler(CSRFError, _too_old)
    app.register_error_handler(SecurityError, _not_our_name)
    app.register_error_handler(HTTPException, _of_http)


def _wants_json() -> bool:
    asked = request.accept_mimetypes.best == "application/json"
    return asked or request.path.startswith(_OF_PROGRAMS)


def _ours(error: VankienError) -> tuple[Response | str, int]:
    told = for_readers(error)
    if _wants_json():
        return jsonify(error_json(told)), told.status
    return web.error_page(told), told.status


def _too_old(_error: CSRFError) -> tuple[Response | str, int]:
    return _ours(
        _FormTooOld(
            _("Trang mở đã lâu nên máy chủ không nhận được lần bấm này."),
            _("Hãy tải lại trang rồi bấm lại."),
        )
    )


def _not_our_name(_error: SecurityError) -> tuple[Response, int]:
    # No page: links cannot be written for a name that is not the server's own.
    said = _("Máy chủ không nhận yêu cầu gọi bằng tên này; hãy kiểm tra lại địa chỉ.")
    return Response(said, mimetype="text/plain"), 400


def _of_http(error: HTTPException) -> tuple[Response | str, int, list[tuple[str, str]]]:
    code = error.code or 500
    # What belongs to the status and not to the body: Allow, Location.
    headers = [(name, value) for name, value in error.get_headers() if name != "Content-Type"]
    translated = VankienError(*map(str, _MESSAGES.get(code, _MESSAGES[500])))
    if not _wants_json():
        return web.error_page(translated, title=str(code)), code, headers
    body = error_json(translated)
    body["error"]["code"] = error.name.lower().replace(" ", "_")
    return jsonify(body), code, headers
