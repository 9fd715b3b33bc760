"""What the help page shows: each way to ask, with an example that runs on the library."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.languages import gettext as _


@dataclass(frozen=True, slots=True)
class Way:
    """A way to ask: what it does, an example, and what the example does."""

    title: str
    example: str
    does: str


@dataclass(frozen=True, slots=True)
class Topic:
    """Ways that belong together."""

    title: str
    ways: tuple[Way, ...]


def topics() -> tuple[Topic, ...]:
    """Return the help, in the reader's language; the examples stay Vietnamese like the reports."""
    return (
        Topic(_("Gõ thế nào cũng được"), _typing()),
        Topic(_("Hỏi như hỏi người"), _asking()),
        Topic(_("Nói rõ hơn"), _narrowing()),
    )


def _typing() -> tuple[Way, ...]:
    return (
        Way(
            _("Không dấu, thiếu dấu"),
            "ty le ho ngheo",
            _("Dấu được thêm theo lời văn của các báo cáo; trang cho biết đã hiểu thành gì."),
        ),
        Way(
            _("Kiểu bỏ dấu, i và y"),
            "tỉ lệ hoà giải thành",
            _("hòa và hoà, tỷ và tỉ, kỹ và kĩ là một."),
        ),
        Way(_("Viết tắt"), "BHYT", _("Tìm cả dạng đầy đủ; dạng đầy đủ cũng tìm ra chữ viết tắt.")),
        Way(_("Con số"), "1998 hộ", _("1.998, 1998 và 1 998 là một số.")),
    )


def _asking() -> tuple[Way, ...]:
    return (
        Way(
            _("Một số liệu"),
            "tỷ lệ hộ nghèo năm 2020 là bao nhiêu?",
            _("Trả lời bằng con số, lời trích và nguồn; không chắc thì không trả lời."),
        ),
        Way(
            _("Chỉ tiêu và kết quả"),
            "chỉ tiêu thu nhập bình quân đầu người đến năm 2025",
            _("Số là chỉ tiêu hay kết quả luôn được ghi rõ."),
        ),
        Way(
            _("Văn bản"),
            "nghị quyết nào về xây dựng nông thôn mới",
            _("Nêu số hiệu và tên văn bản mà báo cáo dẫn."),
        ),
    )


def _narrowing() -> tuple[Way, ...]:
    return (
        Way(_("Đúng một cụm từ"), '"giảm nghèo bền vững"', _("Trong ngoặc kép: đúng cụm từ ấy.")),
        Way(
            _("Các từ gần nhau"),
            '"đầu tư giao thông"~5',
            _("Theo thứ tự ấy, cách nhau không quá 5 tiếng."),
        ),
        Way(_("Chỉ nhớ phần đầu"), "2384/QĐ*", _("Mọi từ, số hiệu bắt đầu như vậy.")),
        Way(_("Không có từ này"), "hộ nghèo -cận", _("Dấu trừ ngay trước từ không muốn có.")),
        Way(
            _("Nơi và nhiệm kỳ"),
            "thu ngân sách nhiệm kỳ 2015-2020",
            _("Tên nơi và nhiệm kỳ trong câu hỏi thành bộ lọc; bấm ✕ để bỏ."),
        ),
    )
