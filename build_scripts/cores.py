"""Work on every core: the same function over many items, the results in the order of the items."""

import ctypes
import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection
from typing import Any, TypeVar

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
def long_lived() -> Iterator[None]:
    """For work of which most that it makes lives until its end: garbage is looked for among what is new, and not again and again in all.

    An archive of ten thousand articles is some million objects; to go through them whenever a quarter more are there takes a third of the
    time of a build that changes little.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


_SELDOM = 20_000, 20, 1_000
"""New objects until those are looked through; how often that is done until older ones are, and these until all are."""


def map_on_cores(function: Callable[[_Item], _Result], items: Sequence[_Item], *, alone: int = 1) -> Iterator[_Result]:
    """``map(function, items)``, by as many processes as there are cores.

    Up to ``alone`` items are worked on here: starting processes costs more than they save. ``function`` is one of a module, its items
    and results can be pickled; an exception comes out where its result would. Few results wait at a time, however many items there are.
    """
    cores = min(count_cores(), len(items))
    if cores < 2 or len(items) <= alone:
        yield from map(function, items)
        return
    # What is there now is not looked through for garbage meanwhile: that would write to all of it, and what is written to is not shared.
    gc.freeze()
    with ProcessPoolExecutor(cores, mp_context=_context()) as pool:
        left = iter(items)
        waiting = [pool.submit(function, item) for item in islice(left, 4 * cores)]
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
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    process = context.Process(target=_send, args=(function, sender, os.getpid()))
    process.start()
    sender.close()
    try:
        done, value = receiver.recv()
    except EOFError:
        raise RuntimeError("a process of the build was killed; is there too little memory?") from None
    finally:
        receiver.close()
        if sys.exc_info()[0] is not None:
            process.kill()
        process.join()
    if not done:
        raise value
    return value  # type: ignore[no-any-return]


_PR_SET_PDEATHSIG = 1


def _send(function: Callable[[], Any], sender: Connection, parent: int) -> None:
    # An orphan would go on writing where the next build writes.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        return
    try:
        found = True, function()
    except BaseException as error:  # noqa: BLE001 (the other process raises it)
        found = False, error
    with suppress(BrokenPipeError):  # nobody waits any more
        sender.send(found)


def _context() -> multiprocessing.context.BaseContext:
    """A forked process has read the lexicons already. Where forking is not safe (macOS), a fresh one reads them itself."""
    return multiprocessing.get_context("fork" if _CAN_FORK else None)
