"""Questions in Telegram chats: updates in, nothing lost, proved answers out.

The only package that imports python-telegram-bot. This file imports nothing, so that `bot.settings` may name
`bot.telegram.settings` without its weight. `run` is where it begins, `bot` puts it together:

    polling | webhook → inbox (on the disk) → update_queue → access → talk | commands | buttons | inline
                                                    └→ outbox (on the disk) → post → Telegram

The left part of it is in `updates`, the middle in `chat`; `messages` makes an answer into text and buttons,
`sending` brings it to Telegram; `changed_quotes` tells whoever was given words that have changed since, and
`followed` whoever follows a question. Every sentence of the bot's own is in `words/`. `settings` is what may
be set, `health` how it is doing; `secret_words` keeps tokens out of logs.
"""
