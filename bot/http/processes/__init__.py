"""Processes of their own that answer, so that one question holds up no other.

`pool` keeps them, `worker` is one of them, `messages` is what they tell each other.
"""
