"""What the proof keeps of the drafts of a language model, real or written as one would write them."""
