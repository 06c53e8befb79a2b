"""An archive in one SQLite file, by `engine`; `passages` finds by FTS5, and by exact vectors or Chroma's.

`once` is for a short look beside it, `side_file` for tables of others, `residue` overwrites what a file keeps
of rows that are gone. What else is SQLite's alone stands in the folder above, which names it.
"""
