"""What a project or a firm is known by, whatever is printed round it."""

import re
from functools import lru_cache

_PHASE = re.compile(r"[（(]?([一二三四五六七八九十]+期)(?:工程)?[）)]?")
_TAIL = re.compile(r"(?:建设)?(?:项目|工程)$")
_SIGNS = re.compile(r"[“”‘’\s（）()]")
_FIRM = re.compile(r"^.{2,34}?(?:公司|集团)的?(?=.{5})")
_LEGAL = re.compile(r"(?:股份)?有限(?:责任)?公司$|公司$")

KEPT = 1 << 16
"""Names that are kept with what they are known by: the ledger asks for each several times, and ten thousand articles have 30,000."""


@lru_cache(maxsize=KEPT)
def core_of(name: str) -> tuple[str, str]:
    """What a project is known by, and its phase: without its firm, signs and 建设项目.

    >>> core_of("康博特公司年产2000吨新材料项目（二期）")
    ('年产2000吨新材料', '二期')
    """
    name = _FIRM.sub("", name)
    phase = _PHASE.search(name)
    core = _SIGNS.sub("", _PHASE.sub("", name, count=1))
    return _TAIL.sub("", core) or core, phase[1] if phase else ""


def firm_core(name: str) -> str:
    """A firm's name without its legal form: 康博特阳泉新材料公司 is 康博特阳泉新材料有限责任公司.

    >>> firm_core("太重集团"), firm_core("康博特阳泉新材料有限责任公司")
    ('太重集团', '康博特阳泉新材料')
    """
    return _LEGAL.sub("", name.replace("（", "").replace("）", "")) or name
