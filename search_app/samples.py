"""What is said where the sample reports of the project stand beside other reports."""

from __future__ import annotations

import shlex
from pathlib import Path

from indexer.reports import Samples
from search_app.languages import gettext as _
from search_app.languages import ngettext


def samples_words(samples: Samples) -> str:
    """Return in one line that sample reports are left, and how to take them out.

    >>> samples_words(Samples(4, ("corpus",)))
    '4 báo cáo mẫu vẫn còn trong thư viện; bỏ bằng: vankien forget corpus'
    """
    left = ngettext(
        "%(num)s báo cáo mẫu vẫn còn trong thư viện",
        "%(num)s báo cáo mẫu vẫn còn trong thư viện",
        samples.reports,
    )
    return _("%(left)s; bỏ bằng: %(command)s", left=left, command=command(samples))


def command(samples: Samples) -> str:
    """Return the command that takes sample reports out of the library.

    >>> command(Samples(1, ("/x/của tôi/mẫu.txt",)))
    "vankien forget '/x/của tôi/mẫu.txt'"
    """
    return shlex.join(["vankien", "forget", *map(_short, samples.paths)])


def _short(path: str) -> str:
    """Return a path as it is typed here."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path
