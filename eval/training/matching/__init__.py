"""What the matcher of `bot.differing.matching` learns from, `value_pairs`; run, it is trained."""
