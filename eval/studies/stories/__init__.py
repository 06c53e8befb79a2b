"""Copies, and what tells a story later: pairs of articles written apart from the code.

`mended.jsonl` was looked at while `index.copies.relation` was made, `held.jsonl` and `held_rewritten.jsonl`
never; the pairs of the last, and the last 178 of the mended, are harder: rewritten copies, new leads.
"""
