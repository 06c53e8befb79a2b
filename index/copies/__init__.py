"""Which articles are copies of one text, and where a copy differs."""
