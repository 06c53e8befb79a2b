"""The dates and days that a text names, in so many words or beside the day on which it was printed.

`reading` is the whole. `written` reads dates that are written out; `resolve` the relative `forms`, by `days`,
and by `tense` where a verb tells. `asked` reads a question's days against the day of asking.
"""
