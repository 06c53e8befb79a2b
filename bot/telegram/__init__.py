"""Questions in Telegram chats: updates in, nothing lost, proved answers out.

The only package that imports python-telegram-bot. This file imports nothing, so that `bot.settings` may name
`bot.telegram.settings` without its weight. `run` is where it begins, `parts` puts it together:

    polling | webhook → inbox (on the disk) → desk → doors → talk | commands | buttons
                                                └→ outbox (on the disk) → post → Telegram
"""
