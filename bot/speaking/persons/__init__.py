"""The words for a speaker into whom they mean, by the people and bodies that the article tells of.

`meaning` goes through the rules: `people` are those whom an article names, with their `roles`; `pointing` is
for "he" and "the minister", `body_names` for "Philips said", `bodies_meant` for "the company",
`full_names` for "the NWS"; `trimming` leaves a name alone.
"""
