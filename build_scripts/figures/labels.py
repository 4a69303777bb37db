"""Every digit run is a quantity, a date, an ordinal or a name: the ordered rules that decide which.

A rule looks at what stands left and right of the number; the first that fits decides. None is a default: a run that no rule
decides has the label
``None`` and is published as 未归类. Dates are found first (see :mod:`build_scripts.dates`), because 8月19日 would else be a
count of days.
"""

# ruff: noqa: E501 (a rule a line, so that the table reads as a table)

import re
from dataclasses import dataclass

_LEFT = 24
_RIGHT = 24


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the ledger: what must stand left of the number, what the digits may be, what must stand right of it."""

    name: str
    label: str
    reason: str
    left: re.Pattern[str] | None = None
    digits: re.Pattern[str] | None = None
    right: re.Pattern[str] | None = None

    def fits(self, left: str, digits: str, right: str) -> bool:
        """Whether the rule decides this number."""
        return (
            (self.left is None or self.left.search(left) is not None)
            and (self.digits is None or self.digits.fullmatch(digits) is not None)
            and (self.right is None or self.right.match(right) is not None)
        )


class RuleTable:
    """Ordered rules of which the first that fits decides."""

    def __init__(self, *rules: Rule) -> None:
        self.rules = rules
        lefts = "|".join(rule.left.pattern for rule in rules if rule.left and rule.right is None)
        rights = "".join(f"(?:(?=({rule.right.pattern if rule.right else ''}))|)" for rule in rules)
        self._lefts = re.compile(lefts or "(?!)")
        """The left sides of the rules without a right side, as one pattern."""
        self._rights = re.compile(rights)
        """The right sides, each a group under its rule's number: one search instead of one a rule."""
        self._left_only = tuple(rule.right is None for rule in rules)

    def ask(self, text: str, start: int, end: int) -> Rule | None:
        """The first rule that decides the number ``text[start:end]``."""
        left, digits, right = text[max(0, start - _LEFT) : start], text[start:end], text[end : end + _RIGHT]
        found = self._rights.match(right)
        by_left = self._lefts.search(left) is not None
        if found is None:
            return None
        for rule, fits, left_only in zip(self.rules, found.groups(), self._left_only, strict=True):
            if fits is not None and (by_left or not left_only) and rule.fits(left, digits, right):
                return rule
        return None


def _rule(name: str, label: str, reason: str, left: str | None = None, digits: str | None = None, right: str | None = None) -> Rule:  # noqa: PLR0917 (the columns of the table)
    return Rule(
        name,
        label,
        reason,
        re.compile(f"(?:{left})$") if left else None,
        re.compile(digits) if digits else None,
        re.compile(right) if right else None,
    )


_OPEN = '[“‘「『"]'
_CLOSE = '[”’」』"]'
_SHARED = r"(?:[十百千万亿余多]*(?:个?工作日|天|年|个?小时|分钟|周|岁|元|个|项|家|户|亩|米|吨|公斤|人|名|台|套|件|条|栋|座|间|辆|批|颗|头|倍|兆瓦|兆瓦时|MW|GW|平方米|立方米|公里|千伏|千瓦|次|场|℃|%|％))"
_MEASURE = r"(?:[十百千万亿余多]*(?:元|个|项|家|户|亩|米|吨|人|台|套|平方米|公里|千瓦|次|%|％))"

