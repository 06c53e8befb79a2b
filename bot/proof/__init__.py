"""What a model's line points at, as places in articles; and whether its wording is a shortening of them.

`pointing` finds the places, by `verbatim`; `shortening` holds a sentence against them, with `laying` and the
words of `carriers`; `lines` says what is shown of a line, `marked` looks at a wording that is shown
unproved, `proving` makes places into citations. `records` is what goes in and comes out. Nothing here asks a
model, and what is cited is always the article's own characters.
"""
