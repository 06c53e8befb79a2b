"""Which articles are copies of one text, and where a copy differs.

`sample` and `overlap` find copies by their `words`, `retelling` a text told again; `places` and `sentence`
say where copies differ, `revised` what became of quoted words, `edited` which text is an edit of another.
"""
