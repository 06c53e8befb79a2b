BEGIN TRANSACTION;
CREATE TABLE cells (                -- where its outlets differ, by words within what it cites
    number INTEGER NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    difference INTEGER NOT NULL, kind TEXT NOT NULL,
    citation INTEGER NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL
) STRICT;
CREATE TABLE codes (
    code TEXT PRIMARY KEY, id INTEGER NOT NULL UNIQUE, name TEXT NOT NULL, at TEXT NOT NULL,
    language TEXT
) STRICT;
INSERT INTO "codes" VALUES('4HCN-B6GK',9,'Nine','2026-11-22T09:49:15','ru');
CREATE TABLE members (              -- let in by a code
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
INSERT INTO "members" VALUES(10,'Ten','2026-11-22T09:49:15');
CREATE TABLE outbox (               -- what is said, from the moment it is known until it has been delivered
    number INTEGER NOT NULL REFERENCES updates (number) ON DELETE CASCADE,
    part INTEGER NOT NULL,
    message TEXT NOT NULL,
    started INTEGER NOT NULL DEFAULT 0,
    sent INTEGER,                   -- Telegram's message_id
    PRIMARY KEY (number, part)
) STRICT;
CREATE TABLE places (               -- what an answer cites, by article and offsets
    number INTEGER NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    citation INTEGER NOT NULL,
    article TEXT NOT NULL, revision TEXT NOT NULL, start INTEGER NOT NULL, "end" INTEGER NOT NULL,
    PRIMARY KEY (number, citation)
) STRICT;
INSERT INTO "places" VALUES(1,1,'rival-Ünïcode:7','019ff67892972964532c28b8f18c15962baacc4eff93dc66e2aafeb8182e3a19',0,66);
INSERT INTO "places" VALUES(1,2,'gazette-0412','52e35d7ac1dbbdea0da773e4654fd912e57f5203004dca8ecc38c66e11c0fd4b',0,41);
INSERT INTO "places" VALUES(1,3,'gazette-0412','52e35d7ac1dbbdea0da773e4654fd912e57f5203004dca8ecc38c66e11c0fd4b',87,126);
INSERT INTO "places" VALUES(4,1,'rival-Ünïcode:7','019ff67892972964532c28b8f18c15962baacc4eff93dc66e2aafeb8182e3a19',0,66);
INSERT INTO "places" VALUES(4,2,'gazette-0412','52e35d7ac1dbbdea0da773e4654fd912e57f5203004dca8ecc38c66e11c0fd4b',0,41);
INSERT INTO "places" VALUES(4,3,'gazette-0412','52e35d7ac1dbbdea0da773e4654fd912e57f5203004dca8ecc38c66e11c0fd4b',87,126);
INSERT INTO "places" VALUES(5,1,'gazette-0412','52e35d7ac1dbbdea0da773e4654fd912e57f5203004dca8ecc38c66e11c0fd4b',0,41);
CREATE TABLE questions (
    number INTEGER PRIMARY KEY,     -- the update that asked it
    room TEXT NOT NULL,
    person INTEGER NOT NULL,
    at TEXT NOT NULL,
    text TEXT NOT NULL,
    status TEXT NOT NULL
) STRICT;
INSERT INTO "questions" VALUES(1,'7',7,'2026-11-22T09:49:15','When did the harbour reopen?','answered');
INSERT INTO "questions" VALUES(4,'-1001',7,'2026-11-22T09:49:15','When did the harbour reopen?','answered');
INSERT INTO "questions" VALUES(5,'8',8,'2026-11-22T09:49:15','Who governs Atlantis?','abstained');
CREATE TABLE rooms (
    room TEXT PRIMARY KEY,
    since TEXT, until TEXT, outlet TEXT,
    forgotten INTEGER NOT NULL DEFAULT 0  -- the last question that is no longer history
) STRICT;
INSERT INTO "rooms" VALUES('7','2020-10-01',NULL,'[]',0);
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
INSERT INTO "updates" VALUES(1,110201543,1,'7','2026-11-22T09:49:15',NULL,'done',1,NULL);
INSERT INTO "updates" VALUES(2,110201543,2,'7','2026-11-22T09:49:15',NULL,'done',1,NULL);
INSERT INTO "updates" VALUES(3,110201543,3,'7','2026-11-22T09:49:15',NULL,'done',1,NULL);
INSERT INTO "updates" VALUES(4,110201543,4,'-1001','2026-11-22T09:49:15',NULL,'done',1,NULL);
INSERT INTO "updates" VALUES(5,110201543,5,'8','2026-11-22T09:49:15',NULL,'done',1,NULL);
INSERT INTO "updates" VALUES(6,110201543,900,'7','2026-11-22T09:49:15','{"update_id": 900, "message": {"message_id": 10, "date": 1795340955, "chat": {"id": 7, "type": "private", "first_name": "Person 7"}, "text": "/id", "from": {"id": 7, "is_bot": false, "first_name": "Person 7", "language_code": "en"}, "entities": [{"type": "bot_command", "offset": 0, "length": 3}]}}','open',0,NULL);
CREATE TABLE votes (
    number INTEGER NOT NULL REFERENCES questions (number) ON DELETE CASCADE,
    person INTEGER NOT NULL,
    vote INTEGER NOT NULL CHECK (vote IN (-1, 1)),
    at TEXT NOT NULL,
    PRIMARY KEY (number, person)
) STRICT;
INSERT INTO "votes" VALUES(1,7,1,'2026-11-22T09:49:15');
CREATE INDEX updates_open ON updates (number) WHERE state IN ('open', 'sending');
CREATE INDEX questions_room ON questions (room, number);
CREATE INDEX questions_at ON questions (at, person);
CREATE INDEX cells_number ON cells (number, difference);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('updates',6);
COMMIT;
PRAGMA user_version = 1;
