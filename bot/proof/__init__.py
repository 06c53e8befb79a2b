"""What a model's line points at, as places in articles; and whether its wording is a shortening of them.

`pointing` finds the places, by `verbatim`, and `whole` what has to be quoted with them. `shortening` holds
a sentence against them, word by word (`tokens`), with `laying`, the marks between the words (`joints`),
what may be left out (`omissions`: whole `parts`, `times`, and `appositions`) or said in other words
(`pieces`), who owns it (`owning`) and how they may be named (`owner_names`), and the words of `carriers`.
`lines` says what is shown of a line, `marked` looks at a wording that is shown unproved, `proving` makes
places into citations, `rechecking` says how they stand later. `records` is what goes in and comes out.
Nothing here asks a model, and what is cited is always the article's own characters.
"""
