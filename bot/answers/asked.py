"""What a person asks: the record that every front end makes, cleaned and checked before it is answered."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Literal

from index.canonical import canonical
from index.dates import date_span
from index.errors import BadFilter, BadQuestion
from index.records import Filters

LONGEST = 1000  # characters of a question
_LONGEST_RAW = 10 * LONGEST  # before it is cleaned, which takes time: with all that is not seen in it

# What is shown of a language model's wording that is not proved: its quotations, or these beside it, marked.
Wording = Literal["proved", "marked"]


@dataclass(frozen=True)
class Asked:
    """A question with what is asked along with it; None leaves it to the settings.

    `history` are the questions before it, oldest first; what is far too long for one is passed over.
    `llm`: whether a language model may write the answer.
    `wording`: what is shown where its wording is not proved. `asked_on` is the day of asking, None today.
    `logged`: whether the archive remembers it as asked; nobody has asked what a follow asks again.
    """

    text: str
    filters: Filters = field(default_factory=Filters)
    history: tuple[str, ...] = ()
    llm: bool | None = None
    wording: Wording | None = None
    asked_on: date | None = None
    logged: bool = True

    def cleaned(self) -> Asked:
        """The same in clean words.

        Raises:
            BadQuestion: nothing or more than 1,000 characters are left of the question.
            BadFilter: a date of the filters is not ISO.
        """
        _check_dates(self.filters)
        text = self.text if len(self.text) > _LONGEST_RAW else clean(self.text)
        if not text:
            raise BadQuestion("the question is empty, expected 1 to 1,000 characters")
        if len(text) > LONGEST:
            raise BadQuestion(f"the question has {len(text):,} characters, expected 1 to 1,000")
        earlier = tuple(clean(one) for one in self.history if len(one) <= _LONGEST_RAW)
        return replace(self, text=text, history=earlier)

    @property
    def day(self) -> date:
        """The day that "yesterday" is counted from: the last that is asked as of, or that of asking."""
        if self.filters.as_of:
            return date.fromisoformat(date_span(self.filters.as_of)[1][:10])
        return self.asked_on or datetime.now(UTC).date()


def clean(text: str) -> str:
    """Canonical text in one line: control characters, line ends and runs of white space become one space."""
    shown = "".join(
        " " if unicodedata.category(letter) in ("Cc", "Cs") else letter for letter in canonical(text)
    )
    return " ".join(shown.split())


def _check_dates(filters: Filters) -> None:
    for name, value in (("since", filters.since), ("until", filters.until), ("as_of", filters.as_of)):
        try:
            if value is not None:
                date_span(value)
        except BadFilter as exc:
            raise BadFilter(f"{name}: {exc}") from exc
