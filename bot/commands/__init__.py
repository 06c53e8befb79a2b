"""One file a command of the command line.

Articles: `add`, `remove`, `status` (also `live`), `list`, `show`, and of feeds `watch` and `feeds`.
Questions: `ask`, `search`, `timeline`, `follow` (with `follow_told`), `batch`, `changes`, `verify`, `check`
(is a quotation real), and `conversation`, which is the program alone. Running: `serve` with `key`, `mcp`,
`telegram`, `settings`, `eval`. Keeping it well: `doctor` with its `checkup` and `machine_checks`, `backup`
with its way back, `move` to another engine, `completion`. `options` are those that several share, `home` the
one that all do; `progress` shows how far a long one is.
"""
