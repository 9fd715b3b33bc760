"""Every answer that is an error becomes one of ours, with words that say what to do."""

from __future__ import annotations

from typing import Any

import pytest

from indexer.backends.opensearch_access import Access
from indexer.backends.opensearch_errors import refused, unreachable, wrong_version
from indexer.errors import (
    EngineRefused,
    EngineUnavailable,
    IndexIncomplete,
    QueryTooBroad,
    VankienError,
)

ACCESS = Access(("http://may1:9200",), 30, "", user="canbo", password="mat-khau", api_key="khoa")
BLOCK = "cluster_block_exception"
FULL = "index [x] blocked by: [disk usage exceeded flood-stage watermark, read-only-allow-delete]"
SEARCH = "search_phase_execution_exception"
TOO_MANY = {"type": "too_many_clauses", "reason": "maxClauseCount is set to 1024"}
LOST = [{"shard": 2}, {"shard": 0}, {"shard": 2}, {"shard": -1}]

Case = tuple[int, dict[str, Any], type[VankienError], str]
CASES: dict[str, Case] = {
    "wrong password": (401, {"type": "security_exception"}, EngineRefused, "tên hay mật khẩu"),
    "not allowed": (403, {"type": "security_exception"}, EngineRefused, "không cho phép"),
    "full disk": (429, {"type": BLOCK, "reason": FULL}, EngineRefused, "ổ đĩa của một máy gần đầy"),
    "full disk, 403": (403, {"type": BLOCK, "reason": FULL}, EngineRefused, "gần đầy"),
    "no new index": (
        403,
        {"type": BLOCK, "reason": "blocked by: [FORBIDDEN/10/cluster create-index blocked (api)]"},
        EngineRefused,
        "gần đầy",
    ),
    "starting": (
        503,
        {"type": BLOCK, "reason": "blocked by: [SERVICE_UNAVAILABLE/1/state not recovered]"},
        EngineUnavailable,
        "đang khởi động",
    ),
    "no manager": (
        503,
        {"type": BLOCK, "reason": "blocked by: [SERVICE_UNAVAILABLE/2/no cluster-manager]"},
        EngineUnavailable,
        "không có máy điều phối",
    ),
    "no manager found": (
        503,
        {"type": "cluster_manager_not_discovered_exception"},
        EngineUnavailable,
        "không có máy điều phối",
    ),
    "closed by somebody": (
        403,
        {"type": BLOCK, "reason": "blocked by: [FORBIDDEN/8/index write (api)]"},
        EngineRefused,
        "khóa việc này .*index write",
    ),
    "node lost": (503, {"type": "node_disconnected_exception"}, EngineUnavailable, "ngừng trả lời"),
    "red index": (503, {"type": SEARCH, "failed_shards": LOST}, IndexIncomplete, "mảnh 0, 2 "),
    "no shard": (503, {"type": "no_shard_available_action_exception"}, IndexIncomplete, "mảnh"),
    "too many words": (400, {"type": SEARCH, "root_cause": [TOO_MANY]}, QueryTooBroad, "nhiều từ"),
    "too many, in 500": (500, {"type": SEARCH, "caused_by": TOO_MANY}, QueryTooBroad, "nhiều từ"),
    "anything else": (
        400,
        {"type": "parsing_exception", "reason": "unknown query"},
        EngineRefused,
        "400 parsing_exception: unknown query",
    ),
}


@pytest.mark.parametrize(("status", "error", "kind", "words"), CASES.values(), ids=CASES.keys())
def test_an_answer_becomes_an_error_of_ours(
    status: int, error: dict[str, Any], kind: type[VankienError], words: str
) -> None:
    told = refused(status, {"error": error, "status": status}, ACCESS)
    assert type(told) is kind
    with pytest.raises(kind, match=words):
        raise told
    assert told.message.endswith(".")
    assert told.hint.startswith("Hãy ")


@pytest.mark.parametrize("info", [None, "", "<html>Bad Gateway", {}, {"error": "no handler"}, []])
def test_an_answer_of_something_between_is_no_riddle(info: object) -> None:
    told = refused(502, info, ACCESS)
    assert isinstance(told, EngineRefused)
    assert told.answer_status == 502


def test_the_status_and_the_type_of_an_answer_are_kept() -> None:
    told = refused(404, {"error": {"type": "index_not_found_exception"}}, ACCESS)
    assert isinstance(told, EngineRefused)
    assert (told.answer_status, told.kind) == (404, "index_not_found_exception")


@pytest.mark.parametrize(
    "told",
    [
        unreachable(ACCESS, "không có máy nào nhận kết nối"),
        wrong_version("Elasticsearch 7.10.2", ACCESS),
        refused(401, {}, ACCESS),
        refused(403, {}, ACCESS),
        refused(500, {}, ACCESS),
    ],
)
def test_no_error_shows_what_proves_who_we_are(told: VankienError) -> None:
    for secret in ("canbo", "mat-khau", "khoa"):
        assert secret not in str(told)


def test_who_cannot_be_reached_and_what_is_no_opensearch_is_named() -> None:
    assert "http://may1:9200" in str(unreachable(ACCESS, "không trả lời sau 30 giây"))
    assert "VANKIEN_OPENSEARCH_URL" in unreachable(ACCESS, "x").hint
    told = wrong_version("Elasticsearch 7.10.2", ACCESS)
    assert "là Elasticsearch 7.10.2, không phải" in told.message
