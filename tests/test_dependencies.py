"""What the project is built of: pinned with hashes, listed in the README with its true licence, and under terms that let it be used.

No network is needed. ``make deps-audit`` asks for known faults of the same versions as well.
"""

import json
import re
from importlib.metadata import metadata
from typing import Any

import pytest

from tests.conftest import PROJECT
from tests.deps_audit import report

LOCKS = ("build", "site", "test", "audit")
NPM = ("tests/audit", ".")
"""Folders with a lock of npm's; where both hold a package, the last one's version is the one that the tests use."""
PINNED = re.compile(r"^([A-Za-z0-9._-]+)==(\S+?)(?: ;.*)?(?: \\)?$", re.MULTILINE)
UNLABELLED = ("parse-cache-control",)
"""What npm's lock names no licence of: of Lighthouse alone, BSD-3-Clause by the file in its repository."""
FREE = ("MIT", "BSD", "0BSD", "Apache", "MPL", "PSF", "ISC", "Artistic", "BlueOak", "Python Software Foundation", "Mozilla")
"""Beginnings of licences under which anyone may build and publish the site. For the tests alone a choice among others suffices too."""


def pinned(lock: str) -> dict[str, str]:
    return {normal(name): version for name, version in PINNED.findall((PROJECT / f"requirements/{lock}.lock").read_text("utf-8"))}


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def npm_packages() -> dict[str, Any]:
    locks = [json.loads((PROJECT / folder / "package-lock.json").read_text("utf-8")) for folder in NPM]
    return {path.rpartition("node_modules/")[2]: package for lock in locks for path, package in lock["packages"].items() if path}


def npm_wanted() -> dict[str, str]:
    wanted = [json.loads((PROJECT / folder / "package.json").read_text("utf-8"))["devDependencies"] for folder in NPM]
    return {name: version for versions in wanted for name, version in versions.items()}


def table() -> dict[str, tuple[str, str]]:
    """The README's rows: name → version, licence. A row of npm's ends in ``(npm)``."""
    text = (PROJECT / "README.md").read_text("utf-8").partition("## Dependencies")[2]
    rows = re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| ([^|]+?) \|", text, re.MULTILINE)
    return {name: (version, licence) for name, version, licence in rows if name not in ("name", "---")}


def licences_of(name: str) -> str:
    """All that the installed package says of its licence."""
    found = metadata(name)
    said = [*(found.get_all("License-Expression") or ()), *(text.split("\n")[0] for text in found.get_all("License") or ())]
    classifiers = [row.rpartition("::")[2].strip() for row in found.get_all("Classifier") or () if row.startswith("License")]
    return " | ".join((*said, *classifiers))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_hashes(lock: str) -> None:
    text = (PROJECT / f"requirements/{lock}.lock").read_text("utf-8")
    entries = re.split(r"\n(?=\S)", re.sub(r"^#.*\n", "", text, flags=re.MULTILINE))
    assert len(entries) == len(pinned(lock)) > 0
    assert [entry.split("\n")[0] for entry in entries if not re.search(r"--hash=sha256:[0-9a-f]{64}", entry)] == []


def test_npm_packages_are_pinned_with_hashes() -> None:
    wanted = npm_wanted()
    packages = npm_packages()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert {name: packages[name]["version"] for name in wanted} == wanted
    assert [name for name, package in packages.items() if not package["integrity"].startswith("sha512-")] == []


def test_what_is_asked_for_is_what_the_readme_lists() -> None:
    asked: dict[str, str] = {}
    for path in sorted((PROJECT / "requirements").glob("*.in")):
        asked |= {normal(name): version for name, version in PINNED.findall(path.read_text("utf-8"))}
    asked |= {f"{name} (npm)": version for name, version in npm_wanted().items()}
    listed = {name if name.endswith("(npm)") else normal(name): version for name, (version, _) in table().items()}
    assert listed == asked


def test_the_readme_names_the_true_licences() -> None:
    wrong = []
    for name, (_, licence) in table().items():
        if name.endswith("(npm)"):
            said = npm_packages()[name.removesuffix(" (npm)")]["license"]
        elif normal(name) in pinned("audit").keys() - pinned("test").keys():
            continue  # not installed beside the others
        else:
            said = licences_of(name)
        if licence not in said and f"{licence.partition('-')[0]} " not in f"{said} ":
            wrong.append(f"{name}: {licence}, but it says {said}")
    assert wrong == []


def test_everything_is_free_to_use() -> None:
    packages = {name: licences_of(name) for name in pinned("build") | pinned("site") | pinned("test") if is_here(name)}
    packages |= {f"{name} (npm)": package.get("license", "") for name, package in npm_packages().items() if name not in UNLABELLED}
    unclear = {name: said for name, said in packages.items() if not any(re.search(rf"(?:^|[ |(]){free}", said) for free in FREE)}
    assert unclear == {}
    strict = [name for name in pinned("site") if is_here(name) and re.search(r"\b[AL]?GPL", licences_of(name))]
    assert strict == []


def is_here(name: str) -> bool:
    """A lock names packages of other systems too, such as colorama for Windows."""
    try:
        metadata(name)
    except ModuleNotFoundError:
        return False
    return True


def test_known_faults_are_told_and_fail() -> None:
    python: list[dict[str, Any]] = [
        {"name": "a", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["1.1"]}, {"id": "PYSEC-2", "fix_versions": []}]},
        {"name": "b", "version": "2", "vulns": []},
    ]
    npm = {"vulnerabilities": {"c": {"severity": "high", "range": "<3"}}}
    said, status = report(python, npm, must_ask=False)
    assert status == 1
    assert said == [
        "a 1: PYSEC-1, mended in 1.1",
        "a 1: PYSEC-2, mended in no version yet",
        "c (npm): high, <3",
        "2 Python packages asked about, 3 known faults",
    ]


def test_no_answer_is_said_and_fails_only_where_one_is_expected() -> None:
    said, status = report([], None, must_ask=False)
    assert status == 0
    assert said[1:] == [f"{name} gave no answer: nothing is known of its packages" for name in ("PyPI", "npm")]
    assert report([], None, must_ask=True)[1] == 1
    assert report([{"name": "b", "version": "2", "vulns": []}], {"vulnerabilities": {}}, must_ask=True)[1] == 0
