"""Models whose drafts can be looked at: one remembers what it said, of one the replies were written."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Protocol

from bot.writing.model import Finished, LanguageModel, LlmError, ReplyPiece, Request


class Remembering(LanguageModel, Protocol):
    """A model that keeps its last reply; empty where it was not asked."""

    reply: str


@dataclass
class Recording:
    """A model that remembers the last reply it gave."""

    model: LanguageModel
    reply: str = ""

    @property
    def name(self) -> str:
        """What the model is called."""
        return self.model.name

    async def ready(self) -> None:
        """As the model's."""
        await self.model.ready()

    async def write(self, request: Request) -> AsyncGenerator[ReplyPiece, None]:
        """The reply as it comes, remembered."""
        async with aclosing(self.model.write(request)) as pieces:
            async for piece in pieces:
                if isinstance(piece, str):
                    self.reply += piece
                yield piece


@dataclass
class Written:
    """Replies that somebody wrote, by question."""

    replies: Mapping[str, str] = field(default_factory=dict)
    reply: str = ""
    name: str = "written"

    async def ready(self) -> None:
        """Nothing is to be loaded."""

    async def write(self, request: Request) -> AsyncGenerator[ReplyPiece, None]:
        """The reply that was written for the question. Raises `LlmError` where there is none."""
        question = request.user.rpartition("The question: ")[2].strip()
        if question not in self.replies:
            raise LlmError("not_asked", f"no reply was written for {question!r}")
        self.reply = self.replies[question]
        yield self.reply
        yield Finished()
