"""What a text of news says: its figures, dates and times, and words that mean alike; it knows no question.

The words are data, in `words`; `lexicon`, `wordlists` and `vocabulary` give them meaning, `spellings` finds a
name that is spelled otherwise, `foreign` tells another language. `tokens` and `clauses` part a text;
`calendar` and `dates` read its days, `numerals` and `quantities` its figures, which `same_figure` compares.
`sentence` is a sentence read whole.
"""
