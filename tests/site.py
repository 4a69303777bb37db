"""The built site as the tests read it."""

import functools
import http.server
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from lxml import html

Element = Any
"""An lxml element; lxml ships no types."""


def pages_of(site: Path) -> dict[str, Element]:
    """Address below the site's base → parsed page. ``issues/index.html`` is ``issues/``."""
    found = {}
    for path in sorted(site.rglob("*.html")):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        found[address] = html.fromstring(path.read_bytes())
    return found


def references(page: Element) -> Iterator[tuple[str, str, str]]:
    """Tag, attribute and value of everything that a page loads or leads to."""
    for element in page.iter("a", "link", "script", "img", "form", "iframe", "source", "use", "meta"):
        for attribute in ("href", "src", "action", "srcset"):
            if element.get(attribute) is not None:
                yield str(element.tag), attribute, str(element.get(attribute))
        if element.tag == "meta" and (element.get("http-equiv") or "").lower() == "refresh":
            yield "meta", "content", str(element.get("content")).split("url=", 1)[-1]


def broken_links(site: Path, pages: dict[str, Element]) -> list[str]:
    """Every internal reference that leads nowhere, or that would not work below another base path."""
    ids = {address: {str(element.get("id")) for element in page.iter() if element.get("id")} for address, page in pages.items()}
    broken = []
    for address, page in pages.items():
        for tag, _, value in references(page):
            parts = urlsplit(value)
            if parts.scheme or parts.netloc:
                continue
            if value.startswith("/"):
                broken.append(f"{address}: {tag} {value} is absolute")
                continue
            target = urlsplit(urljoin(f"http://site/base/{address}", value))
            if not target.path.startswith("/base/"):
                broken.append(f"{address}: {value} leaves the site")
                continue
            path = unquote(target.path.removeprefix("/base/"))
            if path.endswith("/") or not path:
                if path not in pages:
                    broken.append(f"{address}: {value}")
                    continue
            elif not (site / path).is_file():
                broken.append(f"{address}: {value}")
                continue
            fragment = unquote(target.fragment)
            if fragment and path in ids and fragment not in ids[path]:
                broken.append(f"{address}: {value} (no such anchor)")
    return broken


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """``folder`` over HTTP on this machine, as any static host would serve it, ``404.html`` included."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None:
            pass

        def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
            page = next(folder.rglob("404.html"), None)
            if code != http.HTTPStatus.NOT_FOUND or page is None:
                super().send_error(code, message, explain)
                return
            body = page.read_bytes()
            self.send_response(code)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

    class Server(http.server.ThreadingHTTPServer):
        def handle_error(self, request: object, client_address: object) -> None:
            """A browser that leaves a page breaks its downloads off: no news."""

    server = Server(("127.0.0.1", 0), functools.partial(Handler, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
