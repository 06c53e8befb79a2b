"""An answer for people and programs: terminal, Markdown, JSON, and the words around what is quoted.

The words are in `words/`, one table a language, which `wording`, `notes` and `refusals` put together; `text`
is an answer as plain text. `json` is the one schema that terminal, HTTP and eval share.
"""
