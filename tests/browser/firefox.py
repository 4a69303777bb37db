"""Firefox as Playwright wants it: run as a program, it starts the Firefox that is installed and stands between the two.

Playwright 1.65 drives an installed Firefox by WebDriver BiDi (channel ``moz-firefox``; its own patched build has to be downloaded). It
sends ``emulation.setMediaFeaturesOverride`` to every new page, which Firefox 153 ESR does not know; that command alone is answered here.
"""

import asyncio
import json
import os
import re
import shutil
import signal
import sys
from pathlib import Path

from websockets.asyncio.client import connect
from websockets.asyncio.server import ServerConnection, serve

_UNKNOWN = "emulation.setMediaFeaturesOverride"
_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
_MACOS = "/Applications/Firefox.app/Contents/MacOS/firefox"


def find_firefox() -> str | None:
    """The Firefox that is installed: ``$FIREFOX``, or the usual names."""
    names = [os.environ.get("FIREFOX", ""), "firefox-esr", "firefox", _MACOS]
    return next((path for name in names if name and (path := shutil.which(name))), None)


def write_launcher(folder: Path) -> Path:
    """A program in ``folder`` that Playwright can start as if it were Firefox."""
    path = folder / "firefox"
    path.write_text(f'#!/bin/sh\nexec "{sys.executable}" "{Path(__file__).resolve()}" "$@"\n', encoding="utf-8")
    path.chmod(0o755)
    return path


async def _between(playwright: ServerConnection, address: str) -> None:
    async with connect(f"{address}/session", max_size=None, ping_interval=None) as firefox:

        async def forth() -> None:
            async for message in playwright:
                command = json.loads(message)
                if command["method"] == _UNKNOWN:
                    await playwright.send(json.dumps({"type": "success", "id": command["id"], "result": {}}))
                else:
                    await firefox.send(message)
            await firefox.close()

        async def back() -> None:
            async for message in firefox:
                await playwright.send(message)
            await playwright.close()

        await asyncio.gather(forth(), back(), return_exceptions=True)


async def _run(firefox: str, arguments: list[str]) -> None:
    pipe, nothing = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
    process = await asyncio.create_subprocess_exec(firefox, *arguments, stdout=nothing, stderr=pipe)
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, process.terminate)
    assert process.stderr
    address = ""
    async for line in process.stderr:
        if match := _LISTENING.search(line.decode(errors="replace")):
            address = match[1]
            break
    drain = asyncio.create_task(process.stderr.read())
    async with serve(lambda playwright: _between(playwright, address), "127.0.0.1", 0, max_size=None, ping_interval=None) as server:
        port = next(iter(server.sockets)).getsockname()[1]
        sys.stderr.write(f"WebDriver BiDi listening on ws://127.0.0.1:{port}\n")
        sys.stderr.flush()
        await process.wait()
    await drain


if __name__ == "__main__":
    asyncio.run(_run(find_firefox() or "firefox", sys.argv[1:]))
