"""What the search page says when nothing was found, or only something near."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search_app.languages import gettext as _
from search_app.nearest import Nearest
from search_app.page_links import Address
from search_app.page_meaning import Interpretation
from search_app.search import Result


@dataclass(frozen=True, slots=True)
class Proposal:
    """One way to change the question: why, and the link that does it."""

    why: str
    text: str
    url: str


def statement(result: Result, reports: int, *, answered: bool) -> str:
    """Return what the searched reports lack; empty when they have what was asked for."""
    about = {"count": reports, "question": result.request.text.strip()}
    if not result.total:
        if not about["question"]:
            return _(
                "Các báo cáo đã tìm (%(count)s) không có đoạn nào hợp với bộ lọc.", count=reports
            )
        return _("Các báo cáo đã tìm (%(count)s) không nói tới “%(question)s”.", **about)
    if answered:
        return ""
    without = ", ".join(result.meaning.places_without)
    if without and result.meaning.asks:
        return _(
            "Báo cáo của %(place)s không trả lời câu hỏi “%(question)s”.",
            place=without,
            question=about["question"],
        )
    if result.meaning.asks:
        return _("Các báo cáo đã tìm (%(count)s) không trả lời câu hỏi “%(question)s”.", **about)
    if not result.complete and (result.meaning.content or result.question.phrases):
        return _(
            "Không đoạn nào trong các báo cáo đã tìm (%(count)s) có đủ các từ “%(question)s”.",
            **about,
        )
    return ""


def proposal(
    address: Address, result: Result, meaning: Interpretation, near: Nearest | None
) -> Proposal | None:
    """Return the most promising change of a question that found nothing; None without one."""
    if result.suggestion:
        anew = address.asking_anew(result.suggestion)
        return Proposal(_("Có phải bạn tìm:"), result.suggestion, anew)
    if meaning.with_accents:
        why = _("Câu hỏi được tìm đúng như đã gõ.")
        return Proposal(why, _("thêm dấu cho câu hỏi"), meaning.with_accents)
    if near is not None:
        return _nearer(address, result, near)
    if meaning.as_typed:
        why = _("Câu hỏi đã được thêm dấu.")
        return Proposal(
            why, _("tìm đúng như đã gõ: %(typed)s", typed=meaning.typed), meaning.as_typed
        )
    return None


def topics(address: Address, phrases: Sequence[str]) -> tuple[Proposal, ...]:
    """Return phrases of the reports, each with the link that asks for it without filters."""
    return tuple(Proposal("", phrase, address.words_only(phrase)) for phrase in phrases)


def _nearer(address: Address, result: Result, near: Nearest) -> Proposal:
    url = address.words_only(near.text) if near.everywhere else address.asking_anew(near.text)
    why = ""
    if near.missing:
        words = ", ".join(f"“{word}”" for word in dict.fromkeys(near.missing))
        why = _("Không báo cáo nào có %(words)s.", words=words)
    elif near.partly:
        why = _("Không đoạn nào có đủ các từ ấy cùng một chỗ.")
    elif near.everywhere:
        why = _("Ngoài bộ lọc thì có.")
    elif result.question.phrases or result.question.excluded:
        why = _("Các từ ấy có, nhưng không liền nhau thành cụm hoặc đứng cùng từ đã loại.")
    if near.everywhere:
        return Proposal(why, _("tìm “%(text)s” trong mọi báo cáo, không lọc", text=near.text), url)
    return Proposal(why, _("tìm “%(text)s”", text=near.text), url)
