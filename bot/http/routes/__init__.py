"""The addresses of the server, and what goes in and out of each.

<<<<<<< HEAD
`ask` with `ask_bodies`, `forms` and `stream`; `batch`, `timeline`, `check`; `articles` and `origins` with
`article_bodies`; `chat_completions` with `chat_bodies`, `chat_replies` and `chat_tasks`; `mcp`, `health` and
`page`. `problem_body` is what any of them answers when something goes wrong.
=======
`ask` with `ask_bodies` and `stream`; `articles` and `origins` with `article_bodies`; `chat_completions` with
`chat_bodies`; `feeds`, `health` and `page`. `problem_body` is what any of them answers when something goes
wrong.
>>>>>>> feeds
"""
