"""A page's digit ledger and its figures: the entry point of this package.

Every run of the raw page gets exactly one row. The parts of the page are read one after the other; a number of the running text
is found again in the raw page by its printed place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from build_scripts.dates import DateMention, DateReader
from build_scripts.figures.basis import Frame, find_frames, read_basis
from build_scripts.figures.clauses import Clause, cut_clauses
from build_scripts.figures.context import ContextReader
from build_scripts.figures.headlines import settle_headlines
from build_scripts.figures.labels import AFTER_UNITS, BEFORE_UNITS
from build_scripts.figures.numerals import find_han_quantities
from build_scripts.figures.proposals import mend_units
from build_scripts.figures.quantities import NUMBER, Quantity, bare_quantity, read_quantity, read_rows
from build_scripts.figures.records import Figure, Number, PageFigures
from build_scripts.figures.runs import READ_FOR_FIGURES, Part, find_runs, page_parts
from build_scripts.figures.speech import Speech, find_speech
from build_scripts.figures.state import Reading
from build_scripts.figures.subjects import Region, default_region
from build_scripts.figures.words import event_id, find_events
from build_scripts.passage import Passage
from build_scripts.records import Article, PageRecord


@dataclass(frozen=True, slots=True)
class _Label:
    label: str | None
    rule: str | None
    iso: str | None = None
    quantity: Quantity | None = None


def read_figures(record: PageRecord, *, year: int | None, not_before: str | None = None) -> PageFigures:
    """Every digit run of the page, and every figure of its articles.

    ``year`` is the issue's; ``not_before`` its latest reported day (ISO), which dates 截至12月底 in an issue of spring.
    """
    return _PageReader(record, year, not_before).read()


def explain(record: PageRecord, *, year: int | None, not_before: str | None = None) -> Iterator[str]:
    """The steps of a page in the order of its lines: each number with its label and rule, then what changed since the figure before
    (主体, 批次, 计划, 活动), then what was read of the figure.
    """
    reader = _PageReader(record, year, not_before)
    result = reader.read()
    figures = {figure.id: figure for figure in result.figures}
    for number in result.numbers:
        where = f"{number.line}:{number.column}"
        yield f"{where}\t{number.run}\t{number.label or '未归类'}\t{number.rule or '-'}\t{number.iso or ''}\t{number.text}"
        figure = figures.get(number.figure or "")
        if figure and figure.line == number.line and figure.column == number.column:
            if steps := reader.steps.get(figure.id):
                yield f"{where}\t… {'；'.join(steps)}"
            yield (
                f"{where}\t→ {figure.subject} {figure.indicator} {figure.batch or ''} {figure.approx or ''}{figure.value}{figure.unit} "
                f"{figure.status} {figure.event or ''} {'核心' if figure.core else ''}\t{figure.rule}"
            )
    for proposal in result.proposals:
        yield f"{proposal.place.line}:{proposal.place.column}\t勘误建议 {proposal.printed} → {proposal.corrected}\t{proposal.note}"


@dataclass(frozen=True, slots=True)
class _Said:
    """How the numbers of one passage count, and who says them."""

    frames: tuple[Frame, ...]
    speeches: tuple[Speech, ...]

    def speaker(self, offset: int) -> str | None:
        return next((speech.speaker for speech in self.speeches if speech.start <= offset < speech.end), None)


class _PageReader:
    def __init__(self, record: PageRecord, year: int | None, not_before: str | None) -> None:
        self.record = record
        self.page = record.page
        self.year = year
        self.not_before = not_before
        self.runs = find_runs(self.page)
        self.owner: dict[int, int] = {}
        for index, run in enumerate(self.runs):
            for offset in range(run.start, run.start + len(run.text)):
                self.owner[offset] = index
        self.rows: dict[int, tuple[_Label, str]] = {}
        """Run → its label, and the clause that it stands in."""
        self.figure_of: dict[int, str] = {}
        """Run → id of the figure whose number it is."""
        self.figures: list[Figure] = []
        self.regions: dict[str, Region] = {}
        self.steps: dict[str, tuple[str, ...]] = {}

    def read(self) -> PageFigures:
        parts = list(page_parts(self.record))
        titles = {package.id: package.title for package in self.record.packages}
        by_article: dict[str, list[Part]] = {}
        for part in parts:
            if part.article is None or part.role not in READ_FOR_FIGURES:
                dates = DateReader(self.year, self.not_before)
                self._ledger(part, dates)
            else:
                by_article.setdefault(part.article.id, []).append(part)
        for article in self._parents_first():
            self._article(article, by_article.get(article.id, []), titles.get(article.package or "", ""))
        for index, run in enumerate(self.runs):
            if index not in self.rows:
                place = self.page.place(run.start)
                line = self.page.line_text(place.line)
                rule = BEFORE_UNITS.ask(line, place.column, place.column + len(run.text))  # a correction took the digits out of the text
                self.rows[index] = (_Label(rule.label if rule else None, rule.name if rule else None), line.strip()[:80])
        order = {article.id: number for number, article in enumerate(self.record.articles)}
        figures = sorted(self.figures, key=lambda figure: order[figure.article])
        figures, proposals = mend_units(settle_headlines(figures))
        return PageFigures(self.page.source, tuple(map(self._number, range(len(self.runs)))), tuple(figures), tuple(proposals))

    def _parents_first(self) -> list[Article]:
        return sorted(self.record.articles, key=lambda article: article.parent is not None)

    # ---- the ledger of one part --------------------------------------------------------------------------------------------

    def _labels(self, text: str, dates: list[DateMention]) -> Iterator[tuple[int, int, _Label]]:
        date_at = 0
        rows = read_rows(text) if "单位" in text else {}
        for match in NUMBER.finditer(text):
            start, end = match.span()
            while date_at < len(dates) and dates[date_at].end <= start:
                date_at += 1
            date = dates[date_at] if date_at < len(dates) and dates[date_at].start <= start < dates[date_at].end else None
            if start in rows:
                yield start, end, _Label("quantity", "row", quantity=rows[start])
            else:
                yield start, end, self._label(text, start, end, date)

    def _label(self, text: str, start: int, end: int, date: DateMention | None) -> _Label:
        if date is not None:
            return _Label("date", f"date-{date.kind}", date.iso)
        if rule := BEFORE_UNITS.ask(text, start, end):
            return _Label(rule.label, rule.name, text[start:end] if rule.label == "date" else None)
        quantity = read_quantity(text, start, end)
        if quantity is not None and (quantity.kind != "bare" or quantity.unit or quantity.approx):
            return _Label("quantity", "unit" if quantity.kind != "bare" else "scale", quantity=quantity)
        if rule := AFTER_UNITS.ask(text, start, end):
            counted = rule.label == "quantity" and not rule.name.startswith("fraction")  # of 1/6 neither number alone is a figure
            shared = self._shared(text, start, end) if rule.name == "slash-list" else None
            iso = text[start:end] if rule.label == "date" else None
            return _Label(rule.label, rule.name, iso, (shared or bare_quantity(text, start, end)) if counted else None)
        return _Label(None, None)

    def _shared(self, text: str, start: int, end: int) -> Quantity | None:
        """The first of two numbers that share a unit (20至30个): its unit is the second's."""
        following = NUMBER.search(text, end, end + 16)
        other = read_quantity(text, following.start(), following.end()) if following else None
        if other is None:
            return None
        bare = bare_quantity(text, start, end)
        return replace(bare, unit=other.unit, kind=other.kind, base=other.base, factor=other.factor)

    def _ledger(self, part: Part, reader: DateReader) -> tuple[list[DateMention], dict[int, tuple[Quantity, int | None]]]:
        text = part.passage.text
        dates = reader.find(text)
        clauses = cut_clauses(text)
        quantities: dict[int, tuple[Quantity, int | None]] = {}
        clause_at = 0
        for start, end, label in self._labels(text, dates):
            while clause_at + 1 < len(clauses) and clauses[clause_at + 1].start <= start:
                clause_at += 1
            quote = _quote(text, clauses[clause_at], start) if clauses else text[:80]
            owners = sorted({self.owner[o] for o in part.passage.origins[start:end] if o in self.owner and self.owner[o] not in self.rows})
            if label.quantity is not None and owners and part.role in READ_FOR_FIGURES:
                quantities[start] = (label.quantity, owners[0])
            for index in owners:
                self.rows[index] = (label, quote)
        return dates, quantities

    def _number(self, index: int) -> Number:
        """The row of the ledger for one run."""
        run, (label, quote) = self.runs[index], self.rows[index]
        place = self.page.place(run.start)
        figure = self.figure_of.get(index)
        return Number(self.page.source, place.line, place.column, run.text, label.label, label.rule, label.iso, figure, quote)

    # ---- the figures of one article ----------------------------------------------------------------------------------------

    def _article(self, article: Article, parts: list[Part], package: str) -> None:
        above = self.regions.get(article.parent or "")
        default = default_region(article, above)
        self.regions[article.id] = default
        event = self._event(article, package)
        reader = ContextReader(default, event, article.zones, article.cities, self.year)
        dates = DateReader(self.year if self.year or not event else int(event[:4]), self.not_before)
        for part in parts:
            found, quantities = self._ledger(part, dates)
            self._han(part, quantities)
            ordered = [quantities[start][0] for start in sorted(quantities)]
            readings = reader.read(part.passage.text, ordered, found, part.role)
            said = _Said(find_frames(part.passage.text, found), find_speech(part.passage.text) if part.role == "body" else ())
            for reading in sorted(readings, key=lambda reading: reading.quantity.number):  # a bracket is read after its clause
                self._figure(article, part, reading, said, quantities[reading.quantity.number[0]][1])

    def _han(self, part: Part, quantities: dict[int, tuple[Quantity, int | None]]) -> None:
        """Quantities in Chinese numerals, beside those in digits; they are figures, the ledger of digit runs does not know
        them.
        """
        if part.role != "body":
            return
        spans = [(quantity.start, quantity.end) for quantity, _ in quantities.values()]
        for item in find_han_quantities(part.passage.text):
            if not any(a < item.quantity.end and item.quantity.start < b for a, b in spans):
                quantities[item.quantity.number[0]] = (item.quantity, None)

    def _event(self, article: Article, package: str) -> str | None:
        """The round of “三个一批” that the article is about: what its headlines, its package or its first two paragraphs name."""
        texts = [p.text for p in (article.kicker, article.title, article.subtitle) if p]
        texts += [block.passage.text for block in article.body[:2]] + [package]
        for text in texts:
            if match := next(find_events(text), None):
                return event_id(match)
        return None

    def _figure(self, article: Article, part: Part, reading: Reading, said: _Said, index: int | None) -> None:
        quantity = reading.quantity
        basis = read_basis(said.frames, reading)
        origin = part.passage.origins[quantity.number[0]] if index is None else self.runs[index].start
        printed_run = part.passage.text[slice(*quantity.number)] if index is None else self.runs[index].text
        place = self.page.place(origin)
        identity = f"{self.page.issue}.{self.page.name}.l{place.line}c{place.column}"
        unit, printed = _units(part.passage, quantity)
        factor, base = quantity.factor, quantity.base
        self.steps[identity] = reading.steps
        self.figures.append(
            Figure(
                id=identity,
                article=article.id,
                issue=self.page.issue,
                source=self.page.source,
                line=place.line,
                column=place.column,
                run=printed_run,
                value=quantity.value,
                unit=unit,
                unit_printed=printed,
                approx=quantity.approx,
                indicator=reading.indicator,
                subject=reading.subject,
                subject_type=reading.subject_type,
                scope=reading.scope,
                batch=reading.batch,
                status="planned" if reading.planned else "actual",
                event=reading.event,
                period=reading.period,
                basis=basis.basis,
                as_of=basis.as_of,
                basis_printed=basis.printed,
                said_by=said.speaker(quantity.number[0]),
                core=reading.core and index is not None,  # main figures are set in digits (GB/T 15835—2011)
                in_name=reading.in_name,
                quote=reading.quote,
                value_base=_plain(quantity.value * factor),
                unit_base=base,
                rule=reading.rule if index is not None else "han+" + reading.rule,
                part="body" if part.role == "head" else part.role,
                block=part.block,
                number_span=quantity.number,
                quantity_span=(quantity.start, quantity.end),
            )
        )
        owners = {self.owner[o] for o in part.passage.origins[slice(*quantity.number)] if o in self.owner} if index is not None else set()
        for other in owners:
            if other in self.rows and self.rows[other][0].label == "quantity":
                self.figure_of.setdefault(other, identity)


