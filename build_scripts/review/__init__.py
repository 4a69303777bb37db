"""The review page: an editor settles a page's layout by looking at it (``archive review ISSUE/PAGE``).

``wire`` (the layout that the browser sends) → ``reading`` (what readers will see of it), ``problems`` and ``elsewhere`` (what is wrong
with it, on its page and in the archive);
``session`` (the files: what is kept while one works, what saving writes) → ``server`` (HTTP on this machine only) → ``static/``.
"""
