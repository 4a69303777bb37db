"""Classes of characters that joining, repairing and reading agree on."""

_OPEN_CLOSE = "“”‘’『』「」《》〈〉【】（）〔〕"
_STOPS = "，。、；：？！…—·％～"


def is_han(char: str) -> bool:
    """A Han character of the basic block, its first extension or the compatibility block, or 〇."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf" or "\uf900" <= char <= "\ufaff" or char == "〇"


def is_cjk(char: str) -> bool:
    """A Han character or punctuation that is set on the full square, where no space belongs on either side."""
    return is_han(char) or char in _OPEN_CLOSE or char in _STOPS


def is_ascii_word(char: str) -> bool:
    """A Latin letter or Arabic digit: two of these in a row need the space between them."""
    return char.isascii() and char.isalnum()


def squeeze(text: str) -> str:
    """``text`` without any white space, for comparing what two places print."""
    return "".join(text.split())
