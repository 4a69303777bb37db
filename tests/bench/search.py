"""Quality and cost of this project's search beside Pagefind's and Material's own, in one run: ``make bench-search``.

Each engine indexes the same articles (the real archive, synthetic ones of 1,000 and 10,000) and is asked the same queries of ten kinds in
headless Chromium. Bytes are counted at the server, as gzip -6 would send them. Prints Markdown; ``--write FILE`` keeps it.
"""

import argparse
import datetime
import functools
import http.server
import json
import os
import platform
import shutil
import statistics
import threading
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

from build_scripts.archive import read_archive
from build_scripts.pages.view import View
from build_scripts.synth.pages import write_synthetic
from tests.bench.engines import Built, build_material, build_own, build_pagefind, gzip_size, index_sizes, resident
from tests.bench.queries import COUNTS, Query, make_queries, read_texts, right_answers
from tests.conftest import PROJECT
from tests.data_files import data_files

WORK = PROJECT / ".build/bench"
FRESH = 60
"""Queries that are each asked in a browser context of their own, for the bytes of a first query."""
ROUNDS = 400
"""Queries after which the memory is looked at."""


@dataclass
class Counter:
    """What a server has sent."""

    folder: Path
    sent: int = 0
    sizes: dict[str, int] = field(default_factory=dict)

    def add(self, path: str) -> None:
        if path not in self.sizes:
            file = self.folder / path.lstrip("/")
            file = file / "index.html" if file.is_dir() else file
            self.sizes[path] = gzip_size(file) if file.is_file() else 0
        self.sent += self.sizes[path]

    def take(self) -> int:
        sent, self.sent = self.sent, 0
        return sent


@contextmanager
def counting(folder: Path) -> Iterator[tuple[str, Counter]]:
    counter = Counter(folder)

    class Handler(http.server.SimpleHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            pass

        def do_GET(self) -> None:
            counter.add(self.path.split("?")[0])
            super().do_GET()

        def end_headers(self) -> None:
            self.send_header("Cache-Control", "max-age=600")
            super().end_headers()

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/", counter
    finally:
        server.shutdown()
        server.server_close()


def share(values: Sequence[float]) -> float:
    return 100 * statistics.mean(values) if values else 0.0


def at(values: Sequence[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))] if ordered else 0.0


