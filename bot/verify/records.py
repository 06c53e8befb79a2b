"""What goes into the proof of a drafted sentence, and what comes out: findings, or places to cite."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.answering.answer import Verdict
from bot.answering.proposal import Place
from index.records import Hit

Kind = Literal[
    "no_citation",  # it cites nothing
    "unknown_passage",  # it cites a number that was never sent
    "quote_absent",  # words it relies on, or sets in quotation marks, stand in no article that was sent
    "quote_altered",  # nearly those words stand there: `found` has the article's
    "quote_elsewhere",  # they stand in an article that it does not cite
    "quote_spliced",  # they are put together from places that do not stand together
    "number",  # a figure, its unit or its size is not in what it cites
    "date",  # a day, month, year, weekday or time
    "name",  # a person, place, body or outlet
    "negation",  # a denial dropped or added, or a word turned into its opposite
    "certainty",  # what may be, or is planned, stands there as fact
    "speaker",  # it gives the words to somebody else
    "attribution",  # somebody's claim stands there as plain fact
    "role",  # who did it and to whom are swapped
    "unsupported",  # too much of what it says is not in what it cites
    "link",  # links, images, markup
]


@dataclass(frozen=True)
class Shown:
    """A passage as the LLM was sent it: `number` is the [n] before it, from 1."""

    number: int
    hit: Hit


@dataclass(frozen=True)
class Drafted:
    """One sentence of a draft, parsed.

    `text` is without the [n] marks. `cites` are the numbers it cites, in order, also such as were never sent.
    `relies_on` pairs a number with the words of that passage which the sentence relies on, as the model wrote
    them; without any for a cited number the sentences of that passage nearest to the text are taken.
    """

    text: str
    cites: tuple[int, ...] = ()
    relies_on: tuple[tuple[int, str], ...] = ()
    before: str = ""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `said`: the draft's words; `found`: what the articles have instead, if any."""

    kind: Kind
    said: str
    found: str | None = None


@dataclass(frozen=True)
class Checked:
    """A drafted sentence with what the proof made of it; `verdict` is None exactly where there are findings.

    `places` are what was found of what it cites, whole sentences of article bodies, at least one where it is
    proved; the sentence was held against exactly these. `speaker` and `role` are as in
    `bot.answering.answer.Sentence`.
    """

    drafted: Drafted
    places: tuple[Place, ...]
    verdict: Verdict | None
    findings: tuple[Finding, ...]
    speaker: str | None = None
    role: str | None = None

    @property
    def text(self) -> str:
        """What to show: the article's own characters where it is a quotation, else the draft's."""
        if self.verdict != "quoted":
            return self.drafted.text
        place = self.places[0]
        return place.article.body[place.span.start : place.span.end]

    @property
    def proved(self) -> bool:
        """Whether it may be shown with its citations."""
        return self.verdict is not None
