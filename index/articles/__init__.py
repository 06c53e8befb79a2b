"""Article files in: paths and bytes into articles, or the reason why not; README.md says what is read.

`read` goes through `files`; a format each are `markdown`, `jsonl` (both read the `keys` of other tools),
`plain` (with `copied`, `bylines`, `furniture`, `promotions`) and `html` (in a child process, `limited`; see
`page`); what other programs export is in `formats`. Before them `decode` (by `labels` and `scripts`), after
them `draft`, where what strangers wrote is checked, `identity`, what an article is called, and `doubles`.
`web` goes through addresses beside paths, `fetched` reads what they answer.
"""
