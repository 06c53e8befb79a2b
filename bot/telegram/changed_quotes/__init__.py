"""Citations that people in chats were given, and what has changed of the articles since."""
