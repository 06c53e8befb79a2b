"""Where two reports differ: labelled pairs of our own writing, and how often `bot.differing` is right."""
