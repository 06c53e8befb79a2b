"""What an address names, looked up, into the page that shows it without JavaScript."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import Markup

from bot.answers.answer import Answer
from bot.http.plain.address import PageAddress
from bot.http.plain.render import Templates, data_block, paragraphs
from bot.showing.json import answer_body
from bot.showing.notes import note_line
from bot.showing.refusals import refusal
from bot.showing.wording import words_of
from index.records import Article, Span
from index.storage.records import ArticleCounts, StoryArticle

A_PAGE = 20  # articles of a list
_SUMMARY = 300  # characters of what other programs show of a page that somebody links to

_Pairs = list[tuple[str, str]]


@dataclass(frozen=True)
class PlainView:
    """A page: its `body` is HTML, `given` is JSON that the page's own code need not ask for again."""

    title: str
    body: Markup
    summary: str = ""
    given: Markup | None = None
    question: str = ""
    compact: bool = True
    status: int = 200


@dataclass(frozen=True)
class ShownArticle:
    """An article that was looked up, with what belongs to it."""

    article: Article
    present: str  # the revision that it has now
    story: Sequence[StoryArticle]
    copies: Sequence[Article]


def answer_view(templates: Templates, address: PageAddress, answer: Answer) -> PlainView:
    """An answer, with addresses for all that it quotes."""
    words, why, question = words_of(), answer.abstention, address.q or ""
    state = "sure" if why is None else "unsure" if why.reason == "unsure" else "absent"
    told = [words.difference(one, answer.citations) for one in answer.differences]
    told += [words.correction(one, answer.citations) for one in answer.corrections]
    told += [words.later(one, answer.citations) for one in answer.later]
    by_number = {one.number: one for one in answer.citations}
    said = [
        {
            "text": one.wording or one.text,
            "citations": [by_number[number] for number in one.citations],
            "by": words.not_proved if one.wording else words.lead(one, by_number[one.citations[0]]),
        }
        for one in answer.sentences
    ]
    thread = address.after
    values = {
        "answer": answer,
        "question": question,
        "thread": [
            {"question": one, "address": _ask(address, one, thread[:place])}
            for place, one in enumerate(thread)
        ],
        "notes": [note_line(note, words) for note in answer.notes],
        "state": state,
        "why": words.say(f"reasons.{why.reason}") if why else words.say("certainty.proved"),
        "refused": refusal(answer, words),
        "meant": _meant(address, answer),
        "said": said,
        "told": {one.text for one in answer.sentences if not one.wording},
        "beside": told,
        "hidden": [*(("after", one) for one in [*thread, question]), *_filters(address)],
        "query": urlencode([("q", question), *(("after", one) for one in thread), *_filters(address)]),
    }
    lines = [refusal(answer, words)] if why else [one.text for one in answer.sentences]
    given = data_block(answer_body(answer).model_dump_json())
    return PlainView(question, templates.fill("answer", values), _summary(lines), given, question)


def article_view(templates: Templates, shown: ShownArticle, span: Span | None) -> PlainView:
    """An article, the words at `span` marked."""
    article = shown.article
    quote = article.body[slice(*span)] if span else ""
    at = [one.article.id for one in shown.story].index(article.id) if shown.story else 0
    others = [one for place, one in enumerate(shown.story) if place != at]
    values = {
        "article": article,
        "span": span,
        "quote": quote,
        "current": article.revision == shown.present,
        "others": sorted(others, key=lambda one: abs(shown.story.index(one) - at))[:6],
        "copies": [one for one in shown.copies if one.id != article.id],
        "paragraphs": paragraphs(article.body, span if quote else None),
    }
    summary = _summary([quote or article.body[: 2 * _SUMMARY]])
    return PlainView(article.title, templates.fill("article", values), summary)


