"""The query of the page's address into what it names: a question, an article, a list."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field, StringConstraints
from starlette.datastructures import QueryParams

from bot.answers.asked import Asked
from bot.http.routes.ask_bodies import FiltersBody, QuestionText
from index.records import Span

_THREAD = 6  # questions of a thread that count, as in `thread.js`
_SEVERAL = ("outlet", "after")
_Place = Annotated[int, Field(ge=0, le=2**31 - 1)]


class PageAddress(FiltersBody):
    """What an address of the page says; fields that are empty, as a form sends them, say nothing."""

    model_config = ConfigDict(extra="ignore")

    view: str = ""
    q: QuestionText | None = None
    after: list[QuestionText] = Field(default=[], max_length=50)
    article: Annotated[str, StringConstraints(min_length=1, max_length=200)] | None = None
    start: _Place | None = None
    end: _Place | None = None
    revision: Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")] | None = None
    offset: _Place = 0

    @property
    def names(self) -> Literal["answer", "article", "articles", "groups", "elsewhere", "nothing"]:
        """Which kind of page it is; "elsewhere" has a form of its own, which needs no JavaScript."""
        if self.view == "articles":
            return "articles"
        if self.view in ("stories", "copies"):
            return "groups"
        if self.view:
            return "elsewhere" if self.view in ("passages", "timeline") and self.q else "nothing"
        return "answer" if self.q else "article" if self.article else "nothing"

    @property
    def span(self) -> Span | None:
        """The passage that it points at, if any."""
        if self.start is None or self.end is None or self.start >= self.end:
            return None
        return Span(self.start, self.end)

    def asked(self) -> Asked:
        """What is asked, with the questions before it."""
        return Asked(self.q or "", self.record(), tuple(self.after[-_THREAD:]))


def page_address(query: QueryParams) -> PageAddress:
    """What a query says; raises pydantic's `ValidationError` where it cannot be read."""
    fields: dict[str, object] = {name: value for name, value in query.items() if value.strip()}
    fields |= {name: [one for one in query.getlist(name) if one.strip()] for name in _SEVERAL}
    return PageAddress.model_validate(fields)
