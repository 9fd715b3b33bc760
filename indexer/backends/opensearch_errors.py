"""What a cluster answers when it cannot, put into words that say what to do."""

from __future__ import annotations

import json
from typing import Any

from indexer.backends.opensearch_access import Access
from indexer.errors import (
    EngineRefused,
    EngineUnavailable,
    IndexIncomplete,
    QueryTooBroad,
    VankienError,
)

_URL = "Hãy kiểm tra VANKIEN_OPENSEARCH_URL và xem các máy của cụm có đang chạy không."
_LOGIN = (
    "Hãy kiểm tra VANKIEN_OPENSEARCH_USER và VANKIEN_OPENSEARCH_PASSWORD, hoặc "
    "VANKIEN_OPENSEARCH_API_KEY."
)
_NODES = "Hãy kiểm tra các máy của cụm OpenSearch; khi đủ máy thì thử lại."


def unreachable(access: Access, reason: str) -> EngineUnavailable:
    """Return the error of a cluster of which no node answers."""
    return EngineUnavailable(f"Không kết nối được với cụm OpenSearch ở {access}: {reason}.", _URL)


def wrong_version(found: str, access: Access) -> EngineUnavailable:
    """Return the error of a server that is something else."""
    return EngineUnavailable(
        f"Máy chủ ở {access} là {found}, không phải OpenSearch 2 hay 3.",
        "Hãy đặt VANKIEN_OPENSEARCH_URL là địa chỉ một cụm OpenSearch 2 hay 3.",
    )


def refused(status: int, info: Any, access: Access) -> VankienError:
    """Return the error that an answer with an error status tells."""
    error = info.get("error", {}) if isinstance(info, dict) else {}
    error = error if isinstance(error, dict) else {"reason": str(error)}
    kind, words = str(error.get("type", "")), json.dumps(error, ensure_ascii=False)
    if status == 401:
        return EngineUnavailable(f"Cụm OpenSearch ở {access} không nhận tên hay mật khẩu.", _LOGIN)
    if "too_many_clauses" in words or "maxClauseCount" in words:
        return QueryTooBroad(
            "Câu hỏi ứng với nhiều từ hơn mức cụm OpenSearch cho phép.",
            "Hãy gõ thêm vài chữ trước dấu *, hoặc giảm số sau dấu ~.",
        )
    if kind == "cluster_block_exception":
        return _blocked(str(error.get("reason", "")), status)
    if status == 403:
        return EngineUnavailable(f"Cụm OpenSearch ở {access} không cho phép việc này.", _LOGIN)
    if kind == "cluster_manager_not_discovered_exception" or "not_discovered" in kind:
        return _without_manager()
    if "no_shard_available" in words or "all shards failed" in words:
        return IndexIncomplete(
            "Chỉ mục trong cụm OpenSearch đang thiếu mảnh nên không tìm được.", _NODES
        )
    return EngineRefused(
        f"Cụm OpenSearch không làm được việc này ({status} {kind}: {error.get('reason', '')}).",
        "Hãy xem nhật ký của cụm OpenSearch rồi thử lại.",
        status,
        kind,
    )


def _blocked(reason: str, status: int) -> VankienError:
    if "read-only" in reason or "disk" in reason:
        return EngineUnavailable(
            "Cụm OpenSearch đã khóa ghi vì ổ đĩa của một máy gần đầy.",
            "Hãy giải phóng chỗ trống trên các máy của cụm; khóa tự mở khi đủ chỗ, rồi chạy lại.",
        )
    return _without_manager()


def _without_manager() -> EngineUnavailable:
    return EngineUnavailable(
        "Cụm OpenSearch đang thiếu quá nhiều máy nên không có máy điều phối; chưa ghi gì cả.",
        _NODES,
    )
