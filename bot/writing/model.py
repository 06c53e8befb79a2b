"""What is asked of a language model and what comes back: the seam where the outside world begins."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Protocol

from bot.answers.notes import ModelTrouble, ModelTroubleKind
from index.errors import DatelineError


class LlmError(DatelineError):
    """The language model could not be asked, or what it said is no use; never the end of an answer.

    `what` is wrong, as a fact. `again`: another try may help. `after`: how many seconds the model's server
    asked to wait before it.
    """

    def __init__(
        self, kind: ModelTroubleKind, detail: str = "", *, again: bool = False, after: float | None = None
    ) -> None:
        self.what = ModelTrouble(kind, detail)
        super().__init__(str(self.what))
        self.again = again
        self.after = after


@dataclass(frozen=True)
class Request:
    """One call: the rules, what is asked under them, and how many tokens the reply may have."""

    system: str
    user: str
    max_tokens: int


@dataclass(frozen=True)
class Counted:
    """The tokens of one call, as the model's server counted them."""

    input: int
    output: int


@dataclass(frozen=True)
class Finished:
    """The model has said all it wanted; without it a reply was cut off. `full`: it ran out of tokens."""

    full: bool = False


ReplyPiece = str | Counted | Finished


class LanguageModel(Protocol):
    """A language model; each call stands by itself."""

    @property
    def name(self) -> str:
        """What the model is called."""

    async def ready(self) -> None:
        """Load what it takes to ask, once, without holding up anybody else."""

    def write(self, request: Request) -> AsyncGenerator[ReplyPiece, None]:
        """The reply piece by piece; closing the iterator ends the call and its connection.

        Raises:
            LlmError: whatever went wrong.
        """
