"""The review over HTTP: who is answered, and what is refused before anything is read or written."""

import http.client
import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from build_scripts.cli import main
from build_scripts.layout.layoutfile import read_layout
from build_scripts.review.server import listen
from build_scripts.review.session import Session
from build_scripts.source import read_page
from tests.conftest import PROJECT
from tests.test_review import FILE_NAME, ISSUE, root, session, state_of, tree

__all__ = ["root", "session"]


class Client:
    """A client that sends what it is told, and nothing of its own."""

    def __init__(self, address: str) -> None:
        _, _, self.host, self.token, _ = address.split("/")
        self.origin = f"http://{self.host}"

    def send(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, bytes, dict[str, str]]:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            sent = {"Host": self.host, **{name.replace("_", "-"): value for name, value in headers.items()}}
            if body is not None:
                sent.setdefault("Content-Length", str(len(body)))
            for name, value in sent.items():
                connection.putheader(name, value)
            connection.endheaders()
            if body is not None:
                connection.send(body)
            answer = connection.getresponse()
            return answer.status, answer.read(), {name.lower(): value for name, value in answer.getheaders()}
        finally:
            connection.close()

    def post(self, path: str, value: object, **headers: str) -> tuple[int, Any]:
        sent = {"Origin": self.origin, "Content_Type": "application/json", **headers}
        status, data, _ = self.send("POST", f"/{self.token}/api/{path}", json.dumps(value).encode(), **sent)
        return status, json.loads(data)


@pytest.fixture
def client(session: Session) -> Iterator[Client]:
    server, address = listen(session)
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    yield Client(address)
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def unchanged(root: Path) -> Iterator[None]:
    """Nothing below the archive is written while a test runs."""
    before = state_of(root)
    yield
    assert state_of(root) == before


def test_it_listens_on_this_machine_only(session: Session) -> None:
    server, address = listen(session)
    try:
        assert server.server_address[0] == "127.0.0.1"
        other, second = listen(session)
        other.server_close()
        assert address.split("/")[3] != second.split("/")[3]
        assert len(address.split("/")[3]) >= 32
    finally:
        server.server_close()


def test_the_page_and_its_files(client: Client) -> None:
    for name, kind in (("", "text/html"), ("review.css", "text/css"), ("main.js", "text/javascript"), ("icon.svg", "image/svg+xml")):
        status, data, headers = client.send("GET", f"/{client.token}/{name}")
        assert (status, headers["content-type"]) == (200, f"{kind}; charset=utf-8")
        assert data
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
    status, data, _ = client.send("GET", f"/{client.token}/api/page")
    assert (status, json.loads(data)["page"]) == (200, "D1")


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 403),
        ("/index.html", 403),
        ("/api/page", 403),
        ("/wrong/", 403),
        ("/wrong/api/page", 403),
        ("/{token}", 403),
        ("/{token}x/api/page", 403),
        ("/../{token}/", 403),
        ("/{token}/../{token}/api/page", 404),
        ("/{token}/../../../../etc/passwd", 404),
        ("/{token}/..%2f..%2f..%2fserver.py", 404),
        ("/{token}/%2e%2e/server.py", 404),
        ("/{token}/..\\server.py", 404),
        ("/{token}//etc/passwd", 404),
        ("/{token}/main.js/", 404),
        ("/{token}/main.js%00.html", 404),
        ("/{token}/types.py", 404),
        ("/{token}/api/other", 404),
        ("/{token}/api/save", 405),
    ],
)
def test_addresses_that_lead_nowhere(client: Client, path: str, status: int) -> None:
    got, data, headers = client.send("GET", path.format(token=client.token))
    assert got == status
    assert json.loads(data)["error"]
    assert "content-security-policy" in headers


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://127.0.0.1:1"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Sec_Fetch_Site": "same-site"}, 403),
        ({"Host": "evil.example"}, 403),
        ({"Host": "localhost:80"}, 403),
        ({"Host": ""}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_requests_from_elsewhere(client: Client, headers: dict[str, str], status: int) -> None:
    for path in ("read", "steps", "save", "restart"):
        got, answer = client.post(path, {"layout": tree(), "from": 0, "steps": [{"undo": True}]}, **headers)
        assert got == status
        assert answer["error"]


@pytest.mark.usefixtures("unchanged")
def test_a_post_that_does_not_say_where_it_comes_from(client: Client) -> None:
    body = json.dumps({"layout": tree()}).encode()
    status, _, _ = client.send("POST", f"/{client.token}/api/save", body, Content_Type="application/json")
    assert status == 403


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"[1]", 400),
        (b"\xff{}", 400),
        (b'{"layout": ', 400),
        (b"[" * 100_000, 400),
        (b'{"layout": ' + b"[" * 900 + b"]" * 900 + b"}", 422),
        (b" " * 10_000_000, 413),
        (b'{"layout": "' + b"x" * 10_000_000 + b'"}', 413),
    ],
)
def test_bodies_that_are_no_layout(client: Client, body: bytes, status: int) -> None:
    for path in ("save", "read"):
        headers = {"Origin": client.origin, "Content_Type": "application/json"}
        got, data, _ = client.send("POST", f"/{client.token}/api/{path}", body, **headers)
        assert got == status
        assert len(json.loads(data)["error"]) < 1000


