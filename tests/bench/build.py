"""Cost of building at several sizes, beside plain Material for MkDocs on the same Markdown, in one run: ``make bench``.

For each size a synthetic archive is written and built: stage by stage on one core, then as ``archive site`` does it on all of them: from
nothing, once more with nothing changed, and after an issue of 25 articles was added, which is compared byte for byte with a build from
nothing. Prints Markdown; ``--write FILE`` keeps it. Ends with 1 where a build that goes on from the last one makes anything otherwise, or
where bytes or files grow faster than the archive: what is counted, never seconds, which hang on the machine.
"""

import argparse
import datetime
import json
import math
import os
import platform
import shutil
import statistics
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from build_scripts.synth.pages import write_synthetic
from tests.bench.watch import Cost, run
from tests.conftest import PROJECT

WORK = PROJECT / ".build/bench"
ADDED = 25
"""Articles: the issue after the newest."""
RUNS = ("from nothing", "nothing changed", "25 articles added", "Material, plain")

MOST = 1.15
"""The largest exponent of growth: what has fixed costs stays below 1, what compares all with all comes near 2."""

PER_ARTICLE = "article page, KB (median)"

Result = Mapping[str, Any]


def bench(size: int) -> Result:
    """Everything that is measured at one size."""
    root = WORK / f"build-{size}"
    shutil.rmtree(root, ignore_errors=True)
    write_synthetic(PROJECT, size, root)
    stages = json.loads(run([sys.executable, "-m", "tests.bench.stages", str(root)], cwd=PROJECT).output)
    for folder in (".build", "site"):
        shutil.rmtree(root / folder)
    site = root / "site"
    first = _site(root, site)
    sizes = _sizes(root)
    second = _site(root, site)
    before = _places(site)
    write_synthetic(PROJECT, size + ADDED, root)
    third = _site(root, site)
    written = sum(before.get(path) != place for path, place in _places(site).items())
    plain = plain_site(root / "content", WORK / f"plain-{size}")
    return {
        "stages": stages,
        "runs": dict(zip(RUNS, (first, second, third, plain), strict=True)),
        "sizes": sizes,
        "written": written,
        "different": _differences(root),
    }


def _site(root: Path, site: Path) -> Cost:
    command = [sys.executable, "-m", "build_scripts.cli", "site", "--root", str(root), "--out", str(site)]
    return run(command, cwd=PROJECT, env={**os.environ, "SITE_URL": ""})


def _places(site: Path) -> dict[Path, int]:
    """Each page of the site, and the file on disk that it is."""
    return {path: path.stat().st_ino for path in site.rglob("*.html")}


def _differences(root: Path) -> int:
    """Files of the site that a build from nothing would make otherwise, or not at all."""
    fresh = root.with_name(f"{root.name}-fresh")
    shutil.rmtree(fresh, ignore_errors=True)
    for name in ("sources", "redirects.yml", "projects/register.csv", "companies/register.csv"):
        target = fresh / "content" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if name == "sources" else shutil.copy)(root / "content" / name, target)
    _site(fresh, fresh / "site")
    one, other = (_files(folder / "site") for folder in (root, fresh))
    return sum(
        path not in one or path not in other or one[path].read_bytes() != other[path].read_bytes() for path in one.keys() | other.keys()
    )


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}


