"""Whatever is typed into the page or sent to the MCP tools: an answer or a refusal, and never a fault."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path

import pytest
from http_fakes import FakeAsker, FakeLibrary
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st
from mcp import Client, MCPError
from page_browser import NEEDS_CHROMIUM, a_page

from bot.checking.checker import QuoteChecker
from bot.mcp.server import create_server
from bot.mcp.tools import ArchiveTools

SEEDS, EXAMPLES, TYPED = (1, 2, 3), 150, 40
TEXTS = st.text(max_size=200) | st.sampled_from(
    [
        "",
        " ",
        "\x00",
        "\u202e",
        "𝔘" * 900,
        "' OR 1=1 --",
        "<script>alert(1)</script>",
        "../../etc/passwd",
        "%00",
        "?" * 1001,
    ]
)
VALUES: st.SearchStrategy[object] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=8,
)
NAMES = st.sampled_from(
    ["query", "question", "id", "quote", "speaker", "outlet", "since", "until", "as_of", "limit", "offset"]
)
DATES = st.sampled_from(["", "2020-10-19", "1500-01-01", "9999-12-31", "0001-01-01"])


@pytest.mark.soak
def test_no_argument_of_an_mcp_tool_is_a_fault(figure: Callable[[str], None]) -> None:
    library = FakeLibrary()
    server = create_server(ArchiveTools(FakeAsker(library), library, QuoteChecker(library), nullcontext))
    tried = 0

    async def call(client: Client, tool: str, arguments: dict[str, object]) -> None:
        try:
            result = await client.call_tool(tool, arguments)
        except MCPError as exc:
            assert exc.error.code in (-32602, -32600), (tool, arguments, exc)  # what it was given is none
            return
        said = " ".join(getattr(block, "text", "") for block in result.content)
        assert "Traceback" not in said and "Error executing" not in said, (tool, arguments, said)

    async def main() -> None:
        nonlocal tried
        async with Client(server) as client:
            tools = [one.name for one in (await client.list_tools()).tools]
            for tool, arguments in drawn(tools):
                await call(client, tool, arguments)
                tried += 1

    asyncio.run(main())
    figure(f"{tried} calls of MCP tools with generated arguments, {len(SEEDS)} seeds: 0 faults")


def drawn(tools: list[str]) -> list[tuple[str, dict[str, object]]]:
    """Calls that hypothesis makes up, as many for each seed."""
    made: list[tuple[str, dict[str, object]]] = []
    for number in SEEDS:

        @seed(number)
        @settings(
            max_examples=EXAMPLES, deadline=None, database=None, suppress_health_check=list(HealthCheck)
        )
        @given(st.sampled_from(tools), st.dictionaries(NAMES, VALUES, max_size=5))
        def one(tool: str, arguments: dict[str, object]) -> None:
            made.append((tool, arguments))

        one()
    return made


@pytest.mark.soak
@NEEDS_CHROMIUM
def test_nothing_that_is_typed_into_the_page_breaks_it(tmp_path: Path, figure: Callable[[str], None]) -> None:
    typed: list[tuple[str, str, str, str]] = []

    @seed(SEEDS[0])
    @settings(max_examples=TYPED, deadline=None, database=None, suppress_health_check=list(HealthCheck))
    @given(TEXTS, TEXTS, DATES, DATES)
    def one(question: str, outlet: str, since: str, until: str) -> None:
        typed.append((question, outlet, since, until))

    one()
    troubles: list[str] = []
    with a_page(FakeAsker(FakeLibrary()), tmp_path) as page:
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("dialog", lambda dialog: (troubles.append(dialog.message), dialog.dismiss()))
        page.on("response", lambda answer: troubles.append(answer.url) if answer.status == 500 else None)
        for question, outlet, since, until in typed:
            page.goto("/")
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
            for name, value in (
                ("outlet", outlet),
                ("since", since),
                ("until", until),
                ("question", question),
            ):
                page.evaluate(
                    "([name, value]) => { document.getElementById(name).value = value; }", [name, value]
                )
            page.locator("#question").press("Enter")
            page.wait_for_timeout(150)
            assert page.locator("#question").is_visible()
    figure(f"{len(typed)} generated questions and filters typed into the page: {len(troubles)} troubles")
    assert troubles == []
