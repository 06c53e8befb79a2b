"""What was told of a follow into lines for people, in the language of whoever follows."""

from __future__ import annotations

from collections.abc import Iterator

from bot.answers.citation import Nearest
from bot.answers.lines import in_marks, plain
from bot.follows.told import ToldItem, ToldTelling
from bot.showing.wording import Words

_ONE_SIDED = ("answer", "origin", "retracted")


def headline(told: ToldTelling, words: Words) -> str:
    """What kind of news it is, and why a question cannot be asked: "News"."""
    kind = words.say(f"tellings.{told.telling.kind}")
    if told.telling.kind == "failed" and told.telling.fault:
        return plain(words.say("following.why", {"kind": kind, "fault": told.telling.fault}))
    return kind


def title(told: ToldTelling, words: Words) -> str:
    """What kind of news it is, of which question: "News: Who won?"."""
    question = told.follow.request.question
    return plain(words.say("following.entry", {"kind": words.say(f"tellings.{told.telling.kind}"),
                                               "question": question}))  # fmt: skip


def told_lines(told: ToldTelling, words: Words) -> list[str]:
    """A telling whole: its question, then what is new, each quotation on a line of its own."""
    lines = [f"{headline(told, words)}: {in_marks(told.follow.request.question)}"]
    for item in told.items:
        lines += [f"  {words.say(f'news.{item.kind}')}", *(f"    {line}" for line in item_lines(item, words))]
    return lines


def item_lines(item: ToldItem, words: Words) -> Iterator[str]:
    """The quotations of one new thing: what stands there now, and what did before."""
    if item.kind in _ONE_SIDED:
        yield quoted(item.now, words)
        return
    if item.kind != "removed":
        if item.kind != "corrected":
            yield words.say("following.before", {"words": quoted(item.was, words)})
        if item.kind != "taken_out":
            yield words.say("following.now", {"words": quoted(item.now, words)})


def quoted(words_of_article: Nearest | None, words: Words) -> str:
    """A quotation with who printed it: "Northern Desk, 19 Oct 2020: “We waited.”"."""
    if words_of_article is None:
        return words.say("following.gone")
    return f"{words.printed_by(words_of_article.article)}: {in_marks(words_of_article.quote)}"
