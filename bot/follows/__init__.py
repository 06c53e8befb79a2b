"""Saved questions that answer again whenever articles come in: what is new is told once, and none is lost.

    archive moved → asking → compared ─┐ one transaction: what is held, what is told, to whom it goes
                                       └→ outbox → webhook | Telegram (`bot.telegram`) · page, atom

`records` are what passes between the steps. `book` keeps follows in the `database` (as `rows`), `asking` asks
one again and `renewing` stores that, `confirming` finds who else says the same, `compared` what is new;
`outbox` holds tellings until they are delivered, `times` say when that may be, `posting` posts to a `webhook`
until it is taken; `teller` does all of it in turns. `told` reads a telling's words from the archive again,
which `lines` show people, `bodies` programs and `atom`, which `feed` fills, feed readers. `settings` are what
may be set.
"""
