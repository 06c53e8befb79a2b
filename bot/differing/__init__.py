"""Where outlets differ on one event: figures, dates, places, actors, or the words they choose.

`reports` reads a sentence, `comparing` two of them, as `pairs`, with `figures`, `counting`, `days`, `naming`
and `aligned`; `stories` tells sister stories by their titles; `differences` compares for a whole answer, and
`copied` finds what copies have in other words.
"""
