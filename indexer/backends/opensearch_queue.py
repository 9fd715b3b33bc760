"""Reports that wait to be sent to a cluster, by threads or by processes."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from indexer.backends.base import Processes
from indexer.backends.opensearch_writing import Sent
from indexer.reading_process import ProcessDied, TookTooLong

# Sends the report of a file through an alias, as part of a commit (see `send_report`).
Sender = Callable[[str, int, Path], Sent]
# Does so in a process of its own, where errors cannot be raised: None says that there was one.
SenderElsewhere = Callable[[str, int, Path], Sent | None]

# Starting processes costs more than sending a few reports.
_MIN_REPORTS_FOR_PROCESSES = 12
_SECONDS_FOR_ONE = 600
_THREADS = 2


class Queue:
    """Reports that wait to be sent; few by threads of this process, many by other processes.

    `here` sends in this process, `elsewhere` in another one. What was not sent there is sent here
    again, where the error is told.
    """

    def __init__(self, here: Sender, elsewhere: SenderElsewhere, others: Processes | None) -> None:
        self._here = here
        self._elsewhere = elsewhere
        self._others = others if others is not None and others.size > 1 else None
        self._threads = ThreadPoolExecutor(self._others.size if self._others else _THREADS)
        self._submitted = 0

    def submit(self, alias: str, commit: int, path: Path) -> Future[Sent]:
        """Have a report sent that is inverted in a file (see `opensearch_writing.Sending`)."""
        self._submitted += 1
        others = self._others
        if others and (others.started or self._submitted > _MIN_REPORTS_FOR_PROCESSES):
            return self._threads.submit(self._by_another, others, alias, commit, path)
        return self._threads.submit(self._here, alias, commit, path)

    def _by_another(self, others: Processes, alias: str, commit: int, path: Path) -> Sent:
        given = (alias, commit, path)
        try:
            sent: Sent | None = others.submit(_SECONDS_FOR_ONE, self._elsewhere, *given).result()
        except (ProcessDied, TookTooLong):
            sent = None
        return sent or self._here(*given)

    def close(self) -> None:
        """Wait for what is being sent; what has not begun is not sent any more."""
        self._threads.shutdown(cancel_futures=True)
