"""What a person may set about the language model, as one value, and what is fixed; imports nothing heavy."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import ConfigDict, Field, SecretStr
from pydantic.dataclasses import dataclass

Provider = Literal["openai", "anthropic", "ollama"]
_Address = Annotated[str, Field(pattern=r"^(https?://\S+)?$")]


@dataclass(frozen=True, config=ConfigDict(extra="forbid"))
class LlmSettings:
    """Which language model writes the answers; without a `model` they are quoted.

    Times are seconds. What is fixed suits every model; only a test has reasons for another value.
    """

    model: str = Field(default="", description="its name, as the provider has it; empty: answers are quoted")
    provider: Provider = Field(
        default="openai",
        description="openai (any endpoint that speaks its chat API: OpenAI, vLLM, llama.cpp, LM Studio,"
        " Ollama's /v1), anthropic or ollama",
    )
    base_url: _Address = Field(
        default="", description="where it is; empty: the provider's own, for ollama http://localhost:11434"
    )
    api_key: SecretStr = Field(default=SecretStr(""), description="the provider's key")
    max_tokens: int = Field(
        default=800,
        ge=50,
        description="of one reply; three sentences with what they rely on are about 250, a model that thinks"
        " needs more",
    )
    context: int = Field(
        default=8_192, ge=1000, description="tokens that it can take at once, the reply included"
    )
    first_token_timeout: float = Field(
        default=30.0, gt=0, description="seconds to its first token, and between two pieces"
    )
    timeout: float = Field(
        default=45.0,
        gt=0,
        description="seconds for a question with all its calls and tries; then the answer is quoted",
    )
    wording: Literal["proved", "marked"] = Field(
        default="proved", description="marked: unproved wording is shown, marked, with its quotations"
    )
    stream: bool = Field(default=True, description="off: for an endpoint that cannot")

    passages: ClassVar[int] = 12  # sent with a question, likeliest first, as many as fit
    tokens: ClassVar[int] = 16_000  # of a question with all its calls, read and written
    connect_timeout: ClassVar[float] = 5.0
    retries: ClassVar[int] = 2  # after 408, 409, 429, 5xx, a lost connection, half an answer