@pytest.mark.usefixtures("unchanged")
def test_a_body_of_unknown_length(client: Client) -> None:
    headers = {"Origin": client.origin, "Content_Type": "application/json", "Transfer_Encoding": "chunked"}
    status, _, _ = client.send("POST", f"/{client.token}/api/save", None, **headers)
    assert status == 411


HOSTILE: list[Any] = [
    None,
    1,
    "x",
    [],
    {},
    {"page": "D1"},
    {"page": "D2", "articles": []},
    {"page": "../../etc", "articles": []},
    {"page": "D1", "articles": "x"},
    {"page": "D1", "articles": [{"id": "../../../x", "type": "brief", "body": ["3"]}]},
    {"page": "D1", "articles": [{"id": "a\nb", "type": "brief", "body": ["3"]}]},
    {"page": "D1", "articles": [{"id": "a", "type": "brief", "body": [3]}]},
    {"page": "D1", "articles": [{"id": "a", "type": "brief", "body": ["1:0-999999:9"]}]},
    {"page": "D1", "articles": [{"id": "a", "type": "brief", "body": ["3-1"]}]},
    {"page": "D1", "articles": [{"id": "a", "type": "brief", "body": [["1"] * 5_000]}]},
    {"page": "D1", "articles": [{"id": "a", "type": "<script>", "body": ["3"]}]},
    {"page": "D1", "articles": [{"id": "a", "type": "brief", "body": ["3"], "__proto__": {"x": "y"}}]},
    {"page": "D1\ud800", "articles": []},
    {"page": "D1", "articles": [], "!!python/object/apply:os.system": ["true"]},
    {**tree(), "corrections": [{"line": "6", "printed": "元", "kind": "typo", "note": "a\u0000b"}]},
    {**tree(), "corrections": [{"line": "6", "printed": "元", "kind": "typo", "note": "a\ud83d"}]},
    {**tree(), "corrections": [{"line": "6", "printed": "没有的字", "kind": "typo", "note": "x"}]},
    {**tree(), "corrections": [{"line": "-1", "printed": "元", "kind": "typo", "note": "x"}]},
]


@pytest.mark.usefixtures("unchanged")
@pytest.mark.parametrize("layout", HOSTILE, ids=range(len(HOSTILE)))
def test_layouts_that_break_the_rules(client: Client, layout: object) -> None:
    status, answer = client.post("save", {"layout": layout, "settled": [], "aliases": []})
    assert status == 422
    assert answer["error"]


def test_text_that_looks_like_yaml_stays_text(client: Client, root: Path) -> None:
    note = "}: &a *b !!x # y\n- z: '\"\\ \u2028 <script>alert(1)</script> {{ x }} \U00020000\ufeff"
    correction = {"line": "6", "printed": "元。", "corrected": "元！#:&", "kind": "typo", "note": note}
    status, answer = client.post("save", {"layout": {**tree(), "corrections": [correction]}, "settled": [], "aliases": []})
    assert status == 200, answer
    page = read_page(root / FILE_NAME.replace(".yml", ".txt"), issue=ISSUE, name="D1", source="x")
    saved = read_layout(root / FILE_NAME, page).corrections[0]
    assert (saved.note, saved.corrected) == (note, "元！#:&")


@pytest.mark.parametrize(
    "arguments", [("review", f"{ISSUE}/D1", "--no-open"), ("add", "{new}", "--issue", "2024-10", "--page", "D2", "--review")]
)
def test_the_commands_serve_until_they_are_ended(root: Path, tmp_path_factory: pytest.TempPathFactory, arguments: tuple[str, ...]) -> None:
    new = tmp_path_factory.mktemp("new") / "page.txt"
    new.write_text((PROJECT / "content/sources/2024-10/unpaged-1.txt").read_text("utf-8").replace("吕梁", "临汾"), encoding="utf-8")
    command = [sys.executable, "-m", "build_scripts.cli", *(one.replace("{new}", str(new)) for one in arguments), "--root", str(root)]
    # No browser opens where none can be found.
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=PROJECT, env={**os.environ, "PATH": "", "BROWSER": "true"}
    ) as process:
        assert process.stdout
        address = next(match[0] for line in process.stdout if (match := re.search(r"http://127\.0\.0\.1:\d+/[\w-]{32,}/", line)))
        client = Client(address)
        assert client.send("GET", f"/{client.token}/")[0] == 200
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def test_a_page_that_is_not_there_ends_with_one_line(root: Path) -> None:
    for place in (f"{ISSUE}/D9", "../../etc/passwd", "x", ""):
        done = CliRunner().invoke(main, ["review", place, "--no-open", "--root", str(root)])
        assert (done.exit_code, done.stdout, done.stderr.count("\n")) == (2, "", 1)
