"""An article into who is speaking where: by name and role, or that it cannot be told.

`speaker` goes through the rules. `paragraphs` reads the outlet's own words: `quotations` finds where words of
others begin and end, `attribution` who is said to have said a sentence, with `passing_on`, `verbs` of saying,
`phrases` that can be somebody and `apposition` beside names; `own_text` is the outlet itself. `quoted` says
whose a quotation is; `people` and their `roles`, `meaning` and `pointing` whom "he" or "the minister" means,
`turns` who speaks in interviews and transcripts, `kinds` what kind a speaker is. `speech` has the words,
`records` is what comes out.
"""
