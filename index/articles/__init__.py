"""Article files in: paths and bytes into articles, or the reason why not."""
