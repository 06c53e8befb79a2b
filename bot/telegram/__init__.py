"""Questions in Telegram chats: updates in, nothing lost, proved answers out.

The only package that imports python-telegram-bot. This file imports nothing, so that `bot.settings` may name
`bot.telegram.settings` without its weight. `run` is where it begins, `bot` puts it together:

    polling | webhook → inbox (on the disk) → update_queue → access → talk | commands | buttons | inline
                                                    └→ outbox (on the disk) → post → Telegram

`rendering` makes an answer into `text`, `delivery` sends it by `post`; `moves` follows a group to its new
number; `changed_quotes` tells whoever was given words that have changed since. Every sentence of the bot's
own is in `words/`.
"""
