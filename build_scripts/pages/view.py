"""The archive with its indexes: what pages look up about each other, made once for all of them."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from build_scripts.checks import Check
from build_scripts.figures.records import Figure
from build_scripts.lexicon.places import City, Zone, load_lexicon
from build_scripts.pages.labels import TYPES, page_label
from build_scripts.projects.followup import passed_days
from build_scripts.projects.records import Company, Project
from build_scripts.records import Archive, Article, Issue
from build_scripts.source import Place

Link = dict[str, str | None]


@dataclass(frozen=True)
class View:
    """An archive and what is found in it by id, by city and by author."""

    archive: Archive
    full_text: bool = True
    """``False``: pages carry citations, figures and short quotations, and no running text."""

    @cached_property
    def issues(self) -> dict[str, Issue]:
        """Issue id → issue."""
        return {issue.id: issue for issue in self.archive.issues}

    @cached_property
    def neighbours(self) -> dict[str, tuple[Issue | None, Issue | None]]:
        """Issue id → the issues before and after it."""
        order = self.archive.issues
        return {issue.id: (order[at - 1] if at else None, order[at + 1] if at + 1 < len(order) else None) for at, issue in enumerate(order)}

    @cached_property
    def articles(self) -> dict[str, Article]:
        """Article id → article."""
        return {article.id: article for article in self.archive.articles}

    @cached_property
    def cities(self) -> dict[str, City]:
        """Official name → city, all eleven."""
        return {city.name: city for city in load_lexicon().cities}

    @cached_property
    def captions(self) -> dict[str, tuple[Article, ...]]:
        """Article id → the captions under it."""
        found: dict[str, list[Article]] = defaultdict(list)
        for article in self.archive.articles:
            if article.parent:
                found[article.parent].append(article)
        return {parent: tuple(captions) for parent, captions in found.items()}

    @cached_property
    def packages(self) -> dict[str, str]:
        """Id of a series headline → its text."""
        return {package.id: package.title for issue in self.archive.issues for page in issue.pages for package in page.packages}

    @cached_property
    def by_city(self) -> dict[str, tuple[Article, ...]]:
        """City → the articles that report on it as a whole, newest first."""
        return self._grouped({article.id: article.cities for article in self.archive.articles})

    @cached_property
    def mentioning_city(self) -> dict[str, tuple[Article, ...]]:
        """City → the articles that only mention it, newest first."""
        return self._grouped(
            {article.id: tuple(city for city in article.mentions.cities if city not in article.cities) for article in self.archive.articles}
        )

    @cached_property
    def zones(self) -> dict[str, Zone]:
        """Name → zone, for those that an article names: they have pages. In the lexicon's order."""
        return {zone.name: zone for zone in load_lexicon().zones if zone.name in self.by_zone or zone.name in self.mentioning_zone}

    @cached_property
    def by_zone(self) -> dict[str, tuple[Article, ...]]:
        """Zone → the articles that report on it as a whole, newest first."""
        return self._grouped({article.id: article.own_zones for article in self.archive.articles})

    @cached_property
    def mentioning_zone(self) -> dict[str, tuple[Article, ...]]:
        """Zone → the articles that only mention it, newest first."""
        return self._grouped(
            {
                article.id: tuple(zone for zone in article.mentions.zones if zone not in article.own_zones)
                for article in self.archive.articles
            }
        )

    @cached_property
    def by_author(self) -> dict[str, tuple[Article, ...]]:
        """Name in a byline → the articles under it, newest first."""
        return self._grouped({article.id: tuple(dict.fromkeys(a.name for a in article.authors)) for article in self.archive.articles})

    @cached_property
    def by_subject(self) -> dict[str, tuple[Figure, ...]]:
        """Subject → the figures about it, in order of the archive."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.all_figures:
            if figure.subject:
                found[figure.subject].append(figure)
        return {subject: tuple(figures) for subject, figures in found.items()}

    @cached_property
    def figures_by_id(self) -> dict[str, Figure]:
        """Figure id → figure."""
        return {figure.id: figure for page in self.archive.figures.values() for figure in page.figures}

    @cached_property
    def checks_by_issue(self) -> dict[str, tuple[Check, ...]]:
        """Issue id → the checks of its articles."""
        found: dict[str, list[Check]] = defaultdict(list)
        for check in self.archive.checks:
            found[self.articles[check.article].issue].append(check)
        return {issue: tuple(checks) for issue, checks in found.items()}

    @cached_property
    def checks_of_figures(self) -> dict[str, dict[str, list[Check]]]:
        """Article id → figure id → the checks in which the figure takes part."""
        found: dict[str, dict[str, list[Check]]] = defaultdict(lambda: defaultdict(list))
        for check in self.archive.checks:
            for figure in dict.fromkeys(check.parts):
                found[self.figures_by_id[figure].article][figure].append(check)
        return dict(found)

    @cached_property
    def by_event(self) -> dict[str, tuple[Figure, ...]]:
        """Round of “三个一批” → the figures of it, in order of the archive."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.all_figures:
            if figure.event:
                found[figure.event].append(figure)
        return {event: tuple(figures) for event, figures in found.items()}

    @cached_property
    def naming_event(self) -> dict[str, tuple[Article, ...]]:
        """Round → the articles that name it, newest first."""
        return self._grouped({article.id: article.mentions.events for article in self.archive.articles})

    @cached_property
    def by_indicator(self) -> dict[str, tuple[Figure, ...]]:
        """Indicator → its figures, the newest issue first, each in order of its pages."""
        found: dict[str, list[Figure]] = defaultdict(list)
        for figure in self.newest(self.all_figures):
            found[figure.indicator].append(figure)
        return {indicator: tuple(figures) for indicator, figures in found.items()}

    @cached_property
    def all_figures(self) -> tuple[Figure, ...]:
        """Every figure, in order of the archive."""
        return tuple(figure for article in self.archive.articles for figure in self.figures_of(article))

    @cached_property
    def _age(self) -> dict[str, int]:
        return {issue.id: age for age, issue in enumerate(reversed(self.archive.issues))}

    def age(self, item: Article | Figure) -> int:
        """How many issues are newer than the one that an article or a figure stands in."""
        return self._age[item.issue]

    def newest(self, figures: Iterable[Figure]) -> list[Figure]:
        """``figures`` with the newest issue first, each issue in the order that it comes in."""
        return sorted(figures, key=lambda figure: self._age[figure.issue])

    def year_of(self, item: Article | Figure) -> int:
        """The year of the issue that an article or a figure stands in."""
        return self.issues[item.issue].year

    @cached_property
    def newest_first(self) -> tuple[Article, ...]:
        """All articles, the newest issue first, each in the order of its pages."""
        return tuple(article for issue in reversed(self.archive.issues) for article in issue.articles)

    def _grouped(self, keys: dict[str, tuple[str, ...]]) -> dict[str, tuple[Article, ...]]:
        found: dict[str, list[Article]] = defaultdict(list)
        for article in self.newest_first:
            for key in keys[article.id]:
                found[key].append(article)
        return {key: tuple(articles) for key, articles in found.items()}

    def zone_link(self, name: str) -> Link:
        """Name and address of a zone's page; of its place in the list of zones where the lexicon lacks it."""
        zone = self.zones.get(name)
        return {"name": name, "url": f"zones/{zone.slug}/" if zone else f"zones/#{quote(name)}"}

    def subject_url(self, figure: Figure) -> str | None:
        """Address of the page of what a figure is about, where it has one."""
        if figure.subject_type == "company":
            return self.company_urls.get(figure.subject or "")
        if figure.subject_type == "project":
            return self._project_urls.get(figure.article, {}).get(figure.id)
        if figure.subject in self.cities:
            return f"cities/{self.cities[figure.subject].slug}/"
        if figure.subject in self.zones:
            return f"zones/{self.zones[figure.subject].slug}/"
        return None

    @cached_property
    def _project_urls(self) -> dict[str, dict[str, str]]:
        """Article id → id of a figure → address of the project that it is about."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for project in self.archive.ledger.projects:
            for mention in project.mentions:
                found[mention.article] |= dict.fromkeys(mention.figures, project.url)
        return dict(found)

    def link(self, article: Article) -> Link:
        """What a list needs to name an article and lead to it; what the article does not have is left out."""
        issue = self.issues[article.issue]
        found: Link = {
            "label": article.label,
            "url": article.url,
            "kicker": article.kicker.text if article.kicker else None,
            "subtitle": article.subtitle.text if article.subtitle else None,
            "type": TYPES[article.type],
            "page": page_label(article.page),
            "issue": issue.label,
            "event_date": article.event_date,
            "untitled": None if article.title else "原文无标题",
        }
        return {key: value for key, value in found.items() if value is not None}

    def links(self, articles: Iterable[Article]) -> list[Link]:
        """:meth:`link` of each."""
        return [self.link(article) for article in articles]

    def figures_of(self, article: Article) -> tuple[Figure, ...]:
        """The article's figures, in reading order."""
        return self.archive.figures[article.source].of_article(article.id)

    def time_of(self, article: str) -> tuple[str, int, str]:
        """The place in time of an article's issue, see ``Issue.sort_key``."""
        return self.issues[self.articles[article].issue].sort_key

    def place_id(self, article: str, place: Place) -> str:
        """``<issue>.<page>.l<line>c<column>``: a printed place as an id."""
        one = self.articles[article]
        return f"{one.issue}.{one.page}.l{place.line}c{place.column}"

    @cached_property
    def projects(self) -> dict[str, Project]:
        """Project id → project."""
        return {project.id: project for project in self.archive.ledger.projects}

    @cached_property
    def projects_by_city(self) -> dict[tuple[str | None, int], list[Project]]:
        """City (``None``: the text does not tell) and year of the first report → projects, in order of print.

        A project of which only a later issue tells the city stays where it was, and stands at that issue's place among the city's too: so
        no list of an earlier year changes, and a reader finds it in either.
        """
        found: dict[tuple[str | None, int], list[tuple[int, Project]]] = defaultdict(list)
        order = {issue.id: number for number, issue in enumerate(self.archive.issues)}
        for project in self.archive.ledger.projects:
            for city, issue in self._told_cities(project).items():
                found[city, self.issues[issue].year].append((order[issue], project))
        return {key: [project for _, project in sorted(own, key=lambda item: item[0])] for key, own in found.items()}

    def _told_cities(self, project: Project) -> dict[str | None, str]:
        """City → the issue in which the project's list begins to name it: of the first report, ``None`` where it tells none, and of the one
        that tells the project's."""
        first = self.articles[project.mentions[0].article].issue
        told = (self.articles[mention.article].issue for mention in project.mentions if mention.city)
        issue = next(told, None)
        return {project.city: project.home} if issue in (None, first) else {None: project.home, project.city: issue or project.home}

    @cached_property
    def projects_by_zone(self) -> dict[str, list[Project]]:
        """Zone → its projects, the newest first."""
        found: dict[str, list[Project]] = defaultdict(list)
        for project in reversed(self.archive.ledger.projects):
            if project.zone:
                found[project.zone].append(project)
        return dict(found)

    @cached_property
    def passed(self) -> dict[str, bool]:
        """The last day of every deadline → whether the archive knows of later days."""
        return passed_days(self.archive.ledger.projects, self.archive.newest_day)

    @cached_property
    def companies(self) -> dict[str, Company]:
        """Firm id → firm."""
        return {company.id: company for company in self.archive.ledger.companies}

    @cached_property
    def company_named(self) -> dict[str, Company]:
        """Every printed form of a firm's name → firm."""
        return {form: company for company in self.archive.ledger.companies for form in (*company.aliases, company.name)}

    @cached_property
    def company_urls(self) -> dict[str, str]:
        """Every printed form of a firm's name → the firm's address, which stays when more is reported of the firm."""
        return {form: company.url for form, company in self.company_named.items()}

    @cached_property
    def project_names(self) -> dict[str, tuple[str, str]]:
        """Project id → its name and address, which mostly stay when more is reported of it."""
        return {project.id: (project.name, project.url) for project in self.archive.ledger.projects}

    @cached_property
    def company_names(self) -> dict[str, tuple[str, str]]:
        """Firm id → the same."""
        return {company.id: (company.name, company.url) for company in self.archive.ledger.companies}

    def articles_on_company(self, company: Company) -> tuple[str, ...]:
        """The articles whose headline names the firm or that tell of a project of its own, in order of time."""
        own = {article for project in company.projects for article in self.projects[project].articles}
        headed = {mention.article for mention in company.mentions if mention.part != "body"}
        return tuple(article for article in company.articles if article in own | headed)

    def city_link(self, name: str) -> Link:
        """Name and address of a city's page."""
        return {"name": name, "url": f"cities/{self.cities[name].slug}/"}
