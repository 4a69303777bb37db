"""Asks whether any pinned package has a known fault: ``make deps-audit``.

Exit status: 0 none is known, or nobody could be asked (said, for a machine without a network must not fail); 1 faults, listed.
With ``CI`` set in the environment, not having been able to ask is 1 as well.
"""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from typing import Any

from tests.conftest import PROJECT

LOCKS = ("build", "site", "test")


def python_answers() -> list[dict[str, Any]]:
    """What pip-audit says of every pinned Python package; nothing where it could not ask."""
    command = [sys.argv[1], "--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off"]
    for lock in LOCKS:
        command += ["--requirement", str(PROJECT / f"requirements/{lock}.lock")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        answers: list[dict[str, Any]] = json.loads(result.stdout)["dependencies"]
    except (ValueError, KeyError):
        return []
    return [answer for answer in answers if "skip_reason" not in answer]


def python_faults(answers: Iterable[dict[str, Any]]) -> list[str]:
    """Each fault in a line."""
    return [
        f"{answer['name']} {answer['version']}: {fault['id']}, mended in {', '.join(fault['fix_versions']) or 'no version yet'}"
        for answer in answers
        for fault in answer["vulns"]
    ]


def npm_answer() -> dict[str, Any] | None:
    """What npm says of the pinned packages; ``None`` where it could not ask."""
    result = subprocess.run(["npm", "audit", "--json"], cwd=PROJECT, capture_output=True, text=True, check=False)
    try:
        answer: dict[str, Any] = json.loads(result.stdout)
    except ValueError:
        return None
    return answer if "vulnerabilities" in answer else None


def npm_faults(answer: dict[str, Any]) -> list[str]:
    """Each fault in a line."""
    return [f"{name} (npm): {fault['severity']}, {fault['range']}" for name, fault in answer["vulnerabilities"].items()]


def report(python: list[dict[str, Any]], npm: dict[str, Any] | None, *, must_ask: bool) -> tuple[list[str], int]:
    """What is printed, and the exit status."""
    faults = python_faults(python) + (npm_faults(npm) if npm else [])
    unasked = [name for name, asked in (("PyPI", bool(python)), ("npm", npm is not None)) if not asked]
    rows = [*faults, f"{len(python)} Python packages asked about, {len(faults)} known faults"]
    rows += [f"{name} gave no answer: nothing is known of its packages" for name in unasked]
    return rows, int(bool(faults) or (must_ask and bool(unasked)))


if __name__ == "__main__":
    said, status = report(python_answers(), npm_answer(), must_ask=bool(os.environ.get("CI")))
    print("\n".join(said))  # noqa: T201 (a program of its own)
    sys.exit(status)
