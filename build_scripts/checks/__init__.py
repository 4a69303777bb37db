"""核对: every arithmetic statement that the text lets one test, said as arithmetic, never as a verdict.

Sums of batches against totals, rates against counts and amounts, shares, targets, the same fact on two pages or in two
articles, cities against
the province. Exact decimals. A printed number stands for an interval of half its last digit, so the tolerance follows from how
many digits the
paper prints, and from nothing else. States: ``holds`` 相符, ``fails`` 不符, ``truncated`` 截尾 (right when the last digit is
cut off, not rounded),
``incomplete`` 不全 (what is missing is named; never 不符 for a sum that merely lacks parts).
"""

from collections.abc import Iterable, Sequence

from build_scripts.checks.agreement import find_agreements, find_province, of_round
from build_scripts.checks.rates import find_counted_shares, find_rates, find_targets
from build_scripts.checks.records import Check, compare, half_digit
from build_scripts.checks.sums import find_parts, find_sums
from build_scripts.figures.records import Figure, PageFigures
from build_scripts.records import PageRecord

__all__ = ["Check", "all_checks", "compare", "find_checks", "find_own_checks", "half_digit", "of_round"]


def find_checks(pages: Sequence[tuple[PageRecord, PageFigures]]) -> tuple[Check, ...]:
    """Every check of some pages, in order of page and place."""
    own = (check for record, figures in pages for check in find_own_checks(record, figures))
    return all_checks(own, [figure for _, figures in pages for figure in figures.figures if of_round(figure)])


def find_own_checks(record: PageRecord, figures: PageFigures) -> tuple[Check, ...]:
    """What the articles of one page let one test, each by itself."""
    found: list[Check] = []
    for article in record.articles:
        own = figures.of_article(article.id)
        found += find_sums(article, own)
        found += find_parts(article, own)
        found += find_rates(article, own)
        found += find_targets(article, own)
        found += find_counted_shares(article, own)
    return tuple(found)


def all_checks(own: Iterable[Check], rounds: Sequence[Figure]) -> tuple[Check, ...]:
    """The articles' own checks, and those of one against the other; ``rounds`` are the figures :func:`of_round`."""
    unique: dict[str, Check] = {}
    for check in (*own, *find_agreements(rounds), *find_province(rounds)):
        unique.setdefault(check.id, check)
    return tuple(unique.values())
