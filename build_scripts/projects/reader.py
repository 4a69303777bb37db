"""One page → the projects and firms that it names, each with zone, city, firms and printed place.

A name that one sentence makes sure of is found everywhere in its article, in its short form too (太重智能高端工程起重机园区 for
…园区项目), and so is the short name of a firm.
"""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence

from build_scripts.dates import DateReader
from build_scripts.figures.records import PageFigures
from build_scripts.figures.runs import READ_FOR_FIGURES, Part, page_parts
from build_scripts.projects.attribution import Text, Where, firms_of, with_figures
from build_scripts.projects.companies import Firm, maker_of, without_overlaps
from build_scripts.projects.names import Found
from build_scripts.projects.progress import NameSpan, Progress
from build_scripts.projects.records import CompanyMention, Deadline, PageNames, ProjectMention, Stage
from build_scripts.projects.texts import find_names
from build_scripts.records import Article, PageRecord
from build_scripts.source import Page

SHORT_FORM = 6
"""Characters that a project's name without 项目 must have to be looked for alone."""
SHORT_FIRM = 4
"""The same for the short name of a firm: 浪潮 and 紫光 are words too."""

_ENDING = re.compile(r"(?:建设)?(?:项目|工程)(?:（?[一二三四五六七八九十]+期）?)?$")


def read_names(record: PageRecord, figures: PageFigures, *, year: int | None, not_before: str | None = None) -> PageNames:
    """Every project and firm of the page.

    ``year`` and ``not_before`` (ISO day) date what is printed without a year, as in :func:`~build_scripts.figures.read_figures`.
    """
    by_article: dict[str, list[Part]] = {}
    for part in page_parts(record):
        if part.article is not None and part.role in READ_FOR_FIGURES:
            by_article.setdefault(part.article.id, []).append(part)
    projects: list[ProjectMention] = []
    companies: list[CompanyMention] = []
    for article in record.articles:
        texts = read_texts(by_article.get(article.id, ()))
        if any(found.projects for found in texts):
            own = _project_mentions(article, texts, record.page, _progress(article, texts, record.page, year, not_before))
            projects += with_figures(list(own), figures.of_article(article.id))
        companies += _company_mentions(article, texts, record.page)
    return PageNames(record.page.source, tuple(projects), tuple(companies))


def read_texts(parts: Iterable[Part]) -> list[Text]:
    """The parts of one article with the names found in each."""
    texts: list[Text] = []
    for part in parts:
        text = part.passage.text
        found = find_names(text)
        role = "body" if part.role == "head" else part.role
        texts.append(Text(role, part.block, text, part.passage.origins, found.places, list(found.firms), list(found.projects)))
    _find_again(texts)
    return texts


def _find_again(texts: Sequence[Text]) -> None:
    """Names that are sure in one sentence, looked for in all of the article."""
    forms: set[str] = set()
    short: set[str] = set()
    for found in texts:
        for project in found.projects:
            stem = _ENDING.sub("", project.name)
            forms |= {project.name, stem} if len(stem) >= SHORT_FORM else {project.name}
            if maker := maker_of(project.name):
                short.add(maker)
                found.firms.append(Firm(project.start, project.start + len(maker), maker, full=False))
        short.update(firm.name for firm in found.firms if not firm.full)
    for found in texts:
        for name in sorted(forms, key=lambda form: (-len(form), form)):
            for at in _occurrences(found.text, name):
                _add(found.projects, Found(at, at + len(name), at + len(name), name))
        for name in sorted(short):
            if len(name) >= SHORT_FIRM:
                found.firms += [Firm(at, at + len(name), name, full=False) for at in _occurrences(found.text, name)]
        found.firms = list(without_overlaps(found.firms))


def _add(projects: list[Found], found: Found) -> None:
    """Adds a name to those that are in order, where it overlaps none."""
    at = bisect_left(projects, found.start, key=lambda other: other.start)
    before = at and projects[at - 1].end > found.start
    behind = at < len(projects) and projects[at].start < found.end
    if not before and not behind:
        insort(projects, found, key=lambda other: other.start)


