"""The archive: what is stored, how it survives, and how it is searched; README.md says what is promised.

`archive` is the face, `records` what it hands out. It stands on an `engine`, `sqlite` or `postgres`, whose
connections run the one `sql` of all files here. `writing` writes, `rows` and `listing` read, `again` where a
connection breaks; `filters_sql` narrows; `ingest` feeds it until `signals` end it and keeps a `tally`,
`changes` says what became of quotes, `origins` what is a copy, `stories` what tells a story later,
`relations` both anew of what is there; `namesakes` which article one without a name is, `pages` where one was
fetched, `editions` when its version was made, `feeds` (in `feed_rows`) what is read again. Words are looked
up in whole `bodies`, counted by `stem_counts` and `word_counts`. Of SQLite alone are `schema`, `connections`,
`lock`, `full_text`, and `vectors`, which merges `exact` and `chroma`, chosen in `vector_index`, whose index
`upkeep`, `generations` and `indexing` keep. `backup` puts all of it into one file, and back; what repeats
articles beside it goes by `beside`. Others keep tables of their own beside it, on either engine, by `side`,
and do by a `home_lock` what one of all servers does. `moving` copies an archive from one engine to another,
by its `tables`, and `side_moving` what is kept beside it.
"""
