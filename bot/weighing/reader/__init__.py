"""A small reader: a question and passages into the words that answer, or into "not here".

`reader` is the whole: `tokens` in, the `network`'s scores, `spans` out; `memory` keeps what was read.
"""
