"""All generated documents of an archive."""

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
from build_scripts.pages.lists import correction_documents, issue_list_documents, redirect_documents
from build_scripts.pages.places import cities_document, city_documents, zone_documents, zones_document
from build_scripts.pages.projects import projects_documents
from build_scripts.pages.view import View


def render_documents(view: View) -> list[Document]:
    """Every page that is made from data, in order of path."""
    documents = [
        home_document(view),
        *issue_list_documents(view),
        *correction_documents(view),
        data_document(view),
        *checks_documents(view),
        *redirect_documents(view),
        cities_document(view),
        *(document for city in view.cities.values() for document in city_documents(city, view)),
        zones_document(view),
        *(document for zone in view.zones.values() for document in zone_documents(zone, view)),
        *projects_documents(view),
        *companies_documents(view),
        events_document(view),
        *(document for event in events_of(view) for document in event_documents(event, view)),
        indicators_document(view),
        *indicator_documents(view),
        *author_list_documents(view),
        *(document for name in view.by_author for document in author_documents(name, view)),
    ]
    for issue in view.archive.issues:
        documents.append(issue_document(issue, view))
        documents += [page_document(record, issue, view) for record in issue.pages]
        documents += [article_document(article, view) for article in issue.articles]
    return sorted(documents, key=lambda document: document.path)
