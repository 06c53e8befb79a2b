"""Articles in, hits out: reading, canonical text, passages, encoders, the archive and retrieval.

Knows no settings, no LLM, no prompts and no front end.
"""
