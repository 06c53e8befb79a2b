"""A small reader: a question and passages into the words that answer, or into "not here"."""
