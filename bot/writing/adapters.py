"""A request into a reply through LlamaIndex's adapters: the only file that knows their classes.

Neither LlamaIndex nor a provider's client tries again here (`bot.writing.patience` does, once for all of
them): stacked, three tries of each would be nine. A connection belongs to one call and is closed with it, so
that whoever stops reading stops the model.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Mapping
from contextlib import aclosing, asynccontextmanager
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from bot.writing.model import Counted, Finished, ReplyPiece, Request
from bot.writing.settings import LlmSettings, Provider
from bot.writing.troubles import Heard, explained
from index.errors import BadSetting
from index.extras import bringing

if TYPE_CHECKING:
    from llama_index.core.base.llms.types import ChatResponse
    from llama_index.core.llms import LLM
    from llama_index.llms.anthropic import Anthropic

_PACKAGES: Mapping[Provider, str] = {
    "openai": "llama_index.llms.openai_like",
    "anthropic": "llama_index.llms.anthropic",
    "ollama": "llama_index.llms.ollama",
}
_HOMES: Mapping[Provider, str] = {
    "openai": "https://api.openai.com/v1",
    "anthropic": "https://api.anthropic.com",
    "ollama": "http://localhost:11434",
}


def adapter(settings: LlmSettings) -> LlamaIndexModel:
    """The model that the settings name; nothing is imported or opened before it is asked.

    Raises:
        BadSetting: the provider's package is not installed.
    """
    if not _installed(_PACKAGES[settings.provider]):
        raise BadSetting(
            f"'llm.provider' is {settings.provider!r}, whose package is not installed,"
            f" expected: {bringing(settings.provider)}"
        )
    return LlamaIndexModel(settings)


class LlamaIndexModel:
    """One model of one provider, asked at temperature 0."""

    def __init__(self, settings: LlmSettings) -> None:
        self._settings = settings

    @property
    def name(self) -> str:
        """What the settings call the model."""
        return self._settings.model

    async def ready(self) -> None:
        """Import the adapter, which takes 1 to 2 s the first time, in a thread."""
        await asyncio.to_thread(import_module, _PACKAGES[self._settings.provider])

    async def write(self, request: Request) -> AsyncGenerator[ReplyPiece, None]:
        """The reply, piece by piece as it comes, or whole where the settings say so. Raises `LlmError`."""
        heard = Heard()
        try:
            async with (
                _opened(self._settings, request, heard) as llm,
                aclosing(_replies(llm, request, stream=self._settings.stream)) as replies,
            ):
                async for reply in replies:
                    for piece in _pieces(reply, self._settings.provider, stream=self._settings.stream):
                        yield piece
        except Exception as exc:
            raise explained(exc, heard) from exc


# Asking


@asynccontextmanager
async def _opened(settings: LlmSettings, request: Request, heard: Heard) -> AsyncIterator[LLM]:
    """LlamaIndex's adapter over a connection of its own, which is closed at the end."""
    llm, close = {"openai": _openai, "anthropic": _anthropic, "ollama": _ollama}[settings.provider](
        settings, request, heard
    )
    try:
        yield llm
    finally:
        await close()


Opened = tuple["LLM", Callable[[], Awaitable[None]]]


def _openai(settings: LlmSettings, request: Request, heard: Heard) -> Opened:
    import httpx
    from llama_index.llms.openai_like import OpenAILike
    from openai import AsyncOpenAI

    times = httpx.Timeout(settings.first_token_timeout, connect=settings.connect_timeout)
    http = httpx.AsyncClient(timeout=times, event_hooks={"response": [heard.note]})
    base, key = settings.base_url or _HOMES["openai"], settings.api_key.get_secret_value() or "none"
    client = AsyncOpenAI(base_url=base, api_key=key, timeout=times, max_retries=0, http_client=http)
    llm = OpenAILike(
        model=settings.model,
        api_base=base,
        api_key=key,
        is_chat_model=True,
        temperature=0.0,
        max_tokens=request.max_tokens,
        max_retries=0,
        context_window=settings.context,
        additional_kwargs={"stream_options": {"include_usage": True}},
    )
    llm._aclient = client  # as the adapter would make it from other arguments, which mypy does not know
    return llm, http.aclose


