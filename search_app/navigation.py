"""The pages that every page leads to, by what a reader wants to do."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request

from search_app.languages import lazy_gettext as _


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the menu: where it is and what it is called, in the reader's language."""

    endpoint: str
    name: object

    @property
    def is_here(self) -> bool:
        """Return whether the page that is being made is this one, or one of its kind."""
        blueprint = self.endpoint.partition(".")[0]
        return request.endpoint == self.endpoint or (
            blueprint != "web" and request.blueprint == blueprint
        )


MENU = (
    Place("web.documents", _("Các báo cáo")),
    Place("indicators.index", _("Chỉ tiêu")),
    Place("web.references", _("Văn bản được dẫn")),
    Place("differences.index", _("So sánh")),
    Place("questions.index", _("Hỏi nhiều câu")),
)
FOOT = (
    Place("ingestion.index", _("Nhật ký đọc tệp")),
    Place("words.index", _("Từ viết tắt, từ đồng nghĩa")),
    Place("help.index", _("Trợ giúp")),
    Place("help.about", _("Giới thiệu và trợ năng")),
    Place("feed.atom", _("Báo cáo mới (Atom)")),
)


def init_app(app: Flask) -> None:
    """Give the templates the menus."""
    app.jinja_env.globals.update(
        menu=[place for place in MENU if place.endpoint in app.view_functions],
        foot=[place for place in FOOT if place.endpoint in app.view_functions],
    )
