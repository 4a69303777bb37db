"""The review page over HTTP, on this machine only.

Every address begins with a token that is new in each run and nowhere else than in the address that the command prints. A request without
it, under another host name (DNS rebinding), from another origin, too large or of another form is refused before anything is read of it.
The page itself is named on the command line; no request can name a file.
"""

import hmac
import json
import secrets
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from werkzeug.exceptions import HTTPException
from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server
from werkzeug.wrappers import Request, Response

from build_scripts.errors import ArchiveError
from build_scripts.messages import chinese_message
from build_scripts.review.journal import Changed
from build_scripts.review.session import Session

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HOST = "127.0.0.1"
MAX_BODY = 2_000_000
"""A layout of 2,000 lines sent as JSON has about 60,000 bytes."""
_DRAINED = 64_000_000
"""So much of a body that is too large is read and thrown away: a browser hears the refusal only when it has sent all."""

STATIC = Path(__file__).parent / "static"
_MIMES = {".html": "text/html", ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class Refusal(HTTPException):
    """A request that is not answered, with the reason."""

    def __init__(self, code: int, reason: str, *, unread: bool = True) -> None:
        super().__init__(reason)
        self.status = code
        self.unread = unread
        """Whether the body is still to come."""


class ReviewApp:
    """The WSGI application for one session."""

    def __init__(self, session: Session, token: str) -> None:
        self.session = session
        self.token = token
        self.origin = ""
        """``http://127.0.0.1:<port>``, known when the server listens."""
        self.static = {path.relative_to(STATIC).as_posix(): path for path in STATIC.rglob("*") if path.suffix in _MIMES}
        self.answers: dict[str, Callable[[dict[str, Any]], Any]] = {
            "api/read": lambda body: session.read(body.get("layout"), body.get("have"), body.get("aliases")),
            "api/steps": lambda body: session.add_events(body.get("from"), body.get("steps")),
            "api/save": lambda body: session.save(body.get("layout"), body.get("settled"), body.get("aliases")),
            "api/check": lambda body: session.check(),
            "api/restart": lambda body: session.restart(),
        }

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        request = Request(environ)
        try:
            response = self._answer(request)
        except Refusal as refusal:
            if refusal.unread:
                _drain(request)
            response = _json({"error": refusal.description}, refusal.status)
        except Changed as error:
            response = _json({"error": str(error), "changed": True}, 409)
        except ArchiveError as error:
            place = f"{error.path}:{error.line}" if error.line else error.path
            response = _json({"error": f"{place}：{chinese_message(error)}"}, 422)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response(environ, start_response)

    def _answer(self, request: Request) -> Response:
        if f"http://{request.environ.get('HTTP_HOST', '')}" != self.origin:
            raise Refusal(403, "this address is not the review page's own")
        token, slash, path = request.path.removeprefix("/").partition("/")
        if not (slash and hmac.compare_digest(token.encode(), self.token.encode())):
            raise Refusal(403, "the token is missing or wrong; open the address that `archive review` printed")
        origin = request.headers.get("Origin")
        if origin not in (None, self.origin) or request.headers.get("Sec-Fetch-Site", "none") not in ("none", "same-origin"):
            raise Refusal(403, "the request comes from another origin")
        if path in self.answers:
            return self._posted(request, self.answers[path], origin)
        if request.method not in ("GET", "HEAD"):
            raise Refusal(405, "only GET here")
        if path == "api/page":
            return _json(self.session.state())
        file = self.static.get(path or "index.html")
        if file is None:
            raise Refusal(404, "there is nothing here")
        return Response(file.read_bytes(), content_type=f"{_MIMES[file.suffix]}; charset=utf-8")

    def _posted(self, request: Request, answer: Callable[[dict[str, Any]], Any], origin: str | None) -> Response:
        if request.method != "POST":
            raise Refusal(405, "only POST here")
        if origin is None:
            raise Refusal(403, "the request does not say its origin")
        if request.mimetype != "application/json":
            raise Refusal(415, "only application/json here")
        if request.content_length is None:
            raise Refusal(411, "the request does not say its length")
        if request.content_length > MAX_BODY:
            raise Refusal(413, f"the body has {request.content_length} bytes; at most {MAX_BODY} are read")
        try:
            body = json.loads(request.get_data())
        except (ValueError, RecursionError) as error:
            raise Refusal(400, "the body is no JSON", unread=False) from error
        if not isinstance(body, dict):
            raise Refusal(400, "the body is no JSON object", unread=False)
        return _json(answer(body))


def _json(value: object, status: int = 200) -> Response:
    return Response(json.dumps(value, ensure_ascii=False), status=status, content_type="application/json; charset=utf-8")


def _drain(request: Request) -> None:
    left = min(request.content_length or 0, _DRAINED)
    while left > 0 and (piece := request.environ["wsgi.input"].read(min(left, 65536))):
        left -= len(piece)


class _Quiet(WSGIRequestHandler):
    """Logs no addresses: they hold the token."""

    def log(self, type: str, message: str, *args: object) -> None:
        pass


def listen(session: Session, port: int = 0) -> tuple[BaseWSGIServer, str]:
    """A server for ``session`` that listens already, and the address to open. ``port`` 0: whichever is free."""
    app = ReviewApp(session, secrets.token_urlsafe(24))
    server = make_server(HOST, port, app, threaded=True, request_handler=_Quiet)
    app.origin = f"http://{HOST}:{server.port}"
    return server, f"{app.origin}/{app.token}/"
