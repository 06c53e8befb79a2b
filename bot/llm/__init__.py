"""A language model asked to write an answer, and kept from putting words in anyone's mouth.

`settings` says which model; `adapters` asks it, the only file that knows LlamaIndex's classes; `patience`
waits, tries again and counts; `sending` numbers the passages; `drafts`, with `marks`, reads what comes back;
`writing` has it proved, repaired or cut, `faults` words what is wrong, `covering` looks whether it answers;
`followups` has a question made to stand alone.
"""
