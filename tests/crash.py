"""Runs one command of the archive again and again, each time to another point, and there kills it or takes the disk away.

``python -m tests.crash`` reads a plan, and for every point forks a child that runs the command in its own folder. A point is the number
of a step that changes files: Python tells of each one (``sys.addaudithook``) before it takes it.
"""

import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from errno import ENOSPC
from pathlib import Path
from typing import Any

from tests.conftest import PROJECT

_CHANGES = frozenset({"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.truncate"})
_NO_POINT = -1


@dataclass(frozen=True, slots=True)
class Point:
    """Where one run is stopped, and how."""

    how: str
    """``kill`` (SIGKILL), ``full`` (no space from here on), ``large`` (no file grows beyond ``number`` bytes), ``count`` (not at all)."""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """How one run ended."""

    folder: Path
    """The archive as it left it."""
    code: int
    """Exit status; negative: the signal."""
    said: str
    """On stderr."""

    @property
    def count(self) -> int:
        """How many steps that change files it took."""
        return int((self.folder / "count").read_text())


def run_archive(arguments: Sequence[str], root: Path, points: Sequence[Point] = (Point("count"),)) -> list[Run]:
    """Runs the ``archive`` command on a copy of the archive ``root`` for every point; ``ROOT`` in the arguments stands for the copy."""
    folders = [root.with_name(f"{root.name}-{point.how}-{point.number}") for point in points]
    for folder in folders:
        shutil.copytree(root, folder, symlinks=True)
    plan = {
        "arguments": arguments,
        "points": [[point.how, point.number] for point in points],
        "folders": [str(folder) for folder in folders],
    }
    result = subprocess.run(
        [sys.executable, "-m", "tests.crash"],
        input=json.dumps(plan),
        cwd=PROJECT,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    codes = [int(line) for line in result.stdout.split()]
    return [Run(folder, code, (folder / "stderr").read_text()) for folder, code in zip(folders, codes, strict=True)]


class _Watch:
    """Counts the steps and does at ``point`` what the plan says."""

    def __init__(self, point: int, stop: Callable[[str, tuple[Any, ...]], None]) -> None:
        self.count, self.point, self.stop = 0, point, stop

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in _CHANGES or (event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            if self.point != _NO_POINT and self.count >= self.point:
                self.stop(event, arguments)
            self.count += 1


def _kill(event: str, arguments: tuple[Any, ...]) -> None:
    """Kills the command, not a process that works for it: each has its own count, and goes when the command goes."""
    if os.getpid() == _command:
        os.kill(_command, signal.SIGKILL)


_command = 0
"""Number of the process that runs the command."""


def _no_space(event: str, arguments: tuple[Any, ...]) -> None:
    """A full disk has room for no new file, folder or name; a file can still be removed, or take the place of one that is there."""
    frees = event in ("os.remove", "os.rmdir", "os.truncate")
    replaces = event == "os.rename" and (Path(arguments[1]).exists() or Path(arguments[0]).name.startswith("old-"))
    if not (frees or replaces):
        raise OSError(ENOSPC, os.strerror(ENOSPC))


def _child(arguments: Sequence[str], point: Point, folder: Path) -> None:
    from build_scripts.cli import main  # noqa: PLC0415 (once, before the first fork)

    global _command  # noqa: PLW0603 (an audit hook is given nothing but the step)
    _command = os.getpid()
    os.dup2(os.open(folder / "stderr", os.O_WRONLY | os.O_CREAT), 2)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    watch = _Watch(_NO_POINT if point.how == "count" else point.number, _no_space if point.how == "full" else _kill)
    if point.how == "large":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (point.number, point.number))
    else:
        sys.addaudithook(watch)
    try:
        main([word.replace("ROOT", str(folder)) for word in arguments])
    except SystemExit as end:
        sys.stderr.flush()
        watch.point = _NO_POINT
        if point.how == "count":
            (folder / "count").write_text(str(watch.count))
        os._exit(end.code if isinstance(end.code, int) else 1)


def _serve() -> None:
    from build_scripts.build import build_archive  # noqa: PLC0415 (loaded once for all children)

    plan = json.load(sys.stdin)
    with tempfile.TemporaryDirectory() as name:  # dictionaries are read once for all children too
        shutil.copytree(plan["folders"][0], name, dirs_exist_ok=True)
        build_archive(Path(name))
    for (how, number), folder in zip(plan["points"], plan["folders"], strict=True):
        child = os.fork()
        if not child:
            try:
                _child(plan["arguments"], Point(how, number), Path(folder))
            finally:
                os._exit(70)
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201 (the answer to run_archive)


if __name__ == "__main__":
    _serve()
