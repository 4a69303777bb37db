"""The search engine run in node, for the tests and the benchmark."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from build_scripts.pages.view import View
from build_scripts.search.documents import SearchDocument, issue_documents
from tests.conftest import PROJECT


def ask_engine(folder: Path, requests: Sequence[str | dict[str, Any]]) -> list[dict[str, Any]]:
    """The replies to ``requests`` (texts, or ``{text, options, fresh}``) on the index in ``folder``, in order, from one engine."""
    messages = [{"text": request} if isinstance(request, str) else request for request in requests]
    result = subprocess.run(
        ["node", str(PROJECT / "tests/search_engine.mjs"), str(folder)],
        input=json.dumps(messages),
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise RuntimeError(result.stderr)
    return list(json.loads(result.stdout))


def write_index(folder: Path, files: dict[str, bytes]) -> Path:
    """Writes the files of an index."""
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def search_documents(view: View) -> list[SearchDocument]:
    """All articles in the order of their numbers."""
    return [document for issue in view.archive.issues for document in issue_documents(view, issue)]
