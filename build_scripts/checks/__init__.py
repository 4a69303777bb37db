"""核对: every arithmetic statement that the text lets one test, said as arithmetic, never as a verdict.

Sums of batches against totals, rates against counts and amounts, shares, targets, the same fact on two pages or in two
articles, cities against
the province. Exact decimals. A printed number stands for an interval of half its last digit, so the tolerance follows from how
many digits the
paper prints, and from nothing else. States: ``holds`` 相符, ``fails`` 不符, ``truncated`` 截尾 (right when the last digit is
cut off, not rounded),
``incomplete`` 不全 (what is missing is named; never 不符 for a sum that merely lacks parts).
"""

from collections.abc import Sequence

from build_scripts.checks.agreement import find_agreements, find_province
from build_scripts.checks.rates import find_counted_shares, find_rates, find_targets
from build_scripts.checks.records import Check, compare, half_digit
from build_scripts.checks.sums import find_parts, find_sums
from build_scripts.figures.records import PageFigures
from build_scripts.records import PageRecord

__all__ = ["Check", "compare", "find_checks", "half_digit"]


def find_checks(pages: Sequence[tuple[PageRecord, PageFigures]]) -> tuple[Check, ...]:
    """Every check of the archive, in order of page and place."""
    found: list[Check] = []
    for record, figures in pages:
        for article in record.articles:
            own = figures.of_article(article.id)
            found += find_sums(article, own)
            found += find_parts(article, own)
            found += find_rates(article, own)
            found += find_targets(article, own)
            found += find_counted_shares(article, own)
    found += find_agreements(pages)
    found += find_province(pages)
    unique: dict[str, Check] = {}
    for check in found:
        unique.setdefault(check.id, check)
    return tuple(unique.values())
