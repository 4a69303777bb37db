"""The page 数据: what can be taken away, and what each field means."""

from build_scripts.pages.document import Document, Meta
from build_scripts.pages.view import View

NEWEST = 12
"""Issues whose packages the page lists; each other issue's page leads to its own, so that this page does not grow with the archive."""


def data_document(view: View) -> Document:
    """``data.md``: files, packages and the data dictionary; its tables are drawn from the dictionary itself."""
    archive = view.archive
    meta: Meta = {
        "template": "data.html",
        "title": "数据",
        "description": "《科学导报·开发区建设专刊》的题录、数据与核对：CSV、JSON 与数据包下载，按期、按市另有分包，附全部字段说明。",
        "counts": {
            "issues": len(archive.issues),
            "articles": len(archive.articles),
            "figures": sum(len(page.figures) for page in archive.figures.values()),
            "numbers": sum(len(page.numbers) for page in archive.figures.values()),
            "checks": len(archive.checks),
            "projects": len(archive.ledger.projects),
        },
        "issues": [{"id": issue.id, "label": issue.label, "url": issue.url} for issue in archive.issues[: -NEWEST - 1 : -1]],
        "cities": [
            {"slug": city.slug, "name": city.name, "url": f"cities/{city.slug}/"}
            for city in view.cities.values()
            if view.by_city.get(city.name) or any(figure.subject_type == "city" for figure in view.by_subject.get(city.name, ()))
        ],
    }
    return Document("data.md", meta)
