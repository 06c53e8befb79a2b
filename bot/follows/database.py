"""The follows' own tables beside the archive: what is followed, what answers rest on, what is to be sent.

They hold no article's words: places by article, revision and offsets, and salted hashes. A place whose
article is removed is emptied, so that nothing in here names it.
"""

from __future__ import annotations

from datetime import UTC, datetime

from index.storage.engine import ArchiveHome
from index.storage.side import Layout, SideDatabase, has_side, open_side

_PLACE = """
    article TEXT NOT NULL, revision TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    short_start INTEGER, short_end INTEGER
"""
_TABLES = f"""
CREATE TABLE follows (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    owner TEXT NOT NULL,
    via TEXT,                       -- a hash of the network that a reader without a key follows from
    question TEXT NOT NULL,
    filters TEXT NOT NULL,          -- JSON
    language TEXT NOT NULL,
    zone TEXT NOT NULL, quiet TEXT, digest TEXT,
    room TEXT,                      -- a Telegram chat
    webhook TEXT, secret TEXT,      -- its address, and what its messages are signed with
    webhook_off INTEGER NOT NULL DEFAULT 0,
    made TEXT NOT NULL,
    opened TEXT NOT NULL,           -- when its owner last looked
    seen INTEGER NOT NULL DEFAULT 0, -- the last telling that its owner has seen
    position TEXT,                  -- of the archive, when it was last asked; NULL: never
    status TEXT NOT NULL DEFAULT 'new',
    reason TEXT,
    fault TEXT
) STRICT;
CREATE INDEX follows_owner ON follows (owner);
CREATE TABLE held (                 -- what its last answer rests on, in order
    follow INTEGER NOT NULL REFERENCES follows (number) ON DELETE CASCADE,
    place INTEGER NOT NULL, {_PLACE},
    PRIMARY KEY (follow, place)
) STRICT;
CREATE TABLE known (                -- hashes of what was told, or needs no telling
    follow INTEGER NOT NULL REFERENCES follows (number) ON DELETE CASCADE,
    name TEXT NOT NULL,
    PRIMARY KEY (follow, name)
) STRICT, WITHOUT ROWID;
CREATE TABLE tellings (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    follow INTEGER NOT NULL REFERENCES follows (number) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    reason TEXT,
    fault TEXT,
    at TEXT NOT NULL
) STRICT;
CREATE INDEX tellings_follow ON tellings (follow, number);
CREATE TABLE items (
    telling INTEGER NOT NULL REFERENCES tellings (number) ON DELETE CASCADE,
    item INTEGER NOT NULL,
    kind TEXT NOT NULL,
    PRIMARY KEY (telling, item)
) STRICT;
CREATE TABLE item_places (
    telling INTEGER NOT NULL, item INTEGER NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('now', 'was')), {_PLACE},
    PRIMARY KEY (telling, item, side),
    FOREIGN KEY (telling, item) REFERENCES items (telling, item) ON DELETE CASCADE
) STRICT;
CREATE TABLE dispatches (           -- the outbox: tellings on their way through one channel
    number INTEGER PRIMARY KEY,     -- by chance, so that no other archive's ever has the same
    id TEXT NOT NULL UNIQUE,
    follow INTEGER NOT NULL REFERENCES follows (number) ON DELETE CASCADE,
    channel TEXT NOT NULL CHECK (channel IN ('webhook', 'telegram')),
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sending', 'sent', 'dead')),
    due TEXT NOT NULL,
    tries INTEGER NOT NULL DEFAULT 0,
    fault TEXT,
    at TEXT NOT NULL                -- when its state last changed
) STRICT;
CREATE INDEX dispatches_open ON dispatches (due) WHERE state IN ('waiting', 'sending');
CREATE TABLE dispatched (
    dispatch INTEGER NOT NULL REFERENCES dispatches (number) ON DELETE CASCADE,
    telling INTEGER NOT NULL REFERENCES tellings (number) ON DELETE CASCADE,
    PRIMARY KEY (dispatch, telling)
) STRICT, WITHOUT ROWID;
CREATE TABLE feeds (                -- who may read an owner's feed: a hash of the token in its address
    token TEXT PRIMARY KEY, owner TEXT NOT NULL UNIQUE
) STRICT, WITHOUT ROWID;
"""


LAYOUT = Layout("follows", _TABLES, 1, {})


def open_follows(home: ArchiveHome) -> SideDatabase:
    """Open the tables beside an archive, or make them. Raises as `index.storage.side.open_side`."""
    return open_side(home, LAYOUT)


def is_there(home: ArchiveHome) -> bool:
    """Whether anybody has followed anything in a home yet."""
    return has_side(home, LAYOUT)


def iso(moment: datetime) -> str:
    """A moment as it is stored: UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def moment_of(text: str) -> datetime:
    """What `iso` stored."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
