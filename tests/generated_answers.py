"""Answers that hypothesis makes up: of foreign letters, hostile titles, every kind of note and abstention."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args

from http_fakes import HARBOUR
from hypothesis import strategies as st

from bot.answers.answer import Abstention, Answer, Correction, DatedWords, Reason, Sentence
from bot.answers.citation import Citation, Nearest, cite
from bot.answers.notes import ModelFailed, ModelTrouble, ReadAs, Respelled
from bot.speaking.speaker import UNCLEAR
from index.canonical import one_line, tidy
from index.records import Article, Span

ALPHABET = st.sampled_from("abc где AZ19.,;:!?…“”«»()@#/$+-_*[]<>&'\"\n😀🇦🇲ש\u0301👩\u200d") | st.characters(
    blacklist_categories=["Cs"]
)
WORDS = st.text(ALPHABET, min_size=1, max_size=30) | st.sampled_from(
    [
        "https://evil.example/x ",
        "@admin_of_this ",
        "/start ",
        "Today.Az ",
        "He left. ",
        "\u202eesrever\u202c ",
    ]
)
NAMES = st.lists(WORDS, max_size=5).map(lambda parts: one_line("".join(parts))[:200] or None)
BODIES = (
    st.tuples(st.lists(WORDS, min_size=1, max_size=30), st.sampled_from([1, 1, 1, 4, 30]))
    .map(lambda made: tidy("".join(made[0]) * made[1]))
    .filter(lambda body: bool(body.strip()))
)
URLS = (
    st.none()
    | st.sampled_from(["https://a.example/1", "javascript:alert(1)", "https://x@evil.example"])
    | WORDS
)
ARTICLES = st.builds(
    Article,
    id=st.text("abc-1", min_size=1, max_size=9),
    title=NAMES.map(lambda name: name or ""),
    body=BODIES,
    outlet=NAMES,
    agency=NAMES,
    published=st.sampled_from([None, "2020", "2020-10", "2020-10-19", "2020-10-19T17:45"]),
    url=URLS,
)

DAYS = st.sampled_from(
    [("2020-10-19", "2020-10-19"), ("2020-10-12", "2020-10-18"), ("2020-01-01", "2020-12-31")]
)


FOREIGN = NAMES.map(lambda name: name or "a name")
NOTES = (
    st.builds(ReadAs, FOREIGN)
    | st.builds(Respelled, FOREIGN, FOREIGN)
    | st.builds(ModelFailed, FOREIGN, st.just(ModelTrouble("status", "500")), st.booleans())
)


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    """An answer of up to a dozen sentences, quoted or written, or an abstention."""
    citations: list[Citation] = []
    for number in range(1, draw(st.integers(1, 12)) + 1):
        known = [one.article for one in citations]
        article = draw(st.sampled_from(known)) if known and draw(st.booleans()) else draw(ARTICLES)
        article = article if article in known else replace(article, id=f"{article.id}-{number}")
        start = draw(st.integers(0, len(article.body) - 1))
        end = draw(st.integers(start + 1, len(article.body)))
        citations.append(cite(article, Span(start, end), number=number))
    citations = [one for one in citations if one.quote.strip()] or [cite(HARBOUR, Span(0, 9), number=1)]
    citations = [replace(one, number=number) for number, one in enumerate(citations, start=1)]
    notes = tuple(draw(st.lists(NOTES, max_size=2)))
    if draw(st.integers(0, 4)) == 0:
        missing = tuple(one for one in draw(st.lists(NAMES, max_size=2)) if one)
        reason = draw(st.sampled_from(get_args(Reason)))
        nearest = tuple(
            Nearest(*vars(one).values(), draw(st.none() | st.just(Span(0, (len(one.quote) + 1) // 2))))
            for one in citations[:2]
        )
        return Answer("Who?", abstention=Abstention(reason, missing, nearest, near=missing), notes=notes)
    speakers = st.none() | st.just(UNCLEAR) | NAMES
    sentences = tuple(
        Sentence(
            one.quote,
            (one.number,),
            draw(st.sampled_from(["quoted", "quoted", "shortened"])),
            draw(speakers),
            draw(NAMES),
            tuple(filter(None, [draw(NAMES)])),
            draw(st.none() | st.just(Span(0, (len(one.quote) + 1) // 2))),
        )
        for one in citations
    )
    dates = tuple(
        DatedWords(one.number, one.start, one.end, *draw(DAYS), draw(st.booleans()))
        for one in citations
        if draw(st.booleans())
    )
    noted = tuple(Correction(one.number, one.start, one.end) for one in citations if draw(st.booleans()))
    return Answer("Who?", sentences, tuple(citations), notes=notes, dates=dates, corrections=noted[:2])
