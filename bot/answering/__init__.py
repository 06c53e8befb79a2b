"""From a question to a proved answer, step by step; see README.md for what people see of it.

`asking` is the list of steps. `followup` makes a question stand alone; `evidence` looks for what the archive
holds of it, by its names as they are spelt there (`respelling`), without what its outlets have withdrawn
(`standing`), the newest first where that is asked for (`newest`), the passages of one story first where its
steps are (`stories`). `quoting` answers without a language model, `abstaining` says why there is no answer,
`lacking` what of the question the archive has not.
Beside the citations stand the days that their words mean (`dated_words`), their articles' `corrections`, and
what tells their stories `later`. `timeline` is a subject over time; `suggestions` are questions to begin
with. `ports` is what front ends need of all
this; `clock` says how long each step took.
"""
