"""axe-core in a page: what it holds to be inaccessible. Its rules up to WCAG 2.2 AA and its best practices, all of them."""

from playwright.sync_api import Page

from tests.conftest import PROJECT

AXE = PROJECT / "node_modules/axe-core/axe.min.js"

_RUN = """async () => {
  await Promise.all(document.getAnimations().map((animation) => animation.finished));  // a colour halfway to dark is none that is read
  const { violations } = await axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.target.join(" ")}: ${node.html.slice(0, 160)}`));
}"""


def violations(page: Page) -> list[str]:
    """``rule: where: markup`` for everything that axe-core finds on the page as it stands."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.read_text("utf-8"))
    found: list[str] = page.evaluate(_RUN)
    return found
