"""One file a command of the command line.

Articles: `add`, `remove`, `status`. Questions: `ask`, `search`, `changes`. Quotations: `check`. Running:
`serve` with `key`, `mcp`, `telegram`, `settings`, `eval`. `options` are those that several share.
"""
