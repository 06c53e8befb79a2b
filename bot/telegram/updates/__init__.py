"""Telegram's updates in: asked for or received, stored before they are confirmed, worked off in order."""