def _anthropic(settings: LlmSettings, request: Request, heard: Heard) -> Opened:
    import httpx
    from anthropic import AsyncAnthropic

    times = httpx.Timeout(settings.first_token_timeout, connect=settings.connect_timeout)
    http = httpx.AsyncClient(timeout=times, event_hooks={"response": [heard.note]})
    base, key = settings.base_url or _HOMES["anthropic"], settings.api_key.get_secret_value() or "none"
    llm = _claude()(
        model=settings.model,
        base_url=base,
        api_key=key,
        temperature=0.0,
        max_tokens=request.max_tokens,
        max_retries=0,
    )
    # The adapter makes its own client and takes none: this is how it gets ours, with our times.
    llm._aclient = AsyncAnthropic(base_url=base, api_key=key, timeout=times, max_retries=0, http_client=http)
    return llm, http.aclose


@cache
def _claude() -> type[Anthropic]:
    """The adapter for models of any name: its own refuses those that are newer than itself."""
    from llama_index.core.base.llms.types import LLMMetadata
    from llama_index.llms.anthropic import Anthropic

    class Claude(Anthropic):
        @property
        def metadata(self) -> LLMMetadata:
            return LLMMetadata(num_output=self.max_tokens, is_chat_model=True, model_name=self.model)

    return Claude


def _ollama(settings: LlmSettings, request: Request, heard: Heard) -> Opened:
    import httpx
    from llama_index.llms.ollama import Ollama
    from ollama import AsyncClient

    times = httpx.Timeout(settings.first_token_timeout, connect=settings.connect_timeout)
    base, key = settings.base_url or _HOMES["ollama"], settings.api_key.get_secret_value()
    headers = {"authorization": f"Bearer {key}"} if key else {}
    client = AsyncClient(host=base, timeout=times, headers=headers, event_hooks={"response": [heard.note]})
    llm = Ollama(
        model=settings.model,
        base_url=base,
        temperature=0.0,
        context_window=settings.context,  # else the adapter asks the server, in the way of everything else
        additional_kwargs={"num_predict": request.max_tokens},
        async_client=client,
    )
    return llm, client.close


async def _replies(llm: LLM, request: Request, *, stream: bool) -> AsyncGenerator[ChatResponse, None]:
    from llama_index.core.base.llms.types import ChatMessage, MessageRole

    rules = [ChatMessage(role=MessageRole.SYSTEM, content=request.system)] if request.system else []
    messages = [*rules, ChatMessage(role=MessageRole.USER, content=request.user)]
    if not stream:
        yield await llm.achat(messages)
        return
    async with aclosing(await llm.astream_chat(messages)) as replies:
        async for reply in replies:
            yield reply


# Reading what comes back


def _pieces(reply: ChatResponse, provider: Provider, *, stream: bool) -> list[ReplyPiece]:
    """What one reply of the adapter adds: text, token counts, the end."""
    text = (reply.delta if stream else reply.message.content) or ""
    ended, counted = _END[provider](reply.raw)
    pieces: list[ReplyPiece] = [text] if text else []
    pieces += [counted] if counted else []
    return [*pieces, Finished(full=ended in ("length", "max_tokens"))] if ended else pieces


def _openai_end(raw: object) -> tuple[str | None, Counted | None]:
    choices, usage = getattr(raw, "choices", None), getattr(raw, "usage", None)
    counted = Counted(usage.prompt_tokens or 0, usage.completion_tokens or 0) if usage else None
    return (choices[0].finish_reason if choices else None), counted


def _anthropic_end(raw: object) -> tuple[str | None, Counted | None]:
    fields = cast(Mapping[str, object], raw)
    usage = fields.get("usage")
    delta = fields.get("delta")
    ended = getattr(delta, "stop_reason", None) or fields.get("stop_reason")
    counted = (
        Counted(getattr(usage, "input_tokens", 0) or 0, getattr(usage, "output_tokens", 0) or 0)
        if usage
        else None
    )
    return (str(ended) if ended else None), counted


def _ollama_end(raw: object) -> tuple[str | None, Counted | None]:
    fields = cast(Mapping[str, object], raw)
    if not fields.get("done"):
        return None, None
    counts = [fields.get(name) for name in ("prompt_eval_count", "eval_count")]
    read, written = (count if isinstance(count, int) else 0 for count in counts)
    return str(fields.get("done_reason") or "stop"), Counted(read, written)


_END: Mapping[Provider, Callable[[object], tuple[str | None, Counted | None]]] = {
    "openai": _openai_end,
    "anthropic": _anthropic_end,
    "ollama": _ollama_end,
}


def _installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ModuleNotFoundError:
        return False
