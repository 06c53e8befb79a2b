"""One file a command of the command line.

Articles: `add`, `remove`, `status`. Questions: `ask`, `search`, `timeline`, `batch`, `changes`, `verify`.
Running: `serve` with `key`, `telegram`, `settings`, `eval`. `options` are those that several share.
"""
