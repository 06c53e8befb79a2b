"""What Dateline promises under load, faults and hostile input, each with what measures it: `make promises`.

`promises.toml` has one record a promise, read by `promise`; `measuring` runs its tests and commands and
`machine` says on what; `results` keeps what came of it in `results.json`; `tables` shows all of it in the
terminal and in `eval/PROMISES.md`. `overload` asks a server more than it can take, with a `crowd` about it,
and `restarts` ends servers under load. `dependencies` pins what Dateline is built upon, with its licences,
`locking` its files. `__main__` is the command, its exit code by the worst.
"""
