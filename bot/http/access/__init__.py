"""Who may ask, how often, and how many at once.

`guard` stands before every request, with `keys` and `limits`; `gate` lets a few questions through at once.
Keys are kept in a `key_file`, or in a `key_table` of the database.
"""
