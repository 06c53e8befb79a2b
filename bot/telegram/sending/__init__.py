"""Messages out to Telegram: answers in parts, what was delayed tried again, what is being worked on shown."""
