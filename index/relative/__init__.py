"""Relative dates in news text ("on Monday", "last week") into days."""
