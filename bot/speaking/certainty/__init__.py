"""How sure it is who says a sentence: by `signs`, which a `regression` weighs; else nobody is told.

`weights.json` is fitted by `python -m eval.studies.speakers --real … --fit`.
"""
