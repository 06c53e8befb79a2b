"""Telegram's updates in: asked for or received, stored before they are confirmed, worked off in order.

`polling` or `webhook` put `events` into the `inbox`, on the `database`; `update_queue` works them off.
"""
