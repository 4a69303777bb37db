"""Archive → Markdown documents: data as YAML front matter, the running text as prose. The theme's templates draw the rest."""
