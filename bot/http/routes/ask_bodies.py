"""What is asked over HTTP, as pydantic models with an example each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from bot.answers.asked import Asked, Wording
from index.records import Filters

# At least one character that `index.canonical` leaves and a reader sees; \S would let U+200B through.
BLANK_PATTERN = (
    r"[^\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
PATH_PATTERN = r"^[^\u0000-\u001f\u007f-\u009f]+$"  # no control character, which the guard refuses
_YEAR = "[12][0-9]{3}"
_LEAP = "(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:12|16|20|24|28)00)"
_DAY = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
)
_ZONE = "(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"
_TIME = f"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{{1,9}})?)?{_ZONE}?"
# What `index.dates.date_span` takes, so that the description of the API promises no date that is refused.
DATE_PATTERN = f"^(?:{_YEAR}(?:-(?:0[1-9]|1[0-2]))?|{_DAY}(?:T{_TIME})?)$"
DateText = Annotated[
    str, StringConstraints(max_length=40, pattern=DATE_PATTERN), Field(examples=["2020-10-19"])
]
OutletText = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=BLANK_PATTERN)]
QuestionText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1000, pattern=BLANK_PATTERN),
    Field(examples=["When did the harbour reopen?"]),
]


class FiltersBody(BaseModel):
    """Which articles may be used; all that are given must hold."""

    model_config = ConfigDict(extra="forbid")

    outlet: list[OutletText] = Field(
        default=[],
        max_length=50,
        description="only these outlets; empty for all",
        examples=[["Harbour Gazette"]],
    )
    since: DateText | None = Field(
        default=None,
        description="published then or later: ISO 8601, as precise as you like",
        examples=["2020-10"],
    )
    until: DateText | None = Field(
        default=None, description="published then or earlier", examples=["2020-10-20"]
    )
    as_of: DateText | None = Field(
        default=None,
        description="only what had certainly been published by that moment",
        examples=["2020-10-19T12:00:00Z"],
    )

    def record(self) -> Filters:
        """The filters; whether the dates are dates is for asking to say."""
        return Filters(tuple(self.outlet), self.since, self.until, self.as_of)


class TurnBody(BaseModel):
    """One earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=4000)]


class AskBody(BaseModel):
    """A question to the archive."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "When did the harbour reopen?",
                    "filters": {"outlet": ["Harbour Gazette"], "since": "2020-10-01"},
                    "history": [],
                    "llm": False,
                }
            ]
        },
    )

    question: QuestionText
    filters: FiltersBody = FiltersBody()
    history: list[TurnBody] = Field(
        default=[],
        max_length=50,
        description="earlier turns, oldest first, by which a follow-up question is understood;"
        " the answer's `notes` say how it was read",
    )
    llm: StrictBool | None = Field(
        default=None,
        description="whether a language model may write the answer; null leaves it to the server. The"
        " answer's own `llm` names the one that did",
    )
    wording: Wording | None = Field(
        default=None,
        description="where a language model's words are not proved: `proved` shows the quotation, `marked`"
        " its words beside the quotation, with the verdict `marked`; null leaves it to the server",
    )

    def asked(self) -> Asked:
        """What is asked; of the earlier turns the person's own."""
        history = tuple(turn.content for turn in self.history if turn.role == "user")
        return Asked(self.question, self.filters.record(), history, self.llm, self.wording)
