"""What a person may set about the language model, as one value; imports nothing heavy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import Field, SecretStr

Provider = Literal["openai", "anthropic", "ollama"]
_Address = Annotated[str, Field(pattern=r"^(https?://\S+)?$")]
_Seconds = Annotated[float, Field(gt=0)]


@dataclass(frozen=True)
class LlmSettings:
    """Which language model writes the answers; without a `model` they are quoted.

    "openai" is any endpoint that speaks OpenAI's chat API: OpenAI itself, vLLM, llama.cpp, LM Studio,
    Ollama's `/v1`. Times are seconds. `timeout` is for a question with all its calls and tries; with
    the 10 s that rewriting a follow-up may take it is less than the server's `http.answer_timeout`, so that
    the answer can still be quoted.
    """

    model: str = ""
    provider: Provider = "openai"
    base_url: _Address = ""  # empty: the provider's own; for ollama http://localhost:11434
    api_key: SecretStr = field(default_factory=lambda: SecretStr(""))
    passages: Annotated[int, Field(ge=1)] = 12  # sent with a question, nearest first, as many as fit
    max_tokens: Annotated[int, Field(ge=50)] = (
        800  # of one reply; three sentences with what they rely on are about 250
    )
    tokens: Annotated[int, Field(ge=1000)] = 16_000  # of a question with all its calls, read and written
    context: Annotated[int, Field(ge=1000)] = 8_192  # what the model can take at once, the reply included
    connect_timeout: _Seconds = 5.0
    first_token_timeout: _Seconds = 30.0  # also the longest silence between two pieces
    timeout: _Seconds = 45.0
    retries: Annotated[int, Field(ge=0, le=9)] = (
        2  # after 408, 409, 429, 5xx, a lost connection, half an answer
    )
    wording: Literal["proved", "marked"] = (
        "proved"  # marked: unproved wording is shown, marked, with its quotations
    )
    stream: bool = True  # off: for an endpoint that cannot
