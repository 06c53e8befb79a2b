"""Who says a sentence: labelled articles of our own writing, and how often `speaker` is right."""