def fullest_forms(found: Iterable[str]) -> dict[str, str]:
    """Each form of one article → its fullest form: 2000吨钼及钨合金新材料项目 is the tail of 康博特…公司年产2000吨钼及钨合金新材料项目.

    A form that could belong to two others stays by itself, and so do the phases of one project.
    """
    forms = list(dict.fromkeys(found))
    stems = {form: _ENDING.sub("", form) for form in forms}
    by_end: dict[str, list[str]] = {}
    for form, stem in stems.items():
        for key in {f"{stem[:SHORT_FORM]}-", f"-{stem[-SHORT_FORM:]}"}:
            by_end.setdefault(key, []).append(form)
    full: dict[str, str] = {}
    for form, stem in stems.items():
        near = {*by_end[f"{stem[:SHORT_FORM]}-"], *by_end[f"-{stem[-SHORT_FORM:]}"]} if len(stem) >= SHORT_FORM else set()
        longer = [other for other in near if len(other) > len(form) and (stems[other].endswith(stem) or other.startswith(stem))]
        full[form] = max(longer, key=lambda other: (len(other), other)) if len({stems[other] for other in longer}) == 1 else form
    return full


def _occurrences(text: str, name: str) -> Iterator[int]:
    at = text.find(name)
    while at >= 0:
        yield at
        at = text.find(name, at + len(name))


def _progress(
    article: Article, texts: Sequence[Text], page: Page, year: int | None, not_before: str | None
) -> dict[tuple[int, int], list[Stage | Deadline]]:
    """(index of a text, start of a name in it) → what the article says of the project, at its last mention before it is said."""
    fullest = fullest_forms(project.name for found in texts for project in found.projects)
    keys = {name: key for key, name in enumerate(dict.fromkeys(fullest.values()))}
    reader = Progress(year, article.event_date)
    dates = DateReader(year, not_before)
    said: dict[tuple[int, int], list[Stage | Deadline]] = {}
    latest: dict[int, tuple[int, int]] = {}
    for index, found in enumerate(texts):
        spans = [NameSpan(project.start, project.end, keys[fullest[project.name]]) for project in found.projects]
        latest |= {span.key: (index, span.start) for span in spans}
        for key, items in reader.read(found.text, spans, dates.find(found.text)).items():
            placed = ((one, page.place(found.origins[one.at]).line) for one in items)
            said.setdefault(latest[key], []).extend(
                Deadline(one.date or "", one.batch, one.phase, line, one.quote)
                if one.planned
                else Stage(one.batch, one.date, one.phase, line, one.quote)
                for one, line in placed
            )
    return said


def _project_mentions(
    article: Article, texts: Sequence[Text], page: Page, said: Mapping[tuple[int, int], Sequence[Stage | Deadline]]
) -> Iterator[ProjectMention]:
    where = Where(article, texts)
    fullest = fullest_forms(project.name for found in texts for project in found.projects)
    last_firm: str | None = None
    for index, found in enumerate(texts):
        for project in found.projects:
            own = said.get((index, project.start), ())
            zone, linked = where.zone_of(project, found, index)
            yield ProjectMention(
                article=article.id,
                part=found.part,
                block=found.block,
                start=project.start,
                end=project.end,
                place=page.place(found.origins[project.head - 1]),
                name=fullest[project.name],
                printed=found.text[project.zone.start : project.end] if linked and project.zone else project.name,
                zone=zone,
                city=where.city_of(zone),
                companies=firms_of(project, found, last_firm),
                stages=tuple(one for one in own if isinstance(one, Stage)),
                deadlines=tuple(one for one in own if isinstance(one, Deadline)),
            )
        last_firm = next((firm.name for firm in reversed(found.firms) if firm.full), last_firm)


def _company_mentions(article: Article, texts: Sequence[Text], page: Page) -> Iterator[CompanyMention]:
    for found in texts:
        for firm in found.firms:
            place = page.place(found.origins[firm.end - 1])
            yield CompanyMention(article.id, found.part, found.block, firm.start, firm.end, place, firm.name, firm.full)
