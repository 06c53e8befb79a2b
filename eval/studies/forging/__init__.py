"""Forged and true drafts, made by code and by hand, against the proof of drafted sentences."""
