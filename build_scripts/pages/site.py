"""All generated documents of an archive."""

from build_scripts.pages.article import article_document
from build_scripts.pages.checks import checks_documents
from build_scripts.pages.document import Document
from build_scripts.pages.facts import event_document, events_document, events_of
from build_scripts.pages.issue import issue_document, page_document
from build_scripts.pages.lists import (
    authors_document,
    cities_document,
    city_document,
    corrections_document,
    home_document,
    issues_document,
    redirect_documents,
)
from build_scripts.pages.view import View


def render_documents(view: View) -> list[Document]:
    """Every page that is made from data, in order of path."""
    documents = [
        home_document(view),
        issues_document(view),
        cities_document(view),
        authors_document(view),
        corrections_document(view),
        *(city_document(city, view) for city in view.cities.values()),
        *checks_documents(view),
        *redirect_documents(view),
        events_document(view),
        *(event_document(event, view) for event in events_of(view)),
    ]
    for issue in view.archive.issues:
        documents.append(issue_document(issue, view))
        documents += [page_document(record, issue, view) for record in issue.pages]
        documents += [article_document(article, view) for article in issue.articles]
    return sorted(documents, key=lambda document: document.path)
