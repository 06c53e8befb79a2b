"""Questions that chats follow: `requests` takes them in, `handover` brings what is told of them.

`news` puts that into words. What is followed, and what is new of it, is `bot.follows`.
"""
