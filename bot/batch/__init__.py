"""Many questions into a table of answers, a row each.

`questions` reads them of a file, `asking` has them answered one after another as `rows`, `journal` keeps what
is answered so that a run that was killed goes on, `tables` writes the table. The command `dateline batch` and
`POST /batch` both stand on it; the file table.html is the template of a page.
"""
