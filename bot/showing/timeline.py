"""A timeline for people: a bar of articles a month, then a dated and cited sentence a step."""

from __future__ import annotations

from bot.answering.timeline import Timeline, TimelineStep
from bot.answers.lines import in_marks
from bot.showing.formats.taken import Taken, TakenQuote
from bot.showing.wording import Words, words_of

_BAR = 30  # columns of the longest bar
_FULL = "█"
_LEVELS = "▁▂▃▄▅▆▇█"
_MONTHS = 24  # that have a line each; of more each year has one


def bar_lines(timeline: Timeline, words: Words, *, width: int = _BAR) -> list[str]:
    """The articles a month, a block each as long as they fit, then how many have no date.

    A line a month, such as "Oct 2020  ████ 4"; of more than two years a line a year, with a column a month:
    "2020  ··▁▁▃█▂·▁··· 45".
    """
    lines = _years(timeline) if len(timeline.months) > _MONTHS else _months(timeline, words, width)
    if timeline.undated:
        lines.append(words.counted("timeline.undated", timeline.undated))
    return lines


def _months(timeline: Timeline, words: Words, width: int) -> list[str]:
    most = max([width, *(count for _, count in timeline.months)])
    named = [(words.day(month), count) for month, count in timeline.months]
    wide = max((len(name) for name, _ in named), default=0)
    return [f"{name:<{wide}}  {_FULL * -(-width * count // most)} {count}" for name, count in named]


def _years(timeline: Timeline) -> list[str]:
    counts = dict(timeline.months)
    most = max(len(_LEVELS), *counts.values())
    lines = []
    for year in sorted({month[:4] for month, count in timeline.months if count}):
        own = [counts.get(f"{year}-{month:02}", 0) for month in range(1, 13)]
        columns = (_LEVELS[-(-len(_LEVELS) * count // most) - 1] if count else "·" for count in own)
        lines.append(f"{year}  {''.join(columns)} {sum(own)}")
    return lines


def step_line(step: TimelineStep, timeline: Timeline, words: Words) -> str:
    """A step in one line: "10 Nov 2020 · Caucasus Digest: “…” [3] (story 1)"."""
    citation = step.citation
    days = words.days(timeline.dates, citation)
    remarks = [remark for remark in (step_remark(step, words), f"({days})" if days else "") if remark]
    printed = words.printed_by(citation.article, step.also_in)
    return " ".join([f"{printed}: {in_marks(citation.quote)} [{citation.number}]", *remarks])


def step_remark(step: TimelineStep, words: Words) -> str:
    """What a step is in its story: "(story 1: takes back what was said)"; empty where it stands alone."""
    if step.story is None:
        return ""
    key = "timeline.retracts" if step.retracts else "timeline.story"
    return f"({words.say(key, {'number': step.story})})"


def taken_timeline(timeline: Timeline, words: Words | None = None) -> Taken:
    """A timeline to take along: the bar as its lines, the steps as its quotations."""
    words = words or words_of()
    quotes = tuple(
        TakenQuote(
            step.citation.number,
            step.citation.article,
            step.citation.start,
            step.citation.end,
            step.citation.quote,
            remark=" ".join(filter(None, (words.day(step.day), step_remark(step, words)))),
        )
        for step in timeline.steps
    )
    lines = bar_lines(timeline, words) if quotes else [words.say("timeline.nothing")]
    return Taken(timeline.subject, "timeline" if quotes else "not_stated", tuple(lines), quotes)


def timeline_text(timeline: Timeline, words: Words | None = None) -> str:
    """A timeline as plain text."""
    words = words or words_of()
    if not timeline.steps:
        return words.say("timeline.nothing")
    steps = (step_line(step, timeline, words) for step in timeline.steps)
    return "\n".join([*bar_lines(timeline, words), "", *steps])
