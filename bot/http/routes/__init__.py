"""The addresses of the server, and what goes in and out of each.

`ask` with `ask_bodies`, `forms` and `stream`; `batch`, `examples`, `feedback`, `timeline`, `check`; `follows`
with `follow_bodies`; `articles` with `article_bodies`, `origins` with `origin_bodies`; `chat_completions`
with `chat_bodies`, `chat_replies` and `chat_tasks`; `mcp`, `feeds`, `health`; `page` its files, `front` the
page itself. `problem_body` is what any of them answers when something goes wrong.
"""
