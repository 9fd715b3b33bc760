"""`python -m tests.cluster.run [REPORTS] [--port P]`: the program on a cluster of its own.

Starts three OpenSearch nodes, puts the reports into them, serves, and ends everything on Ctrl-C.
What was indexed is kept below var/cluster for the next time.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.cluster.node import can_start
from tests.cluster.nodes import Cluster

FOLDER = Path("var") / "cluster"
SAMPLES = "corpus"
_VANKIEN = Path(sys.executable).with_name("vankien")


def environment(urls: Sequence[str], folder: Path) -> dict[str, str]:
    """Return the variables that make the program use the nodes, and the folder for its data.

    >>> environment(["http://a:1", "http://b:1"], Path("x"))["VANKIEN_OPENSEARCH_URL"]
    'http://a:1,http://b:1'
    """
    return {
        "VANKIEN_BACKEND": "opensearch",
        "VANKIEN_OPENSEARCH_URL": ",".join(urls),
        "VANKIEN_DATA": str(folder / "vankien"),
    }


@contextmanager
def three_nodes(folder: Path) -> Iterator[Cluster]:
    """Start three nodes on the data of the last time, and end them in order."""
    sys.stderr.write("Đang khởi động ba máy OpenSearch…\n")
    with Cluster(folder / "opensearch", 3, options=()) as cluster:
        cluster.wait_green()
        sys.stderr.write(f"Cụm OpenSearch: {' '.join(cluster.urls)}\n")
        try:
            yield cluster
        finally:
            cluster.terminate()


def run(arguments: Sequence[str], variables: Mapping[str, str]) -> int:
    """Run a command of the program to its end, or to ours; return how it ended."""
    with subprocess.Popen([_VANKIEN, *arguments], env=os.environ | variables) as command:
        try:
            return command.wait()
        finally:
            command.terminate()


def main(argv: Sequence[str] | None = None) -> int:
    """Index, then serve until Ctrl-C; return the exit code of what failed, else 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", default=SAMPLES)
    parser.add_argument("--port", default="8000")
    parser.add_argument("--folder", type=Path, default=FOLDER)
    chosen = parser.parse_args(argv)
    if not can_start():
        sys.stderr.write("Chưa có máy OpenSearch để chạy: cần Java 17 trở lên (JDK) và Maven.\n")
        return 1
    # Ctrl-C is ignored by what a shell started in the background, and by all that this starts.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    try:
        with three_nodes(chosen.folder) as cluster:
            variables = environment(cluster.urls, chosen.folder)
            if chosen.reports != SAMPLES:
                run(["forget", "--if-known", SAMPLES], variables)
            # 1: indexed, with problems that were told of.
            failed = run(["index", chosen.reports], variables)
            return failed if failed > 1 else run(["serve", "--port", chosen.port], variables)
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
