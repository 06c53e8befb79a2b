"""What became of cited words into what people are told: as quoted, as it is now, and any correction."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.citation import Citation
from bot.showing.wording import Words
from bot.telegram.changed_quotes.records import ChangedAnswer, ChangedWords
from bot.telegram.messages.no_links import named
from bot.telegram.messages.rendering import article_line
from bot.telegram.messages.replies import Button, Reply, Rows, data_of
from bot.telegram.messages.text import NOTHING, Text, block, foreign, join, own

_PLACES = 4  # citations of one answer that are shown
_ANSWERS = 5  # of a bundle
_NOTES = 2


def notice(changed: ChangedAnswer, words: Words) -> Reply:
    """What one answer's reader is told."""
    head = own(words.say("changes.head"), "bold")
    return Reply(join([head, _answer(changed, words), _foot(words)], "\n\n"), _buttons(words))


def bundle_notice(changed: Sequence[ChangedAnswer], words: Words) -> Reply:
    """What is told of many answers at once, newest first."""
    head = own(words.say("changes.head_many", {"count": len(changed)}), "bold")
    shown = [_answer(one, words) for one in changed[:_ANSWERS]]
    left = len(changed) - len(shown)
    more = own(words.say("changes.others", {"count": left})) if left else NOTHING
    return Reply(join([head, *shown, more, _foot(words)], "\n\n"), _buttons(words))


def listing(changed: Sequence[ChangedAnswer], words: Words, *, total: int, days: int) -> Text:
    """The answers of a room that have changed, newest first, of as many `days` as they are kept.

    `total` counts those that are not shown too.
    """
    if not changed:
        return own(words.say("changes.none", {"days": days}))
    parts = [_answer(one, words) for one in changed]
    left = total - len(changed)
    more = own(words.say("changes.older", {"count": left})) if left else NOTHING
    return join([own(words.say("changes.list"), "bold"), *parts, more], "\n\n")


def _answer(changed: ChangedAnswer, words: Words) -> Text:
    """One answer: its question, then what became of each citation."""
    given = changed.given
    asked = own(words.say("changes.asked", {"date": words.day(given.at)}), "italic")
    question = join([foreign(named(given.question)), asked], " ")
    parts = [_changed(one, words) for one in changed.words[:_PLACES]]
    left = len(changed.words) - len(parts)
    more = own(words.say("changes.more_places", {"count": left})) if left else NOTHING
    return join([question, *parts, more], "\n\n")


def _changed(one: ChangedWords, words: Words) -> Text:
    mark = own(f"[{one.number}] ")
    if one.quoted is None:
        return mark + own(words.say("changes.removed"))
    now = _told("changes.now", one.now, words) if one.now else own(words.say("changes.taken_out"))
    notes = [_told("changes.note", note, words) for note in one.notes[:_NOTES]]
    parts = [
        mark + article_line(one.quoted.article, words),
        _told("changes.was", one.quoted, words),
        now,
        *notes,
    ]
    return join(parts, "\n")


def _told(key: str, citation: Citation, words: Words) -> Text:
    return own(words.say(key)) + own("\n") + block(foreign(citation.quote))


def _foot(words: Words) -> Text:
    return own(words.say("changes.foot"), "italic")


def _buttons(words: Words) -> Rows:
    return ((Button(words.say("buttons.quiet"), data_of("quiet", 0)),),)
