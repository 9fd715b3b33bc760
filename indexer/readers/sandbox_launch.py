"""What runs between us and a converter: sets its limits, takes its network away, then starts it.

Started by `sandbox` as a program of its own, because limits must be set after the fork and no
Python may run there in a process with threads. Only the standard library, nothing of ours.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import sys
from pathlib import Path
from types import FrameType

_PARENT_DEATH_SIGNAL = 1
_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NOT_STARTED = 127


def main(arguments: list[str]) -> int:
    """Run `arguments[4:]` below the parent, seconds, memory and file bytes that come before it.

    Returns the exit code of the command, 128 + n when signal n ended it.
    """
    parent, seconds, memory, file_bytes = map(int, arguments[:4])
    signal.signal(signal.SIGTERM, _end_all)
    system = ctypes.CDLL(None, use_errno=True)
    # A parent that is killed cannot stop its converters: the system does it then.
    system.prctl(_PARENT_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
    if os.getppid() != parent:
        return _NOT_STARTED
    _leave_network(system)
    for limit, value in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(limit, (value, value))
    return _run(arguments[4:])


def _run(command: list[str]) -> int:
    child = os.fork()
    if child == 0:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        # Python ignores it; a converter that writes too much must end.
        signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
        with contextlib.suppress(OSError):
            os.execv(command[0], command)
        os._exit(_NOT_STARTED)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return code if code >= 0 else 128 - code


def _leave_network(system: ctypes.CDLL) -> None:
    """Go where there is no network, where the system allows it."""
    if system.unshare(_NEW_NETWORK) == 0:
        return
    user, group = os.getuid(), os.getgid()
    if system.unshare(_NEW_USER | _NEW_NETWORK) == 0:
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny", encoding="ascii")
            Path("/proc/self/uid_map").write_text(f"{user} {user} 1", encoding="ascii")
            Path("/proc/self/gid_map").write_text(f"{group} {group} 1", encoding="ascii")


def _end_all(number: int, frame: FrameType | None) -> None:
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