def plain_site(content: Path, folder: Path) -> Cost:
    """Material for MkDocs with its own search and jieba, on the same Markdown, its templates its own."""
    shutil.rmtree(folder, ignore_errors=True)
    for path in sorted(content.rglob("*.md")):
        target = folder / "docs" / path.relative_to(content)
        target.parent.mkdir(parents=True, exist_ok=True)
        lines = path.read_text("utf-8").split("\n")
        target.write_text("\n".join(line for line in lines if not line.startswith("template:")), "utf-8")
    config = {
        "site_name": "x",
        "nav": [{"x": "index.md"}],
        "theme": {"name": "material", "language": "zh", "font": False},
        "plugins": [{"search": {"lang": "zh", "separator": r"[\s\u200b\-]"}}],
        "markdown_extensions": ["attr_list"],
        "validation": {"nav": {"omitted_files": "ignore"}},
    }
    (folder / "mkdocs.yml").write_text(json.dumps(config), "utf-8")
    return run([sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")], cwd=folder)


def _sizes(root: Path) -> dict[str, float]:
    """Megabytes and numbers of files."""
    files = _files(root / "site")
    pages = {path: place.stat().st_size for path, place in files.items() if path.endswith(".html")}
    articles = [size for path, size in pages.items() if path.startswith("issues/") and path.split("/")[-2].startswith("a")]
    groups: dict[str, Callable[[str], bool]] = {
        "HTML": lambda path: path.endswith(".html"),
        "data": lambda path: path.startswith("data/") and not path.endswith(".html"),
        "search index": lambda path: path.startswith("search/") and not path.endswith(".html"),
        "raw pages": lambda path: path.startswith("sources/"),
        "site": lambda path: True,
    }
    found: dict[str, float] = {PER_ARTICLE: statistics.median(articles) / 1000}
    found |= {f"{name}, MB": sum(files[path].stat().st_size for path in files if test(path)) / 1e6 for name, test in groups.items()}
    return {**found, "pages": len(pages), "files": len(files)}


def growth(sizes: Sequence[int], values: Sequence[float]) -> str:
    """The exponent between the two largest sizes: 1 where twice the articles cost twice as much."""
    (first, second), (low, high) = sizes[-2:], values[-2:]
    return f"{math.log(high / low) / math.log(second / first):.2f}" if min(low, high) > 0 else "–"


def find_faults(results: Mapping[int, Result]) -> list[str]:
    """What must not be, whatever the machine."""
    sizes = list(results)
    faults = [f"{size:,} articles: {result['different']} files differ" for size, result in results.items() if result["different"]]
    for name in next(iter(results.values()))["sizes"] if len(sizes) > 1 else ():
        values = [result["sizes"][name] for result in results.values()]
        most = 0.1 if name == PER_ARTICLE else MOST  # other articles have other sizes; tests/test_exponent.py looks at the same ones
        if min(values[-2:]) > 0 and float(growth(sizes, values)) > most:
            faults.append(f"{name} grows with exponent {growth(sizes, values)}, at most {most}")
    return faults


def report(results: Mapping[int, Result]) -> str:
    """The tables."""
    sizes = list(results)
    heads = " | ".join(f"{size:,}" for size in sizes)
    lines = ["CPU seconds by stage, on one core, nothing kept from before:", "", f"| stage | {heads} | growth |"]
    lines.append("| --- |" + " --: |" * (len(sizes) + 1))
    for name in next(iter(results.values()))["stages"]:
        lines.append(_row(name, sizes, [result["stages"][name] for result in results.values()], 1))
    lines.append(_row("together", sizes, [sum(result["stages"].values()) for result in results.values()], 1))
    lines += ["", "`archive site` on all cores, and plain Material:", "", f"| run | measure | {heads} | growth |"]
    lines.append("| --- | --- |" + " --: |" * (len(sizes) + 1))
    for name in RUNS:
        costs = [result["runs"][name] for result in results.values()]
        for measure, values in (
            ("CPU s", [cost.cpu for cost in costs]),
            ("wall s", [cost.wall for cost in costs]),
            ("peak memory, MB", [cost.megabytes for cost in costs]),
        ):
            lines.append(_row(f"{name} | {measure}", sizes, values, 0 if "MB" in measure else 1))
    for name, key in (("HTML files written", "written"), ("files unlike a build from nothing", "different")):
        lines.append(_row(f"25 articles added | {name}", sizes, [result[key] for result in results.values()], 0))
    lines += ["", "What comes out:", "", f"| | {heads} | growth |", "| --- |" + " --: |" * (len(sizes) + 1)]
    for name in next(iter(results.values()))["sizes"]:
        lines.append(_row(name, sizes, [result["sizes"][name] for result in results.values()], 0 if name in ("pages", "files") else 1))
    return "\n".join([*lines, ""])


def _row(name: str, sizes: Sequence[int], values: Sequence[float], digits: int) -> str:
    cells = " | ".join(f"{value:,.{digits}f}" for value in values)
    return f"| {name} | {cells} | {growth(sizes, values) if len(values) > 1 else '–'} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="100,1000,5000,10000", help="numbers of articles, ascending")
    parser.add_argument("--write", type=Path, help="file for the tables")
    options = parser.parse_args()
    results: dict[int, Result] = {}
    for size in map(int, options.sizes.split(",")):
        results[size] = bench(size)
        print(json.dumps({"size": size, **results[size]}, default=str), flush=True)
    day = datetime.datetime.now(datetime.UTC).date()
    machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    text = f"Measured {day} by `make bench`: {machine}.\n\n{report(results)}"
    print(text)
    if options.write:
        before, mark, _ = options.write.read_text("utf-8").partition("<!-- tables -->\n")
        options.write.write_text(before + mark + "\n" + text, "utf-8")
    sys.exit("\n".join(find_faults(results)) or None)


if __name__ == "__main__":
    main()
