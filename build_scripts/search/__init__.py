"""The search index: every article findable by any run of its characters, ranked by words, in pieces that a query loads as it needs them.

Character pairs carry recall, jieba's words carry ranking. The browser never cuts text into words: a query takes every part of itself
that is an indexed word. What both sides must do alike stands in ``normalise`` and ``terms`` and in the same-named JavaScript modules
under ``theme/assets/js/search/``; ``tests/cases/search-*.json`` is run by both.

The way of the data: ``documents`` (articles as the search sees them) → ``words``, ``terms`` → ``index`` (postings) → ``shards``
(bytes) → ``render`` (files). ``answers``, ``names`` and ``traditional`` make the small files beside the index.
"""
