BEGIN;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE articles (
    number         INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT NOT NULL UNIQUE,
    revision       TEXT NOT NULL,          -- the current one
    title          TEXT NOT NULL,
    outlet         TEXT,
    outlet_folded  TEXT,                   -- what the filter compares
    agency         TEXT,
    author         TEXT,
    published      TEXT,
    copyright_year INTEGER,
    url            TEXT,
    language       TEXT,
    earliest       TEXT,                   -- UTC; the span that `published` or the copyright year leaves open
    latest         TEXT,
    known          TEXT,                   -- UTC; by then this revision had certainly been published
    origin         TEXT NOT NULL,
    added_at       TEXT NOT NULL
) STRICT;
CREATE INDEX articles_origin ON articles (origin);
CREATE TABLE revisions (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    article       INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    hash          TEXT NOT NULL,
    body          TEXT NOT NULL,
    added_at      TEXT NOT NULL,
    superseded_at TEXT,
    UNIQUE (article, hash)
) STRICT;
CREATE TABLE passages (
    seq       INTEGER PRIMARY KEY AUTOINCREMENT,
    article   INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    revision  INTEGER NOT NULL REFERENCES revisions ON DELETE CASCADE,
    number    INTEGER NOT NULL,
    start     INTEGER NOT NULL,
    "end"     INTEGER NOT NULL,
    sentences TEXT NOT NULL,               -- JSON: [[start, end], …]
    input     TEXT NOT NULL,               -- sha256 of what the encoder was given
    UNIQUE (article, number)
) STRICT;
CREATE INDEX passages_input ON passages (input);
CREATE INDEX passages_revision ON passages (revision);
CREATE TABLE vectors (
    seq    INTEGER PRIMARY KEY REFERENCES passages ON DELETE CASCADE,
    vector BLOB NOT NULL                   -- float32, little-endian, unit length
) STRICT;
CREATE VIRTUAL TABLE passages_fts USING fts5 (
    title, text, tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TABLE asked (
    number   INTEGER PRIMARY KEY AUTOINCREMENT,
    question TEXT NOT NULL,
    at       TEXT NOT NULL,
    status   TEXT NOT NULL
) STRICT;
CREATE TABLE quoted (
    asked    INTEGER NOT NULL REFERENCES asked ON DELETE CASCADE,
    article  INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    revision TEXT NOT NULL,
    start    INTEGER NOT NULL,
    "end"    INTEGER NOT NULL
) STRICT;
CREATE INDEX quoted_asked ON quoted (asked);
CREATE INDEX quoted_article ON quoted (article);
CREATE TABLE samples (
    hash    INTEGER NOT NULL,
    article INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    PRIMARY KEY (hash, article)
) STRICT, WITHOUT ROWID;
CREATE INDEX samples_article ON samples (article);
CREATE TABLE stories (
    earlier  INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    later    INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    retracts INTEGER NOT NULL,
    PRIMARY KEY (earlier, later)
) STRICT, WITHOUT ROWID;
CREATE INDEX stories_later ON stories (later);
CREATE TABLE stems (
    revision INTEGER PRIMARY KEY REFERENCES revisions ON DELETE CASCADE,
    stems    BLOB NOT NULL                 -- see `index.stems.Stems.packed`
) STRICT
;
CREATE INDEX articles_title ON articles (title);
CREATE TABLE pages (
    url           TEXT PRIMARY KEY,        -- as it was asked for
    article       INTEGER NOT NULL REFERENCES articles ON DELETE CASCADE,
    etag          TEXT,
    last_modified TEXT,
    fetched_at    TEXT NOT NULL            -- UTC
) STRICT, WITHOUT ROWID
;
CREATE INDEX pages_article ON pages (article);
CREATE TABLE editions (article INTEGER PRIMARY KEY REFERENCES articles ON DELETE CASCADE, made TEXT NOT NULL) STRICT;
CREATE TABLE feeds (
    number        INTEGER PRIMARY KEY AUTOINCREMENT,
    url           TEXT NOT NULL UNIQUE,
    kind          TEXT NOT NULL,
    title         TEXT NOT NULL,
    added_at      TEXT NOT NULL,           -- UTC, as all moments
    next_at       TEXT NOT NULL,
    read_at       TEXT,
    etag          TEXT,                    -- byte for byte as they came
    last_modified TEXT,
    every_s       INTEGER NOT NULL DEFAULT 0,
    status        TEXT,                    -- how the last reading ended
    failures      INTEGER NOT NULL DEFAULT 0,
    moved_to      TEXT,
    moved_times   INTEGER NOT NULL DEFAULT 0,
    moved_since   TEXT,
    paused        INTEGER NOT NULL DEFAULT 0,
    ended         TEXT,                    -- why it is read no more
    new           INTEGER NOT NULL DEFAULT 0,
    changed       INTEGER NOT NULL DEFAULT 0,
    errors        TEXT NOT NULL DEFAULT '{}'  -- JSON: name → times
) STRICT;
CREATE TABLE feed_items (
    feed     INTEGER NOT NULL,
    identity TEXT NOT NULL,                -- sha256 of its guid, or of its address
    article  TEXT,                         -- the id
    content  TEXT,                         -- sha256 of what it said
    stated   TEXT,                         -- sha256 of its dates
    changes  INTEGER NOT NULL DEFAULT 0,
    tries    INTEGER NOT NULL DEFAULT 0,
    seen_at  TEXT,
    look_at  TEXT,
    removed  INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (feed, identity)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_items_article ON feed_items (article);
CREATE INDEX feed_items_look ON feed_items (feed, look_at) WHERE look_at IS NOT NULL;
CREATE TRIGGER feed_items_removed AFTER DELETE ON articles BEGIN
    UPDATE feed_items SET removed = 1, content = NULL, stated = NULL, look_at = NULL WHERE article = OLD.id;
END;
INSERT INTO meta ("key", "value") VALUES ('deletions', '1');
INSERT INTO meta ("key", "value") VALUES ('dimensions', '64');
INSERT INTO meta ("key", "value") VALUES ('encoder', 'hashed-words');
INSERT INTO meta ("key", "value") VALUES ('fingerprint', 'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff');
INSERT INTO meta ("key", "value") VALUES ('letters', '1');
INSERT INTO meta ("key", "value") VALUES ('schema', '1');
INSERT INTO articles ("number", "id", "revision", "title", "outlet", "outlet_folded", "agency", "author", "published", "copyright_year", "url", "language", "earliest", "latest", "known", "origin", "added_at") VALUES (1, 'a1', '13febe19d8949953b45722f5addc0ab8380386d946933874df81763628e3ac7e', 'Report 1 from Tull', 'The Inland Wire', 'the inland wire', NULL, NULL, '2020-02-02', NULL, NULL, 'en', '2020-02-02T00:00:00', '2020-02-02T23:59:59', '2026-11-29T10:36:10', 'd684ea3105fa8b56453433e279135b1e2653d911786b3a1b67d6aae183b17729', '2026-11-29T10:36:10');
INSERT INTO articles ("number", "id", "revision", "title", "outlet", "outlet_folded", "agency", "author", "published", "copyright_year", "url", "language", "earliest", "latest", "known", "origin", "added_at") VALUES (2, 'a2', '63861454cf828699171a543f7bea3d1caf0449328410aba95982159e71a6ba2f', 'Report 2 from Miravet', 'Tull Courier', 'tull courier', NULL, NULL, '2020-03-03', NULL, NULL, 'en', '2020-03-03T00:00:00', '2020-03-03T23:59:59', '2020-03-03T23:59:59', 'd6082433a186c2e7d2b42771af55774cb37f1eabdd82ae36d20df0b7c48a5e91', '2026-11-29T10:36:10');
INSERT INTO articles ("number", "id", "revision", "title", "outlet", "outlet_folded", "agency", "author", "published", "copyright_year", "url", "language", "earliest", "latest", "known", "origin", "added_at") VALUES (3, 'a3', '9b054b8b12e663287928da58b2b6377ce6ba181d3d2a2450a7ea1b879a386006', 'Report 3 from Kirdal', NULL, NULL, NULL, NULL, '2020-04-04', NULL, NULL, 'en', '2020-04-04T00:00:00', '2020-04-04T23:59:59', '2020-04-04T23:59:59', 'da29ff54e5f0de5eed054192d7e9496d9037574312b7c790a963a6a2d0110df0', '2026-11-29T10:36:10');
INSERT INTO revisions ("number", "article", "hash", "body", "added_at", "superseded_at") VALUES (1, 1, 'e53845f9e277b9949fbddb16c4dddb3e7cb6f3a6615daa189bcd15d18c41d5b9', 'The mark of this report is qbbbbbczu. On day 1 the granary of Ghorran flooded and 823 people saw it. On day 2 the viaduct of Ostrana drew a crowd and 787 people saw it.', '2026-11-29T10:36:10', '2026-11-29T10:36:10');
INSERT INTO revisions ("number", "article", "hash", "body", "added_at", "superseded_at") VALUES (2, 1, '13febe19d8949953b45722f5addc0ab8380386d946933874df81763628e3ac7e', 'The mark of this report is qbbbbbczu. On day 1 the viaduct of Miravet reopened and 455 people saw it. On day 2 the granary of Sabrenko reopened and 118 people saw it.', '2026-11-29T10:36:10', NULL);
INSERT INTO revisions ("number", "article", "hash", "body", "added_at", "superseded_at") VALUES (3, 2, '63861454cf828699171a543f7bea3d1caf0449328410aba95982159e71a6ba2f', 'The mark of this report is qbbbbbdzu. On day 1 the viaduct of Ghorran flooded and 400 people saw it. On day 2 the ferry of Ghorran was inspected and 300 people saw it.', '2026-11-29T10:36:10', NULL);
INSERT INTO revisions ("number", "article", "hash", "body", "added_at", "superseded_at") VALUES (4, 3, '9b054b8b12e663287928da58b2b6377ce6ba181d3d2a2450a7ea1b879a386006', 'The mark of this report is qbbbbbfzu. On day 1 the granary of Miravet fell silent and 214 people saw it. On day 2 the archive of Velmora drew a crowd and 728 people saw it.', '2026-11-29T10:36:10', NULL);
INSERT INTO passages ("seq", "article", "revision", "number", "start", "end", "sentences", "input") VALUES (2, 1, 2, 0, 0, 166, '[[0, 37], [38, 101], [102, 166]]', '416e79c1f67e61c9322673af73c406b9fcdb2214c48ad4f44aae26f865e8a629');
INSERT INTO passages ("seq", "article", "revision", "number", "start", "end", "sentences", "input") VALUES (3, 2, 3, 0, 0, 167, '[[0, 37], [38, 100], [101, 167]]', 'eb48fb4461b0a86b42de8cf6ba21e79ee6fad57a29ae7f32496f4d030cdabdbd');
INSERT INTO passages ("seq", "article", "revision", "number", "start", "end", "sentences", "input") VALUES (4, 3, 4, 0, 0, 172, '[[0, 37], [38, 104], [105, 172]]', 'd7babe94748cff1f11da19c65799817110da6bd9d7446a1b337b7449cd3b7271');
INSERT INTO vectors ("seq", "vector") VALUES (2, X'0AE3563E344BB738344BB738344BB7380AE3563E344BB738344BB738344BB7380AE3563E344BB738344BB73886093C3E344BB7385A16333E344BB738344BB73861C9683E344BB738344BB7389C13C53D344BB738344BB738344BB7389C13C53D344BB7387E56063E344BB738344BB738344BB738344BB738344BB738344BB738344BB738344BB7380AE3563E344BB738344BB738A4C6FA3D8408043F9C13C53D344BB738F5F9D63D344BB738344BB738344BB738B3FC443EF5F9D63D344BB738AA490F3E9C13C53D344BB738344BB738442DB33D344BB738344BB7380AE3563E344BB738344BB73896D7D63E4CE0E83D9C13C53D344BB7380AE3563E344BB738');
INSERT INTO vectors ("seq", "vector") VALUES (3, X'9EEC423EB57AE33D2044A6382044A638442C923E2044A6382044A6382044A6389EEC423E2044A6382044A6382044A6382044A6384F73223E2044A6382044A6381578A63E2044A6382044A6385CB7F33D2044A6382044A638B57AE33DC0C4B23D2044A6382044A6382044A63802FA013E2044A6382044A6382044A6382044A6382044A6382044A6389EEC423E2044A6382044A638B57AE33D0589EF3EA3912A3E2044A6382044A6381988A23D2044A6382044A638F8AF323E3F87AA3E2044A63802FA013EC0C4B23D2044A6382044A6382044A6382044A6382044A638F8AF323E2044A6382044A6383AE2C23E0D3ED33D2044A6382044A6382044A6382044A638');
INSERT INTO vectors ("seq", "vector") VALUES (4, X'513C4B3E025BAD38025BAD38C32DED3D513C4B3E025BAD38025BAD38025BAD38513C4B3E025BAD38025BAD381A64BA3DA61BFE3D3776A93D025BAD38025BAD384BA39C3E025BAD38025BAD38025BAD38025BAD38025BAD38025BAD381A64BA3D025BAD38025BAD38025BAD38C584073EC584073E025BAD38025BAD381A64BA3D025BAD38FE51CB3D513C4B3E025BAD38025BAD38C32DED3DACBFF93E1A64BA3DA61BFE3DFE51CB3D025BAD38FE51CB3D025BAD386F4E3A3E025BAD38025BAD38C584073E1A64BA3D025BAD381A64BA3D025BAD38025BAD38025BAD38FE51CB3D7DD7313E025BAD383484F53EE03FDC3D025BAD38025BAD38025BAD38025BAD38');
INSERT INTO passages_fts ("rowid", "title", "text") VALUES (2, 'Report 1 from Tull', 'The mark of this report is qbbbbbczu. On day 1 the viaduct of Miravet reopened and 455 people saw it. On day 2 the granary of Sabrenko reopened and 118 people saw it.');
INSERT INTO passages_fts ("rowid", "title", "text") VALUES (3, 'Report 2 from Miravet', 'The mark of this report is qbbbbbdzu. On day 1 the viaduct of Ghorran flooded and 400 people saw it. On day 2 the ferry of Ghorran was inspected and 300 people saw it.');
INSERT INTO passages_fts ("rowid", "title", "text") VALUES (4, 'Report 3 from Kirdal', 'The mark of this report is qbbbbbfzu. On day 1 the granary of Miravet fell silent and 214 people saw it. On day 2 the archive of Velmora drew a crowd and 728 people saw it.');
INSERT INTO asked ("number", "question", "at", "status") VALUES (1, 'Who saw it?', '2026-11-29T10:36:10', 'answered');
INSERT INTO quoted ("asked", "article", "revision", "start", "end") VALUES (1, 1, 'e53845f9e277b9949fbddb16c4dddb3e7cb6f3a6615daa189bcd15d18c41d5b9', 40, 90);
INSERT INTO samples ("hash", "article") VALUES (-8199179142855785247, 1);
INSERT INTO samples ("hash", "article") VALUES (-7455869128203041366, 1);
INSERT INTO samples ("hash", "article") VALUES (-6211814151529506977, 1);
INSERT INTO samples ("hash", "article") VALUES (-6060855561484091426, 1);
INSERT INTO samples ("hash", "article") VALUES (-6027846795160536462, 1);
INSERT INTO samples ("hash", "article") VALUES (-5819404304922200186, 1);
INSERT INTO samples ("hash", "article") VALUES (-5608015595137127600, 1);
INSERT INTO samples ("hash", "article") VALUES (-5277224689520409171, 1);
INSERT INTO samples ("hash", "article") VALUES (200852911849927776, 1);
INSERT INTO samples ("hash", "article") VALUES (2716800875883568128, 1);
INSERT INTO samples ("hash", "article") VALUES (-8199179142855785247, 2);
INSERT INTO samples ("hash", "article") VALUES (-7926849676629829218, 2);
INSERT INTO samples ("hash", "article") VALUES (-7576669109412345664, 2);
INSERT INTO samples ("hash", "article") VALUES (-7409596437813987707, 2);
INSERT INTO samples ("hash", "article") VALUES (-6211814151529506977, 2);
INSERT INTO samples ("hash", "article") VALUES (-5819404304922200186, 2);
INSERT INTO samples ("hash", "article") VALUES (-4642232863272327913, 2);
INSERT INTO samples ("hash", "article") VALUES (-4052922699629380003, 2);
INSERT INTO samples ("hash", "article") VALUES (-8509241816111821633, 3);
INSERT INTO samples ("hash", "article") VALUES (-8357414036174784551, 3);
INSERT INTO samples ("hash", "article") VALUES (-8199179142855785247, 3);
INSERT INTO samples ("hash", "article") VALUES (-6211814151529506977, 3);
INSERT INTO samples ("hash", "article") VALUES (-5819404304922200186, 3);
INSERT INTO samples ("hash", "article") VALUES (-5277224689520409171, 3);
INSERT INTO samples ("hash", "article") VALUES (-4834958054311948994, 3);
INSERT INTO samples ("hash", "article") VALUES (-4321262445497472356, 3);
INSERT INTO samples ("hash", "article") VALUES (8202947637724744608, 3);
INSERT INTO stems ("revision", "stems") VALUES (1, X'FAA16D076D9BF50770EDF907C829B6090B789E140DBED51A62B1711B7BC8B81BF5049E28CD21F335E66D453C7F63914A71F27466AE7DBB662E02176CF3334771B7EFDC835D5899878DBC4E8A34778EA2FA54ACB084772FC471366CE643BEB7E8F43917F803020102010102020101030101010101010101020101010102');
INSERT INTO stems ("revision", "stems") VALUES (2, X'FAA16D076D9BF50770EDF907C829B6090DBED51A62B1711B7BC8B81BECA9CE23CB92A12899E9B734CD21F335E66D453C25B1E04771F27466AE7DBB66B7EFDC838DBC4E8A34778EA20B3CA7B984772FC471366CE6F43917F803020102010202020101010301010101010201010102');
INSERT INTO stems ("revision", "stems") VALUES (3, X'F5FBB602FAA16D076D9BF507C829B6090DBED51A00AC121B62B1711B7BC8B81B8484F3200192BC256B065533CD21F335E66D453C7F63914A71F27466AE7DBB662E02176CB7EFDC8334778EA2770CBAA284772FC471366CE6F43917F80103020201010202010101010301010102010201010102');
INSERT INTO stems ("revision", "stems") VALUES (4, X'9B2F3201FAA16D076D9BF507C829B6090B789E140DBED51AE8C6171B62B1711B7BC8B81BCD21F3358C79AC3BE66D453CEB1B473F25B1E04771F27466B7EFDC838DBC4E8A6108769334778EA2FA54ACB0B3D754BB84772FC471366CE643BEB7E8F43917F8D07759FC0103020201010102020101030101010101010201010101010201');
INSERT INTO feeds ("number", "url", "kind", "title", "added_at", "next_at", "read_at", "etag", "last_modified", "every_s", "status", "failures", "moved_to", "moved_times", "moved_since", "paused", "ended", "new", "changed", "errors") VALUES (1, 'https://a.example/rss', 'rss', 'A', '2026-11-29T00:00:00', '2026-11-29T00:00:00', NULL, NULL, NULL, 0, NULL, 0, NULL, 0, NULL, 0, NULL, 0, 0, '{}');
INSERT INTO sqlite_sequence ("name", "seq") VALUES ('articles', 3);
INSERT INTO sqlite_sequence ("name", "seq") VALUES ('revisions', 4);
INSERT INTO sqlite_sequence ("name", "seq") VALUES ('passages', 4);
INSERT INTO sqlite_sequence ("name", "seq") VALUES ('asked', 1);
INSERT INTO sqlite_sequence ("name", "seq") VALUES ('feeds', 1);
COMMIT;
