"""Which characters of a raw page belong to which article: the layout that an editor reviewed."""