BEFORE_UNITS = RuleTable(
    _rule("address", "name", "部分网址、邮箱", r"(?:@|//|www\.)[A-Za-z0-9_./-]*"),
    _rule("address-head", "name", "部分网址、邮箱", None, None, r"(?:[A-Za-z0-9_-]*\.(?:com|cn|net|org)|[A-Za-z0-9_.-]*@)"),
    _rule("contact", "name", "邮发代号、电话、刊号是号码", r"(?:邮发代号|邮政编码|邮编|电话|热线|刊号|QQ群?|传真|手机|代号|编号|证号|CN|ISSN)(?:号码?)?[：:为是]?\s?[0-9-]{0,14}"),
    _rule("page-letter", "name", "版面名由字母和数字组成：下转D2版", r"[A-Za-z]", r"\d+", r"版"),
    _rule("plus-code", "name", "用加号相连的是体系或口号：1+11、1+3+N", r"[0-9A-Za-zNX][+＋]", r"\d+", None),
    _rule("plus-code-head", "name", "用加号相连的是体系或口号：1+11、1+3+N", None, r"\d+", r"[+＋][0-9A-Za-z]"),
    _rule("quoted-code", "name", "引号里只有数字的是代号：“1158”", _OPEN, r"\d+", _CLOSE),
    _rule("quoted-festival", "name", "带间隔号的是节日或事件：“3·15”", r"[一二三四五六七八九十\d]*[·•]", r"\d+", f"{_CLOSE}|[国]"),
    _rule("quoted-festival-head", "name", "带间隔号的是节日或事件：“3·15”", _OPEN, r"\d+", r"[·•]\d"),
    _rule("group-name", "name", "企业以数字为名：360集团、58同城", None, r"\d+", r"(?:集团|公司|股份|科技公司|同城)"),
    _rule("highway", "name", "公路以数字为名：307国道", None, r"\d{3}", r"(?:国道|省道|县道)"),
    _rule("highway-after", "name", "公路以数字为名：国道307线", r"(?:国道|省道|县道)", r"\d{2,4}", None),
    _rule("hotline", "name", "热线以号码为名：12345热线", None, r"\d{4,6}", r"(?:热线|平台)"),
    _rule("standard-year", "date", "标准编号后面的年份：GB/T 17431.1—2010", r"(?:GB|ISO|IEC|DB|GB/T)[/A-Z]*\s?[\d.]+[-—–]", r"(?:19|20)\d\d", None),
    _rule("standard", "name", "标准的编号", r"(?:GB|ISO|IEC|DB|GB/T)[/A-Z]*\s?", None, None),
    _rule("ranking-list", "name", "500强、100强是榜单的名字", None, r"\d+", r"(?:强|大名校)"),
    _rule("unit-exponent", "name", "m2、km2里的2属于单位", r"(?:^|[^A-Za-z])[kcd]?m", r"[23]", None),
    _rule("model-letter", "name", "紧跟在拉丁字母后面的数字是型号：C42E、B1", r"(?:^|[^A-Za-z])[A-Za-z]{1,5}-?", r"\d+(?:\.\d+)?", rf"(?!{_MEASURE})"),
    _rule("generation", "name", "3D、5G、4K等数字加字母是技术的名字", None, r"\d{1,3}(?:\.\d)?", r"(?:[DGKSAC](?![A-Za-z])|A级|[CSP](?![A-Za-z]))"),
    _rule("version", "name", "版本号：工业4.0、2.0版", None, r"\d\.0", r"(?:版|时代|升级|计划|工程|[”’，。、；]|$)"),
    _rule("version-after", "name", "版本号：工业4.0", r"(?:工业|版本|开发区|改革)", r"\d\.0", None),
    _rule("numbered", "ordinal", "第几次、第几期是次序", r"第\s?", r"\d+", None),
    _rule("number-sign", "ordinal", "3号厂房、2号线：号在名词前是编号", None, r"\d+", r"[号#＃](?!召)"),
    _rule("number-list", "ordinal", "1、2号楼：编号并列", None, r"\d{1,3}", r"(?:[、—~～-]|和|至|到)(?:[A-Za-z]?\d{1,3}(?:[、—~～-]|和|至|到))*[A-Za-z]?\d{1,3}[号#＃]"),
    _rule("page-number", "ordinal", "下转第几版", r"(?:下转|上接|转|见)\s?第?", r"\d+", r"\s?版"),
    _rule("among-first", "ordinal", "前100名、末3位是名次", r"(?:[前末]|倒数第?)", r"\d+", r"\s?(?:名|位|强)"),
    _rule("among-last", "ordinal", "排名后3位是名次", r"(?:排名|排在|排|列|居|增速|总量|位次)后", r"\d+", r"\s?(?:名|位)"),
    _rule("document-year", "date", "文号里的年份：〔2023〕86号", r"[〔\[（(]", r"(?:19|20)\d\d", r"[〕\]）)]"),
    _rule("list-mark", "ordinal", "句首带点或括号的数字是条目号", r"(?:^|[。；：\n])[（(]?", r"\d{1,2}", r"(?:[.．、）)](?!\d))"),
    _rule("floor", "ordinal", "几楼、几层指位置", r"(?:在|于|上)", r"\d{1,2}", r"(?:楼)(?!房)"),
    _rule("floor-of-room", "ordinal", "2楼5号窗口、3楼会议室：几楼后面是房间", None, r"\d{1,2}", r"楼(?=\d|[一-鿿]{0,2}(?:厅|室|窗口))"),
    _rule("proportion", "name", "6∶4分成、按7:3：两数之比不是数量", None, r"\d+", r"∶\d|[:：]\d+(?:分成|的?比例)"),
    _rule("proportion-after", "name", "6∶4分成、按7:3：两数之比不是数量", r"\d∶|按\d+[:：]", r"\d+", None),
)  # fmt: skip
"""Decide before units are looked at: what they take would else be read as a count."""

