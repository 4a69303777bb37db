"""Mutated pages, layouts, issue files, redirects and arguments through the commands: no traceback, nothing half written, one message.

``make fuzz`` runs a thousand of them, ``python -m tests.fuzz --seed N --runs 1`` one again. The same seed gives the same case.
"""

import argparse
import random
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner, Result

from build_scripts.cli import main
from build_scripts.layout.draft import draft_layout
from build_scripts.layout.render import render_layout
from build_scripts.source import read_page
from tests.conftest import ISSUE, PROJECT

NASTY = [
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)",
    "{{ 7*7 }}{% raw %}",
    "[甲](javascript:alert(1))",
    "![x](//evil.example/x)",
    "../../../etc/passwd",
    "CON",
    "a" * 300,
    "9" * 400,
    "-1",
    "0",
    "99999999",
    "8:99999",
    "3-1",
    "１２３",
    "\u202e\u2066",
    "\u0301\u200b\ufeff",
    "\U0002a6d6",
    "---\ntitle: x\n---",
    "`*_~#>|",
    "&amp;&#60;",
    "“”‘’",
    " ",
    "",
]
"""What means something to a browser, a table program, a template, Markdown, a file system, or a number's reader."""

NASTY_YAML = [
    "!!python/object/apply:os.system [id]",
    "&a [*a]",
    "[" * 60,
    "{" * 60,
    "? [x]\n: y",
    "<<: {a: 1}",
    "---\n--- x",
    "%YAML 9.9\n---",
    "|\n  x\n  y",
    ">-\n x",
    '"\\x00"',
    '"\\ud800"',
    '"\\U0010ffff"',
    "\t",
    "null",
    "~",
    "yes",
    "2024-01-01",
    "1e400",
    "0x1F",
    "# 待核 行 1：\n",
    "[]",
    "{}",
    "'",
    '"',
]
_CONTROL = [b"\x00", b"\x02", b"\x1b", b"\x85", b"\xff\xfe", b"\xef\xbb\xbf", b"\xc3\x28", b"\xed\xa0\x80", b"\r", b"\x0c", b"\xe2\x80\xa8"]
_ENCODINGS = ["gb18030", "utf-16", "utf-16-le", "utf-32", "utf-8-sig", "big5", "latin-1"]
LINES = 60
"""Of a real page; the commands are run a thousand times."""


@dataclass(frozen=True, slots=True)
class Case:
    """One run of one command in an archive of its own."""

    arguments: list[str]
    files: dict[str, bytes]
    """Path below the root → what is mutated there."""


def real_pages() -> list[str]:
    """The beginnings of the real pages, and whole made-up ones."""
    paths = [*sorted((PROJECT / "content/sources").glob("*/*.txt")), *sorted((PROJECT / "tests/gold/fragments").glob("*.txt"))[:10]]
    return ["\n".join(path.read_text("utf-8").split("\n")[:LINES]) for path in paths]


def mutate(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    """``data`` with one to four faults in it."""
    for _ in range(rng.randint(1, 4)):
        data = rng.choice(_MUTATIONS)(rng, data, nasty)
    return data


def _place(rng: random.Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 3, 10, 200)))


