"""How the weights that ship are made: the reader from questions with passages, the fits over what it says."""
