"""项目台账: named projects and companies of the running text, found by the grammar of names, and what the paper says became of each.

``words.py`` closed classes · ``companies.py`` names of firms · ``names.py`` names of projects · ``progress.py`` stages and deadlines ·
``reader.py`` one page → its mentions · ``register.py``, ``ledger.py`` all mentions → projects and companies with ids that stay.
No list of names exists here: an unseen page is read by the same grammar.
"""
