"""What happens in a chat: a question, a command, a button; who may ask, and what a room has chosen."""
