"""Hits in, proved answers out, and the ways they reach people.

From the words of articles up: `answers` are the records of questions and answers; `language` reads figures
and dates, `speaking` who says what, `weighing` what may answer; `proof` holds a model's lines against
articles, `differing` finds where outlets part. `answering` is the steps of an answer, `writing` a language
model's part, `checking` says whether a quotation is real, `showing` has the words around it, `batch` many
answers in a table, `follows` tells what is new of questions that are asked again. `http`, `mcp`, `telegram`
and `commands` are the faces; `settings` is what may be set (of the web, `web`), `assemble` makes parts of it,
`feeds` those that read feeds, `telling` those that tell, `cli` is where it begins, `door` what
`import dateline` gives.
"""
