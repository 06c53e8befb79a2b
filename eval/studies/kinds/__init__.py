"""How questions of ten kinds are answered: what somebody said, what something is, why, which, how it changed.

`articles.jsonl` and `cases.jsonl` were written for this, apart from the code; of each kind the cases with odd
numbers may be looked at while the code is mended, those with even ones are held out.
"""
