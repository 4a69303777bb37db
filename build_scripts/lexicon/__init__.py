"""What the archive knows before it reads: data files with a source for every row, and the modules that read them.

``places`` loads cities, counties and development zones; ``finder`` finds their names in a text.
"""