def _flip(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    start, _ = _place(rng, data)
    return data[:start] + bytes([rng.randrange(256)]) + data[start + 1 :]


def _cut(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    start, end = _place(rng, data)
    return data[:start] + data[end:]


def _end(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _double(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    start, end = _place(rng, data)
    return data[:end] + data[start:end] * rng.choice((1, 2, 50)) + data[end:]


def _insert(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    start, _ = _place(rng, data)
    return data[:start] + rng.choice(nasty).encode("utf-8", "surrogatepass") + data[start:]


def _control(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    start, _ = _place(rng, data)
    return data[:start] + rng.choice(_CONTROL) + data[start:]


def _lines(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    lines = data.split(b"\n")
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    if rng.random() < 0.5:
        del lines[rng.randrange(len(lines))]
    return b"\n".join(lines)


def _value(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    """Another value behind a colon, a dash or a bracket."""
    lines = data.split(b"\n")
    at = rng.randrange(len(lines))
    head, mark, _ = lines[at].partition(rng.choice((b": ", b"- ", b"[")))
    if mark:
        lines[at] = head + mark + rng.choice(nasty).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def _recode(rng: random.Random, data: bytes, nasty: list[str]) -> bytes:
    return data.decode("utf-8", "ignore").encode(rng.choice(_ENCODINGS), "ignore")


_MUTATIONS: list[Callable[[random.Random, bytes, list[str]], bytes]] = [
    _flip, _cut, _end, _double, _insert, _insert, _control, _lines, _lines, _value, _value, _recode,
]  # fmt: skip


FOLDER = "content/sources/2024-after-0819"
ISSUE_TEXT = ISSUE.format(issue="2024-after-0819").encode()
REDIRECTS = b"issues: {2024-26: 2024-after-0819}\npages:\n  2024-26/D3: 2024-after-0819/D1\narticles: {2024-26/a: 2024-26/b}\n"
IN_ROOT = ("--root", "ROOT")
ADD = ("add", "ROOT/page.txt")


def make_case(seed: int) -> Case:
    """The case of that number; ``ROOT`` in its arguments stands for the archive's folder."""
    rng = random.Random(seed)
    text = rng.choice(real_pages())
    files = {f"{FOLDER}/D1.txt": text.encode(), f"{FOLDER}/D1.yml": _draft(text), f"{FOLDER}/issue.yml": ISSUE_TEXT}
    kind = _KINDS[seed % len(_KINDS)]
    return Case([*kind(rng, files), *(IN_ROOT if kind not in (_page, _sheet) else ())], files)


Files = dict[str, bytes]
_YAML = NASTY + NASTY_YAML


def _page(rng: random.Random, files: Files) -> list[str]:
    files["page.txt"] = mutate(rng, files[f"{FOLDER}/D1.txt"], NASTY)
    return ["extract", "ROOT/page.txt", *rng.choice((["--json"], ["--explain"], []))]


def _add(rng: random.Random, files: Files) -> list[str]:
    files["page.txt"] = mutate(rng, rng.choice(real_pages()).encode(), NASTY)
    return [
        *ADD,
        *rng.choice((["--issue", "2024-after-0819", "--page", "D2"], ["--issue", "2024-15", "--page", "D1", "--date", "2024-12-31"])),
    ]


def _layout(rng: random.Random, files: Files) -> list[str]:
    files[f"{FOLDER}/D1.yml"] = mutate(rng, files[f"{FOLDER}/D1.yml"], _YAML)
    return [rng.choice(("build", "check"))]


def _issue(rng: random.Random, files: Files) -> list[str]:
    files[f"{FOLDER}/issue.yml"] = mutate(rng, ISSUE_TEXT, _YAML)
    files["page.txt"] = rng.choice(real_pages()).encode()
    return list(rng.choice((("build",), ("check",), (*ADD, "--issue", "2024-after-0819", "--page", "D2"))))


def _redirects(rng: random.Random, files: Files) -> list[str]:
    files["content/redirects.yml"] = mutate(rng, REDIRECTS, _YAML)
    return [rng.choice(("build", "check"))]


def _sheet(rng: random.Random, files: Files) -> list[str]:
    files["page.txt"] = mutate(rng, files[f"{FOLDER}/D1.txt"], NASTY)
    files["layout.yml"] = mutate(rng, files[f"{FOLDER}/D1.yml"], _YAML)
    return [
        "draft",
        "ROOT/page.txt",
        *rng.choice((["--layout", "ROOT/layout.yml", "--html", "ROOT/out.html"], ["--html", "ROOT/out.html"], [])),
    ]


def _correct(rng: random.Random, files: Files) -> list[str]:
    text = files[f"{FOLDER}/D1.txt"].decode()
    line, printed, corrected, note = (rng.choice([*NASTY, text[5:9], text[:30], "D1"]).replace("\n", " ") for _ in range(4))
    line = line if rng.random() < 0.3 else str(rng.randint(1, LINES))
    given = ["--line", line, "--printed", printed, "--corrected", corrected, "--kind", "typo", "--note", note]
    return ["correct", "add", "2024-after-0819/D1", *given]


def _options(rng: random.Random, files: Files) -> list[str]:
    files["page.txt"] = rng.choice(real_pages()).encode()
    issue, page = (rng.choice([*NASTY, "D1", "2024-after-0819"]).replace("\n", " ") for _ in range(2))
    return [*ADD, f"--issue={issue}", f"--page={page}"]


def _words(rng: random.Random, files: Files) -> list[str]:
    """A command with words that it may never have heard of."""
    command = rng.choice(
        (["extract"], ["draft"], ["score"], ["correct", "list"], ["correct", "explain"], ["correct", "add"], ["synth"], ["build"])
    )
    known = [
        "--json",
        "--html",
        "--layout",
        "--issued",
        "--line",
        "--check",
        "--misses",
        "2024-after-0819/D1:5",
        "ROOT/content",
        "/dev/null",
    ]
    words = [rng.choice([*known, *NASTY]).replace("\0", "") for _ in range(rng.randint(0, 3))]
    return [*command, *(word for word in words if word != "--out")]


_KINDS = (_page, _add, _layout, _issue, _redirects, _correct, _sheet, _options, _page, _words, _layout, _add)


def _draft(text: str) -> bytes:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "page.txt"
        path.write_text(text, "utf-8")
        page = read_page(path, issue="2024-after-0819", name="D1", source="content/sources/2024-after-0819/D1.txt")
    draft = draft_layout(page)
    return render_layout(draft.layout, page, draft.reasons).encode()


def run_case(seed: int, folder: Path) -> list[str]:
    """What is wrong with how the case ended; nothing where it ended well."""
    case = make_case(seed)
    for path, data in case.files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    before = _tree(folder)
    result = CliRunner().invoke(main, [word.replace("ROOT", str(folder)) for word in case.arguments])
    after = _tree(folder)
    return [f"seed {seed}: {' '.join(case.arguments)[:200]}: {fault}" for fault in _faults(case, result, before, after)]


def _tree(folder: Path) -> dict[str, bytes]:
    """All files but those that a build makes for itself."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.relative_to(folder).parts[0] != ".build"
    }


def _faults(case: Case, result: Result, before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    faults = []
    if result.exception and not isinstance(result.exception, SystemExit):
        faults.append("".join(traceback.format_exception(result.exception))[-1500:])
    if "Traceback" in result.output:
        faults.append("prints a traceback")
    allowed = {0, 1, 2} if case.arguments[0] == "check" else {0, 2}
    if result.exit_code not in allowed:
        faults.append(f"ends with {result.exit_code}")
    if result.exit_code == 2:
        usage = result.stderr.startswith("Usage:")
        if not result.stderr.strip() or (not usage and result.stderr.count("\n") != 1):
            faults.append(f"says {result.stderr!r}")
        if after != before:
            faults.append(f"changed {sorted(set(after.items()) ^ set(before.items()))[:2]}")
    if any(".pending" in path or ".writing" in path for path in after):
        faults.append("leaves something half written")
    written = [data for path, data in after.items() if path.endswith("out.html") and path not in before]
    if any(b"<script>alert" in data or b"onerror=alert(1)>" in data for data in written):
        faults.append("writes a page's text as HTML")
    return faults


def run(seeds: range) -> int:
    """Runs all cases; returns how many ended badly, having printed each."""
    bad = 0
    endings: dict[str, int] = {}
    for seed in seeds:
        folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
        try:
            faults = run_case(seed, folder)
        finally:
            shutil.rmtree(folder)
        bad += bool(faults)
        for fault in faults:
            print(fault)  # noqa: T201 (a program of its own)
        command = make_case(seed).arguments[0]
        endings[command] = endings.get(command, 0) + 1
    print(f"{len(seeds)} cases, {bad} ended badly; {endings}")  # noqa: T201
    return bad


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    sys.exit(bool(run(range(given.seed, given.seed + given.runs))))
