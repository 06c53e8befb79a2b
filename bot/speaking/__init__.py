"""An article into who is speaking where: by name and role, or that it cannot be told.

`speaker` goes through the rules. `quotations` finds where words of others begin and end, `attribution` who is
said to have said them, with `verbs` of saying, `phrases` that can be somebody and `apposition` beside names;
`people` and `meaning` say whom "he" or "the minister" means, `turns` who speaks in interviews and
transcripts, `kinds` what kind a speaker is. `speech` has the words, `records` is what comes out.
"""
