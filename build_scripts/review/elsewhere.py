"""Ids that other pages of the archive have: an id is an address of the site, so that no two articles may have the same."""

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from build_scripts.history import find_ids
from build_scripts.layout.layoutfile import Layout
from build_scripts.review.problems import Problem
from build_scripts.source import Page

_LIKE_AN_ID = re.compile(rb"\bid: *[\"']?([a-z0-9-]+)")


class Elsewhere:
    """The ids of every layout file below ``sources`` but ``own``, as they were when first asked for.

    A file is read as YAML only where it seems to hold an id that is asked for: an archive has hundreds, and an editor waits.
    """

    def __init__(self, sources: Path, own: Path) -> None:
        self.sources = sources
        self.own = own
        self.known: dict[str, str] = {}
        """An id → ``2024-14/D1``, empty where no other page has it."""
        self.likely: dict[str, list[Path]] | None = None

    def find_clashes(self, layout: Layout, page: Page) -> Iterator[Problem]:
        """A problem for each id of ``layout`` that another page has."""
        items = [(package.id, package.title) for package in layout.packages]
        items += [(article.id, (*article.title, *(span for block in article.body for span in block.spans))) for article in layout.articles]
        for name, spans in items:
            if place := self._holder(name):
                line = page.place(spans[0].start).line if spans else 0
                yield Problem("article", line, f"编号 {name} 已用在 {place}，请另起一个", name)

    def _holder(self, name: str) -> str:
        if name not in self.known:
            paths = self._likely().get(name, ())
            self.known[name] = next((f"{path.parent.name}/{path.stem}" for path in paths if _holds(path, name)), "")
        return self.known[name]

    def _likely(self) -> dict[str, list[Path]]:
        if self.likely is None:
            self.likely = defaultdict(list)
            for path in sorted(self.sources.glob("*/*.yml")):
                if path.name != "issue.yml" and path != self.own:
                    for name in set(_LIKE_AN_ID.findall(path.read_bytes())):
                        self.likely[name.decode()].append(path)
        return self.likely


def _holds(path: Path, name: str) -> bool:
    ids = find_ids(path.read_bytes(), path)
    return ids is not None and name in ids.items
