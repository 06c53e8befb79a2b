"""What happens in a chat: a question, a command, a button; who may ask, and what a room has chosen.

`access` and `members` say who may ask; `talk` answers a question, `commands`, `buttons` and `inline` the
rest, with `examples` to begin with and the `menu` that Telegram shows. `rooms` and `questions` are what is
kept, `moves` takes it along when a group's number changes.
"""
