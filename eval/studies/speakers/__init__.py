"""Who says a sentence: labelled articles of our own writing, and how often `bot.speaking` is right."""
