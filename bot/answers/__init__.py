"""What is asked and what is answered: the records that everything else passes on.

`asked` is what a front end hands in, `question` what is looked for; `proposal` what an answerer proposes,
`citation` a place that was proved, `origins` how many texts stand behind it; `answer` what comes out, with
`notes` beside it. `lines` makes foreign text harmless where it is shown, `marks` sets its quotation marks
within others.
"""
