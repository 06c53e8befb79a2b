"""The part of OpenAI's chat API that Dateline speaks, as pydantic models with an example each."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    StrictBool,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.config import JsonDict

from bot.http.routes.ask_bodies import BLANK_PATTERN, FiltersBody
from bot.showing.examples import HARBOUR_ANSWER, HARBOUR_QUOTE
from bot.showing.json import AnswerBody

MODEL = "dateline"
_MOST = 200_000  # characters of a message
_Text = Annotated[str, StringConstraints(max_length=_MOST)]
# Told is 1,000 characters, the longest question; a longer one is refused as the last, passed over as another.
_Question = Annotated[
    str, StringConstraints(max_length=_MOST), WithJsonSchema({"type": "string", "maxLength": 1000})
]
# At least one message must be a question; in JSON Schema that is all that can be said of it.
_ONE_QUESTION: JsonDict = {
    "contains": {
        "properties": {
            "role": {"const": "user"},
            "content": {"type": "string", "minLength": 1, "maxLength": 1000, "pattern": BLANK_PATTERN},
        },
        "required": ["role", "content"],
    }
}


class Part(BaseModel):
    """A part of a message; parts other than text are passed over."""

    type: Annotated[str, StringConstraints(max_length=100)]
    text: _Question | None = None


class UserMessage(BaseModel):
    """A question; the last one with text is answered, earlier ones are its history. Null is passed over."""

    role: Literal["user"]
    content: _Question | Annotated[list[Part], Field(max_length=100)] | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Self:
        if len(self.words) > _MOST:
            raise ValueError(f"the parts have {len(self.words):,} characters, expected at most {_MOST:,}")
        return self

    @property
    def words(self) -> str:
        """Its text, or that of those of its parts that have one."""
        if self.content is None or isinstance(self.content, str):
            return (self.content or "").strip()
        return "\n".join(part.text or "" for part in self.content).strip()


class OtherMessage(BaseModel):
    """What others said. Only the assistant's words count, as history."""

    role: Literal["system", "developer", "assistant", "tool", "function"]
    content: _Text | Annotated[list[dict[str, JsonValue]], Field(max_length=100)] | None = None


Message = Annotated[UserMessage | OtherMessage, Field(discriminator="role")]


class StreamOptions(BaseModel):
    """What a stream tells besides its text."""

    include_usage: StrictBool | None = None


class ChatBody(BaseModel):
    """A chat, of which Dateline answers the last question. Fields it does not know are passed over."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "model": MODEL,
                    "messages": [{"role": "user", "content": "When did the harbour reopen?"}],
                    "stream": False,
                    "filters": {"outlet": ["Harbour Gazette"]},
                }
            ]
        }
    )

    model: Annotated[str, StringConstraints(max_length=200)] = MODEL
    messages: Annotated[list[Message], Field(min_length=1, max_length=500, json_schema_extra=_ONE_QUESTION)]
    stream: StrictBool | None = False
    stream_options: StreamOptions | None = None
    filters: FiltersBody = Field(
        FiltersBody(),
        description="Dateline's own: which articles may be used (`extra_body` in OpenAI's client)",
    )
    llm: StrictBool | None = Field(
        default=None, description="Dateline's own: whether a language model may write"
    )


class ChatMessage(BaseModel):
    """The answer as a message: Markdown, its citations as notes."""

    role: Literal["assistant"] = "assistant"
    content: str


class Choice(BaseModel):
    """The one answer."""

    index: int = 0
    message: ChatMessage
    finish_reason: Literal["stop"] = "stop"
    logprobs: None = None


class Usage(BaseModel):
    """Tokens of a language model; none were needed where the answer is quoted."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


class ChatCompletion(BaseModel):
    """An answer in OpenAI's shape; `dateline` is the same answer in Dateline's own."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "id": "chatcmpl-5f1d",
                    "object": "chat.completion",
                    "created": 1603115100,
                    "model": MODEL,
                    "choices": [
                        {
                            "index": 0,
                            "message": {
                                "role": "assistant",
                                "content": f"{HARBOUR_QUOTE} [1]\n\n**Sources**\n\n1. “{HARBOUR_QUOTE}”",
                            },
                            "finish_reason": "stop",
                            "logprobs": None,
                        }
                    ],
                    "usage": {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0},
                    "dateline": HARBOUR_ANSWER,
                }
            ]
        }
    )

    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="seconds since 1970")
    model: str
    choices: list[Choice]
    usage: Usage = Usage()
    dateline: AnswerBody | None = Field(
        default=None, description="null where a chat program asked for a title, tags or the like"
    )


class Delta(BaseModel):
    """What a chunk adds to the message."""

    role: Literal["assistant"] | None = None
    content: str | None = None


class ChunkChoice(BaseModel):
    """A piece of the one answer."""

    index: int = 0
    delta: Delta
    finish_reason: Literal["stop"] | None = None
    logprobs: None = None


class Chunk(BaseModel):
    """A piece of a streamed answer; the last one with text carries the whole as `dateline`."""

    id: str
    object: Literal["chat.completion.chunk"] = "chat.completion.chunk"
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None
    dateline: AnswerBody | None = None


class Model(BaseModel):
    """A model that can be named."""

    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str = "dateline"


class Models(BaseModel):
    """The one model there is."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "object": "list",
                    "data": [{"id": MODEL, "object": "model", "created": 0, "owned_by": "dateline"}],
                }
            ]
        }
    )

    object: Literal["list"] = "list"
    data: list[Model]
