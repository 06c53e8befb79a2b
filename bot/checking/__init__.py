"""Words that somebody quotes into what they are: word for word in articles, altered, spliced, or nowhere.

`checker` goes through it: `quote` reads what is given, with its ellipses and brackets; `searching` finds
every body that may hold it, `places` where it stands there, `normal` the form in which both are compared,
`cutting` where no quotation may begin or end. Of what stands nowhere `nearest` finds the words it comes near
to and `aligning` what differs, `splicing` the pieces it was put together of. `speakers` holds who says it
against who is said to, `around` are the sentences they stand in, with what denies them; `records` come out.
"""
