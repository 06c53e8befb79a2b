"""An article into who is speaking where: by name and role, or that it cannot be told.

`speaker` goes through the rules. `paragraphs` reads the outlet's own words: `quotations` finds where words of
others begin and end, `attribution` who is said to have said a sentence or, by `parts`, a clause of it; with
`passing_on` and `hanging`, `verbs` of saying and their `tenses`, `phrases` that can be somebody and
`apposition` beside names; `own_text` is the outlet itself. `quoted` says whose a quotation is, by `marks` if
it is anybody's, `listing` what a list hangs on, `persons` whom "he" or "the minister" means, `turns` who
speaks in interviews and transcripts, `kinds` what kind a speaker is; `certainty`, whether all that is sure
enough to be told. `speech` has the words, `records` is what comes out.
"""
