"""Front matter of generated pages: YAML whose values are written as JSON, one item of a list a line.

JSON in double quotes is YAML too, so any YAML reader has what was put in; but it is written and read back many times faster than YAML
in general (226 MB of it for 10,000 articles), and in a comparison of two versions a changed figure is one changed line.
"""

import json
import re
from typing import Any

import msgspec
import yaml

Meta = dict[str, Any]
"""Front matter: only texts, numbers, booleans, lists and mappings of these."""

_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_encode = json.JSONEncoder(ensure_ascii=False).encode

_UNSAFE = re.compile("[\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]")
"""What JSON leaves as it is and YAML takes for the end of a line, or refuses."""

_FLOAT_OF_JSON_ALONE = re.compile(r"[ \[]-?\d[\d.]*e[-+]\d")
"""``1e-05`` is a number in JSON and a text in YAML 1.1. It may stand in a text too; then nothing is lost but a little time."""

_KEY = re.compile("[a-z][a-z0-9_]*")
_YAML_WORDS = frozenset({"yes", "no", "on", "off", "true", "false", "null"})
"""Keys that YAML would not take for texts."""


def render_front_matter(meta: Meta) -> str:
    """``meta`` as lines of YAML, in its own order.

    >>> print(render_front_matter({"id": "a", "page": {"line": 1}, "figures": [{"run": "53"}]}), end="")
    id: "a"
    page:
      line: 1
    figures:
    - {"run": "53"}
    """
    lines: list[str] = []
    _render(meta, "", lines)
    text = "\n".join([*lines, ""])
    may_differ = ("e-" in text or "e+" in text) and _FLOAT_OF_JSON_ALONE.search(text) is not None
    if not may_differ or yaml.load(text, _Loader) == meta:
        return text
    return str(yaml.dump(meta, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000))


def _render(meta: Meta, indent: str, lines: list[str]) -> None:
    for key, value in meta.items():
        name = key if _KEY.fullmatch(key) and key not in _YAML_WORDS else _flow(key)
        if isinstance(value, dict) and value and not indent:
            lines.append(f"{name}:")
            _render(value, "  ", lines)
        elif isinstance(value, list) and value and isinstance(value[0], dict | list):
            lines.append(f"{indent}{name}:")
            lines += [f"{indent}- {_flow(item)}" for item in value]
        else:
            lines.append(f"{indent}{name}: {_flow(value)}")


def _flow(value: Any) -> str:
    text = _encode(value)
    return text if text.isprintable() else _UNSAFE.sub(_escape, text)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


class _OtherHandError(Exception):
    """A line that :func:`render_front_matter` does not write."""


def _read_float(text: str) -> float:
    if "." not in text:
        raise _OtherHandError
    return float(text)


_decode = msgspec.json.Decoder(float_hook=_read_float).decode
_LINE = re.compile(r"( {2})?(?:([a-z][a-z0-9_]*)|(\"(?:[^\"\\]|\\.)*\")):(?: (?=\S)|$)")


def read_front_matter(text: str) -> Meta | None:
    """What :func:`render_front_matter` wrote, or ``None`` where the text is YAML of another hand: then YAML's own reader must be asked.

    >>> read_front_matter('id: "a"\\nfigures:\\n- {"run": "53"}\\n'), read_front_matter("id: a\\n")
    ({'id': 'a', 'figures': [{'run': '53'}]}, None)
    """
    try:
        return _read(text.split("\n"))
    except (_OtherHandError, msgspec.MsgspecError, ValueError):
        return None


def _read(lines: list[str]) -> Meta:
    meta: Meta = {}
    inner: Meta | None = None
    items: list[Any] = []
    mark = "\0"
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line.startswith(mark):
            items.append(_decode(line[len(mark) :]))
            continue
        match = _LINE.match(line)
        if match is None:
            if not line and not following:
                break
            raise _OtherHandError
        indent, word, quoted = match[1] or "", match[2], match[3]
        block = inner if indent else meta
        key = word if quoted is None else _decode(quoted)
        if block is None or key in block or word in _YAML_WORDS:
            raise _OtherHandError
        mark = "\0"
        if not indent:
            inner = None
        if match.end() < len(line):
            block[key] = _decode(line[match.end() :])
        elif following.startswith(f"{indent}- "):
            mark = f"{indent}- "
            block[key] = items = []
        elif following.startswith("  ") and not indent:
            block[key] = inner = {}
        else:
            raise _OtherHandError
    return meta
