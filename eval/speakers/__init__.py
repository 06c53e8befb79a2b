"""Who says a sentence: labelled articles of our own writing, and how often `bot.speaker` is right."""
