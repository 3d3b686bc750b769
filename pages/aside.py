"""Slow work done aside, one piece after the other, for all readers who ask for it.

In a daemon thread: a server that is told to end does not wait for it, as it would for a pool's.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


class Aside(Generic[T]):
    """A thread with its work, the last results kept.

    Parameters
    ----------
    name : of the thread.
    kept : results at most; work that is older than those and not begun is not done.
    let_go : called with the key of a result that is kept no more.
    """

    def __init__(
        self, name: str, kept: int, let_go: Callable[[str], None] = lambda key: None
    ) -> None:
        self._name, self._kept, self._let_go = name, kept, let_go
        self._results: OrderedDict[str, Future[T]] = OrderedDict()
        self._waiting: SimpleQueue[tuple[Future[T], Callable[[], T]]] = SimpleQueue()
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def ask(self, key: str, work: Callable[[], T]) -> Future[T]:
        """The result of a piece of work, which is begun when it is first asked for."""
        with self._lock:
            if key not in self._results:
                self._results[key] = Future()
                self._waiting.put((self._results[key], work))
                if self._thread is None:
                    self._thread = threading.Thread(target=self._run, name=self._name, daemon=True)
                    self._thread.start()
                while len(self._results) > self._kept:
                    oldest, result = self._results.popitem(last=False)
                    result.cancel()
                    self._let_go(oldest)
            self._results.move_to_end(key)
            return self._results[key]

    def _run(self) -> None:
        while True:
            result, work = self._waiting.get()
            if not result.set_running_or_notify_cancel():
                continue
            try:
                result.set_result(work())
            except BaseException as error:
                result.set_exception(error)
