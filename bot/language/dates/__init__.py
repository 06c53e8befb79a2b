"""The dates and days that a text names, in so many words or beside the day on which it was printed."""
