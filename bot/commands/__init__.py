"""One file a command of the command line.

Articles: `add`, `remove`, `status`, and of feeds `watch` and `feeds`.
Questions: `ask`, `search`, `changes`. Running: `serve` with `key`,
`telegram`, `settings`, `eval`. `options` are those that several share.
"""
