"""Running a converter on a file from anywhere: bounded, alone, and killed whole.

A converter gets a time limit, a memory limit, a limit of what it writes, a folder of its own as
home, an environment of four variables, and no network where the system allows that.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import IO

_LAUNCHER = Path(__file__).with_name("sandbox_launch.py")
_LOOK_SECONDS = 0.25
_MAX_SHOWN = 200
_NOT_STARTED = 127
# The signals a converter gets for taking too much: processor time, and bytes written.
_TOO_LONG, _TOO_MUCH = 128 + signal.SIGXCPU, 128 + signal.SIGXFSZ


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may take: seconds, bytes of memory, bytes written and printed."""

    seconds: float = 60.0
    memory: int = 3 * 2**30
    output: int = 300 * 2**20


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended. `why` says in Vietnamese what went wrong, empty when nothing did.

    `timed_out` is set when it took too long, or too much of the processor.
    """

    why: str
    stdout: bytes
    stderr: bytes
    timed_out: bool = False


def run(
    command: Sequence[str | Path],
    folder: Path,
    limits: Limits | None = None,
    env: Mapping[str, str] | None = None,
) -> Outcome:
    """Run a command (its program by its whole path) in `folder`; return how it ended.

    `folder` is where it may write, and is measured; `env` adds to its environment.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     outcome = run(["/bin/echo", "tôm"], Path(folder))
    >>> outcome.why, outcome.stdout.decode()
    ('', 'tôm\\n')
    """
    limits = limits or Limits()
    with tempfile.TemporaryFile() as stdout, tempfile.TemporaryFile() as stderr:
        began = monotonic()
        process = subprocess.Popen(
            [*_launcher(limits), *map(str, command)],
            cwd=folder,
            env=_environment(folder) | dict(env or {}),
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            start_new_session=True,
        )
        try:
            stopped = _wait(process, folder, limits)
        finally:
            # Also when it ended well: nothing that it started may go on.
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        errors = _text(stderr, limits.output)
        name = Path(command[0]).name
        why = f"{name} {stopped}" if stopped else _why(name, process.returncode, errors, limits)
        timed_out = process.returncode == _TOO_LONG or monotonic() - began >= limits.seconds
        return Outcome(why, _text(stdout, limits.output), errors, timed_out)


def _launcher(limits: Limits) -> list[str]:
    # Twice the time: one that works on two cores uses processor time twice as fast.
    numbers = (os.getpid(), 2 * int(limits.seconds + 1), limits.memory, limits.output)
    return [sys.executable, "-I", "-S", str(_LAUNCHER), *map(str, numbers)]


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": "/usr/local/bin:/usr/bin:/bin",
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
    }


def _wait(process: subprocess.Popen[bytes], folder: Path, limits: Limits) -> str:
    """Wait for the end; return why it was not waited for any longer, "" when it ended."""
    last = monotonic() + limits.seconds
    while (left := last - monotonic()) > 0:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(min(left, _LOOK_SECONDS))
            return ""
        if _written(folder) > limits.output:
            return _wrote_too_much(limits)
    return f"chạy quá {limits.seconds:g} giây nên đã bị dừng"


def _wrote_too_much(limits: Limits) -> str:
    return f"ghi ra quá {limits.output // 2**20} MB nên đã bị dừng"


def _written(folder: Path) -> int:
    """Return the bytes of all files below `folder`; files come and go meanwhile."""
    total = 0
    for parent, _, names in os.walk(folder):
        for name in names:
            with contextlib.suppress(OSError):
                total += (Path(parent) / name).lstat().st_size
    return total


def _why(name: str, code: int, errors: bytes, limits: Limits) -> str:
    if code == 0:
        return ""
    if code == _TOO_LONG:
        return f"{name} chạy quá {limits.seconds:g} giây nên đã bị dừng"
    if code == _TOO_MUCH:
        return f"{name} {_wrote_too_much(limits)}"
    if code == _NOT_STARTED:
        return f"{name} không khởi động được"
    if code > 128:
        return f"{name} dừng đột ngột (tín hiệu {code - 128})"
    said = " ".join(errors.decode("utf-8", "replace").split())[-_MAX_SHOWN:]
    return f"{name} báo lỗi (mã {code})" + (f": {said}" if said else "")


def _text(file: IO[bytes], limit: int) -> bytes:
    file.seek(0)
    return file.read(limit)