def articles_view(
    templates: Templates,
    address: PageAddress,
    listed: tuple[Sequence[Article], int],
    counts: ArticleCounts,
) -> PlainView:
    """A page of the articles that pass the filters, and ways to others."""
    words, (articles, total) = words_of(), listed
    offset = address.offset
    outlets = [
        {"name": name, "articles": number, "address": _list(address, outlet=name)}
        for name, number in counts.outlets
        if name
    ]
    months = [
        {"name": words.day(month), "articles": number, "address": _list(address, month=month)}
        for month, number in counts.months
    ]
    values = {
        "articles": articles,
        "total": total,
        "within": words.filters(address.record()),
        "outlets": outlets,
        "months": months,
        "offset": offset,
        "newer": _list(address, offset=max(0, offset - A_PAGE)) if offset else None,
        "older": _list(address, offset=offset + A_PAGE) if offset + A_PAGE < total else None,
    }
    return PlainView("Articles", templates.fill("articles", values))


def groups_view(
    templates: Templates, address: PageAddress, listed: tuple[Sequence[Sequence[StoryArticle]], int]
) -> PlainView:
    """A page of the stories, or of the texts with copies; each the articles that belong together."""
    groups, total = listed
    stories = address.view == "stories"
    where = [("article", address.article)] if address.article else []

    def part(offset: int) -> str:
        return f"?{urlencode([('view', address.view), *where, ('offset', str(offset))])}"

    title = "Stories told on" if stories else "Copies in this archive"
    values = {
        "title": title,
        "groups": groups,
        "total": total,
        "counted": f"{'story' if total == 1 else 'stories'} told on" if stories else "with copies",
        "none": "There are none.",
        "newer": part(max(0, address.offset - A_PAGE)) if address.offset else None,
        "older": part(address.offset + A_PAGE) if address.offset + A_PAGE < total else None,
    }
    return PlainView(title, templates.fill("groups", values))


def elsewhere_view(templates: Templates, address: PageAddress, *, path: str, told: str) -> PlainView:
    """A page that leads to another, of its own, where the same can be read."""
    asked: _Pairs = [("q", address.q or ""), *(("after", one) for one in address.after)]
    query = urlencode([*asked, *_filters(address), ("format", "html")])
    values = {"question": address.q, "address": f"{path}?{query}", "told": told}
    asks = address.q or ""
    return PlainView(asks, templates.fill("elsewhere", values), question=asks)


def notice_view(templates: Templates, detail: str, *, status: int) -> PlainView:
    """A page that says what went wrong."""
    values = {"lead": "This page cannot be shown.", "detail": detail}
    return PlainView("Dateline", templates.fill("notice", values), status=status, compact=False)


def _filters(address: PageAddress) -> _Pairs:
    dates = (("since", address.since), ("until", address.until), ("as_of", address.as_of))
    return [*(("outlet", one) for one in address.outlet), *((name, date) for name, date in dates if date)]


def _ask(address: PageAddress, question: str, thread: Sequence[str]) -> str:
    return f"?{urlencode([('q', question), *(('after', one) for one in thread), *_filters(address)])}"


def _list(
    address: PageAddress, *, outlet: str | None = None, month: str | None = None, offset: int = 0
) -> str:
    """The address of another part of the list."""
    filters = _filters(address)
    if outlet:
        filters = [("outlet", outlet), *(one for one in filters if one[0] != "outlet")]
    if month:
        year, number = map(int, month.split("-"))
        days = [("since", f"{month}-01"), ("until", f"{month}-{monthrange(year, number)[1]}")]
        filters = [*(one for one in filters if one[0] not in ("since", "until")), *days]
    where = [("offset", str(offset))] if offset else []
    return f"?{urlencode([('view', 'articles'), *filters, *where])}"


def _meant(address: PageAddress, answer: Answer) -> list[dict[str, str]]:
    """The question with other spellings that the archive has of a word, or an outlet, that it lacks."""
    why, question = answer.abstention, address.q or ""
    word = why.missing[0] if why and why.missing else ""
    if not why or not word:
        return []
    if word in address.outlet:
        others = [address.model_copy(update={"outlet": [near]}) for near in why.near]
        asked = [_ask(one, question, address.after) for one in others]
    elif word in question:
        asked = [_ask(address, question.replace(word, near, 1), address.after) for near in why.near]
    else:
        asked = []
    return [{"name": near, "address": one} for near, one in zip(why.near, asked, strict=False)]


def _summary(lines: Sequence[str]) -> str:
    text = " ".join(" ".join(lines).split())
    return text if len(text) <= _SUMMARY else f"{text[:_SUMMARY].rsplit(' ', 1)[0]}…"
