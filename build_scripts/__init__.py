"""Raw newspaper pages in, a published archive out.

The way of the data: ``source`` (raw page) → ``layout`` (which characters belong to which article) → ``passage`` (clean text
that still knows its printed place) → ``repair`` (the editor's corrections) → ``articles`` → ``archive`` (everything gathered)
→ ``pages`` and ``datasets`` (what is written) → MkDocs.
"""
