"""What is told of followed questions into messages: what is new, each quotation a block under its article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.answers.citation import Nearest
from bot.follows.lines import headline
from bot.follows.records import Follow
from bot.follows.told import ToldItem, ToldTelling
from bot.showing.wording import Words
from bot.telegram.messages.no_links import named
from bot.telegram.messages.rendering import article_line, only
from bot.telegram.messages.replies import Button, Reply, Rows, data_of
from bot.telegram.messages.text import NOTHING, Text, block, foreign, join, own

_ITEMS = 60  # of one telling, more than an answer has; a long one is several messages
_TELLINGS = 5  # of one message
_LABEL = 30  # characters of a question on a button


def news_reply(follow: Follow, tellings: Sequence[ToldTelling], words: Words) -> Reply:
    """What is new of one question, the last first."""
    newest = list(reversed(tellings))
    shown = [_told(one, words) for one in newest[:_TELLINGS]]
    left = len(newest) - len(shown)
    more = own(words.say("follows.more", {"count": left})) if left else NOTHING
    question = foreign(named(follow.request.question), "bold")
    return Reply(join([question, *shown, more], "\n\n"), _button(follow, words.say("buttons.unfollow")))


def following_reply(follows: Sequence[Follow], words: Words) -> Reply:
    """What a chat follows, with a button each that ends it."""
    if not follows:
        return Reply(own(words.say("follows.none")))
    lines = [_line(number, one, words) for number, one in enumerate(follows, start=1)]
    text = join([own(words.say("follows.list"), "bold"), *lines, own(words.say("follows.end"))], "\n\n")
    rows = [row for number, one in enumerate(follows, start=1) for row in _button(one, _label(number, one))]
    return Reply(text, tuple(rows))


def followed_line(follow: Follow, words: Words) -> Text:
    """How a question is followed: with which filters, in which hours it is told of."""
    times = follow.request.times
    told = [
        words.say("follows.quiet", {"hours": times.quiet_text}) if times.quiet_text else "",
        words.say("follows.digest", {"time": times.digest_text}) if times.digest_text else "",
    ]
    hours = ", ".join(filter(None, told))
    return join(
        [
            foreign(only(follow.request.filters, words) or "", "italic"),
            own(f"{hours} ({times.zone})") if hours else NOTHING,
        ],
        "\n",
    )


def _line(number: int, follow: Follow, words: Words) -> Text:
    status = own(words.say(f"follow_statuses.{follow.status}"), "italic")
    head = own(f"{number}. ") + foreign(named(follow.request.question)) + own(" – ") + status
    return join([head, followed_line(follow, words)], "\n")


def _told(told: ToldTelling, words: Words) -> Text:
    shown = [part for item in told.items[:_ITEMS] for part in _item(item, words)]
    left = len(told.items) - _ITEMS
    more = own(words.say("follows.more", {"count": left})) if left > 0 else NOTHING
    return join([foreign(headline(told, words), "italic"), *shown, more], "\n\n")


def _item(item: ToldItem, words: Words) -> Iterator[Text]:
    label = own(words.say(f"news.{item.kind}"))
    if item.kind == "removed":
        yield label
        return
    was = item.kind in ("other", "revised", "taken_out")
    sides = [(item.was, "changes.was")] if was else []
    sides += [] if item.kind == "taken_out" else [(item.now, "changes.now" if was else "")]
    yield join([label, *(part for side, key in sides for part in _side(side, key, words))], "\n")


def _side(words_of_article: Nearest | None, key: str, words: Words) -> Iterator[Text]:
    if key:
        yield own(words.say(key))
    if words_of_article is None:
        yield own(words.say("texts.opened_gone"))
        return
    yield article_line(words_of_article.article, words)
    short = words_of_article.short
    yield block(
        foreign(
            words_of_article.quote, "bold" if short else None, (short.start, short.end) if short else None
        )
    )


def _label(number: int, follow: Follow) -> str:
    question = follow.request.question
    return f"✕ {number}. {question[:_LABEL]}{'…' if len(question) > _LABEL else ''}"


def _button(follow: Follow, label: str) -> Rows:
    return ((Button(label, data_of("unfollow", follow.number)),),)
