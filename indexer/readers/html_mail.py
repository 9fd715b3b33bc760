"""Web pages saved in one file with their pictures (.mht): the page in it, if it is whole."""

from __future__ import annotations

import email
import email.errors
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage

MAIL_SUFFIXES = (".mht", ".mhtml")
_MAIL = re.compile(
    rb"(?:[\w-]++:[^\n]*+\n(?:[ \t][^\n]*+\n)*+)*?Content-Type:\s*multipart/related", re.I
)
_DAMAGED = (
    email.errors.InvalidBase64PaddingDefect,
    email.errors.InvalidBase64LengthDefect,
    email.errors.InvalidBase64CharactersDefect,
)
_CUT_OFF = "tệp .mht bị cắt ngang: phần chữ của trang không còn đủ"
_PICTURES_LOST = "Tệp .mht bị cắt ở cuối; phần chữ của trang còn đủ, ảnh có thể thiếu."


class BrokenMail(ValueError):
    """The file holds no page, or only a piece of one; its text says why in Vietnamese."""


@dataclass(frozen=True, slots=True)
class MailPage:
    """The bytes of a page, the character set that its mail declares, what is to be told."""

    data: bytes
    charset: str
    warnings: tuple[str, ...] = ()


def is_mail(head: bytes) -> bool:
    """Say whether a file that begins like this is a web page saved in one file."""
    return _MAIL.match(head.lstrip().replace(b"\r\n", b"\n")) is not None


def page_of_mail(data: bytes) -> MailPage:
    """Return the page of a file; raises BrokenMail when there is none, or it is cut off."""
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    parts = list(_parts(message))
    cut_off = any(_lacks_end(part) for part in parts)
    for part in parts:
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes) and content.strip():
                if any(isinstance(defect, _DAMAGED) for defect in part.defects):
                    raise BrokenMail(_CUT_OFF)
                if cut_off and part is parts[-1]:
                    raise BrokenMail(_CUT_OFF)
                told = (_PICTURES_LOST,) if cut_off else ()
                return MailPage(content, str(part.get_content_charset() or ""), told)
    raise BrokenMail("trong tệp .mht không có trang web nào, hoặc tệp bị cắt ngang")


def _lacks_end(part: EmailMessage) -> bool:
    return any(
        isinstance(defect, email.errors.CloseBoundaryNotFoundDefect) for defect in part.defects
    )


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for part in message.walk():
        if isinstance(part, EmailMessage):
            yield part
