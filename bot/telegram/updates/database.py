"""The bot's own tables beside the archive: what is not answered, what people chose, asked and voted.

They hold no article's words once an answer has been delivered: citations are kept as places, and read and
proved again when somebody opens one. What is on its way when an article is removed is worked out again from
what is left; what nobody asked for and names that article is dropped, and told of as it is now.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from index.storage.engine import ArchiveHome
from index.storage.side import Layout, SideDatabase, open_side

VERSION = 5

# What is run for each article that is removed from the archive (see `index.storage.beside`).
_REMOVED = """
UPDATE updates SET state = 'open', tries = 0 WHERE state = 'sending' AND body IS NOT NULL;
UPDATE places SET told = NULL WHERE article = NEW.article AND told >= (
    SELECT min(u.at) FROM updates AS u JOIN outbox AS o ON o.number = u.number
    JOIN questions AS q ON q.room = u.room AND q.number = places.number
    WHERE u.body IS NULL AND NEW.article IN (SELECT value FROM json_each(o.articles)));
UPDATE updates SET state = 'dropped' WHERE state = 'sending' AND EXISTS (
    SELECT 1 FROM outbox AS o WHERE o.number = updates.number
    AND NEW.article IN (SELECT value FROM json_each(o.articles)));
DELETE FROM outbox WHERE number IN (SELECT number FROM updates WHERE state <> 'sending');
"""

# Rooms are chats, or the topics of a forum, as text: "-100123" or "-100123/7".
_TABLES = """
CREATE TABLE updates (              -- the inbox; emptied of its body when it is done
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    bot INTEGER NOT NULL,
    update_id INTEGER,              -- Telegram's, which begins anywhere after a quiet week
    room TEXT NOT NULL,
    at TEXT NOT NULL,
    body TEXT,
    state TEXT NOT NULL CHECK (state IN ('open', 'sending', 'done', 'dropped')),
    tries INTEGER NOT NULL DEFAULT 0,
    draft INTEGER,                  -- the message that shows the answer while it is made, where one does
    UNIQUE (bot, update_id)
) STRICT;
CREATE INDEX updates_open ON updates (number) WHERE state IN ('open', 'sending');
CREATE TABLE outbox (               -- what is said, from the moment it is known until it has been delivered
    number INTEGER NOT NULL REFERENCES updates (number) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    message TEXT NOT NULL,
    started INTEGER NOT NULL DEFAULT 0,
    sent INTEGER,                   -- Telegram's message_id
    articles TEXT NOT NULL DEFAULT '[]', -- of what nobody asked for: whose words it holds, as JSON
    PRIMARY KEY (number, part)
) STRICT;
CREATE TABLE rooms (
    room TEXT PRIMARY KEY,
    since TEXT, until TEXT, outlet TEXT,
    forgotten INTEGER NOT NULL DEFAULT 0, -- the last question that is no longer history
    changes INTEGER                 -- whether it is told of changed words; NULL: nobody has said
) STRICT;
CREATE TABLE questions (
    number INTEGER PRIMARY KEY,     -- the update that asked it
    room TEXT NOT NULL,
    person INTEGER NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL,
    language TEXT,                  -- of who asked
    message INTEGER                 -- the first message of its answer, once that has been delivered
) STRICT;
CREATE INDEX questions_room ON questions (room, number);
CREATE INDEX questions_at ON questions (at, person);
CREATE TABLE places (               -- what an answer cites, by article and offsets
    number INTEGER NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    citation INTEGER NOT NULL,
    article TEXT NOT NULL, revision TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    seen TEXT,                      -- the last revision that was looked at and still has the words
    told TEXT,                      -- when it was dealt with that the words had changed
    PRIMARY KEY (number, citation)
) STRICT;
CREATE INDEX places_untold ON places (number) WHERE told IS NULL;
CREATE TABLE cells (                -- where its outlets differ, by words within what it cites
    number INTEGER NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    difference INTEGER NOT NULL, kind TEXT NOT NULL,
    cell INTEGER NOT NULL DEFAULT 0, -- its place among those of the difference
    citation INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL
) STRICT;
CREATE INDEX cells_number ON cells (number, difference);
CREATE TABLE votes (
    number INTEGER NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    person INTEGER NOT NULL,
    vote INTEGER NOT NULL CHECK (vote IN (-1, 1)),
    at TEXT NOT NULL,
    PRIMARY KEY (number, person)
) STRICT;
CREATE TABLE members (              -- let in by a code
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
CREATE TABLE moves (                -- groups that Telegram made supergroups of, by their numbers
    old INTEGER PRIMARY KEY, new INTEGER NOT NULL
) STRICT;
CREATE TABLE codes (
    code TEXT PRIMARY KEY, id INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, at TEXT NOT NULL,
    language TEXT
) STRICT;
"""

# What makes a file of one version into one of the next; nothing is lost on the way.
_STEPS = {
    1: """
ALTER TABLE rooms ADD COLUMN changes INTEGER;
ALTER TABLE questions ADD COLUMN language TEXT;
ALTER TABLE questions ADD COLUMN message INTEGER;
ALTER TABLE places ADD COLUMN seen TEXT;
ALTER TABLE places ADD COLUMN told TEXT;
CREATE INDEX places_untold ON places (number) WHERE told IS NULL;
""",
    2: "CREATE TABLE moves (old INTEGER PRIMARY KEY, new INTEGER NOT NULL) STRICT;",
    3: "ALTER TABLE outbox ADD COLUMN articles TEXT NOT NULL DEFAULT '[]';",
    4: """
ALTER TABLE cells ADD COLUMN cell INTEGER NOT NULL DEFAULT 0;
UPDATE cells SET cell = rowid;
""",
}


LAYOUT = Layout("telegram", _TABLES, VERSION, _STEPS, on_removal=_REMOVED)


def open_database(home: ArchiveHome) -> SideDatabase:
    """Open the tables beside an archive, or make them. Raises as `index.storage.side.open_side`."""
    return open_side(home, LAYOUT)


def now() -> str:
    """This moment, UTC."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")


def today() -> tuple[str, str]:
    """The midnights before and after this moment, UTC: a clock that went back leaves rows of days to come."""
    day = datetime.now(UTC).date()
    return day.isoformat(), (day + timedelta(days=1)).isoformat()
