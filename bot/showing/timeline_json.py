"""A timeline as JSON: the same from the terminal and HTTP."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from bot.answering.timeline import Timeline
from bot.showing.articles_json import CitationBody, Shown
from bot.showing.examples import HARBOUR_CITATION
from bot.showing.parts_json import DatedWordsBody, UsedFilters


class TimelineStepBody(Shown):
    """One sentence of one day."""

    day: str = Field(description="the day its article was published")
    citation: CitationBody
    also_in: tuple[str, ...] = Field(default=(), description="other outlets that printed it")
    story: int | None = Field(
        default=None, description="the chain of reports it belongs to; null: it stands alone"
    )
    retracts: bool = Field(default=False, description="it takes back what an earlier step of its story said")


class MonthCount(Shown):
    """How many articles on the subject a month has."""

    month: str
    articles: int


class TimelineBody(Shown):
    """Dated, cited sentences on one subject, one a day and origin, the oldest first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "subject": "the harbour",
                    "filters": {"outlet": [], "since": None, "until": None, "as_of": None},
                    "steps": [{"day": "2020-10-19", "citation": HARBOUR_CITATION}],
                    "months": [{"month": "2020-10", "articles": 1}],
                    "undated": 0,
                    "dates": [],
                }
            ]
        }
    )

    subject: str
    filters: UsedFilters
    steps: tuple[TimelineStepBody, ...]
    months: tuple[MonthCount, ...] = Field(description="from the first to the last, those without any too")
    undated: int = Field(description="articles on the subject that cannot be placed")
    dates: tuple[DatedWordsBody, ...] = Field(description="relative dates in the steps, resolved")


def timeline_body(timeline: Timeline) -> TimelineBody:
    """A timeline as it leaves."""
    bodies = {step.citation.number: step.citation.article.body for step in timeline.steps}
    months = [{"month": month, "articles": count} for month, count in timeline.months]
    return TimelineBody.model_validate({**vars(timeline), "months": months}, context=bodies)
