"""One OpenSearch node: a process on loopback with ports and a folder of its own."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import monotonic, sleep
from typing import Any

from tests.cluster.rest import Body, Refused, Unreachable, request

HOST = "127.0.0.1"
ENGINE = Path(sys.prefix) / "cluster"
_HERE = Path(__file__).parent
_PAUSE = 0.1
_LAST_LINES = 25
_JAVA = (
    "java",
    "-Xss1m",
    "-XX:+UseSerialGC",
    "-Djava.awt.headless=true",
    "-Dfile.encoding=UTF-8",
    "-Djava.locale.providers=SPI,COMPAT",
    "-Dio.netty.noUnsafe=true",
    "-Dio.netty.noKeySetOptimization=true",
    "-Dio.netty.recycler.maxCapacityPerThread=0",
    "-Dio.netty.allocator.numDirectArenas=0",
    "-Dlog4j.shutdownHookEnabled=false",
    "-Dlog4j2.disable.jmx=true",
    f"-Dlog4j2.configurationFile={_HERE / 'log4j2.xml'}",
)


def can_start() -> bool:
    """Return whether Java is there, and the jars that `make test-cluster` collects."""
    folders = (ENGINE / "classes", ENGINE / "lib")
    return shutil.which("java") is not None and all(folder.is_dir() for folder in folders)


class Node:
    """One node: a process that can be started, killed and stopped, on ports and data of its own."""

    def __init__(self, home: Path, ports: tuple[int, int], options: Sequence[str]) -> None:
        self.name, self.home, self.options = home.name, home, options
        self.port, self.transport_port = ports
        self.url = f"http://{HOST}:{self.port}"
        self.log = home / "node.log"
        self.settings: dict[str, str] = {}
        self.stopped = False
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def running(self) -> bool:
        """Whether its process exists, stopped or not."""
        return self._process is not None and self._process.poll() is None

    @property
    def pid(self) -> int:
        """The number of its process. Raises RuntimeError when it is not running."""
        if self._process is None:
            raise RuntimeError(f"{self.name} is not running")
        return self._process.pid

    def start(self) -> None:
        """Start the process on the data of the last time; `wait` says when it answers."""
        if self.running:
            return
        self._forget()
        (self.home / "config").mkdir(parents=True, exist_ok=True)
        classes = f"{ENGINE / 'classes'}{os.pathsep}{ENGINE / 'lib'}/*"
        command = [*_JAVA, *self.options, "-cp", classes, "SearchNode"]
        command += [f"{name}={value}" for name, value in self.settings.items()]
        with self.log.open("ab") as log:
            # The node ends with its standard input, thus with this process, however that ends.
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait(self, seconds: float = 120) -> None:
        """Return when the node answers. Raises RuntimeError, with its log, when it does not."""

        def answers() -> bool:
            if not self.running:
                raise RuntimeError(f"{self.name} ended:\n{self.last_lines()}")
            try:
                self.call("GET", "/", seconds=2)
            except (Refused, Unreachable):
                return False
            return True

        if not until(answers, seconds):
            raise RuntimeError(f"{self.name} does not answer:\n{self.last_lines()}")

    def call(self, method: str, path: str, body: Body | None = None, seconds: float = 30) -> Any:
        """Return what this node answers, see `request`."""
        return request(method, self.url + path, body, seconds)

    def kill(self) -> None:
        """End the process at once (SIGKILL), as a failure of its machine would."""
        if self._process is not None:
            self._process.kill()
            self._forget()

    def terminate(self, seconds: float = 20) -> None:
        """Ask the process to end (SIGTERM) and wait; what takes too long is killed."""
        if self._process is None:
            return
        self.resume()
        self._process.terminate()
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._forget()

    def stop(self) -> None:
        """Halt the process (SIGSTOP): it keeps its connections and answers nothing."""
        os.kill(self.pid, signal.SIGSTOP)
        os.waitid(os.P_PID, self.pid, os.WSTOPPED | os.WNOWAIT)
        self.stopped = True

    def resume(self) -> None:
        """Let a stopped process go on (SIGCONT)."""
        if self.stopped:
            os.kill(self.pid, signal.SIGCONT)
            self.stopped = False

    def restart(self) -> None:
        """End the process if it runs, start it on the same data, wait until it answers."""
        self.terminate()
        self.start()
        self.wait()

    def last_lines(self) -> str:
        """Return the end of the log."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-_LAST_LINES:])

    def _forget(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.wait()
            self._process.stdin.close()
        self._process, self.stopped = None, False


def until(reached: Callable[[], bool], seconds: float) -> bool:
    """Return whether it was reached within the time; asked again and again."""
    end = monotonic() + seconds
    while not reached():
        if monotonic() > end:
            return False
        sleep(_PAUSE)
    return True
