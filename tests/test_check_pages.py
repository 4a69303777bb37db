"""The pages of 核对, read back from the built site: every check with its state, its arithmetic and its printed places."""

import json
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin

import pytest

from build_scripts.archive import read_archive
from build_scripts.checks.records import STATES
from build_scripts.pages.checks import ORDER, OWN, checks_documents
from build_scripts.pages.site import render_documents
from build_scripts.pages.view import View
from build_scripts.synth.pages import write_synthetic
from tests.conftest import PROJECT
from tests.site import Element

pytestmark = pytest.mark.xdist_group("site")

Rows = list[dict[str, Any]]


@pytest.fixture(scope="module")
def checks(real_site: Path) -> Rows:
    rows: Rows = json.loads((real_site / "data/checks.json").read_text("utf-8"))
    return rows


@pytest.fixture(scope="module")
def figures(real_site: Path) -> dict[str, dict[str, Any]]:
    """Address of a figure → its row."""
    return {row["url"]: row for row in json.loads((real_site / "data/figures.json").read_text("utf-8"))}


def links(element: Element, page: str) -> list[str]:
    """Addresses below the site's base that ``element`` leads to."""
    return [unquote(urljoin(f"http://site/{page}", a.get("href"))).removeprefix("http://site/") for a in element.iter("a")]


def test_every_check_has_a_row_at_its_address(pages: dict[str, Element], checks: Rows) -> None:
    for check in checks:
        page, anchor = check["url"].split("#")
        row = pages[page].get_element_by_id(anchor)
        assert row.text_content().endswith(check["statement"])
        section = row.xpath("ancestor::section")[0]
        assert section.get("aria-labelledby") == check["state"]
        assert section.find("h2").text.strip() == STATES[check["state"]]
        for missing in check["missing"] if check["state"] == "incomplete" else ():
            assert missing in row.getparent().text_content()


def test_a_check_leads_to_each_number_that_it_uses(pages: dict[str, Element], checks: Rows, figures: dict[str, dict[str, Any]]) -> None:
    for check in checks:
        page, anchor = check["url"].split("#")
        entry = pages[page].get_element_by_id(anchor).getparent()
        shown = {figures[url]["id"]: a for url, a in zip(links(entry, page), entry.iter("a"), strict=True)}
        assert set(check["parts"]) <= shown.keys(), check["id"]
        for url, link in zip(links(entry, page), entry.iter("a"), strict=True):
            figure = figures[url]
            assert f"{figure['value']}{figure['unit']}" in link.text, check["id"]
            assert f"第{figure['line']}行" in link.text_content()


def test_the_counts_are_those_of_the_data(pages: dict[str, Element], checks: Rows) -> None:
    counted = Counter(check["state"] for check in checks)
    chips = pages["checks/"].xpath("//ul[contains(@class, 'states')]/li")
    assert [chip.text_content().strip() for chip in chips] == [f"{STATES[state]}{counted[state]}处" for state in ORDER]
    by_issue = Counter(check["url"].split("/")[1] for check in checks)
    for issue, count in by_issue.items():
        rows = pages["checks/2024/"].xpath(f"//section[@aria-labelledby='issues']//a[@href='../{issue}/']/ancestor::tr")
        assert sum(int(cell.text) for cell in rows[0].findall("td")) == count


def test_the_overview_tells_what_does_not_hold_and_nothing_else(pages: dict[str, Element], checks: Rows) -> None:
    for page in ("checks/", "checks/2024/"):
        told = {url for section in pages[page].xpath("//section[ul[@class='checks']]") for url in links(section, page)}
        assert {check["url"] for check in checks if check["state"] != "holds"} == {url for url in told if url.startswith("checks/")}


def test_an_article_names_the_checks_of_each_figure(pages: dict[str, Element], checks: Rows, figures: dict[str, dict[str, Any]]) -> None:
    used: dict[str, list[dict[str, Any]]] = {}
    for check in checks:
        for part in dict.fromkeys(check["parts"]):
            used.setdefault(part, []).append(check)
    seen = 0
    for url, figure in figures.items():
        page, anchor = url.split("#")
        row = pages[page].xpath(f"//table[contains(@class, 'figures--article')]//a[@href='#{anchor}']/ancestor::tr")[0]
        own = row.xpath("./td[5]/a")
        expected = used.get(figure["id"], [])
        assert len(own) == min(OWN, len(expected)), figure["id"]
        states = {check["url"]: STATES[check["state"]] for check in expected}
        for link in own:
            (target,) = links(link, page)
            assert link.text.endswith(f"：{states[target]}")
            seen += 1
    assert seen > len(checks)


def test_a_renamed_issue_leads_on_from_its_old_checks(tmp_path: Path) -> None:
    view = View(read_archive(PROJECT))
    view.archive.redirects.issues["2024-before"] = "2024-14"
    targets = {document.path: document.meta.get("target") for document in render_documents(view)}
    assert targets["checks/2024-before.md"] == "checks/2024-14/"


def test_the_overview_and_the_years_stay_short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six are 不全; the counts go on telling of all."""
    monkeypatch.setattr("build_scripts.pages.checks.MOST", 2)
    documents = {document.path: document.meta for document in checks_documents(View(read_archive(PROJECT)))}
    for path in ("checks/index.md", "checks/2024.md"):
        (part,) = [part for part in documents[path]["newest"] if part["state"] == "incomplete"]
        assert (part["count"], len(part["entries"])) == (6, 2)
    (part,) = [part for part in documents["checks/2024-after-0819.md"]["sections"] if part["state"] == "incomplete"]
    assert (part["count"], len(part["entries"])) == (6, 6)


def test_an_issue_page_grows_with_its_issue_alone(tmp_path: Path) -> None:
    """Each row is told of a figure of the issue itself; of a fact that many issues print, a later issue has one pair each."""
    write_synthetic(PROJECT, 90, tmp_path)
    view = View(read_archive(tmp_path))
    issues = {f"checks/{issue.id}.md": issue for issue in view.archive.issues}
    told = 0
    for document in checks_documents(view):
        if issue := issues.get(document.path):
            own = {figure.id for record in issue.pages for figure in view.archive.figures[record.page.source].figures}
            ids = [check["id"] for part in document.meta["sections"] for entry in part["entries"] for check in entry["checks"]]
            assert len(ids) == len(set(ids))
            assert all(any(figure in check for figure in own) for check in ids)
            told += len(ids)
    assert told == len(view.archive.checks) > 0
