"""Long work, off the thread that draws: one task at a time, its outcome delivered back where it was asked."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

T = TypeVar("T")

_RELAIS: Final = 0.0005
"""How long the GUI thread waits for the interpreter, in seconds, at each of the many calls that Qt makes into it while
the other thread works: Python's own 5 ms would add up to half a second over one table."""


@dataclass
class Task:
    """A task under way. Once cancelled, its outcome is dropped."""

    cancelled: bool = False

    def cancel(self) -> None:
        """Drop the outcome; work that has begun ends unheard."""
        self.cancelled = True


class Worker(QObject):
    """Runs tasks one after the other in a thread of its own: ReportLab and the database never meet themselves."""

    _done = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._executor: ThreadPoolExecutor | None = None
        self._pending = 0
        self._stopped = False
        self._done.connect(self._deliver)

    @property
    def busy(self) -> bool:
        """Whether a task is under way."""
        return self._pending > 0

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> Task:
        """Do ``work`` elsewhere, then call ``done`` or ``failed`` here; nothing is begun once it is stopped."""
        task = Task(cancelled=self._stopped)
        if self._stopped:
            return task
        self._pending += 1

        def attempt() -> None:
            if task.cancelled:
                self._done.emit((task, None, None))
                return
            try:
                result = work()
            except Exception as error:  # noqa: BLE001 - whatever it is, it is told where the task was asked
                self._done.emit((task, failed, error))
            else:
                self._done.emit((task, done, result))

        if self._executor is None:
            from concurrent.futures import ThreadPoolExecutor  # once the window is painted, it has the time

            sys.setswitchinterval(_RELAIS)
            self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="assistmed")
        self._executor.submit(attempt)
        return task

    def stop(self) -> None:
        """Let the task under way end and take no other."""
        self._stopped = True
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)

    @Slot(object)
    def _deliver(self, outcome: tuple[Task, Callable[[Any], None] | None, Any]) -> None:
        task, callback, value = outcome
        self._pending -= 1
        if callback is not None and not task.cancelled:
            callback(value)
