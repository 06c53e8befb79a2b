"""Exports of newsrooms, crawlers and chats into rows, each format found by what a file holds.

`known` tells the format of a file. A format each are `ninjs`, `newsml` (NewsML-G2), `newsml1`, `nitf`, `wxr`
(WordPress), `delimited` (CSV, TSV), `parquet`, `warc` (WARC, ARC) and `telegram` (Telegram Desktop): each
cuts a stream into pieces, by `xml_items` or `json_values` where it is long, and reads a piece into `rows`.
Beside them `columns`, what the columns of a table are, `editions`, what agencies say of versions and
writers, and `markup`, safe XML and HTML into paragraphs. Files are opened in `child`, a process with
limits, which `reading` asks.
"""
