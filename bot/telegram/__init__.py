"""Questions in Telegram chats: updates in, nothing lost, proved answers out.

The only package that imports python-telegram-bot. This file imports nothing, so that `bot.settings` may name
`bot.telegram.settings` without its weight.

    polling, webhook → inbox (stored) → desk → door (who may ask) → talk, commands, buttons, inline
                                         └→ outbox (stored) → post → Telegram
"""
