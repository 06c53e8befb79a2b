"""Messages out to Telegram: answers in parts, what was delayed tried again, what is being worked on shown.

`delivery` sends what is stored, by `post`; `progress_message` is what is seen meanwhile.
"""