AFTER_UNITS = RuleTable(
    _rule("named-year", "date", "没有“年”字的年份，在书名、会名里", None, r"(?:19|20)\d\d", r"[（(“《一-鿿]|[A-Za-z]|[-—–~～至](?:19|20)\d\d"),
    _rule("ratio-of-counts", "quantity", "2×100万千瓦：几台乘每台", None, r"\d+", r"\s?[x×X*]\s?\d"),
    _rule("fraction", "quantity", "占1/6：几分之几是数量，两个数合起来才是它的值", r"(?:[占的达近约超到]|超过)", r"[1-9]", r"/(?:[2-9]|10)(?![\d./])"),
    _rule("fraction-below", "quantity", "占1/6：几分之几是数量，两个数合起来才是它的值", r"(?:[占的达近约超到]|超过)[1-9]/", r"[2-9]|10", r"(?![\d./])"),
    _rule("slash-list", "quantity", "并列的数量共用后面的单位", None, r"\d+(?:\.\d+)?", rf"(?:[、/—–~～-]|至|到|和)\d+(?:\.\d+)?{_SHARED}"),
    _rule("counted", "quantity", "量、数、额、值之后的数字没有单位也是数量", r"(?:量|数|额|值|率|达到?|共计?|为)[：:]?", None, r"(?:[，。；、：）)]|$)"),
    _rule("year-of-title", "date", "回望2024、决胜2025：没有“年”字的年份", r"(?:回[望眸顾首]|展望|告别|迎[接来战]|决[胜战]|冲刺|奋[战进]|聚焦|见证|致敬|再见|你好)", r"(?:19|20)\d\d", r"[，。；、：！？”]|$"),
    _rule("number-in-product", "name", "尼龙66项目：数字后面没有量词，是产品名称的一部分", r"[一-鿿A-Za-z](?<![约共工产等达为的建有到占集])", r"\d+", r"(?:项目|系列|纤维|树脂|切片|盐)"),
    _rule("bare-projects", "quantity", "签约19项目：省去量词的项目数", None, r"\d+", r"项目"),
    _rule("bare-name", "name", "并列在名字中间、没有单位的数字是名字：引进360、浪潮", r"[、，。引进与和]", r"\d{2,4}", r"[、]"),
)  # fmt: skip
"""Decide for numbers that no unit follows."""

ALL_RULES = (
    "date",
    *dict.fromkeys(rule.name for rule in BEFORE_UNITS.rules),
    "unit",
    *dict.fromkeys(rule.name for rule in AFTER_UNITS.rules),
)
"""The names of all rules in the order in which they are asked."""
