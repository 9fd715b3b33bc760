"""Where a data folder keeps its catalogue: in a file of its own, or in a shared database."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DatabaseAddress:
    """The data folder and the address of a PostgreSQL database; without one a file is used.

    The address may hold a password and is shown nowhere.

    >>> DatabaseAddress(Path("var"), "postgresql://an:mật-khẩu@csdl/vankien")
    DatabaseAddress(data=PosixPath('var'))
    """

    data: Path
    url: str = field(default="", repr=False)
