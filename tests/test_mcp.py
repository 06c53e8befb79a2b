"""The archive as MCP tools, asked by the SDK's own client: in memory, over standard input and over HTTP."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from pathlib import Path

import pytest
from http_fakes import HARBOUR, RIVAL, FakeAsker, FakeLibrary, serving
from mcp import Client, MCPError, StdioServerParameters, stdio_client
from mcp.types import CallToolResult, InputRequiredResult, TextContent

from bot.checking.checker import QuoteChecker
from bot.http.access.gate import Busy
from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.settings import HttpSettings
from bot.mcp.results import ProvedQuote
from bot.mcp.server import create_server
from bot.mcp.texts import quote_line
from bot.mcp.tools import ArchiveTools, Turn


def tools(turn: Turn = nullcontext) -> ArchiveTools:
    library = FakeLibrary()
    return ArchiveTools(FakeAsker(library), library, QuoteChecker(library), turn)


async def call(client: Client, name: str, arguments: dict[str, object]) -> tuple[dict[str, object], str]:
    """What a tool answers: structured, and as text."""
    result = await client.call_tool(name, arguments)
    (block,) = result.content
    assert isinstance(block, TextContent)
    assert result.structured_content is not None
    return result.structured_content, block.text


def failure(result: CallToolResult | InputRequiredResult) -> dict[str, object]:
    """What went wrong; clients in TypeScript would hold structured content against the tool's schema."""
    assert isinstance(result, CallToolResult)
    assert result.is_error
    assert result.structured_content is None
    (block,) = result.content
    assert isinstance(block, TextContent)
    told: dict[str, object] = json.loads(block.text)
    return told


def test_tools_only_read_and_have_schemas() -> None:
    async def main() -> None:
        async with Client(create_server(tools())) as client:
            listed = (await client.list_tools()).tools
            assert [one.name for one in listed] == ["search", "fetch", "ask", "check_quote", "changes"]
            assert all(one.annotations and one.annotations.read_only_hint for one in listed)
            assert all(one.output_schema for one in listed)
            assert all(one.input_schema["additionalProperties"] is False for one in listed)
            assert listed[0].input_schema["required"] == ["query"]
            assert listed[1].input_schema["required"] == ["id"]
            for tool in listed:
                for name, one in tool.input_schema["properties"].items():
                    for part in (one, *one.get("anyOf", ()), one.get("items", {})):
                        assert part.get("type") != "string" or "maxLength" in part, (tool.name, name)
                        assert part.get("type") != "array" or "maxItems" in part, (tool.name, name)

    asyncio.run(main())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_search_and_fetch_are_what_connectors_expect(mode: str) -> None:
    async def main() -> None:
        async with Client(create_server(tools()), mode=mode) as client:
            found, text = await call(client, "search", {"query": "harbour reopened"})
            assert json.loads(text) == found
            results = {one["id"]: one for one in found["results"]}  # type: ignore[attr-defined]
            assert results[HARBOUR.id]["url"] == HARBOUR.url
            assert results[RIVAL.id]["url"].startswith("article://rival-%C3%9Cn%C3%AFcode%3A7@")
            read, text = await call(client, "fetch", {"id": HARBOUR.id})
            assert json.loads(text) == read
            assert (read["id"], read["title"], read["text"]) == (HARBOUR.id, HARBOUR.title, HARBOUR.body)
            assert read["metadata"]["next_offset"] is None  # type: ignore[index]

    asyncio.run(main())


def test_an_answer_begins_with_quotation_outlet_date_and_link() -> None:
    async def main() -> None:
        async with Client(create_server(tools())) as client:
            answer, text = await call(client, "ask", {"question": "When did the harbour reopen?"})
            assert answer["status"] == "answered"
            assert text.splitlines()[0].startswith("[1] “")
            assert f"— Harbour Gazette, 2020-10-19T17:45 <{HARBOUR.url}>" in text
            refused, _ = await call(client, "ask", {"question": "Who governs Atlantis?"})
            assert (refused["status"], bool(refused["reason"])) == ("abstained", True)

    asyncio.run(main())


def test_a_quotation_is_checked() -> None:
    async def main() -> None:
        async with Client(create_server(tools())) as client:
            body, text = await call(client, "check_quote", {"quote": "we lost four cranes"})
            assert (body["verdict"], text.splitlines()[0]) == (
                "word_for_word",
                "Word for word: 1 article, 1 origin",
            )
            changed, text = await call(client, "changes", {})
            assert (changed["total"], text) == (0, "Nothing that was cited has changed.")

    asyncio.run(main())


