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

BLOCKED = "cluster_block_exception"
_FAILED, _UNAVAILABLE = 500, 503

_URL = "Hãy kiểm tra VANKIEN_OPENSEARCH_URL và xem các máy của cụm có đang chạy không."
_LOGIN = (
    "Hãy kiểm tra VANKIEN_OPENSEARCH_USER và VANKIEN_OPENSEARCH_PASSWORD, hoặc "
    "VANKIEN_OPENSEARCH_API_KEY."
)
_NODES = "Hãy kiểm tra các máy của cụm OpenSearch; khi đủ máy thì thử lại."


def unreachable(access: Access, reason: str) -> EngineUnavailable:
    """Return the error of a cluster of which no node answers."""
    return EngineUnavailable(f"Không kết nối được với cụm OpenSearch ở {access}: {reason}.", _URL)


def wrong_version(found: str, access: Access) -> EngineRefused:
    """Return the error of a server that is something else."""
    return EngineRefused(
        f"Máy chủ ở {access} là {found}, không phải OpenSearch 2 hay 3.",
        "Hãy đặt VANKIEN_OPENSEARCH_URL là địa chỉ một cụm OpenSearch 2 hay 3.",
    )


def refused(status: int, info: Any, access: Access) -> VankienError:
    """Return the error that an answer with an error status tells."""
    error = info.get("error", {}) if isinstance(info, dict) else {}
    error = error if isinstance(error, dict) else {"reason": str(error)}
    kind, words = str(error.get("type", "")), json.dumps(error, ensure_ascii=False)
    if status == 401:
        said = f"Cụm OpenSearch ở {access} không nhận tên hay mật khẩu."
        return EngineRefused(said, _LOGIN, status, kind)
    if "too_many_clauses" in words or "maxClauseCount" in words:
        return QueryTooBroad(
            "Câu hỏi ứng với nhiều từ hơn mức cụm OpenSearch cho phép.",
            "Hãy gõ thêm vài chữ trước dấu *, hoặc giảm số sau dấu ~.",
        )
    if "create-index blocked" in words:
        return _without_new_indices(status)
    if kind == BLOCKED:
        return blocked(str(error.get("reason", "")), status)
    if status == 403:
        said = f"Cụm OpenSearch ở {access} không cho phép việc này."
        return EngineRefused(said, _LOGIN, status, kind)
    if "not_discovered" in kind:
        return _without_manager()
    if status >= _FAILED and kind.startswith("node_"):
        said = "Một máy của cụm OpenSearch vừa ngừng trả lời nên việc này chưa làm xong."
        return EngineUnavailable(said, _NODES)
    if status >= _FAILED and ("shard" in kind or kind == "search_phase_execution_exception"):
        return _without_shards(error)
    return EngineRefused(
        f"Cụm OpenSearch không làm được việc này ({status} {kind}: {error.get('reason', '')}).",
        "Hãy xem nhật ký của cụm OpenSearch rồi thử lại.",
        status,
        kind,
    )


def blocked(reason: str, status: int) -> VankienError:
    """Return the error of a cluster that takes no changes for now, with its words."""
    if "disk" in reason:
        return EngineRefused(
            "Cụm OpenSearch đã khóa ghi vì ổ đĩa của một máy gần đầy.",
            "Hãy giải phóng chỗ trống trên các máy của cụm; khóa tự mở khi đủ chỗ, rồi chạy lại.",
            status,
            BLOCKED,
        )
    if "not recovered" in reason:
        return EngineUnavailable("Cụm OpenSearch đang khởi động.", "Hãy thử lại sau ít phút.")
    if status == _UNAVAILABLE:
        return _without_manager()
    return EngineRefused(
        f"Cụm OpenSearch đã khóa việc này ({reason}).",
        "Hãy nhờ người quản trị cụm mở khóa rồi chạy lại.",
        status,
        BLOCKED,
    )


def _without_new_indices(status: int) -> EngineRefused:
    return EngineRefused(
        "Cụm OpenSearch không cho lập chỉ mục mới, thường vì ổ đĩa của các máy gần đầy.",
        "Hãy giải phóng chỗ trống, bỏ thiết lập cluster.blocks.create_index của cụm rồi chạy lại.",
        status,
        BLOCKED,
    )


def still_refused(passages: int, reason: str) -> EngineUnavailable:
    """Return the error of a cluster that was asked again and again to store passages."""
    return EngineUnavailable(
        f"Cụm OpenSearch vẫn chưa nhận {passages} đoạn sau nhiều lần gửi ({reason}).", _NODES
    )


def _without_shards(error: dict[str, Any]) -> IndexIncomplete:
    failed = error.get("failed_shards", [])
    numbers = sorted({each["shard"] for each in failed if each.get("shard", -1) >= 0})
    which = " " + ", ".join(map(str, numbers)) if numbers else ""
    return IndexIncomplete(
        f"Chỉ mục trong cụm OpenSearch đang thiếu mảnh{which} nên không dùng được trọn vẹn.", _NODES
    )


def _without_manager() -> EngineUnavailable:
    return EngineUnavailable(
        "Cụm OpenSearch đang thiếu quá nhiều máy nên không có máy điều phối; chưa ghi gì cả.",
        _NODES,
    )
