"""The search index: every article findable by any run of its characters, ranked by words, in pieces that a query loads as it needs them.

Character pairs carry recall, jieba's words carry ranking. The browser never cuts text into words: a query takes every part of itself
that is an indexed word. What both sides must do alike stands in ``normalise`` and ``terms`` and in the same-named JavaScript modules
under ``theme/assets/js/search/``; ``tests/cases/search-*.json`` is run by both.

The way of the data: ``documents`` (articles as the search sees them) → ``words``, ``terms`` → ``postings`` → ``shards`` (bytes).
Articles are worked through in ``blocks`` that depend on nothing else, and kept for the next build (``packing``); all whole blocks together
make one of the two ``segments`` that a query asks, the newest articles the other. ``render`` puts it all into files. ``answers``,
``facets``, ``names`` and ``traditional`` make what stands beside the index.
"""
