"""What a question means: its filters, what it follows, how its names are spelled."""
