"""The set phrases of a newspaper: credit, byline, jump line, picture line, editor's note, and the forms of kicker and subtitle."""

import re
from dataclasses import dataclass

from build_scripts.chars import is_han, squeeze

_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳"
    "鲍史唐费廉岑薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞"
    "熊纪舒屈项祝董梁杜阮蓝闵席季麻强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫房裘缪干解应宗丁宣邓郁单"
    "杭洪包诸左石崔吉钮龚程嵇邢裴陆荣翁荀羊惠甄曲封芮储靳段富巫乌焦谷车侯全班秋仲伊宫宁仇栾甘厉祖武符刘景詹束龙叶幸司黎白怀"
    "蒲赖卓蔺屠蒙池乔阴胥苍双闻党翟谭贡姬申冉桑牛寿通边燕冀尚农温庄晏柴瞿阎充慕连习艾鱼容向古易慎戈廖终居衡步都耿满弘匡国"
    "文寇广东欧沃利越师巩聂勾敖融冷简饶曾沙丰关查游权盖益桓公岳商佘伯赏海晋楚闫法汝鄢涂钦归肖付代邸药畅原逯亢郄降弓要续薄"
    "兰苟仝党栗郜帅呼位庾鹿展暴雒冀尉覃候辛"
)
"""《百家姓》 and surnames of Shanxi; a character that is no surname does not begin a bare name at a paragraph's end."""
_DOUBLE = ("欧阳", "司马", "上官", "诸葛", "令狐", "皇甫", "尉迟", "慕容", "夏侯", "东方", "公孙", "呼延", "司徒", "端木")

_ROLE = r"(?:(?:本报|本刊|特约|见习|实习|首席)?(?:记者|通讯员)|实习生|撰稿|撰文|摄影报道|摄影|文/图|图/文|供图|供稿)"
_NAME = r"[\u4e00-\u9fff](?:\s?[\u4e00-\u9fff]){1,3}"
_MARKS = "■□●◆◇▲△★☆"

CREDIT = re.compile(
    r"(?:(?:本报|本刊|本网|[\u4e00-\u9fff]{1,6}(?:报|网|社|刊))讯(?![息号飞])|(?:新华社|中新社|中新网|本报|本刊)[^，。：；]{1,12}[日月]电)\s*"
)
"""讯头: 科学导报讯, 本报讯, 新华社太原8月19日电. It opens a report and stands nowhere else."""
_BYLINE_AFTER_CREDIT = re.compile(
    rf"[（(]?\s*{_ROLE}[：:\s]*{_NAME}?(?=[\s、）)\d]|$)(?:[、\s]+(?:{_ROLE}[：:\s]*)?[\u4e00-\u9fff]{{2,3}}(?=[\s、）)]))*[）)]?\s*"
)
_ROLE_AND_NAMES = re.compile(rf"{_ROLE}[：:]?\s*(?P<rest>.+)")
JUMP = re.compile(r"[（(【]?\s*[下上紧]\s*[转接]\s*[A-Za-z]?\s*[\d一二三四五六七八]{1,2}\s*版\s*[^，。；]{0,8}?[）)】]?$")
"""下转 D2 版, 上接D1版: the line that sends the reader to the rest."""
JUMP_FROM = re.compile(r"[（(【]\s*[上紧]\s*接\s*[A-Za-z]?\s*[\d一二三四五六七八]{1,2}\s*版[^，。；）)】]{0,8}[）)】]\s*")
"""（上接 D1 版）: the rest of an article that another page begins."""
_PICTURE = re.compile(r"[（(](?:资料图片?|图片资料|资料照片|效果图|图片来源[^）)]*|[^（）()]{0,12}[摄供]图?|[^（）()]{0,8}供图)[）)][。]?$")
_SOURCE = re.compile(
    r"(?:(?:供稿|撰稿|撰文|文/图|图/文|文图|图文|摄影|供图|来源|稿源|作者|作者单位|文|图)\s*[：:]\s*)+(?P<who>[^，。；：！？]{2,28})"
)
NOTE = re.compile(r"(?:编前语|编后语?|编者按|编者的话|编者语|编辑手记|记者手记|开栏的?话|开栏语|卷首语|短评|导读|导语|结束语)[：:]?")
"""Words that head an editor's note 编者按."""

