"""Work on every core: the same function over many items, the results in the order of the items."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")


def count_cores() -> int:
    """How many processes may run at once; ``ARCHIVE_CORES`` sets it."""
    wanted = os.environ.get("ARCHIVE_CORES", "")
    if wanted.isdigit() and int(wanted):
        return int(wanted)
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def map_on_cores(function: Callable[[_Item], _Result], items: Sequence[_Item], *, alone: int = 1) -> Iterator[_Result]:
    """``map(function, items)``, by as many processes as there are cores.

    Up to ``alone`` items are worked on here: starting processes costs more than they save. ``function`` is one of a module, its items
    and results can be pickled; an exception comes out where its result would. Few results wait at a time, however many items there are.
    """
    cores = min(count_cores(), len(items))
    if cores < 2 or len(items) <= alone:
        yield from map(function, items)
        return
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


def _context() -> multiprocessing.context.BaseContext:
    """A forked process has read the lexicons already. Where forking is not safe (macOS), a fresh one reads them itself."""
    return multiprocessing.get_context(
        "fork" if "fork" in multiprocessing.get_all_start_methods() and os.uname().sysname == "Linux" else None
    )
