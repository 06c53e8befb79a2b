"""An archive in a PostgreSQL database with pgvector, by `engine`, for many articles and several servers.

`address` names the database and hides its password, `connecting` opens a connection and tells what is wrong,
`pool` lends them, each as a `connection` that runs `dialect`'s version of the archive's SQL inside a
transaction, where writers take `turns` and `commit` says whether it went in; `once` is for a short look.
`sources` says where to read: at a `replica` that has what was `acknowledged`, or at the primary. A
`side_schema` has tables of others, and a `session_lock` is held by one process of all servers. `schema` makes
the tables by the numbered `migrations/` and checks them. `passages` finds: what is `closest` to a vector, by
pgvector and its index of what is `nearest`, and words in `postings`, where each of the `terms` of a passage
stands.
"""
