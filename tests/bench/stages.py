"""One build from nothing, stage by stage, in one process on one core: ``python -m tests.bench.stages ROOT``.

The program runs as it always does; the functions at which a stage begins are wrapped, and time is counted to the innermost of them.
"""

import json
import sys
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from build_scripts import archive, build, cores, site

STAGES = {
    "read": (build, ("read_ahead", "read_archive")),
    "extract": (archive, ("read_figures",)),
    "check": (archive, ("find_own_checks", "all_checks")),
    "pages": (build, ("render_pages",)),
    "write": (build, ("stage_files",)),
    "data": (build, ("render_datasets",)),
    "search": (build, ("render_search",)),
    "MkDocs": (site, ("publish",)),
}
"""Stage → where it begins; ``rest`` is what lies between them: the lock, the swap of the site, the search for lost addresses."""


class Stages:
    """CPU seconds of each stage, without those of stages inside it."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = {**dict.fromkeys(STAGES, 0.0), "rest": 0.0}
        self._open = ["rest"]
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        self.spent[self._open[-1]] += now - self._since
        self._since = now

    def wrap(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """``function``, its time counted to ``stage``."""

        @wraps(function)
        def run(*arguments: Any, **options: Any) -> Any:
            with self._counted(stage):
                result = function(*arguments, **options)
            return self._each(stage, result) if isinstance(result, Generator) else result

        return run

    def _each(self, stage: str, items: Iterator[Any]) -> Iterator[Any]:
        while True:
            with self._counted(stage):
                item = next(items, self)
            if item is self:
                return
            yield item

    @contextmanager
    def _counted(self, stage: str) -> Iterator[None]:
        self._turn()
        self._open.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def end(self) -> dict[str, float]:
        """What each stage has taken."""
        self._turn()
        return self.spent


def main(root: Path) -> None:
    setattr(cores, "count_cores", lambda: 1)  # noqa: B010 (a stage is told apart only in one process)
    stages = Stages()
    for stage, (module, names) in STAGES.items():
        for name in names:
            setattr(module, name, stages.wrap(stage, getattr(module, name)))
    build.build_archive(root)
    site.build_site(root, root / "site")
    print(json.dumps(stages.end()))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
