"""Feeds, sitemaps and OPML lists into articles that are kept fresh; README.md says by which rules.

`parse` turns bytes into a document (in a child process; `syndication`, `json_feed`, `sitemap`, with
`full_text`). `reading` is one reading of one feed: `documents` is what it answered, `identity` tells its
items apart, `changes` which are to be read, `items` and `entries` make articles of them, `outcome` is what
is remembered, with `moves` and `schedule`. `subscribing` begins with feeds, `alone` with pages and files
that have none, `watch` reads what is due for ever. `records` pass between them.
"""
