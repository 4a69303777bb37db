"""The list of authors and supplying bodies, and a page for each name."""

from build_scripts.pages.document import Document, Meta
from build_scripts.pages.labels import author_url
from build_scripts.pages.parts import Lists, split_documents
from build_scripts.pages.view import View
from build_scripts.records import Article

MOST = {"articles": 80}
MOST_NAMES = 400
"""Names on one page of the list: about 60 KB."""

SUPPLYING = "供稿"
"""The role of a body that supplies a text; every other role is a person's."""

_INITIALS = (
    ("A", "啊"), ("B", "芭"), ("C", "擦"), ("D", "搭"), ("E", "蛾"), ("F", "发"), ("G", "噶"), ("H", "哈"), ("J", "击"), ("K", "喀"),
    ("L", "垃"), ("M", "妈"), ("N", "拿"), ("O", "哦"), ("P", "啪"), ("Q", "期"), ("R", "然"), ("S", "撒"), ("T", "塌"), ("W", "挖"),
    ("X", "昔"), ("Y", "压"), ("Z", "匝"),
)  # fmt: skip
"""The first character of each letter in GB 2312, whose 3755 common characters stand in order of their reading."""
_FIRST, _LAST = "啊".encode("gb2312"), "座".encode("gb2312")
_SURNAMES = {
    **dict.fromkeys("卞", "B"), **dict.fromkeys("郜", "G"), **dict.fromkeys("郇", "H"), **dict.fromkeys("阚", "K"),
    **dict.fromkeys("逯", "L"), **dict.fromkeys("缪", "M"), **dict.fromkeys("亓郄仇", "Q"), **dict.fromkeys("佘单", "S"),
    **dict.fromkeys("仝邰", "T"), **dict.fromkeys("邬", "W"), **dict.fromkeys("郗解", "X"), **dict.fromkeys("闫晏鄢", "Y"),
    **dict.fromkeys("臧曾查", "Z"), **dict.fromkeys("邸", "D"), **dict.fromkeys("盖", "G"), **dict.fromkeys("区", "O"),
}  # fmt: skip
"""Surnames that are not among the common characters, or are read otherwise than the word: 单 is Shàn, 解 Xiè, 仇 Qiú."""


def initial(name: str) -> str:
    """The letter under which readers look for a name; ``#`` where the reading of its first character is not known.

    >>> [initial(name) for name in ("王波", "闫丽", "解放", "中国", "Smith")]
    ['W', 'Y', 'X', 'Z', 'S']
    """
    first = name[:1]
    if first in _SURNAMES and len(name) < 4:  # 单位供稿 begins with a word, 单丽 with a surname
        return _SURNAMES[first]
    if first.isascii() and first.isalpha():
        return first.upper()
    try:
        code = first.encode("gb2312")
    except UnicodeEncodeError:
        return "#"
    if not _FIRST <= code <= _LAST:
        return "#"
    return [letter for letter, start in _INITIALS if start.encode("gb2312") <= code][-1]


def _order(name: str) -> tuple[str, bytes, str]:
    letter = initial(name)
    return letter if letter != "#" else "~", name.encode("gb18030", "replace"), name


def author_list_documents(view: View) -> list[Document]:
    """``authors/index.md``: every name in the order of its reading. Too many for one page stand on a page for each letter.

    An old link to a name on the first page (``authors/#王波``) is led on by ``named.js``.
    """
    names = sorted(view.by_author, key=_order)
    meta: Meta = {
        "template": "authors.html",
        "title": "作者与供稿单位",
        "description": "《科学导报·开发区建设专刊》所收稿件的署名：记者、通讯员、供稿单位及文末署名。",
        "url": "authors/",
        "count": len(names),
        "letters": [],
        **_groups(names, view),
    }
    if len(names) <= MOST_NAMES:
        return [Document("authors/index.md", meta)]
    documents = []
    for letter in dict.fromkeys(initial(name) for name in names):
        own = [name for name in names if initial(name) == letter]
        for at in range(0, len(own), MOST_NAMES):
            address = f"letter/{letter.lower() if letter != '#' else 'other'}" + (f"/{at // MOST_NAMES + 1}" if at else "")
            label = ("其他" if letter == "#" else letter) + (f"（{at // MOST_NAMES + 1}）" if at else "")
            piece = own[at : at + MOST_NAMES]
            meta["letters"].append({"label": label, "url": f"authors/{address}/", "count": len(piece)})
            part = {"label": label, "name": meta["title"], "url": "authors/"}
            own_meta = {
                "title": f"{meta['title']}：{label}",
                "url": f"authors/{address}/",
                "count": len(piece),
                "letters": [],
                "part": part,
            }
            documents.append(Document(f"authors/{address}.md", {**meta, **own_meta, **_groups(piece, view)}))
    return [Document("authors/index.md", {**meta, "people": [], "bodies": []}), *documents]


def _groups(names: list[str], view: View) -> Meta:
    """Persons and supplying bodies apart."""
    people: list[Meta] = []
    bodies: list[Meta] = []
    for name in names:
        roles = _roles(name, view.by_author[name])
        entry: Meta = {"name": name, "url": author_url(name), "roles": roles, "count": len(view.by_author[name])}
        (bodies if SUPPLYING in roles else people).append(entry)
    return {"people": people, "bodies": bodies}


def _roles(name: str, articles: tuple[Article, ...]) -> list[str]:
    """The roles that the paper prints with a name, sorted."""
    return sorted({author.role for article in articles for author in article.authors if author.name == name})


def author_documents(name: str, view: View) -> list[Document]:
    """``authors/<name by number>.md``, and the pages of its years where it is long."""
    articles = view.by_author[name]
    url = author_url(name)
    roles = _roles(name, articles)
    meta: Meta = {
        "template": "author.html",
        "title": name,
        "url": url,
        "name": name,
        "roles": roles,
        "body": SUPPLYING in roles,
    }

    def render(shown: Lists) -> Meta:
        return {"articles": [{**view.link(article), "role": "、".join(_roles(name, (article,)))} for article in shown["articles"]]}

    return split_documents(
        Document(f"{url.rstrip('/')}.md", meta),
        {"articles": articles},
        MOST,
        view,
        year_of=view.year_of,
        render=render,
        describe=lambda shown: f"《科学导报·开发区建设专刊》所收{name}署名（{'、'.join(roles)}）的稿件{len(shown['articles'])}篇。",
    )
