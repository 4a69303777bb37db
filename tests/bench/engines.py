"""The three engines on the same articles: how each one's index is built and asked. All are asked in Chromium, by their own scripts."""

import gzip
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from tests.conftest import PROJECT

PAGEFIND = "1.6.0"
FRAME = '<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>x</title>'


@dataclass(frozen=True, slots=True)
class Built:
    """An engine's site, ready to be asked."""

    name: str
    folder: Path
    setup: str
    """JavaScript that readies the engine."""
    ask: str
    """JavaScript function of a text and a limit that resolves to ``{ids, shown}``: all ids as far as the limit, and those shown."""
    seconds: float
    """CPU of the build."""
    megabytes: float
    """Peak memory of the build."""
    index: Callable[[Path], bool]
    """Which files make up the index; texts for excerpts apart."""
    ids: Callable[[list[str]], list[str]] = lambda found: found
    """What the engine calls a result → the article's id."""


Articles = Sequence[dict[str, Any]]


_WATCH = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.PIPE)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([done.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss, done.stdout.decode(errors="replace")]))
"""


def measured(command: Sequence[str], **options: Any) -> tuple[float, float, str]:
    """CPU seconds and peak megabytes of a command, and what it printed. A small process starts it: what a child inherits counts as its
    own."""
    output = subprocess.run([sys.executable, "-c", _WATCH, *command], check=True, stdout=subprocess.PIPE, **options).stdout
    status, seconds, peak, printed = json.loads(output)
    if status:
        raise RuntimeError(f"{command[0]} ended with {status}")
    return seconds, peak / (1024 * 1024 if sys.platform == "darwin" else 1024), printed


OWN_BUILD = """
import sys, time
from pathlib import Path
from build_scripts.archive import read_archive
from build_scripts.pages.view import View
from build_scripts.search.render import render_search
from build_scripts.write import write_files
view = View(read_archive(Path(sys.argv[1])))
start = time.process_time()
files = render_search(view, view.figures_of)
write_files(Path(sys.argv[2]), {f"search/{name}": data for name, data in files.items()}.items(), owned=("search",))
print(time.process_time() - start)
"""


def build_own(root: Path, articles: Articles, folder: Path) -> Built:
    """This project's search, on one core. The time is that of the index alone, without reading the archive, which is done anyway."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "assets/js").mkdir(parents=True)
    shutil.copytree(PROJECT / "theme/assets/js/search", folder / "assets/js/search")
    script = '<script type="module" src="assets/js/search/search.js"></script>'
    (folder / "index.html").write_text(f"{FRAME}{script}", "utf-8")
    one_core = {**os.environ, "ARCHIVE_CORES": "1"}
    _, megabytes, seconds = measured([sys.executable, "-c", OWN_BUILD, str(root), str(folder)], cwd=PROJECT, env=one_core)
    return Built(
        name="this search",
        folder=folder,
        setup="async () => { while (!window.archiveSearch) await new Promise((r) => setTimeout(r, 5)); }",
        ask="async (text, limit) => (await window.archiveSearch.query(text, {limit})).results.map((r) => r.id)",
        seconds=float(seconds),
        megabytes=megabytes,
        index=lambda path: path.suffix == ".bin" and path.parent.name != "texts" and path.name != "details.bin",
    )


def build_pagefind(articles: Articles, folder: Path, tools: Path) -> Built:
    """Pagefind from npm, on pages with nothing but the articles."""
    program = tools / "node_modules/.bin/pagefind"
    if not program.exists():
        tools.mkdir(parents=True, exist_ok=True)
        (tools / "package.json").write_text('{"private": true}', "utf-8")
        subprocess.run(["npm", "install", "--no-audit", "--no-fund", "--loglevel=error", f"pagefind@{PAGEFIND}"], cwd=tools, check=True)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(FRAME, "utf-8")
    for row in articles:
        title, *rest = page_texts(row)
        body = f"<h1>{escape(title)}</h1>" + "".join(f"<p>{escape(text)}</p>" for text in rest)
        page = f"{FRAME.replace('>x<', f'>{escape(title)}<')}<body><main data-pagefind-body>{body}</main>"
        (folder / f"{row['id']}.html").write_text(page, "utf-8")
    seconds, megabytes, _ = measured([str(program), "--site", str(folder), "--quiet"])
    names = {}
    for path in (folder / "pagefind/fragment").iterdir():
        fragment = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        names[path.name.split(".")[0]] = Path(fragment["url"]).stem
    return Built(
        name=f"Pagefind {PAGEFIND}",
        folder=folder,
        setup="async () => { window.pf = await import('/pagefind/pagefind.js'); await window.pf.init(); }",
        ask="""async (text, limit) => {
          const { results } = await window.pf.search(text);
          await Promise.all(results.slice(0, Math.min(limit, 10)).map((r) => r.data()));
          return results.slice(0, limit).map((r) => r.id);
        }""",
        seconds=seconds,
        megabytes=megabytes,
        index=lambda path: ("pagefind" in path.parts and path.parent.name == "index") or path.suffix in (".pf_meta",),
        ids=lambda found: [names[one] for one in found],
    )


