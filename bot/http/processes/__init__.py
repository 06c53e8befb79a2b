"""Processes of their own that answer, so that one question holds up no other."""
