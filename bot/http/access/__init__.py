"""Who may ask, how often, and how many at once.

`guard` stands before every request, with `keys`, `limits` and the names in `hosts`; a `write_route` asks for
the key of whoever would change the archive; `gate` lets a few questions through at once.
Keys are kept in a `key_file`, or in a `key_table` of the database.
"""
