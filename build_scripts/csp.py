"""The Content-Security-Policy of a page: nothing but the site's own files, and what stands inline in the page itself by its hash.

It goes into a ``<meta>``, because a static host sends no header for us. Blocks of data (JSON-LD) are not run, so the policy does not
concern them.
"""

import base64
import hashlib
import re

_INLINE = re.compile(r"<(script|style)\b([^>]*)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_DATA = re.compile(r"""\btype=["']?application/""", re.IGNORECASE)
_CHARSET = re.compile(r'<meta charset="?utf-8"?>', re.IGNORECASE)

FIXED = (
    "default-src 'none'",
    "img-src 'self' data:",  # Material's icons are data: in its style sheet
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
)


def policy_of(html: str) -> str:
    """The policy that the page obeys.

    >>> policy_of("<style>p{}</style>")[:80]
    "default-src 'none'; script-src 'self'; style-src 'self' 'sha256-gG2yISYereRMiG2l"
    """
    hashes: dict[str, list[str]] = {"script": [], "style": []}
    for tag, attributes, text in _INLINE.findall(html):
        if not text.strip() or _DATA.search(attributes):
            continue
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        hashes[tag.lower()].append(f"'sha256-{digest}'")
    first, *rest = FIXED
    sources = [" ".join([f"{tag}-src", "'self'", *dict.fromkeys(own)]) for tag, own in hashes.items()]
    return "; ".join([first, *sources, *rest])


def with_policy(html: str) -> str:
    """The page with its policy right behind the encoding, before anything that it governs."""
    policy = f'<meta http-equiv=Content-Security-Policy content="{policy_of(html)}">'
    return _CHARSET.sub(lambda found: found[0] + policy, html, count=1)
