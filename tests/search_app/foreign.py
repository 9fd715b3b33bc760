"""Finding Vietnamese in a page that is English, where it is not marked as Vietnamese."""

from __future__ import annotations

import re
from html.parser import HTMLParser

VIETNAMESE = re.compile(
    r"[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]", re.IGNORECASE
)
_EMPTY = {"br", "hr", "img", "input", "link", "meta", "wbr"}
# A title cannot say the language of a part; a text area holds what a reader wrote.
_SKIPPED = {"script", "style", "textarea", "title"}
# Words of a question, of a report, in a sentence of the page.
_QUOTED = re.compile(r"“[^”]*”|'[^']*'")


class _Reader(HTMLParser):
    """Keeps the language of every open element; texts in English that look Vietnamese are kept."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str]] = [("", "")]
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _EMPTY:
            return
        told = dict(attrs).get("lang")
        self.open.append((tag, told or self.open[-1][1]))

    def handle_endtag(self, tag: str) -> None:
        while tag not in _EMPTY and len(self.open) > 1:
            if self.open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        tag, language = self.open[-1]
        if language != "vi" and tag not in _SKIPPED:
            said = _QUOTED.sub("", data)
            if VIETNAMESE.search(said):
                self.found.append(" ".join(data.split()))


def foreign_texts(page: str) -> list[str]:
    """Return the texts of a page that have Vietnamese letters and are not marked `lang="vi"`.

    >>> foreign_texts('<html lang="en"><p>Find <q lang="vi">hộ nghèo</q><br> nghèo</p></html>')
    ['nghèo']
    """
    reader = _Reader()
    reader.feed(page)
    reader.close()
    return reader.found
