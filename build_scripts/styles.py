"""The site's one style sheet: Material's, and behind it the theme's own in the order in which they take effect.

Every page asks for it: one file means one line of every page, and one request of every reader.
"""

import re

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

SHEET = "assets/site.css"
"""Its address below the site's base."""

_MATERIAL = re.compile(r"assets/stylesheets/main\.\w+\.min\.css$")
_MAP = re.compile(r"/\*# sourceMappingURL=\S+ \*/\s*$")
_RELATIVE = re.compile(r"""@import|url\((?!["']?(?:data:|#))""")


def join_styles(files: Files, config: MkDocsConfig) -> File:
    """The sheet, made of those that MkDocs has found. Raises ``ValueError`` where one leads to another file: its place would be wrong."""
    names = [next(uri for uri in files.src_uris if _MATERIAL.match(uri)), *config.extra_css]
    sheets = [file for name in names if (file := files.get_file_from_path(name))]
    parts = [_MAP.sub("", file.content_string) for file in sheets]
    for file, part in zip(sheets, parts, strict=True):
        if found := _RELATIVE.search(part):
            raise ValueError(f"{file.src_uri}: {found[0]} leads out of the style sheet")
    return File.generated(config, SHEET, content="\n".join(parts))
