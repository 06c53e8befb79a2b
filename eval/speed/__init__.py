"""How fast it is, and with how much: one command each."""
