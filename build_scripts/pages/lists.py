"""Lists that lead to the articles: issues, corrections, and the old addresses of what has moved."""

from build_scripts.pages.document import Document, Meta
from build_scripts.pages.labels import KINDS, page_label
from build_scripts.pages.parts import Lists, split_documents
from build_scripts.pages.timeline import year_chart
from build_scripts.pages.view import View
from build_scripts.records import Correction, Issue, PageRecord, Redirects
from build_scripts.rows import correction_anchor

SITE = "开发区专刊档案"


def counts(view: View) -> Meta:
    """How much is there, and how much of it is not identified yet."""
    issues = view.archive.issues
    return {
        "issues": len(issues),
        "pages": sum(len(issue.pages) for issue in issues),
        "articles": len(view.archive.articles),
        "corrections": sum(count_corrections(issue) for issue in issues),
        "unnumbered": sum(issue.number is None for issue in issues),
        "undated": sum(issue.date is None for issue in issues),
        "unpaged": sum(page.name.startswith("unpaged-") for issue in issues for page in issue.pages),
        "newest_day": view.archive.newest_day,
    }


def count_corrections(issue: Issue) -> int:
    """Those in articles and those in headlines over several of them."""
    return sum(len(page.corrections) + sum(len(article.corrections) for article in page.articles) for page in issue.pages)


def issue_entry(issue: Issue, view: View) -> Meta:
    """One issue in a list."""
    leads = [article for article in issue.articles if article.type != "caption"]
    return {
        "id": issue.id,
        "label": issue.label,
        "url": issue.url,
        "year": issue.year,
        "number": issue.number,
        "date": issue.date,
        "not_before": issue.not_before,
        "pages": [{"label": page_label(page.name), "url": page.url, "count": len(page.articles)} for page in issue.pages],
        "articles": len(issue.articles),
        "headlines": view.links(tuple(leads[:6])),
    }


MOST_ISSUES = {"issues": 30}


def issue_list_documents(view: View) -> list[Document]:
    """``issues/index.md``: every issue, by year, the newest first; and the pages of the years where they are many."""
    meta: Meta = {
        "template": "issues.html",
        "title": "按期浏览",
        "url": "issues/",
    }

    def render(shown: Lists) -> Meta:
        years: dict[int, list[Issue]] = {}
        for issue in view.archive.issues:
            years.setdefault(issue.year, []).append(issue)
        groups: dict[int, list[Meta]] = {}
        for issue in shown["issues"]:
            groups.setdefault(issue.year, []).append(issue_entry(issue, view))
        newest_first = sorted(groups.items(), reverse=True)
        return {"groups": [{"year": year, "issues": own, "chart": year_chart(year, years[year])} for year, own in newest_first]}

    return split_documents(
        Document("issues/index.md", meta),
        {"issues": tuple(reversed(view.archive.issues))},
        MOST_ISSUES,
        view,
        year_of=lambda issue: int(issue.year),
        render=render,
        describe=lambda shown: "本档案所收《科学导报·开发区建设专刊》各期目录；未印期号、日期者注明待考。",
        first=lambda: {"total": counts(view)},
    )


MOST_CORRECTIONS = {"rows": 100}


def correction_documents(view: View) -> list[Document]:
    """``corrections.md``: every correction with both readings, its place and its reason, the newest issue first; by year where many."""
    rows: list[tuple[Issue, Meta]] = []
    for issue in reversed(view.archive.issues):
        for record in issue.pages:
            found: list[tuple[Correction, str | None, str]] = [
                (correction, article.label, article.url) for article in record.articles for correction in article.corrections
            ]
            found += [(correction, None, record.url) for correction in record.corrections]
            rows += [(issue, _row(record, *item)) for item in sorted(found, key=lambda item: item[0].place)]
    meta: Meta = {
        "template": "corrections.html",
        "title": "勘误",
        "url": "corrections/",
    }

    def render(shown: Lists) -> Meta:
        issues: dict[str, Meta] = {}
        for issue, row in shown["rows"]:
            entry = issues.setdefault(issue.id, {"id": issue.id, "label": issue.label, "url": issue.url, "rows": []})
            entry["rows"].append(row)
        return {"issues": list(issues.values())}

    whole = Document("corrections.md", meta)
    return split_documents(
        whole,
        {"rows": rows},
        MOST_CORRECTIONS,
        view,
        year_of=lambda item: int(item[0].year),
        render=render,
        describe=lambda shown: "本站对原刊文字的全部订正：原刊所印、订正读法、类别与依据。",
        first=lambda: {"total": len(rows)},
        of=len(rows),
    )


def _row(record: PageRecord, correction: Correction, label: str | None, url: str) -> Meta:
    return {
        "place": f"{page_label(record.name)}第{correction.place.line}行",
        "line_url": f"{record.url}#l{correction.place.line}",
        "printed": correction.printed,
        "corrected": correction.corrected,
        "kind": KINDS[correction.kind],
        "note": correction.note,
        "date": correction.date,
        "article": label,
        "url": f"{url}#{correction_anchor(correction.place)}" if label else url,
    }


def redirect_documents(view: View) -> list[Document]:
    """A page at every old address of an issue, page or article that was identified or divided anew, leading to the new one."""
    moved: dict[str, tuple[str, str]] = {}
    redirects = view.archive.redirects
    for old, new in redirects.issues.items():
        issue = view.issues[new]
        moved[f"issues/{old}/index.md"] = (issue.label, issue.url)
        if issue.id in view.checks_by_issue:
            moved[f"checks/{old}.md"] = (f"{issue.label}的核对", f"checks/{issue.id}/")
        for page in issue.pages:
            moved[f"issues/{old}/{page.name}.md"] = (f"{issue.label}{page_label(page.name)}", page.url)
        for article in issue.articles:
            moved[f"issues/{old}/{article.id}.md"] = (article.label, article.url)
        if issue.id in view.checks_by_issue:
            moved[f"checks/{old}.md"] = (f"{issue.label}的核对", f"checks/{issue.id}/")
    for old, new in redirects.pages.items():
        issue_id, name = new.split("/")
        issue = view.issues[issue_id]
        old_issue, old_name = old.split("/")
        for known_as in _known_as(old_issue, redirects):
            moved[f"issues/{known_as}/{old_name}.md"] = (f"{issue.label}{page_label(name)}", f"issues/{new}/")
            if known_as != issue_id:
                moved |= {f"issues/{known_as}/{one.id}.md": (one.label, one.url) for one in issue.articles if one.page == name}
    articles = {f"{article.issue}/{article.id}": article for article in view.archive.articles} if redirects.articles else {}
    for old, new in redirects.articles.items():
        old_issue, old_id = old.split("/")
        for known_as in _known_as(old_issue, redirects):
            moved[f"issues/{known_as}/{old_id}.md"] = (articles[new].label, articles[new].url)
    return [
        Document(
            path,
            {
                "template": "redirect.html",
                "title": f"{label}（地址已变更）",
                "label": label,
                "target": target,
            },
        )
        for path, (label, target) in sorted(moved.items())
    ]


def _known_as(issue: str, redirects: Redirects) -> list[str]:
    """The issue's id and those that it had before."""
    return [issue, *(before for before, now in redirects.issues.items() if now == issue)]
