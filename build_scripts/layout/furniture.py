"""Furniture of a page: masthead 报头, slogans and labels that are printed on it and belong to no article."""

import re

from build_scripts.chars import is_han
from build_scripts.layout.lines import Lines, ends_final

_DATE = r"20\d\d年\d{1,2}月\d{1,2}日"
_WEEKDAY = r"(?:星期|周)[一二三四五六日天]"
_BODY = r"[^，。；：、“”《》（）]{1,20}(?:厅|局|委|委员会|政府|部|办|办公室|会|中心|社|报|集团|院|公司)"
"""Who supervises or publishes a paper. Without it, a line of a narrow column that breaks off behind 指导 would be no text:
同时要围绕统计工作，精心指导⏎企业按时上报."""
_MASTHEAD = re.compile(
    rf"开发区建设(?:专刊)?|专刊|特刊|周刊|导刊|科学导报(?:社|·?开发区建设(?:专刊)?)?|KEXUEDAOBAO|SCIENCE.{{0,12}}|"
    rf"{_BODY}(?:指导|主办|主管|协办|承办|出版)(?:单位)?|(?:指导|主办|主管|协办|承办)(?:单位)?[：:].{{2,30}}|"
    rf"(?:第)?[A-Za-z]?\d{{1,2}}版?|第?[一二三四五六七八]版|[A-Za-z]\d{{1,2}}版?[\u4e00-\u9fff]{{2,8}}|"
    rf"(?:{_DATE})?{_WEEKDAY}.{{0,24}}|{_DATE}(?:第?\d+期)?|农历.{{2,16}}|总?第?\d+期|20\d\d年第\d{{1,3}}期.{{0,80}}|"
    rf".{{0,40}}(?:邮发代号|投稿邮箱|国内统一(?:连续出版物|刊号)|CN\d\d-\d{{4}}|广告热线|新闻热线|投稿热线|E-mail|电子信箱|邮箱[：:]).{{0,80}}|"
    rf"(?:本版)?(?:责任编辑|责任?编|编辑|校对|美编|版式|组版|主编|值班(?:主任|编委|总编)|审读|一审|二审|三审)[：:].{{1,40}}",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"微信公众(?:平台|号)|官方微信|扫码(?:订阅|关注|阅读|观看).{0,6}|扫一扫.{0,10}|刊头(?:题字)?.{0,8}|二维码|客户端|视频号|抖音号?|本版图片.{0,16}"
)
_SLOGANS = ("打造开发区建设升级版", "决胜高质量发展新战场")


def find_furniture(lines: Lines) -> dict[int, tuple[str, str]]:
    """Index of a line → its role and why. Lines are matched whole: a sentence that names 微信公众平台 is text.

    Besides the known slogans, two lines of one length at the head of the page, printed without the blank line that stands
    between others and without a mark or a digit, are a slogan: mottoes are set as a couplet.
    """
    found: dict[int, tuple[str, str]] = {}
    for i, line in enumerate(lines):
        plain = line.plain
        if len(plain) > 120 or (ends_final(plain) and len(plain) > 12):
            continue
        if plain in _SLOGANS or "".join(_SLOGANS) == plain:
            found[i] = "slogan", "专刊的口号"
        elif _MASTHEAD.fullmatch(plain):
            found[i] = "masthead", "报头用语（刊名、版号、期号、日期、指导单位、邮箱等）"
        elif _LABEL.fullmatch(plain):
            found[i] = "label", "栏目或二维码旁的标签"
    head = 0
    while head < len(lines) and head in found:
        head += 1
    if head + 1 < len(lines) and lines.spaced:
        first, second = lines[head], lines[head + 1]
        both = first.plain + second.plain
        couplet = len(first.plain) == len(second.plain) and 5 <= len(first.plain) <= 12 and all(map(is_han, both))
        if couplet and second.gap == 0 and head <= 12:
            found[head] = found[head + 1] = "slogan", "版首两行等长、紧排、无标点，像口号"
    return found
