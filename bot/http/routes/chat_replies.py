"""An answer, or a text that needs none, as OpenAI's clients read it: at once or in chunks."""

from __future__ import annotations

import secrets
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

from bot.answers.answer import Answer
from bot.http.routes.chat_bodies import (
    MODEL,
    ChatCompletion,
    ChatMessage,
    Choice,
    Chunk,
    ChunkChoice,
    Delta,
    Usage,
)
from bot.http.routes.stream import event
from bot.showing.json import AnswerBody, answer_body

DONE = event("[DONE]")


@dataclass(frozen=True)
class ChatReply:
    """One reply, whole or in chunks; `usage`: its last chunk tells what was used."""

    usage: bool
    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))

    def chunk(self, delta: Delta, *, last: bool = False, answer: AnswerBody | None = None) -> bytes:
        """A piece of the message."""
        choice = ChunkChoice(delta=delta, finish_reason="stop" if last else None)
        return self._event([choice], answer=answer)

    def whole(self, text: str, answer: Answer | None = None) -> ChatCompletion:
        """The message at once."""
        return ChatCompletion(
            id=self.id,
            created=self.created,
            model=MODEL,
            choices=[Choice(message=ChatMessage(content=text))],
            usage=_usage(answer),
            dateline=answer_body(answer) if answer else None,
        )

    def counted(self, answer: Answer | None) -> bytes:
        """The chunk without text that tells what was used."""
        return self._event([], usage=_usage(answer))

    async def text(self, text: str) -> AsyncIterator[bytes]:
        """A text as chunks."""
        yield self.chunk(Delta(role="assistant", content=text))
        yield self.chunk(Delta(), last=True)
        if self.usage:
            yield self.counted(None)
        yield DONE

    def _event(
        self, choices: list[ChunkChoice], *, usage: Usage | None = None, answer: AnswerBody | None = None
    ) -> bytes:
        chunk = Chunk(
            id=self.id, created=self.created, model=MODEL, choices=choices, usage=usage, dateline=answer
        )
        unset = {name for name in ("usage", "dateline") if getattr(chunk, name) is None}
        return event(chunk.model_dump_json(exclude=unset))


def _usage(answer: Answer | None) -> Usage:
    """The tokens of the language model, where one was asked."""
    used = answer.usage if answer else None
    if used is None:
        return Usage()
    return Usage(
        prompt_tokens=used.input, completion_tokens=used.output, total_tokens=used.input + used.output
    )
