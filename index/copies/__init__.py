"""Which articles are copies of one text, which tell its story later, and where a copy differs.

`sample` and `overlap` find what shares `words` or names; `relation` tells copies from the same story later,
by the `traits` of a pair: what `telling` reads of each, its `figures` among it, and whether one is
`retracting` what its `publisher` may take back. `places` and `sentence` say where copies differ, `revised`
what became of quoted words, `edited` which text is an edit of another.
"""
