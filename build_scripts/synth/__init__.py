"""A synthetic archive of any size, for measuring and for trying things out: raw pages and reviewed layouts that build like real ones.

The sentences are those of a real archive, with other places, names, words and figures put in: the text reads like the paper and says
nothing true. ``vocabulary`` holds what is put in, ``writer`` makes articles, ``pages`` sets them as pages. Everything follows from the
seed.
"""
