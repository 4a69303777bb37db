"""What a command costs: CPU seconds of it and all its children, wall seconds, and the most memory that they hold together."""

import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PERIOD = 0.1
"""Seconds between two looks at the memory, at least."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command cost."""

    cpu: float
    wall: float
    megabytes: float
    output: str = ""


_RUN = """
import json, resource, subprocess, sys, time
start = time.monotonic()
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, time.monotonic() - start, done.stdout.decode()]))
"""


def run(command: Sequence[str], **options: Any) -> Cost:
    """Runs ``command``. A small process starts it, whose only child it is. Raises where it fails."""
    process = subprocess.Popen([sys.executable, "-c", _RUN, *command], stdout=subprocess.PIPE, **options)
    with watching(process.pid) as peak:
        output, _ = process.communicate()
    code, cpu, wall, said = json.loads(output)
    if code:
        raise RuntimeError(f"{' '.join(command)} ended with {code}: {said[-2000:]}")
    return Cost(cpu, wall, max(peak), said)


@contextmanager
def watching(pid: int) -> Iterator[list[float]]:
    """A list that gets the megabytes of the processes below ``pid`` while the context lasts."""
    found = [0.0]
    ended = threading.Event()

    def look() -> None:
        pause = PERIOD
        while not ended.wait(pause):
            start = time.monotonic()
            found.append(sum(megabytes(one) for one in _below(pid)))
            pause = max(PERIOD, 20 * (time.monotonic() - start))  # the kernel counts a large process for long, and halts it meanwhile

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield found
    finally:
        ended.set()
        thread.join()


def megabytes(pid: int) -> float:
    """The memory of one process; what several share counts for each in part (PSS), so that the sum is what is really used."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    except OSError:  # it has ended, or this is no Linux
        pass
    return 0.0


def _below(pid: int) -> list[int]:
    """``pid`` and all its descendants."""
    found, queue = [], [pid]
    while queue:
        one = queue.pop()
        found.append(one)
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                queue += map(int, task.read_text().split())
            except OSError:
                continue
    return found
