"""The parts of a page that are written tens of thousands of times: lists of articles, tables of figures, printed lines.

Templates say what a page holds and in which order; what repeats in it is written here, because a row costs a tenth of what it costs a
template. Everything is as short as HTML lets it be: no end tag and no quotes where the standard does without. Each function returns text
that is escaped already, and takes ``to``, which gives the address of a place below the site's base as the page that is written sees it.
"""
