"""`dateline mcp`: the archive as tools of a language model, over standard input and output."""

from __future__ import annotations

import click

from bot.commands.options import current_settings, say


@click.command(short_help="Serve the archive as MCP tools, over standard input and output.")
@click.pass_context
def mcp(context: click.Context) -> None:
    """Serve the archive as MCP tools over standard input and output, until that ends.

    A program such as Claude Desktop, Cursor or ChatGPT starts this command and asks: search, fetch, ask,
    check_quote, changes; nothing can be changed. `dateline serve` offers the same at /mcp.

    \b
    Examples
      dateline mcp
      {"mcpServers": {"dateline": {"command": "dateline", "args": ["--home", "/srv/archive", "mcp"]}}}
    """
    import logging
    from contextlib import nullcontext

    from bot.assemble import assemble_with_archive
    from bot.checking.checker import QuoteChecker
    from bot.mcp.server import create_server
    from bot.mcp.tools import ArchiveTools

    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(message)s")
    with assemble_with_archive(current_settings(context), note=say) as (dateline, archive):
        tools = ArchiveTools(dateline, archive, QuoteChecker(archive), nullcontext)
        create_server(tools).run("stdio")
