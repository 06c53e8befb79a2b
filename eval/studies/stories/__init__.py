"""Copies, and what tells a story later: pairs of articles written apart from the code.

`mended.jsonl` was looked at while `index.copies.relation` was made, `held.jsonl` never.
"""
