"""`python -m tests.bench.serving URL DATA [--clients N] [--seconds S]`: a server under load.

Some clients ask as fast as they are answered, each on its own connection: searches and questions
as JSON, result pages and whole reports as HTML, over the reports of the data folder. No two
questions are alike, so that nothing is answered from a cache; `--repeat` asks few ones again and
again instead. Prints requests a second and the times of each kind. Never fails on a figure.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import statistics
import sys
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import monotonic, perf_counter, sleep
from urllib.parse import quote, urlsplit

from indexer.catalogue import Catalogue
from indexer.database_address import DatabaseAddress

# What readers and programs do: of a hundred requests so many are of each kind.
MIX = {"search": 45, "ask": 20, "page": 25, "report": 5, "suggest": 5}
_ADDRESSES = {
    "search": "/api/v1/search?q={}",
    "ask": "/api/v1/ask?q={}",
    "page": "/search?q={}",
    "suggest": "/api/v1/suggest?q={}",
}
_REPEATED = 20
_SECONDS = 30.0
_AFTER_A_FAILURE = 0.05


class Load:
    """What all clients ask, and what came back."""

    def __init__(self, url: str, data: Path, seed: int, *, repeat: bool) -> None:
        self.host = urlsplit(url).netloc
        with Catalogue.open_existing(DatabaseAddress(data)) as catalogue:
            self.names = [count.name for count in catalogue.indicators()]
            summaries = catalogue.documents()
        self.documents = [summary.id for summary in summaries]
        self.places = [summary.metadata.place for summary in summaries] + [""]
        self.seed, self.repeat = seed, repeat
        self.times: dict[str, list[float]] = defaultdict(list)
        self.statuses: Counter[int] = Counter()
        self.failed = 0

    def addresses(self, client: int) -> Iterator[tuple[str, str]]:
        """Yield the kind and the address of one request after another, without end."""
        chance = random.Random(f"{self.seed}-{client}")
        if self.repeat:
            few = [self._address(random.Random(number)) for number in range(_REPEATED)]
            while True:
                yield chance.choice(few)
        while True:
            yield self._address(chance)

    def _address(self, chance: random.Random) -> tuple[str, str]:
        (kind,) = chance.choices(list(MIX), list(MIX.values()))
        if kind == "report":
            return kind, f"/documents/{chance.choice(self.documents)}"
        words = f"{chance.choice(self.names)} {chance.choice(self.names)}".split()
        asked = f"{' '.join(words[:6])} {chance.choice(self.places)} {chance.randint(2000, 2030)}"
        return kind, _ADDRESSES[kind].format(quote(asked))

    def run(self, client: int, until: float) -> None:
        """Ask until the time is over."""
        connection = http.client.HTTPConnection(self.host, timeout=_SECONDS)
        for kind, address in self.addresses(client):
            if monotonic() > until:
                break
            began = perf_counter()
            try:
                connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
                answer = connection.getresponse()
                answer.read()
            except (OSError, http.client.HTTPException):
                self.failed += 1
                connection.close()
                sleep(_AFTER_A_FAILURE)
                continue
            self.times[kind].append(perf_counter() - began)
            self.statuses[answer.status] += 1
        connection.close()


def pss(pid: int) -> int:
    """Return the bytes of a process, what it shares with others divided among them."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def processor_seconds(pid: int) -> float:
    """Return how long a process has kept a processor busy."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def tree(pid: int) -> list[int]:
    """Return a process and all that it started."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for child in children for each in tree(int(child)))]


def _row(name: str, times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=100) if len(times) > 1 else [0.0] * 99
    figures = (f"{1000 * cuts[at]:8.1f}" for at in (49, 94, 98))
    return f"{name:10}{len(times):8}{''.join(figures)}\n"


def main() -> None:
    """Ask for a while and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("url")
    parser.add_argument("data", type=Path)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--repeat", action="store_true", help="few questions, again and again")
    parser.add_argument("--pid", type=int, help="print the memory of this server and its workers")
    asked = parser.parse_args()
    load = Load(asked.url, asked.data, asked.seed, repeat=asked.repeat)
    until = monotonic() + asked.seconds
    clients = [
        threading.Thread(target=load.run, args=(number, until)) for number in range(asked.clients)
    ]
    before = {pid: processor_seconds(pid) for pid in tree(asked.pid)} if asked.pid else {}
    began = monotonic()
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    every = [time for times in load.times.values() for time in times]
    sys.stdout.write(f"{len(every) / (monotonic() - began):.1f} requests/s, ")
    sys.stdout.write(f"statuses {dict(load.statuses)}, {load.failed} failed\n")
    sys.stdout.write(f"{'':10}{'count':>8}{'p50 ms':>8}{'p95 ms':>8}{'p99 ms':>8}\n")
    sys.stdout.write(_row("all", every))
    for kind in MIX:
        sys.stdout.write(_row(kind, load.times[kind]))
    if asked.pid:
        busy = sum(processor_seconds(pid) - spent for pid, spent in before.items())
        sys.stdout.write(f"{1000 * busy / len(every):.1f} ms of a processor a request\n")
        each = [pss(pid) / 2**20 for pid in tree(asked.pid)]
        figures = " + ".join(f"{one:.0f}" for one in each)
        sys.stdout.write(f"PSS {sum(each):.0f} MB ({figures})\n")


if __name__ == "__main__":
    main()
