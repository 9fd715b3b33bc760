"""What is told to readers of an error: where the server keeps its files is for its log alone."""

from __future__ import annotations

import logging

from indexer.errors import IndexMissing, IndexOutdated, StorageError, VankienError
from search_app.languages import gettext as _

_log = logging.getLogger(__name__)


def for_readers(error: VankienError) -> VankienError:
    """Return the error as pages and the interface show it; what they leave out is logged.

    >>> for_readers(VankienError("Trống.", "Gõ một từ.")).message
    'Trống.'
    """
    if not isinstance(error, StorageError):
        return error
    _log.error("%s", error)
    if isinstance(error, IndexMissing):
        return IndexMissing(
            _("Chưa có báo cáo nào được đưa vào thư viện."),
            _("Người quản trị cần chạy: vankien index THƯ_MỤC_BÁO_CÁO"),
        )
    if isinstance(error, IndexOutdated):
        return IndexOutdated(
            _("Chỉ mục được lập theo quy tắc của phiên bản khác."),
            _("Người quản trị cần chạy: vankien index --rebuild"),
        )
    return type(error)(
        _("Máy chủ chưa đọc hay ghi được dữ liệu cần cho trang này."),
        _("Hãy thử lại sau ít phút; nếu vẫn còn, báo cho người quản trị."),
    )
