"""Rows of ``projects.json`` and of the firms in ``entities.json``."""

from collections.abc import Iterator

from build_scripts.pages.view import View
from build_scripts.projects.followup import followed, stages_of
from build_scripts.projects.records import Company, Project, ProjectMention
from build_scripts.rows import Row, plain_number
from build_scripts.tabular import joined


def project_row(project: Project, view: View) -> Row:
    """One row of ``projects.json``."""
    total = project.total_investment

    def place(mention: ProjectMention, line: int) -> Row:
        return {"article": mention.article, "line": line}

    return {
        "id": project.id,
        "url": project.url,
        "name": project.name,
        "aliases": list(project.aliases),
        "city": project.city,
        "zone": project.zone,
        "companies": list(project.companies),
        "total_investment": None if total is None else plain_number(total),
        "investments": [
            {"value": plain_number(one.value), **place(mention, one.line), "figure": one.figure} for mention, one in project.investments
        ],
        "stages": [
            {"batch": stage.batch, "date": stage.date, "phase": stage.phase, **place(mention, stage.line)}
            for mention, stage in stages_of(project, view.time_of)
        ],
        "deadlines": [
            {
                "due": one.deadline.due,
                "what": one.deadline.what,
                "phase": one.deadline.phase,
                "state": one.state,
                **place(one.mention, one.deadline.line),
            }
            for one in followed(project, view.passed, view.time_of)
        ],
        "figures": list(dict.fromkeys(figure for mention in project.mentions for figure in mention.figures)),
        "articles": list(project.articles),
        "mentions": [
            {"id": view.place_id(mention.article, mention.place), **place(mention, mention.place.line), "printed": mention.printed}
            for mention in project.mentions
        ],
        "possibly_same": [{"id": one.id, "reason": one.reason} for one in project.possible],
        "phases": list(project.phases),
    }


def flat_project(row: Row) -> Row:
    """The project's row as cells."""
    return {key: joined(value) for key, value in row.items() if key != "mentions"} | {
        "investments": joined([one["value"] for one in row["investments"]]),
        "stages": joined([_words(one["phase"], one["batch"], one["date"]) for one in row["stages"]]),
        "deadlines": joined([_words(one["due"], one["phase"], one["what"], one["state"]) for one in row["deadlines"]]),
        "possibly_same": joined([one["id"] for one in row["possibly_same"]]),
    }


def _words(*parts: str | None) -> str:
    return " ".join(part for part in parts if part)


def company_rows(view: View) -> Iterator[Row]:
    """The firms of ``entities.json``, in order of first print."""
    return (company_row(company, view) for company in view.archive.ledger.companies)


def company_row(company: Company, view: View) -> Row:
    """``articles``: those whose headline names the firm or that tell of its project; ``mentions``: the others that name it."""
    forms = {company.name, *company.aliases}
    told = set(view.articles_on_company(company))
    return {
        "id": company.id,
        "url": company.url,
        "name": company.name,
        "aliases": list(company.aliases),
        "articles": [article for article in company.articles if article in told],
        "mentions": [article for article in company.articles if article not in told],
        "figures": [figure.id for form in sorted(forms) for figure in view.by_subject.get(form, ()) if figure.subject_type == "company"],
        "projects": list(company.projects),
        "possibly_same": [{"id": one.id, "reason": one.reason} for one in company.possible],
    }