_ORGANS = "商务|工信|科技|发改|财政|国资|农业农村|能源|教育|人社|自然资源|生态环境|住建|交通|水利|文旅|卫健|应急|统计|税务|市场监管"
_WHO = (
    rf"(?:开发区|高新区|经开区|示范区|综改区|保税区|集聚区|[省市县区](?:委|政府|人大|政协)|(?:{_ORGANS})[厅局委]|[厅局委]|"
    "委员会|管委会|办公室|集团|公司|大学|学院|研究院)"
)
_PLACE = r"[\u4e00-\u9fff]{1,3}[省市县区]"
_KICKER_NAMES = re.compile(
    rf"(?:[\u4e00-\u9fffA-Za-z“”·]{{1,16}}?{_WHO}|{_PLACE})(?:、(?:[\u4e00-\u9fff“”]{{1,14}}?{_WHO}|{_PLACE}))*[：:]?"
)
_KICKER_VERBS = re.compile(
    "召开|举行|举办|建设|推动|推进|打造|实现|突破|完成|发布|提升|加快|启动|签约|开工|投产|迈|奋力|力争|落户|走进|聚焦|发展|跑|亮|持续|"
    "采取|在“|助力|入选|获|荣[膺登列]|赋能|激发|强化|优化|全面|深入|积极|着力|以|让|为"
)
_POST = re.compile(r"(?:主任|书记|省长|市长|县长|区长|部长|厅长|局长|处长|秘书长|董事长|总经理|院长|主席|委员)[\u4e00-\u9fff]{2,3}$")


@dataclass(frozen=True, slots=True)
class Byline:
    """A printed byline 署名 inside a line."""

    start: int
    """Where it begins in the line's text."""
    sure: bool
    """Whether a role word, a space before it or a known surname marks it; else it is only short enough."""
    picture: bool
    """Whether it names who took a picture."""


def opening(text: str) -> tuple[int, int]:
    """Where credit and byline end at the start of a report; 0 or the first where there is none.

    The name after 记者 is read up to the space that the paper sets after it. A name run into the report (记者王波日前) is left
    in the text: where it ends cannot be known from the form.

    >>> opening("科学导报讯 记者王波 通讯员范彦荣 4月2日")
    (6, 18)
    """
    credit = CREDIT.match(text)
    at = credit.end() if credit else 0
    byline = _BYLINE_AFTER_CREDIT.match(text, at)
    return at, byline.end() if byline else at


_OPENERS = re.compile(
    "同时|于是|全[省市县区年]|尤其|尤为|经过|经济|经开|高新区|高质量|项目|相信|相比|应[该当]|能否|党[委组工]|管委|强化|解决|支持|关于|宣传|计划|明年|都说"
)
"""Words that open a sentence and begin with a surname, and begin no name: 。同时要 names nobody, 高新民 may."""


def name_like(word: str, *, known: bool = True) -> bool:
    """Whether ``word`` can be a person's name: two or three characters, four with a double surname; ``known``: of known surname.

    >>> [word for word in ("高新民", "高新区", "同时要", "成立军") if name_like(word)]
    ['高新民', '成立军']
    """
    if not all(map(is_han, word)) or _OPENERS.match(word):
        return False
    if len(word) == 4:
        return word[:2] in _DOUBLE
    return 2 <= len(word) <= 3 and (not known or word[0] in _SURNAMES or word[:2] in _DOUBLE)


