"""A synthetic archive of any size, for measuring and for trying things out: raw pages and reviewed layouts that build like real ones, and
what they say, which extraction is scored against.

It reports what the paper reports (``paragraphs``: rounds, a zone's projects and its output) on zones of the lexicon, with firms and
projects of its own (``world``), between sentences of a real archive with other words put in (``vocabulary``). ``writer`` makes articles,
as many of each kind and as long as the real ones; ``setting`` sets them as pages of both kinds; ``pages`` makes issues of them. Nothing in
it is true, and every digit is known for what it is (``text``). Everything follows from the seed.
"""
