"""The archive: what is stored, how it survives, and how it is searched; README.md says what is promised.

`archive` is the face. `writing` writes, `rows` and `listing` read, on `schema`, `connections` and `lock`;
`ingest` feeds it and keeps a `tally`, `origins` says what is a copy, `namesakes` which article one without a
name is. Words are searched by `full_text` and counted by `stem_counts`; `vectors` merges `exact` and
`chroma`, whose index `upkeep`, `generations` and `indexing` keep.
"""