def _names(text: str, *, known: bool) -> bool:
    words = text.replace("、", " ").split()
    merged: list[str] = []
    for word in words:  # 翁 剑 is one name
        if len(word) == 1 and merged and len(merged[-1]) == 1:
            merged[-1] += word
        else:
            merged.append(word)
    return 0 < len(merged) <= 6 and all(name_like(word, known=known) for word in merged)


def read_byline_line(text: str) -> Byline | None:  # noqa: PLR0911  # one return a form
    """What ``text`` is as a byline, when it is nothing else: 供稿：晋中市商务局, 记者 王波 文/图, ■ 吴珊珊, 刘亮亮摄, 李楠 李茹.

    A bare word of four characters is none unless its surname has two: 深度观察 would be one.
    """
    bare = text.strip().strip("（）()【】[] ")
    marked = bare[:1] in _MARKS and bool(bare)
    bare = bare.strip(_MARKS + " ")
    if not bare or len(bare) > 60 or NOTE.fullmatch(squeeze(bare)):
        return None
    if source := _SOURCE.fullmatch(bare):
        return Byline(0, True, "图" in bare[: source.start("who")] or "摄" in bare[: source.start("who")])
    picture = re.search(r"(?:摄影报道|摄影|摄|供图|图|供稿)$", bare)
    if picture and picture.group() != "供稿" and _names(bare[: picture.start()], known=False) and len(squeeze(bare)) <= 12:
        return Byline(0, True, picture.group() != "摄影报道")
    if picture and picture.group() == "供稿" and len(squeeze(bare)) <= 16 and not re.search("[，。；]", bare):
        return Byline(0, True, False)
    if role := _ROLE_AND_NAMES.fullmatch(bare):
        rest = re.sub(rf"{_ROLE}[：:]?", " ", role["rest"]).replace("图", "").strip(" /（）()")
        if not rest or _names(rest, known=False):
            return Byline(0, True, "摄" in bare and "报道" not in bare)
    if marked and _names(bare, known=False):
        return Byline(0, True, True)
    if _names(bare, known=False):
        return Byline(0, _names(bare, known=True), False)
    return None


_STOPS = re.compile("[。！？…][”’」』）)]*")


def find_tail_byline(text: str) -> Byline | None:
    """The byline behind the last full stop of a line, where all that follows is one: ``…88.13%。 翁剑``."""
    last = max(_STOPS.finditer(text), key=lambda stop: stop.start(), default=None)
    if last is None or last.end() == len(text.rstrip()):
        return None
    tail = text[last.end() :]
    found = read_byline_line(tail)
    if found is None:
        return None
    spaced = tail[:1].isspace()
    start = last.end() + len(tail) - len(tail.lstrip())
    return Byline(start, found.sure or spaced, found.picture)


def is_picture_line(text: str) -> bool:
    """Whether a paragraph ends as the line under a picture does: （资料图片）, （张三摄）."""
    return _PICTURE.search(text.strip()) is not None


def is_kicker(text: str) -> bool:
    """Whether a headline line only names who or where: 阳泉高新区, 省商务厅、省工信厅, 管委会主任范兆森, or ends in a colon or dash.

    A line with a verb says what happened and is a headline: 省商务厅召开会议.
    """
    plain = squeeze(text)
    if re.search(r"(?:——+|[：:])$", plain) and not plain.startswith("—"):
        return True
    if _POST.search(plain) and not re.search("[。；？！]", plain):
        return True
    return len(plain) <= 24 and _KICKER_NAMES.fullmatch(plain) is not None and not _KICKER_VERBS.search(plain[:-2])


def is_subtitle(text: str) -> bool:
    """Whether a headline line is set as 副题: it begins with a dash."""
    return re.match(r"[—－―-]{2,}", text.strip()) is not None and ends_openly(text)


def ends_openly(text: str) -> bool:
    """Whether the line ends without the marks that end a sentence or a clause."""
    return text.strip()[-1:] not in "。；，、"
