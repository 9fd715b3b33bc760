"""Reports are sent by threads or processes; what fails elsewhere is told here."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from threading import Event, Timer
from typing import Any

import pytest

from indexer.backends.opensearch_queue import Queue
from indexer.backends.opensearch_writing import Sent
from indexer.errors import EngineUnavailable
from indexer.reading_process import ProcessDied, TookTooLong

REPORT = ("writer", 3, Path("report"))
HERE, ELSEWHERE = Sent(1, ()), Sent(2, ())


class Others:
    """Processes that are none: what they are given to do is done at once."""

    def __init__(self, size: int, started: int = 0) -> None:
        self.size = size
        self.started = started

    def submit(self, _seconds: float, work: Callable[..., Any], *given: object) -> Future[Any]:
        done: Future[Any] = Future()
        try:
            done.set_result(work(*given))
        except Exception as error:
            done.set_exception(error)
        return done


def here(*_: object) -> Sent:
    return HERE


def elsewhere(*_: object) -> Sent:
    return ELSEWHERE


def test_a_few_reports_are_sent_without_starting_processes() -> None:
    queue = Queue(here, elsewhere, Others(4))
    sent = [queue.submit(*REPORT).result() for _ in range(15)]
    queue.close()
    assert sent == [HERE] * 12 + [ELSEWHERE] * 3


@pytest.mark.parametrize(
    ("others", "sent"), [(None, HERE), (Others(1, 1), HERE), (Others(4, 1), ELSEWHERE)]
)
def test_processes_that_are_there_send_where_they_are_several(
    others: Others | None, sent: Sent
) -> None:
    queue = Queue(here, elsewhere, others)
    assert queue.submit(*REPORT).result() == sent
    queue.close()


@pytest.mark.parametrize("failure", [None, ProcessDied(), TookTooLong()])
def test_what_was_not_sent_elsewhere_is_sent_here_and_its_error_told(
    failure: Exception | None,
) -> None:
    def fail(*_: object) -> None:
        if failure is not None:
            raise failure

    queue = Queue(here, fail, Others(2, 2))
    assert queue.submit(*REPORT).result() == HERE
    queue.close()

    def unavailable(*_: object) -> Sent:
        raise EngineUnavailable("Cụm OpenSearch không trả lời.")

    queue = Queue(unavailable, fail, Others(2, 2))
    with pytest.raises(EngineUnavailable):
        queue.submit(*REPORT).result()
    queue.close()


@pytest.mark.parametrize("others", [None, Others(2, 2)])
def test_closing_waits_for_what_is_being_sent_and_sends_nothing_more(
    others: Others | None,
) -> None:
    begun, go_on = Event(), Event()

    def slow(*_: object) -> Sent:
        begun.set()
        go_on.wait(5)
        return HERE

    queue = Queue(slow, slow, others)
    futures = [queue.submit(*REPORT) for _ in range(9)]
    begun.wait(5)
    Timer(0.05, go_on.set).start()
    queue.close()
    assert all(future.done() for future in futures)
    assert futures[0].result() == HERE
    assert futures[-1].cancelled()
