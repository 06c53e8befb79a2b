"""An answer into the buttons under it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.answer import Abstention, Answer
from bot.answers.citation import Citation
from bot.showing.wording import Words
from bot.telegram.messages.no_links import named
from bot.telegram.messages.replies import Button, Rows, data_of

_LABEL = 32  # characters of an outlet on a button; phones cut longer ones
_FEW = 4  # citations that get a row each, with their outlet; more share rows by number
_A_ROW = 4


def differ(answer: Answer) -> bool:
    """Whether its outlets differ; that they agree, or that one report is newer, is no difference."""
    return any(one.kind not in ("agreed", "update") for one in answer.differences)


@dataclass(frozen=True)
class _Labels:
    """The words on the buttons of one answer."""

    words: Words
    number: int

    def open(self, citation: Citation, *, short: bool) -> Button:
        """The button that opens a citation."""
        outlet = "" if short else named(citation.article.outlet or "")[:_LABEL]
        label = self.words.say("buttons.open", {"number": citation.number, "outlet": outlet}).strip()
        return Button(label, data_of("open", self.number, citation.number))

    def votes(self) -> tuple[Button, ...]:
        """Whether it was of use."""
        return Button("👍", data_of("up", self.number)), Button("👎", data_of("down", self.number))

    def named(self, name: str) -> Button:
        """The button of `name`: "nearest", "sides" or "differ"."""
        return Button(self.words.say(f"buttons.{name}"), data_of(name, self.number))


def open_buttons(citations: Sequence[Citation], words: Words, number: int) -> Rows:
    """A button that opens each citation; few have a row each and their outlet, more share rows."""
    labels = _Labels(words, number)
    buttons = [labels.open(one, short=len(citations) > _FEW) for one in citations]
    a_row = 1 if len(citations) <= _FEW else _A_ROW
    return tuple(tuple(buttons[at : at + a_row]) for at in range(0, len(buttons), a_row))


def answered_buttons(answer: Answer, words: Words, number: int) -> Rows:
    """Under an answer: its citations, its outlets where they are several, the votes."""
    labels = _Labels(words, number)
    rows = open_buttons(answer.citations, words, number)
    if answer.differences or len({one.article.outlet for one in answer.citations}) > 1:
        rows = (*rows, (labels.named("differ" if differ(answer) else "sides"),))
    return (*rows, labels.votes())


def abstained_buttons(why: Abstention, words: Words, number: int) -> Rows:
    """Under a refusal: what may answer, one by one; or a button for all that comes near; and the votes."""
    labels = _Labels(words, number)
    if why.reason == "unsure":
        return (*open_buttons(why.nearest, words, number), labels.votes())
    return (*(((labels.named("nearest"),),) if why.nearest else ()), labels.votes())
