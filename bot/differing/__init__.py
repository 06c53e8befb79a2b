"""Where outlets differ on one event: figures, dates, places, actors, or the words they choose.

`reports` reads a sentence, `comparing` two of them, as `pairs`, with `figures`, `counting` and `naming`,
`differences` a whole answer; `copied` finds what copies have in other words.
"""
