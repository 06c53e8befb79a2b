"""Hits into sentences that may answer, and how likely the best one does.

`reading` is the list of steps: `terms` of the question, sentences of the hits by `choose` with `features`,
`evidence` on the weights of `model`; `joining` adds what the trained reader (`reader`) says. `saying` and
`voices` are for questions about who said what, `reranking` for what a language model is sent; `times` for
days that are asked for, `forms` for definitions, lists, changes and keywords, `bold` for words that may
stand in bold.
"""
