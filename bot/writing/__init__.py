"""A language model asked to write an answer, and kept from putting words in anyone's mouth.

`settings` says which model, `model` what is asked of any; `adapters` asks it, the only file that knows
LlamaIndex's classes, and `troubles` says what went wrong; `patience` waits, tries again and counts. `sending`
numbers the passages; `drafts`, with `marks`, reads what comes back, and `writing` has each line proved by
`bot.proof` and gives it on. `followups` has a question made to stand alone.
"""
