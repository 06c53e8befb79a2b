"""Hits into sentences that may answer, and whether they do."""
