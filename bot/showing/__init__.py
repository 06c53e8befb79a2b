"""An answer for people and programs: terminal, Markdown, JSON, and the words around what is quoted.

The words are in `words/`, a file a language, read as a `word_table`, which `wording`, `notes` and `refusals`
put together; `text` is an answer as plain text, `terminal` and `markdown` with its marks, `hits` what was
found, `links` what may be followed, `copies` the articles of one origin, `revisions` what changed in one.
`json` is the one schema that terminal, HTTP and eval share, with `parts_json`, `articles_json`,
`copies_json`, `stories_json` and `feeds_json`; `examples` stand in its description. `formats` is what is
taken along; `timeline` and `timeline_json` tell a subject over time; a checked quotation has its lines in
`checks` and its JSON in `checks_json`.
"""
