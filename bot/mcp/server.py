"""The tools into an MCP server: their names, what a model is told of them, and their schemas."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from importlib.metadata import version
from typing import Annotated, TypeVar

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ResourceNotFoundError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, BeforeValidator, Field

from bot.answers.asked import LONGEST
from bot.checking.quote import LONGEST as LONGEST_QUOTE
from bot.mcp.calling import ToolServer
from bot.mcp.failures import failed
from bot.mcp.results import AskedAnswer, ChangedQuotes, FetchedArticle, SearchResults
from bot.mcp.texts import answer_lines, as_text, changes_lines
from bot.mcp.tools import ArchiveTools, filters_of, within
from bot.showing.checks_json import CheckBody
from index.dates import date_span
from index.errors import DatelineError

Body = TypeVar("Body", bound=BaseModel)

_ABOUT = (
    "A news archive. Every quotation that it gives is the exact words of an article, proved by code. Quote"
    " them as they are, with outlet, date and link. Where it says that it does not know, say so."
)
_READ_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
# As long as the HTTP API takes them; longer ones are refused before anything is done with them.
_Name = Annotated[str, Field(max_length=200)]
_Date = Annotated[str, Field(max_length=40)]
_Id = Annotated[str, Field(max_length=265)]  # an article's and, behind an @, a revision's
_Outlets = Annotated[
    list[_Name],
    BeforeValidator(lambda given: [given] if isinstance(given, str) else given),
    Field(description="only these outlets; empty for all", max_length=50),
]
_Since = Annotated[_Date | None, Field(description="published then or later: ISO 8601, such as 2020-10")]
_Until = Annotated[_Date | None, Field(description="published then or earlier")]
_AsOf = Annotated[_Date | None, Field(description="only what had certainly been published by then")]
_NONE: list[str] = []


def create_server(tools: ArchiveTools) -> MCPServer[None]:
    """The server, with its tools and the articles as resources."""
    server = ToolServer(
        "dateline",
        title="Dateline",
        instructions=_ABOUT,
        version=version("dateline"),
        log_level="WARNING",
        subscriptions=False,
    )
    _add_articles(server, tools)
    _add_questions(server, tools)
    return server


def _add_articles(server: MCPServer[None], tools: ArchiveTools) -> None:
    @server.tool(title="Search the archive", annotations=_READ_ONLY)
    async def search(
        query: Annotated[str, Field(description="a question or words to look for", max_length=LONGEST)],
        context: Context[None],
        outlet: _Outlets = _NONE,
        since: _Since = None,
        until: _Until = None,
        as_of: _AsOf = None,
        limit: Annotated[int, Field(description="articles at most, 1 to 50")] = 10,
    ) -> Annotated[CallToolResult, SearchResults]:
        """Find articles. `fetch` has the whole text of each; `ask` answers with proved quotations."""

        async def found() -> SearchResults:
            filters = filters_of(outlet, since, until, as_of)
            most = within(limit, 1, 50, name="limit")
            return await tools.search(query, filters, limit=most, base=_base(context))

        return await _as_json(found())

    @server.tool(title="Read an article", annotations=_READ_ONLY)
    async def fetch(
        id: Annotated[_Id, Field(description="the id of a search result, or ID@REVISION")],  # noqa: A002
        context: Context[None],
        offset: Annotated[int, Field(description="where to begin: `next_offset` of the part before")] = 0,
    ) -> Annotated[CallToolResult, FetchedArticle]:
        """Read an article, 40,000 characters at once."""

        async def read() -> FetchedArticle:
            return await tools.fetch(id, offset=offset, base=_base(context))

        return await _as_json(read())

    @server.resource("article://{id}@{revision}", mime_type="text/plain", title="An article's text")
    async def article(id: str, revision: str) -> str:  # noqa: A002
        """The text of one revision of an article; its sha256 is the revision."""
        try:
            found, _ = await asyncio.to_thread(tools.article, f"{id}@{revision}")
        except DatelineError as exc:
            raise ResourceNotFoundError(str(exc)) from exc
        return found.body


def _add_questions(server: MCPServer[None], tools: ArchiveTools) -> None:
    @server.tool(title="Ask the archive", annotations=_READ_ONLY)
    async def ask(
        question: Annotated[str, Field(max_length=LONGEST)],
        context: Context[None],
        outlet: _Outlets = _NONE,
        since: _Since = None,
        until: _Until = None,
        as_of: _AsOf = None,
    ) -> Annotated[CallToolResult, AskedAnswer]:
        """Answer a question in the articles' own words, each proved; or say why there is no answer."""
        try:
            filters = filters_of(outlet, since, until, as_of)
            answer = await tools.ask(question, filters, base=_base(context))
        except Exception as exc:
            return failed(exc)
        return _result(answer, answer_lines(answer))

    @server.tool(title="Check a quotation", annotations=_READ_ONLY)
    async def check_quote(
        quote: Annotated[
            str, Field(description="the words as somebody quotes them", max_length=LONGEST_QUOTE)
        ],
        speaker: Annotated[_Name | None, Field(description="who is said to have said them")] = None,
    ) -> Annotated[CallToolResult, CheckBody]:
        """Say whether a quotation is real: word for word, altered, spliced, another's, or in no article."""
        try:
            body, lines = await tools.check(quote, speaker)
        except Exception as exc:
            return failed(exc)
        return _result(body, as_text(lines))

    @server.tool(title="Quotations that have changed", annotations=_READ_ONLY)
    async def changes(
        context: Context[None],
        since: Annotated[_Date | None, Field(description="only questions asked then or later")] = None,
        offset: Annotated[int, Field(description="`next_offset` of the page before")] = 0,
        limit: Annotated[int, Field(description="changes at most, 1 to 100")] = 20,
    ) -> Annotated[CallToolResult, ChangedQuotes]:
        """List past answers whose cited words their articles no longer have."""
        try:
            start = date_span(since)[0] if since else None
            first, most = within(offset, 0, 2**31 - 1, name="offset"), within(limit, 1, 100, name="limit")
            changed = await tools.changes(start, offset=first, limit=most, base=_base(context))
        except Exception as exc:
            return failed(exc)
        return _result(changed, changes_lines(changed))


async def _as_json(work: Awaitable[BaseModel]) -> CallToolResult:
    """A result whose text is its JSON, as connectors of ChatGPT read it."""
    try:
        body = await work
    except Exception as exc:
        return failed(exc)
    return _result(body, body.model_dump_json())


def _result(body: BaseModel, text: str) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=body.model_dump(mode="json")
    )


def _base(context: Context[None]) -> str:
    """The address of the server that was asked, with a stroke at its end; empty where there is none."""
    request = context.request_context.request
    return str(getattr(request, "base_url", "") or "")
