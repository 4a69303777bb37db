"""The pages of 企业: overview, years, issues, and a page of its own for what two articles or two projects tell of."""

from collections.abc import Iterable, Sequence
from itertools import islice

from build_scripts.pages.document import Document, Meta
from build_scripts.pages.facts import fact_rows, group_by_time
from build_scripts.pages.ledger import (
    Item,
    Lists,
    Told,
    company_entry,
    entry_documents,
    list_documents,
    moved_documents,
    printed_forms,
)
from build_scripts.pages.parts import Lists as PartLists
from build_scripts.pages.projects import MOST_OPEN
from build_scripts.pages.view import View
from build_scripts.projects.records import Company


def companies_documents(view: View) -> list[Document]:
    """Every page below ``companies/``."""
    companies = view.archive.ledger.companies
    overview: Meta = {
        "description": "《科学导报·开发区建设专刊》正文写出名称的企业：投资、建设的项目与出处。简称与全称是否同一家，经确认才合并。",
        "followed": [_brief(company, view) for company in islice((one for one in reversed(companies) if one.promoted), MOST_OPEN)],
    }

    def year_meta(year: int, own: Sequence[Item]) -> Meta:
        return {"builders": [_brief(view.companies[item.id], view) for item in own if view.companies[item.id].projects][:MOST_OPEN]}

    def entry_of(item: Item) -> Meta:
        assert isinstance(item, Company)
        return company_entry(item, view)

    documents = list_documents(Lists("companies", companies, entry_of, overview, year_meta), view)
    for company in companies:
        if company.promoted:
            documents += _company_documents(company, view)
    return documents + moved_documents("companies", view)


def _brief(company: Company, view: View) -> Meta:
    return {"name": company.name, "url": company.url, "projects": len(company.projects), "articles": len(company.articles)}


def _company_documents(company: Company, view: View) -> list[Document]:
    """``companies/<id>.md``: its projects, its figures, every article that names it."""
    path = f"companies/{company.id}.md"
    figures = sum(len(view.by_subject.get(form, ())) for form in _forms(company))
    return entry_documents(company, path, figures, lambda: _told(company, path, view), view)


def _forms(company: Company) -> Iterable[str]:
    return dict.fromkeys((company.name, *company.aliases))


def _told(company: Company, path: str, view: View) -> Told:
    home = view.issues[company.home]
    told = set(view.articles_on_company(company))
    articles = [view.articles[article] for article in company.articles]
    meta: Meta = {
        "template": "company.html",
        "title": company.name,
        "url": company.url,
        "up": [{"label": "企业", "url": "companies/"}, {"label": f"{home.year}年", "url": f"companies/{home.year}/"}],
    }
    description = f"{company.name}：《科学导报·开发区建设专刊》所报道的项目、数据与稿件。"

    def first() -> Meta:
        return {
            **company_entry(company, view),
            "anchor": {"label": f"{home.label}的企业", "url": f"companies/{home.id}/#{company.id}"},
            "mentions": printed_forms([(mention.name, mention) for mention in company.mentions], view),
        }

    lists: PartLists = {
        "links": [article for article in articles if article.id in told],
        "named": [article for article in articles if article.id not in told],
        "figures": [figure for form in _forms(company) for figure in view.by_subject.get(form, ()) if figure.subject_type == "company"],
    }

    def render(shown: PartLists) -> Meta:
        facts = fact_rows(shown["figures"], view)
        return {
            "facts": group_by_time(facts),
            "fact_count": len(facts),
            "links": view.links(shown["links"]),
            "named": view.links(shown["named"]),
        }

    return Told(Document(path, meta), lists, description, render, first)
