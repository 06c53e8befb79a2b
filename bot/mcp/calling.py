"""A call of a tool into its result: what it is called with is checked, and every failure has one form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from mcp.server.mcpserver import Context, MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.shared.exceptions import MCPError
from mcp.types import INVALID_PARAMS, CallToolResult, GetPromptResult, Tool
from pydantic import ValidationError

from bot.mcp.failures import failed
from index.errors import BadInput

if TYPE_CHECKING:
    from mcp.types import InputRequiredResult


class ToolServer(MCPServer[None]):
    """A server whose tools take only the arguments that they name; one that is null counts as not given."""

    async def list_tools(self) -> list[Tool]:
        """The tools, with schemas that allow nothing else."""
        closed = {"additionalProperties": False}
        return [
            one.model_copy(update={"input_schema": {**one.input_schema, **closed}})
            for one in await super().list_tools()
        ]

    async def call_tool(
        self, name: str, arguments: Mapping[str, object], context: Context[None] | None = None
    ) -> CallToolResult | InputRequiredResult:
        """What a tool answers; whatever goes wrong is a result that says what was expected."""
        given = {key: value for key, value in arguments.items() if value is not None}
        try:
            self._expect_known(name, given)
            return await super().call_tool(name, given, context)
        except BadInput as exc:
            return failed(exc)
        except ToolError as exc:
            return failed(_bad_arguments(name, exc.__cause__) if exc.__cause__ else exc)

    async def get_prompt(
        self,
        name: str,
        arguments: dict[str, str] | None = None,
        context: Context[None] | None = None,
    ) -> GetPromptResult | InputRequiredResult:
        """A prompt; one that is not there is the caller's mistake, not the server's."""
        if name not in {one.name for one in await self.list_prompts()}:
            raise MCPError(INVALID_PARAMS, f"there is no prompt {name!r}")
        return await super().get_prompt(name, arguments, context)

    def _expect_known(self, name: str, given: Mapping[str, object]) -> None:
        tools = {one.name: one for one in self._tool_manager.list_tools()}
        if name not in tools:
            raise BadInput(f"there is no tool {name!r}, expected one of {', '.join(tools)}")
        known = tools[name].parameters["properties"]
        if unknown := sorted(set(given) - set(known)):
            raise BadInput(f"{name} takes no {', '.join(unknown)}, expected {', '.join(known)}")


def _bad_arguments(name: str, exc: BaseException) -> Exception:
    """Arguments that are none, told without the SDK's words; anything else as it is."""
    if isinstance(exc, ValidationError):
        faults = [
            f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}" for fault in exc.errors(include_url=False)
        ]
        return BadInput(f"{name}: {'; '.join(faults)}")
    return exc if isinstance(exc, Exception) else RuntimeError(type(exc).__name__)
