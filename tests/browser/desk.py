"""An editor's desk: the review page in a browser, worked by keyboard and mouse."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, expect

from build_scripts.lexicon.places import FOLDER
from build_scripts.review.server import listen
from build_scripts.review.session import Session

SIZE: Any = {"width": 1280, "height": 860}


@contextmanager
def reviewing(root: Path, issue: str, page: str = "D1") -> Iterator[str]:
    """The address at which the page is reviewed."""
    lexicon = root / "lexicon"
    server, address = listen(Session(root, issue, page, lexicon=lexicon if lexicon.is_dir() else FOLDER))
    thread = threading.Thread(target=server.serve_forever, args=[0.01], daemon=True)
    thread.start()
    try:
        yield address
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Desk:
    """An editor at the page, and what goes wrong meanwhile."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.page: Page = context.new_page()
        self.problems: list[str] = []
        self.page.on("console", lambda message: self.problems.append(message.text) if message.type in ("error", "warning") else None)
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: None if request.url.startswith(address) else self.problems.append(request.url))
        self.page.on("dialog", lambda dialog: dialog.accept())  # a page that is left with steps that nobody keeps asks first
        self.page.goto(address)
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("html[data-ready]")

    def read(self) -> None:
        """Until the right side shows what the program reads of the newest layout, and every step is kept."""
        self.page.wait_for_selector("html[data-state=read]")
        expect(self.page.locator("#kept")).to_have_text("改动都已记下")

    def keys(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
        self.read()

    def line(self, number: int) -> None:
        """Goes to a line with the keyboard: from the top of the page."""
        self.page.locator("#raw").focus()
        self.page.keyboard.press("Home")
        for _ in range(number - 1):
            self.page.keyboard.press("ArrowDown")

    def column(self, number: int) -> None:
        """Moves the caret before character ``number`` of the line, from 0."""
        for _ in range(number + 1):
            self.page.keyboard.press("ArrowRight")

    def chars(self, line: int, start: int, end: int) -> None:
        self.line(line)
        self.column(start)
        for _ in range(end - start):
            self.page.keyboard.press("Shift+ArrowRight")

    def command(self, name: str) -> None:
        self.page.locator(f"[data-command={name}]").click()

    def click_line(self, number: int) -> None:
        self.page.locator(f"#line-{number} .count").click()

    def drag_text(self, line: int, start: int, end: int) -> None:
        """Draws the mouse over some characters of a line."""
        box = self.page.evaluate(
            """([line, start, end]) => {
              const row = document.querySelector(`#line-${line} .text`);
              row.scrollIntoView({ block: "center" });
              const place = (at) => {
                for (const piece of row.querySelectorAll(".piece")) {
                  const length = piece.textContent.length;
                  if (at <= length) {
                    const range = document.createRange();
                    range.setStart(piece.firstChild, at);
                    range.setEnd(piece.firstChild, at);
                    const { left, top, height } = range.getBoundingClientRect();
                    return [left, top + height / 2];
                  }
                  at -= length;
                }
              };
              return [place(start), place(end)];
            }""",
            [line, start, end],
        )
        mouse = self.page.mouse
        mouse.move(box[0][0] + 1, box[0][1])
        mouse.down()
        mouse.move(box[1][0] - 4, box[1][1])
        mouse.move(box[1][0] + 1, box[1][1])
        mouse.up()

    def save(self) -> str:
        """Saves; returns what the page says then."""
        self.page.keyboard.press("Control+s")
        dialog = self.page.locator("dialog")
        expect(dialog).to_be_visible()
        expect(dialog).not_to_contain_text("正在查看")
        text = dialog.inner_text()
        self.page.keyboard.press("Escape")
        return text

    def card(self, article: str) -> Any:
        return self.page.locator(f'[data-article="{article}"]')
