"""Citations that people in chats were given, and what has changed of the articles since.

`watched` is what was cited, `changes` finds what became of it (`records`), `notices` says so.
"""
