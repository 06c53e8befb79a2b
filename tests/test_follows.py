"""A followed question is asked again whenever articles come in, and what is new of it is told once."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from follow_parts import CHANGED, HOOK, LATER, NOON, QUESTION, FollowParts, following, kinds
from http_fakes import HARBOUR, RIVAL

from bot.answers.answer import Abstention, Answer, Later, Sentence
from bot.answers.citation import cite
from bot.follows.compared import Comparison
from bot.follows.database import LAYOUT
from bot.follows.records import Held, TellingKind
from bot.follows.settings import FollowSettings
from bot.follows.told import told
from bot.language.lexicon import load_lexicon
from index.errors import ArchiveFull, BadInput, BadQuestion, NotInArchive
from index.records import Article, Filters, Span


@pytest.fixture
def parts(tmp_path: Path) -> Iterator[FollowParts]:
    with following(tmp_path) as parts:
        yield parts


def answer_of(*quoted: tuple[Article, str, str], later: tuple[Later, ...] = ()) -> Answer:
    """An answer that quotes (article, words, the part that answers)."""
    sentences, citations = [], []
    for number, (article, words, short) in enumerate(quoted, start=1):
        at = article.body.index(words)
        citations.append(cite(article, Span(at, at + len(words)), number=number))
        span = Span(words.index(short), words.index(short) + len(short)) if short else None
        sentences.append(Sentence(words, (number,), "quoted", short=span))
    return Answer(QUESTION, tuple(sentences), tuple(citations), later=later)


NONE = Answer(QUESTION, abstention=Abstention("not_stated"))
BY_GAZETTE = (HARBOUR, "The harbour reopened at noon on Monday.", "at noon on Monday")
BY_RIVAL = (RIVAL, "The harbour reopened on Monday afternoon, the port authority said.", "Monday afternoon")
BY_NORTH = (LATER, "The harbour reopened on Monday evening, skippers told us.", "on Monday")


def comparing(parts: FollowParts) -> Comparison:
    return Comparison(parts.library, "salt", lexicon=load_lexicon())


def after(parts: FollowParts, *answers: Answer) -> tuple[TellingKind | None, list[str], Held]:
    """What the last of some answers is told as, when the others were told before it."""
    comparison, held = comparing(parts), Held()
    for answer in answers:
        compared = comparison.compare(held, answer)
        held = compared.held
    return compared.kind, [item.kind for item in compared.items], held


def test_the_first_answer_is_told_and_the_same_one_is_not(parts: FollowParts) -> None:
    parts.follow()
    assert kinds(parts.turn()) == [("begun", ["answer"])]
    assert parts.turn().asked == 0  # the archive has not moved
    parts.library.take(replace(RIVAL, body="Nothing of the sort is in here."))
    assert (parts.turn().asked, parts.turn().told) == (1, ())


def test_a_new_independent_origin_is_told_once_and_a_copy_of_one_never(parts: FollowParts) -> None:
    parts.follow()
    parts.turn()
    copy = replace(HARBOUR, id="copy-1", outlet="Copying Post")
    parts.library.groups = [[HARBOUR, copy]]
    parts.library.take(copy)
    assert kinds(parts.turn()) == []
    parts.library.take(RIVAL)
    turn = parts.turn()
    assert kinds(turn) == [("news", ["origin"])]
    assert turn.told[0].items[0].now.article.outlet == "Morning Rival"  # type: ignore[union-attr]
    parts.library.take(LATER)
    assert kinds(parts.turn()) == [("news", ["origin"])]
    parts.library.drop(LATER.id)
    assert kinds(parts.turn()) == [("news", ["removed"])]
    parts.library.take(LATER)
    assert kinds(parts.turn()) == []  # it is no new origin a second time


def test_a_question_that_cannot_be_answered_says_so_once_and_then_when_it_can(parts: FollowParts) -> None:
    parts.follow("Who keeps the lighthouse of Orun?")
    assert kinds(parts.turn()) == [("not_there", [])]
    parts.library.take(RIVAL)
    assert kinds(parts.turn()) == []
    keeper = replace(LATER, body="The lighthouse of Orun is kept by Ada Lind.")
    parts.library.take(keeper)
    assert kinds(parts.turn()) == [("answered", ["answer"])]
    parts.library.drop(keeper.id)
    assert kinds(parts.turn()) == [("lost", ["removed"])]


def test_a_question_that_cannot_be_asked_says_why_once(parts: FollowParts) -> None:
    follow = parts.follow()
    parts.turn()
    real, error = parts.asker.ask, BadQuestion("the outlet is not there")

    async def refuse(_: object) -> Answer:
        raise error

    parts.asker.ask = refuse  # type: ignore[method-assign, assignment]
    parts.library.take(RIVAL)
    turn = parts.turn()
    assert kinds(turn) == [("failed", [])] and turn.told[0].telling.fault == str(error)
    parts.library.take(LATER)
    assert (parts.turn().told, parts.book.at(follow.id).status) == ((), "failed")
    parts.asker.ask = real  # type: ignore[method-assign]
    parts.library.take(CHANGED)
    assert kinds(parts.turn())[0][0] == "answered"


def test_an_archive_that_cannot_be_read_loses_nothing_and_is_asked_again(parts: FollowParts) -> None:
    parts.follow()
    real = parts.asker.ask

    async def fail(_: object) -> Answer:
        raise ArchiveFull("no room")

    parts.asker.ask = fail  # type: ignore[method-assign, assignment]
    assert (parts.turn().failed, parts.turn().failed) == (1, 0)  # it rests for a minute
    parts.asker.ask = real  # type: ignore[method-assign]
    parts.seconds += 61
    assert kinds(parts.turn()) == [("begun", ["answer"])]


def test_looks_keep_their_distance_but_a_new_question_is_asked_at_once(parts: FollowParts) -> None:
    import asyncio

    parts.follow()
    assert asyncio.run(parts.teller.turn()).asked == 1
    parts.library.take(RIVAL)
    parts.follow("Who lost cranes?")
    parts.seconds += 1
    assert asyncio.run(parts.teller.turn()).asked == 1  # the new one
    parts.seconds += 30
    assert asyncio.run(parts.teller.turn()).asked == 1  # the other
    parts.seconds += 1000
    assert asyncio.run(parts.teller.turn()).asked == 0


def test_quoted_words_that_are_changed_are_told_with_what_stood_there(parts: FollowParts) -> None:
    _, _, held = after(parts, answer_of(BY_GAZETTE))
    parts.library.take(CHANGED)
    now = (CHANGED, "The harbour reopened at dusk on Sunday.", "at dusk on Sunday")
    comparison = comparing(parts)
    compared = comparison.compare(held, answer_of(now))
    assert (compared.kind, [one.kind for one in compared.items]) == ("news", ["revised"])
    (item,) = told(parts.follow(), replace_items(compared.items), parts.library).items
    assert item.was and "noon on Monday" in item.was.quote
    assert item.now and "dusk on Sunday" in item.now.quote
    assert comparison.compare(compared.held, answer_of(now)).kind is None


def replace_items(items: object) -> object:
    from bot.follows.records import FollowTelling

    return FollowTelling(1, "t", 1, "news", None, None, "2026-11-29T12:00:00", items)  # type: ignore[arg-type]


def test_words_taken_out_a_correction_and_a_retraction_are_told_once_each(parts: FollowParts) -> None:
    _, _, held = after(parts, answer_of(BY_GAZETTE))
    without = replace(HARBOUR, body=HARBOUR.body.replace(" The harbour reopened at noon on Monday.", ""))
    parts.library.take(without)
    compared = comparing(parts).compare(held, NONE)
    assert (compared.kind, [one.kind for one in compared.items]) == ("lost", ["taken_out"])
    assert comparing(parts).compare(compared.held, NONE).kind is None

    noted = replace(
        HARBOUR, body=f"{HARBOUR.body}\n\nCorrection: An earlier version misspelled the mayor's name."
    )
    parts.library.stored[HARBOUR.id], parts.library.past = noted, {HARBOUR.id: [HARBOUR]}
    again = answer_of((noted, *BY_GAZETTE[1:]))
    compared = comparing(parts).compare(held, again)
    assert [one.kind for one in compared.items] == ["corrected"]
    assert comparing(parts).compare(compared.held, again).kind is None

    back = answer_of((noted, *BY_GAZETTE[1:]), BY_RIVAL, later=(Later(2, 1, retracts=True),))
    parts.library.take(RIVAL)
    compared = comparing(parts).compare(compared.held, back)
    assert [one.kind for one in compared.items] == ["retracted", "origin"]
    assert comparing(parts).compare(compared.held, back).kind is None


@pytest.mark.parametrize(
    ("answers", "kind", "items"),
    [
        ((answer_of(BY_GAZETTE), answer_of(BY_RIVAL)), "news", ["other"]),
        ((answer_of(BY_GAZETTE), answer_of(BY_NORTH)), "news", ["origin"]),  # "on Monday" says no other thing
        ((answer_of(BY_GAZETTE), answer_of(BY_RIVAL), answer_of(BY_GAZETTE)), None, []),
        ((answer_of(BY_GAZETTE, BY_RIVAL), answer_of(BY_RIVAL, BY_GAZETTE)), None, []),
        ((answer_of(BY_GAZETTE), NONE), None, []),  # only the ranking has turned
        ((NONE, answer_of(BY_GAZETTE), NONE, answer_of(BY_GAZETTE)), None, []),
        ((NONE, NONE), None, []),
        ((NONE, answer_of(BY_GAZETTE)), "answered", ["answer"]),
    ],
)
def test_only_what_was_never_told_is_news(
    parts: FollowParts, answers: tuple[Answer, ...], kind: str | None, items: list[str]
) -> None:
    parts.library.take(RIVAL, LATER)
    assert after(parts, *answers)[:2] == (kind, items)


def test_an_outlet_that_writes_the_same_by_itself_confirms_though_no_answer_quotes_it(
    parts: FollowParts,
) -> None:
    from bot.follows.confirming import Confirming
    from index.records import Hit, Passage

    def hit(body: str) -> Hit:
        article = Article(id=body[:9], title="", body=body)
        passage = Passage(article.id, article.revision, 0, 0, len(body), body, (Span(0, len(body)),))
        return Hit(passage, article, 1.0, article.id)

    answer = answer_of((HARBOUR, "“We lost four cranes,” said mayor Ada Lind.", "four cranes"))
    bodies = {
        "“We lost four cranes,” mayor Ada Lind said.": True,
        "“We lost six cranes,” mayor Ada Lind said.": False,
        "“We never lost four cranes,” mayor Ada Lind said.": False,
        "The mayor Ada Lind spoke.": False,
    }
    found = Confirming(load_lexicon()).places(answer, [hit(body) for body in bodies])
    assert [place.article for place in found] == [body[:9] for body, confirms in bodies.items() if confirms]


def test_the_file_holds_no_word_of_an_article_and_nothing_that_names_a_removed_one(
    parts: FollowParts,
) -> None:
    parts.follow(webhook=HOOK)
    parts.turn()
    parts.library.take(CHANGED)
    parts.turn()
    parts.library.drop(HARBOUR.id)
    parts.turn()
    for file in parts.home.iterdir():
        kept = file.read_bytes()
        assert not [word for word in (b"noon", b"dusk", b"cranes", b"gazette", b"Gazette") if word in kept]


def test_removed_words_are_told_of_without_them(parts: FollowParts) -> None:
    follow = parts.follow()
    parts.turn()
    parts.library.take(CHANGED)
    parts.turn()
    parts.library.drop(HARBOUR.id)
    parts.turn()
    tellings = [told(follow, one, parts.library) for one in parts.book.tellings(follow)]
    assert [one.telling.kind for one in tellings] == ["lost", "news", "begun"]
    assert all(item.now is None and item.was is None for one in tellings for item in one.items)


def test_one_of_two_tellers_tells(parts: FollowParts) -> None:
    follow = parts.follow()
    stale = parts.book.at(follow.id)
    assert len(parts.turn().told) == 1
    compared = comparing(parts).compare(Held(), answer_of(BY_GAZETTE))
    assert parts.outbox.keep(stale, compared, fault=None, position="0", now=NOON) is None
    assert len(parts.book.tellings(follow)) == 1


def test_a_question_that_is_followed_already_is_followed_once_and_takes_new_times(parts: FollowParts) -> None:
    from bot.follows.records import FollowRequest
    from bot.follows.times import day_times

    one = parts.book.add("key 1", FollowRequest(QUESTION), now=NOON)
    more = FollowRequest(f" {QUESTION} ", times=day_times(zone="UTC", quiet="22-7"), webhook=HOOK)
    other = parts.book.add("key 1", more, now=NOON)
    assert (one.is_new, other.is_new, other.follow.id) == (True, False, one.follow.id)
    assert other.follow.request.times.quiet_text == "22:00-07:00"
    assert other.secret and parts.book.add("key 1", more, now=NOON).secret is None
    assert parts.book.add("key 2", FollowRequest(QUESTION), now=NOON).is_new


def test_what_one_follows_another_neither_sees_nor_ends(parts: FollowParts) -> None:
    follow = parts.follow(owner="key 1")
    assert (parts.book.of("key 2"), [one.id for one in parts.book.of("key 1")]) == ([], [follow.id])
    with pytest.raises(NotInArchive, match="no question is followed as"):
        parts.book.at(follow.id, "key 2")
    parts.book.give_feed("key 1", "token")
    assert (parts.book.feed_owner("token"), parts.book.feed_owner("other")) == ("key 1", None)


def test_nobody_follows_without_end(tmp_path: Path) -> None:
    with following(tmp_path, settings=FollowSettings(per_owner=2, per_address=3, most=5)) as parts:
        for number in range(2):
            parts.follow(f"Question {number}?", owner="key 1")
        with pytest.raises(BadInput, match="you follow 2 questions, expected 2 at most"):
            parts.follow(owner="key 1")
        for number in range(3):
            parts.follow(owner=f"reader {number}", via="net")
        with pytest.raises(BadInput, match="readers without a key follow from here 3"):
            parts.follow(owner="reader 9", via="net")
        with pytest.raises(BadInput, match="all together follow 5"):
            parts.follow(owner="key 2")
        assert parts.follow().owner == "home"  # whoever has the machine


def test_what_nobody_opens_and_what_was_told_long_ago_is_forgotten(parts: FollowParts) -> None:
    reader, kept = parts.follow(owner="reader 1"), parts.follow(owner="key 1")
    parts.turn()
    parts.wait(days=91)
    parts.seconds += 3600
    parts.turn()
    assert [one.id for one in parts.book.all()] == [kept.id] and reader.id != kept.id
    assert parts.book.tellings(kept) == []


def test_new_ones_are_counted_until_they_are_seen(parts: FollowParts) -> None:
    follow = parts.follow()
    parts.turn()
    parts.library.take(RIVAL)
    parts.turn()
    assert parts.book.at(follow.id).new == 2
    parts.book.seen("home")
    assert parts.book.at(follow.id).new == 0


def test_a_follow_that_ends_takes_everything_along(parts: FollowParts) -> None:
    follow = parts.follow(webhook=HOOK, filters=Filters(outlet=("Harbour Gazette",)))
    parts.turn()
    parts.book.remove(follow)
    with sqlite3.connect(parts.home / LAYOUT.file_name) as connection:
        tables = [
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        left = {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in tables}
    connection.close()
    assert {name for name, (count,) in left.items() if count} <= {"sqlite_sequence"}


def test_a_follow_is_asked_without_a_model_and_not_logged_as_asked(parts: FollowParts) -> None:
    parts.follow()
    parts.turn()
    assert [(one.llm, one.logged) for one in parts.asker.asked] == [(False, False)]
