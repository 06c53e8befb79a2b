"""The archive as tools of a language model: an MCP server, over standard input and output or at `/mcp`.

The only package that imports mcp. `server` puts it together and `tools` do the work, read only; `calling`
checks what they are called with, `results` are what they answer, `texts` the same for people, `failures` what
goes wrong. `http` serves it beside the API.
"""