def _units(passage: Passage, quantity: Quantity) -> tuple[str, str | None]:
    """The unit, and the printed one where a correction or a glyph fault lies between them."""
    start, end = quantity.number[0], quantity.end
    text = passage.text
    unit = quantity.unit
    if unit.endswith("益"):  # the font sets ℃ at the code point of 益
        return unit.removesuffix("益") + "℃", unit
    # A doubt marks a place and changes nothing: it is no other reading.
    changed = [repair for repair in passage.repairs if repair.printed != text[repair.start : repair.end]]
    touching = [repair for repair in changed if repair.start < end and start < repair.end]
    if not touching:
        return unit, None
    printed, done = "", start
    for repair in touching:
        printed += text[done : max(done, repair.start)] + repair.printed
        done = max(done, repair.end)
    printed += text[done:end]
    tail = re.search(r"[0-9](?!.*[0-9])([^0-9，。；、]*)$", printed)
    shown = tail[1].strip("“”（）") if tail else ""
    return unit, shown if shown and shown != unit else None


def _quote(text: str, clause: Clause, start: int) -> str:
    return text[max(clause.start, start - 100) : min(clause.end, start + 100)].strip()


def _plain(value: Decimal) -> Decimal:
    """Without an exponent and without zeros behind the point: 1.5E+8 is 150000000."""
    value = value.normalize()
    return value.quantize(Decimal(1)) if value == value.to_integral_value() and abs(value) < Decimal(10) ** 27 else value
