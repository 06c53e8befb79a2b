"""Questions over HTTP: the endpoint other programs call and the page people open.

The only package that imports fastapi; `bot.http.server` is the only file that imports uvicorn, and
`bot.http.metrics` and `bot.http.figures` are the only ones that import prometheus_client. This file imports
none of them, so that `bot.settings` may name `bot.http.settings` and the command line `bot.http.access.keys`
without their weight.

`app` lists the `routes`; `processes` answer, `access` lets questions in and keeps the server safe; `server`
runs it at its `doors` and ends it, with `parting`. All routes share `service` and the archive as `library`;
`jobs` are batches of questions that go on after their request, `kept_batches` what outlives a restart of
them, `follows` what is followed, `examples` what a reader may begin with; `problems` is what goes wrong,
`request_log` (also as `log_lines`) and `metrics` what is noted, `figures` the few numbers that a person
watches, `openapi` the description, `prefix` the path it is under behind a proxy, `settings` what may be set.
The page is in `page/`, and in `plain` what it shows without JavaScript.
"""
