"""A language model asked to write an answer, and kept from putting words in anyone's mouth.

`settings` says which model; `adapters` asks it, the only file that knows LlamaIndex's classes, and `troubles`
says what went wrong; `patience` waits, tries again and counts. `sending` numbers the passages; `drafts`, with
`marks`, reads what comes back; `checking` has each sentence proved (`faults` words what is wrong), `covering`
looks whether they answer, and `writing` gives them on, has them repaired, or cuts them. `followups` has a
question made to stand alone.
"""
