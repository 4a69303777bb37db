"""What a check is, and the arithmetic that all checks share: exact decimals, and a tolerance that follows from the printed digits."""

from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal

from build_scripts.figures.records import Figure
from build_scripts.records import Article

BATCHES = ("签约", "开工", "投产")


STATES = {"holds": "相符", "fails": "不符", "truncated": "截尾", "incomplete": "不全"}


@dataclass(frozen=True, slots=True)
class Check:
    """One arithmetic statement. Field by field what ``checks.json`` publishes."""

    id: str
    article: str
    kind: str
    """``sum``, ``rate``, ``share``, ``target``, ``cross_page``, ``cross_article``, ``province``."""
    statement: str
    parts: tuple[str, ...]
    """Ids of the figures, the printed result last."""
    expected: Decimal | None
    """What the parts give."""
    printed: Decimal | None
    """What the paper prints."""
    state: str
    missing: tuple[str, ...]
    tolerance: Decimal
    """Half a unit of the printed number's last digit; 0 for counts."""
    note: str


def text_of(article: Article, figure: Figure) -> str:
    """The text of the part of the article that the figure stands in; its spans are offsets into it."""
    if figure.part == "body":
        return article.body[figure.block].passage.text
    passage = {"kicker": article.kicker, "title": article.title, "subtitle": article.subtitle}[figure.part]
    return passage.text if passage else ""


def half_digit(value: Decimal) -> Decimal:
    """Half a unit of the last printed digit: 0.05 for 89.4."""
    exponent = value.as_tuple().exponent
    return Decimal(5).scaleb(int(exponent) - 1) if isinstance(exponent, int) else Decimal(0)


def compare(expected: Decimal, printed: Decimal, tolerance: Decimal) -> str:
    """``holds`` within the tolerance, ``truncated`` where cutting the expected value gives the printed one, else ``fails``.

    >>> compare(Decimal("52.2727"), Decimal("52.2"), Decimal("0.05")), compare(Decimal("52.2727"), Decimal("52.3"),
    Decimal("0.05"))
    ('truncated', 'holds')
    """
    if abs(expected - printed) <= tolerance:
        return "holds"
    exponent = printed.as_tuple().exponent
    if tolerance and isinstance(exponent, int) and expected.quantize(Decimal(1).scaleb(exponent), rounding=ROUND_DOWN) == printed:
        return "truncated"
    return "fails"


def plain(value: Decimal) -> str:
    """A decimal as the paper writes it: no exponent, no zeros at its end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(part: Decimal, whole: Decimal) -> Decimal:
    return (part * 100 / whole).quantize(Decimal("0.0001"))


def identity(kind: str, figure: Figure, more: str = "") -> str:
    return f"{kind}.{figure.id}{'.' + more if more else ''}"
