"""All generated documents of an archive."""

from collections.abc import Iterator
from functools import partial

from build_scripts.pages.article import article_document
from build_scripts.pages.authors import author_documents, author_list_documents
from build_scripts.pages.checks import checks_documents
from build_scripts.pages.companies import companies_documents
from build_scripts.pages.data import data_document
from build_scripts.pages.document import Document
from build_scripts.pages.events import event_documents, events_document, events_of
from build_scripts.pages.home import home_document
from build_scripts.pages.indicators import indicator_documents, indicators_document
from build_scripts.pages.issue import issue_document, page_document
from build_scripts.pages.later import later
from build_scripts.pages.lists import correction_documents, issue_list_documents, redirect_documents
from build_scripts.pages.places import cities_document, city_documents, zone_documents, zones_document
from build_scripts.pages.projects import projects_documents
from build_scripts.pages.view import View
from build_scripts.records import Issue


def render_documents(view: View) -> Iterator[Document]:
    """Every page that is made from data, one after the other, in no order that means anything."""
    for documents in _groups(view):
        # Each is let go of with the next: a page that has been made holds many times its text.
        documents.reverse()
        while documents:
            yield documents.pop()
    for issue in view.archive.issues:
        yield from _issue_documents(issue, view)


def _groups(view: View) -> Iterator[list[Document]]:
    """All pages but those of issues."""
    yield [home_document(view)]
    yield issue_list_documents(view)
    yield correction_documents(view)
    yield [data_document(view)]
    yield checks_documents(view)
    yield redirect_documents(view)
    yield [cities_document(view)]
    yield from (city_documents(city, view) for city in view.cities.values())
    yield [zones_document(view)]
    yield from (zone_documents(zone, view) for zone in view.zones.values())
    yield projects_documents(view)
    yield companies_documents(view)
    yield [events_document(view)]
    yield from (event_documents(event, view) for event in events_of(view))
    yield [indicators_document(view)]
    yield indicator_documents(view)
    yield author_list_documents(view)
    yield from (author_documents(name, view) for name in view.by_author)


def _issue_documents(issue: Issue, view: View) -> Iterator[Document]:
    """The pages of one issue. They hang on it and on few others, so that a new issue leaves most of them as they are."""
    folder = f"issues/{issue.id}"
    yield later(view, f"{folder}/index.md", issue, lambda: issue_document(issue, view))
    for record in issue.pages:
        yield later(view, f"{folder}/{record.name}.md", (issue, record.name), partial(page_document, record, issue, view))
    for article in issue.articles:
        yield later(view, f"{folder}/{article.id}.md", article, partial(article_document, article, view))