def build_material(articles: Articles, folder: Path) -> Built:
    """mkdocs-material's own search with jieba, its worker asked by the messages that its page sends."""
    shutil.rmtree(folder, ignore_errors=True)
    docs = folder / "docs"
    docs.mkdir(parents=True)
    (docs / "index.md").write_text("# x\n", "utf-8")
    for row in articles:
        title, *rest = page_texts(row)
        (docs / f"{row['id']}.md").write_text("\n\n".join([f"# {title}", *rest]) + "\n", "utf-8")
    config = {
        "site_name": "x",
        "nav": [{"x": "index.md"}],
        "theme": {"name": "material", "language": "zh", "font": False},
        "plugins": [{"search": {"lang": "zh", "separator": r"[\s\u200b\-]"}}],
        "docs_dir": str(docs),
        "site_dir": str(folder / "site"),
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    (folder / "mkdocs.yml").write_text(json.dumps(config), "utf-8")
    seconds, megabytes, _ = measured(
        [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")], stderr=subprocess.DEVNULL
    )
    worker = next((folder / "site/assets/javascripts/workers").glob("search.*.js")).name
    (folder / "site/index.html").write_text(FRAME, "utf-8")
    return Built(
        name="Material 9.8.1",
        folder=folder / "site",
        setup=f"""async () => {{
          const index = await (await fetch('/search/search_index.json')).json();
          const worker = new Worker('/assets/javascripts/workers/{worker}');
          const wait = (type) => new Promise((resolve) => {{
            worker.onmessage = ({{ data }}) => {{ if (data.type === type) resolve(data.data); }};
          }});
          const ready = wait(1);
          index.options = {{ suggest: false }};
          worker.postMessage({{ type: 0, data: index }});
          await ready;
          window.askMaterial = async (text) => {{
            const reply = wait(3);
            worker.postMessage({{ type: 2, data: text }});
            return await reply;
          }};
        }}""",
        ask="""async (text, limit) => {
          const { items } = await window.askMaterial(text);
          return [...new Set(items.map(([first]) => first.location.split(/[/#]/)[0]))].slice(0, limit);
        }""",
        seconds=seconds,
        megabytes=megabytes,
        index=lambda path: path.name == "search_index.json",
    )


def page_texts(row: dict[str, Any]) -> list[str]:
    """Title, then everything else that an article's page shows."""
    parts = [row["kicker"], row["subtitle"], row["credit"], *(author["name"] for author in row["authors"])]
    parts += [block["text"] for block in (*row["section_heads"], *row["paragraphs"])]
    return [row["title"] or row["id"], *(part for part in parts if part)]


def index_sizes(built: Built) -> tuple[int, int, int]:
    """Files, bytes, and bytes as gzip sends them, of the index."""
    paths = [path for path in built.folder.rglob("*") if path.is_file() and built.index(path)]
    return len(paths), sum(path.stat().st_size for path in paths), sum(gzip_size(path) for path in paths)


def gzip_size(path: Path) -> int:
    """What travels where the host compresses; what is compressed already is not compressed again."""
    data = path.read_bytes()
    return min(len(data), len(gzip.compress(data, 6)))


def resident(pids: Sequence[int]) -> float:
    """Megabytes of the largest of these processes."""
    sizes = [0.0]
    for pid in pids:
        try:
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmRSS"):
                    sizes.append(int(line.split()[1]) / 1024)
        except OSError:
            continue
    return max(sizes)