def run_engine(browser: Browser, built: Built, queries: Sequence[tuple[Query, frozenset[str]]]) -> dict[str, Any]:
    """Everything that is measured of one engine at one size."""
    with counting(built.folder) as (address, counter):
        context = browser.new_context()
        page = context.new_page()
        page.goto(address)
        page.evaluate(built.setup)
        before = counter.take()
        further: list[float] = []
        found: dict[str, list[str]] = {}
        for query, _ in queries:
            found[query.text] = ask(page, built, query.text, 10)
            further.append(counter.take())
        warm = [timed(page, built, query.text) for query, _ in queries]
        for number in range(max(0, ROUNDS - 2 * len(queries))):
            ask(page, built, queries[number % len(queries)][0].text, 10)
        memory = resident(renderers(browser))
        complete = {query.text: ask(page, built, query.text, 1_000_000) for query, _ in queries}
        context.close()
        first: list[float] = []
        if before < 1_000_000:
            for query, _ in queries[:: max(1, len(queries) // FRESH)]:
                counter.take()
                context = browser.new_context()
                page = context.new_page()
                page.goto(address)
                page.evaluate(built.setup)
                ask(page, built, query.text, 10)
                first.append(counter.take())
                context.close()
        else:
            first = [before]
    rows = defaultdict(list)
    for query, right in queries:
        every, top = set(complete[query.text]), found[query.text][:10]
        hits = sum(one in right for one in top)
        row = (len(every & right) / len(right), hits / len(top) if top else None, hits / min(10, len(right)), every >= right, not every)
        for kind in (query.kind, "all"):
            rows[kind].append(row)
    quality = {
        kind: (
            share([row[0] for row in group]),
            share([row[1] for row in group if row[1] is not None]),
            share([row[2] for row in group]),
            share([row[3] for row in group]),
            share([row[4] for row in group]),
        )
        for kind, group in rows.items()
    }
    files, raw, packed = index_sizes(built)
    return {
        "quality": quality,
        "first": (at(first, 0.5), at(first, 0.95)),
        "further": (at(further, 0.5), at(further, 0.95)),
        "warm": (at(warm, 0.5), at(warm, 0.95)),
        "memory": memory,
        "index": (files, raw, packed),
        "build": (built.seconds, built.megabytes),
    }


def ask(page: Page, built: Built, text: str, limit: int) -> list[str]:
    return built.ids(list(page.evaluate(f"([text, limit]) => ({built.ask})(text, limit)", [text, limit])))


def timed(page: Page, built: Built, text: str) -> float:
    script = f"async (text) => {{ const start = performance.now(); await ({built.ask})(text, 10); return performance.now() - start; }}"
    return float(page.evaluate(script, text))


def renderers(browser: Browser) -> list[int]:
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    return [process["id"] for process in processes if process["type"] == "renderer"]


COLUMNS = ("recall", "precision of first 10", "right ones in first 10", "complete", "no result")


def report(size: int, results: dict[str, dict[str, Any]], number: int) -> str:
    """The tables of one size."""
    lines = [f"## {size:,} articles", "", f"{number} queries. All in %, the mean over the queries.", ""]
    lines += [f"| engine | {' | '.join(COLUMNS)} |", "| --- |" + " --: |" * len(COLUMNS)]
    lines += [f"| {name} | {' | '.join(f'{value:.1f}' for value in row['quality']['all'])} |" for name, row in results.items()]
    lines += ["", "| engine | first query KB, median / p95 | further query KB, median / p95 | warm ms, median / p95 | memory MB |"]
    lines += ["| --- | --: | --: | --: | --: |"]
    for name, row in results.items():
        first, further, warm = ((f"{a:.{d}f} / {b:.{d}f}") for (a, b), d in (
            (tuple(value / 1000 for value in row["first"]), 0), (tuple(value / 1000 for value in row["further"]), 0), (row["warm"], 1)
        ))  # fmt: skip
        lines.append(f"| {name} | {first} | {further} | {warm} | {row['memory']:.0f} |")
    lines += ["", "| engine | index files | index MB, stored / gzip | build CPU s | build MB |", "| --- | --: | --: | --: | --: |"]
    for name, row in results.items():
        files, raw, packed = row["index"]
        seconds, megabytes = row["build"]
        lines.append(f"| {name} | {files} | {raw / 1e6:.1f} / {packed / 1e6:.1f} | {seconds:.1f} | {megabytes:.0f} |")
    lines += [
        "",
        "Recall / precision of the first ten, by kind:",
        "",
        f"| engine | {' | '.join(COUNTS)} |",
        "| --- |" + " --: |" * len(COUNTS),
    ]
    for name, row in results.items():
        kinds = (row["quality"].get(kind) for kind in COUNTS)
        lines.append(f"| {name} | {' | '.join(f'{one[0]:.0f} / {one[1]:.0f}' if one else '–' for one in kinds)} |")
    return "\n".join([*lines, ""])


def bench(size: int, engines: Sequence[str], browser: Browser) -> str:
    """One size: 0 is the real archive."""
    root = PROJECT
    if size:
        root = WORK / f"archive-{size}"
        write_synthetic(PROJECT, size, root)
    view = View(read_archive(root))
    articles = json.loads(data_files(view)["articles.json"])
    texts = read_texts(articles)
    queries = [(query, right_answers(query, texts)) for query in make_queries(texts)]
    del view
    results: dict[str, dict[str, Any]] = {}
    for name in engines:
        folder = WORK / f"{name}-{size}"
        if name == "own":
            built = build_own(root, articles, folder)
        elif name == "pagefind":
            built = build_pagefind(articles, folder, WORK / "tools")
        else:
            built = build_material(articles, folder)
        results[built.name] = run_engine(browser, built, queries)
        print(json.dumps({"size": len(articles), built.name: results[built.name]}), flush=True)
    return report(len(articles), results, len(queries))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="0,1000,10000", help="numbers of articles; 0 is the real archive")
    parser.add_argument("--engines", default="own,pagefind,material")
    parser.add_argument("--write", type=Path, help="file for the tables")
    options = parser.parse_args()
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    parts: dict[int, str] = {}
    with sync_playwright() as playwright:
        for size in map(int, options.sizes.split(",")):
            # A browser of its own for each size: memory is looked at per process.
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
            version = browser.version
            parts[size] = bench(size, options.engines.split(","), browser)
            browser.close()
    day = datetime.datetime.now(datetime.UTC).date()
    machine = f"{os.cpu_count()} cores, {platform.system()}, Chromium {version}, Python {platform.python_version()}"
    head = f"Measured {day} by `make bench-search`: {machine}.\n"
    text = "\n".join([head, *(parts[size] for size in sorted(parts))])
    print(text)
    if options.write:
        before, mark, _ = options.write.read_text("utf-8").partition("<!-- tables -->\n")
        options.write.write_text(before + mark + "\n" + text, "utf-8")


if __name__ == "__main__":
    main()
