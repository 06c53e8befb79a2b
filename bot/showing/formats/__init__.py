"""An answer or a list of hits to take along: for a text, a table, a bibliography, or to be checked later.

`taken` is what all forms are made of; `reading` makes Markdown, HTML and the newsroom's line, `cells` the
rows of a table, `bibliography` RIS, BibTeX and CSL-JSON; `chosen` knows each by its name. `record` is an
answer that is checked again later, which `verifying` does: `rebuilt` puts its parts together with the
articles of the archive, `claims` holds what it says against them. The file page.html is the template of
the HTML.
"""