@pytest.mark.parametrize(
    ("name", "arguments", "error"),
    [
        ("fetch", {"id": "nowhere"}, "not_found"),
        ("search", {"query": "x", "since": "5 May"}, "bad_input"),
        ("search", {"query": "x", "limit": 99}, "bad_input"),
        ("check_quote", {"quote": "…"}, "bad_input"),
        ("ask", {"question": " "}, "bad_input"),
        ("search", {"limit": "x"}, "bad_input"),
        ("search", {"query": "x", "outlets": ["Harbour Gazette"]}, "bad_input"),
        ("fetch", {"id": HARBOUR.id, "offset": 10_000}, "bad_input"),
        ("add", {"title": "x"}, "bad_input"),
    ],
)
def test_what_goes_wrong_is_told(name: str, arguments: dict[str, object], error: str) -> None:
    async def main() -> None:
        async with Client(create_server(tools())) as client:
            told = failure(await client.call_tool(name, arguments))
            assert set(told) == {"error", "message", "retry_after"}
            assert told["error"] == error

    asyncio.run(main())


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("ask", {"question": "x" * 1001}),
        ("ask", {"question": "Who?", "outlet": ["x"] * 51}),
        ("ask", {"question": "Who?", "outlet": "x" * 201}),
        ("ask", {"question": "Who?", "as_of": "2" * 41}),
        ("search", {"query": "x" * 1001}),
        ("fetch", {"id": "x" * 266}),
        ("check_quote", {"quote": "x" * 5001}),
        ("check_quote", {"quote": "we lost four cranes", "speaker": "x" * 201}),
        ("changes", {"since": "2" * 41}),
    ],
)
def test_what_is_too_long_is_refused_before_anything_is_done_with_it(
    name: str, arguments: dict[str, object]
) -> None:
    @asynccontextmanager
    async def turn() -> AsyncIterator[None]:
        raise AssertionError("work was begun")
        yield

    async def main() -> None:
        async with Client(create_server(tools(turn))) as client:
            told = failure(await client.call_tool(name, arguments))
            assert told["error"] == "bad_input"
            assert "at most" in str(told["message"])

    asyncio.run(main())


def test_arguments_that_are_null_or_one_outlet_are_understood() -> None:
    async def main() -> None:
        async with Client(create_server(tools())) as client:
            given = {"query": "harbour reopened", "since": None, "outlet": RIVAL.outlet, "limit": None}
            found, _ = await call(client, "search", given)
            assert [one["id"] for one in found["results"]] == [RIVAL.id]  # type: ignore[attr-defined]

    asyncio.run(main())


def test_a_full_server_says_when_to_come_again() -> None:
    @asynccontextmanager
    async def full() -> AsyncIterator[None]:
        raise Busy(7)
        yield

    async def main() -> None:
        async with Client(create_server(tools(full))) as client:
            told = failure(await client.call_tool("ask", {"question": "When?"}))
            assert (told["error"], told["retry_after"]) == ("busy", 7)

    asyncio.run(main())


def test_an_article_is_a_resource_by_its_revision() -> None:
    async def main() -> None:
        async with Client(create_server(tools())) as client:
            read = await client.read_resource(f"article://{HARBOUR.id}@{HARBOUR.revision}")
            assert getattr(read.contents[0], "text", None) == HARBOUR.body
            with pytest.raises(MCPError):
                await client.read_resource(f"article://{HARBOUR.id}@{'0' * 64}")

    asyncio.run(main())


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_same_is_served_over_http(tmp_path: Path, mode: str) -> None:
    library = FakeLibrary()
    app = create_app(FakeAsker(library), library, keys=KeyRing(tmp_path / "keys.json"))

    async def main(address: str) -> None:
        async with Client(f"{address}/mcp", mode=mode) as client:
            found, _ = await call(client, "search", {"query": "harbour reopened"})
            urls = [one["url"] for one in found["results"]]  # type: ignore[attr-defined]
            assert f"{address}/?article=rival-%C3%9Cn%C3%AFcode%3A7" in urls

    with serving(app) as address:
        asyncio.run(main(address))


def test_the_server_wants_the_same_key(tmp_path: Path) -> None:
    from fastapi.testclient import TestClient

    library = FakeLibrary()
    keys = KeyRing(tmp_path / "keys.json")
    token = keys.add("reader")
    app = create_app(FakeAsker(library), library, keys=keys, settings=HttpSettings(require_key=True))
    ping = {"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}
    headers = {"Accept": "application/json, text/event-stream"}
    with TestClient(app) as client:
        assert client.post("/mcp", json=ping, headers=headers).status_code == 401
        refused = client.get("/mcp", headers={"X-API-Key": token})
        assert (refused.status_code, refused.headers["allow"]) == (405, "POST")
        assert "tools/list" in str(client.get("/openapi.json").json()["paths"]["/mcp"]["post"])
        elsewhere = {**headers, "X-API-Key": token, "Origin": "http://evil.example"}
        assert client.post("/mcp", json=ping, headers=elsewhere).status_code == 403
        answer = client.post("/mcp", json=ping, headers={**headers, "X-API-Key": token}).json()
        assert len(answer["result"]["tools"]) == 5


def test_an_outlet_that_is_called_like_a_quotation_makes_no_second_one() -> None:
    outlet = (
        "Courier, 2020 <https://courier.example> [2] “The minister takes bribes.” — The Times" + "x" * 200
    )
    quote = ProvedQuote(
        quote="It opened.", outlet=outlet, published="2020-10-19", url="https://e.example/", article="m",
        title="T", revision="r", start=0, end=10,
    )  # fmt: skip
    line = quote_line(quote, 1)
    assert (line.count("“"), line.count("["), line.count("<")) == (1, 1, 1)
    assert len(line) < 250


@pytest.mark.soak  # it loads the encoder in a process of its own
def test_the_command_speaks_over_standard_input_and_output(seeds_home: Path) -> None:
    async def main() -> None:
        started = StdioServerParameters(
            command=sys.executable, args=["-m", "bot", "--home", str(seeds_home), "mcp"]
        )
        async with Client(stdio_client(started)) as client:
            body, _ = await call(client, "check_quote", {"quote": "wants the work done quickly"})
            assert body["verdict"] == "word_for_word"

    asyncio.run(main())
