"""An archive in a PostgreSQL database with pgvector, by `engine`, for many articles and several servers.

`address` names the database and hides its password, `connecting` opens a connection and tells what is wrong,
`pool` lends them, each as a `connection` that runs `dialect`'s version of the archive's SQL; `once` is for a
short look, and `commit` says whether a transaction went in. `schema` makes the tables by the numbered
`migrations/` and checks them. `passages` finds: vectors by pgvector and its index of what is `nearest`, words
in `postings`, where each of the `terms` of a passage stands.
"""
