"""Work on every core: the same function over many items, the results in the order of the items."""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from itertools import chain, islice
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

_CAN_FORK = sys.platform == "linux"

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def count_cores() -> int:
    """How many processes may run at once; ``ARCHIVE_CORES`` sets it."""
    wanted = os.environ.get("ARCHIVE_CORES", "")
    if wanted.isdigit() and int(wanted):
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def sparing_garbage() -> Iterator[None]:
    """Old objects are not looked through for circles that nobody holds any more, for as long as the context lasts.

    What a build reads refers to itself in no circles, and stays until the build ends: to look through all of it again and again, whenever
    there is a quarter more, found nothing and took a twelfth of the time. Young objects are looked through as before, but in larger lots.
    """
    before = gc.get_threshold()
    gc.set_threshold(50_000, 20, 1_000_000)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def map_on_cores(function: Callable[[_Item], _Result], items: Iterable[_Item], *, alone: int = 1, others: int = 0) -> Iterator[_Result]:
    """``map(function, items)``, by as many processes as there are cores, less those that ``others`` have.

    Up to ``alone`` items are worked on here: starting processes costs more than they save. ``function`` is one of a module, its items
    and results can be pickled; an exception comes out where its result would. Few items and results wait at a time, however many there
    are.
    """
    cores = count_cores() - others
    left = iter(items)
    first = list(islice(left, max(alone + 1, cores)))
    cores = min(cores, len(first))
    if cores < 2 or len(first) <= alone:
        yield from map(function, chain(first, left))
        return
    # What is there now is not looked through for garbage meanwhile: that would write to all of it, and what is written to is not shared.
    gc.freeze()
    with ProcessPoolExecutor(cores, mp_context=_context()) as pool:
        waiting = [pool.submit(function, item) for item in chain(first, islice(left, max(0, 4 * cores - len(first))))]
        del first
        try:
            while waiting:
                result = waiting.pop(0).result()
                waiting += [pool.submit(function, item) for item in islice(left, 1)]
                yield result
        finally:
            pool.shutdown(cancel_futures=True)
            gc.unfreeze()


def apart(function: Callable[[], _Result]) -> _Result:
    """What ``function`` gives, from a process of its own: the memory that it took goes with it.

    What it raises is raised here. The process ends with this one, however that ends. Where forking is not safe, the function runs here.
    """
    if not _CAN_FORK:
        return function()
    with _Process[None, _Result](lambda _: function()) as process:
        process.begin(None)
        return process.result()


class Beside(Generic[_Item, _Result]):
    """A function that a process of its own works at: begun with an item, asked for the result later.

    The process is made when the context is entered, and knows what is there then: it grows by nothing that is read afterwards. It ends with
    the context, whether it has been asked or not. The result is ``None`` where the function was not begun, and on a single core, where
    nothing is.
    """

    def __init__(self, function: Callable[[_Item], _Result]) -> None:
        self._function = function
        self._process: _Process[_Item, _Result] | None = None
        self._begun = False

    def __enter__(self) -> "Beside[_Item, _Result]":
        if _CAN_FORK and count_cores() > 1:
            self._process = _Process(self._function)
        return self

    def __exit__(self, *raised: object) -> None:
        if self._process is not None:
            self._process.__exit__()

    def begin(self, item: _Item) -> None:
        """Begins ``function(item)``."""
        if self._process is not None:
            self._process.begin(item)
            self._begun = True

    def result(self) -> _Result | None:
        """What the function gave; what it raised is raised here. ``None`` where it has not been begun."""
        return self._process.result() if self._process is not None and self._begun else None


class _Process(Generic[_Item, _Result]):
    """A forked process, ended with its context."""

    def __init__(self, function: Callable[[_Item], _Result]) -> None:
        context = multiprocessing.get_context("fork")
        self._ours, theirs = context.Pipe()
        self._process = context.Process(target=_answer, args=(function, theirs, self._ours, os.getpid()))
        self._process.start()
        theirs.close()
        self._ended = False

    def __enter__(self) -> "_Process[_Item, _Result]":
        return self

    def begin(self, item: _Item) -> None:
        with suppress(BrokenPipeError):  # it has been killed: the result says so
            self._ours.send(item)

    def result(self) -> _Result:
        try:
            done, value = self._ours.recv()
        except (EOFError, ConnectionResetError):
            raise RuntimeError("a process of the build was killed; is there too little memory?") from None
        self._ended = True
        if not done:
            raise value
        return value  # type: ignore[no-any-return]

    def __exit__(self, *raised: object) -> None:
        self._ours.close()
        if not self._ended:
            self._process.kill()
        self._process.join()


_PR_SET_PDEATHSIG = 1


def _answer(function: Callable[[Any], Any], pipe: Connection, other: Connection, parent: int) -> None:
    # An orphan would go on writing where the next build writes.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        return
    other.close()
    try:
        found = True, function(pipe.recv())
    except EOFError:  # nobody asks
        return
    except BaseException as error:  # noqa: BLE001 (the other process raises it)
        found = False, error
    with suppress(BrokenPipeError):  # nobody waits any more
        pipe.send(found)


def _context() -> multiprocessing.context.BaseContext:
    """A forked process has read the lexicons already. Where forking is not safe (macOS), a fresh one reads them itself."""
    return multiprocessing.get_context("fork" if _CAN_FORK else None)
