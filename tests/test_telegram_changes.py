"""People are told once when words that were quoted to them have changed, if they want it."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from archive_fakes import HashedWords, invented, put
from fake_telegram import BOT_ID, DropsConnection, FakeTelegram, Said, serving
from http_fakes import HARBOUR, FakeLibrary, wait_until
from telegram_parts import QUESTION, Chat, chatting, in_thread
from telegram_rules import Refused, tappable
from test_telegram_faults import Sometimes, states

from bot.answering.ports import Library
from bot.answers.answer import Answer, Sentence
from bot.answers.citation import cite
from bot.http.library import ArchiveLibrary
from bot.telegram.changed_quotes.changes import Changes, Readers
from bot.telegram.changed_quotes.watched import Watched
from bot.telegram.chat.access import Doors
from bot.telegram.chat.members import Members
from bot.telegram.chat.questions import Questions
from bot.telegram.chat.rooms import Rooms
from bot.telegram.messages.phrases import Dictionary
from bot.telegram.settings import TelegramSettings
from bot.telegram.updates.database import LAYOUT, VERSION, open_database
from bot.telegram.updates.events import Person
from bot.telegram.updates.inbox import Inbox
from index.records import Article
from index.sentences import sentence_spans
from index.storage.archive import Archive

GROUP = -1001
OLD = "The harbour reopened at noon on Monday."
NEW = "The harbour reopened at midnight on Monday."
NOTE = "Correction: An earlier version of this article gave the wrong hour. Write to /start@evil_bot."
EVERY = TelegramSettings(changes_every=0.1)
LOOKS = 0.3  # seconds in which it has looked again, more than once


def edit(library: FakeLibrary, body: str) -> None:
    """Add the harbour's article again with another body."""
    stored = library.stored[HARBOUR.id]
    past = [one for one in library.past.get(HARBOUR.id, []) if one.body != body]
    library.past[HARBOUR.id] = [stored, *past]
    library.stored[HARBOUR.id] = replace(HARBOUR, body=body)


def corrected(body: str = HARBOUR.body) -> str:
    return f"{body.replace(OLD, NEW)}\n\n{NOTE}"


@pytest.fixture
def chat(tmp_path: Path) -> Iterator[Chat]:
    with chatting(tmp_path, settings=EVERY) as running:
        yield running


def answered(
    chat: Chat, text: str = QUESTION, *, room: int = 7, person: int = 7, language: str = "en"
) -> Said:
    """The answer to a question, which is done with."""
    before = len(chat.telegram.said)
    chat.telegram.says(text, chat=room, person=person, language=language)
    said = chat.telegram.wait_for(before + 1)[-1]
    assert wait_until(lambda: set(states(chat.home)) <= {"done", "dropped"}, seconds=5)
    return said


def quiet(chat: Chat) -> bool:
    """Whether nothing is said although it has looked."""
    before = len(chat.telegram.said)
    time.sleep(LOOKS)
    return len(chat.telegram.said) == before


def test_changed_words_are_told_once_with_those_in_their_place_and_the_correction(chat: Chat) -> None:
    said = answered(chat)
    edit(chat.library, corrected())
    told = chat.telegram.wait_for(2)[-1]
    assert told.words.of("blockquote") == [OLD, NEW, NOTE]
    assert told.text.startswith("Words that I quoted have changed since.\n\nWhen did the harbour reopen?")
    assert "[3] Harbour Gazette, printing Coast Wire, 19 Oct 2020 · Harbour reopens" in told.text
    assert told.to == said.number
    assert tappable(told.words) == ["/changes"]
    assert quiet(chat)
    edit(chat.library, HARBOUR.body.replace(OLD, "The harbour stays shut."))
    assert quiet(chat), "who was told of an answer's words is not told of them again"


def test_words_that_were_taken_out_are_told_as_such_in_the_readers_language(chat: Chat) -> None:
    answered(chat, language="ru")
    edit(chat.library, HARBOUR.body.replace(f" {OLD}", ""))
    told = chat.telegram.wait_for(2)[-1]
    assert told.words.of("blockquote") == [OLD]
    assert "Этих слов в статье больше нет." in told.text


def test_several_changed_citations_of_one_answer_are_one_notice(chat: Chat) -> None:
    answered(chat)
    edit(chat.library, corrected().replace("A storm closed the harbour", "A flood closed the port"))
    told = chat.telegram.wait_for(2)[-1]
    assert ("[2] " in told.text, "[3] " in told.text) == (True, True)
    assert quiet(chat)


def test_an_article_that_was_removed_leaves_no_words(chat: Chat) -> None:
    answered(chat)
    chat.library.remove(HARBOUR.id)
    told = chat.telegram.wait_for(2)[-1]
    assert "[3] What I quoted is no longer in the archive, and I keep no copy of it." in told.text
    assert OLD not in told.text
    assert wait_until(lambda: states(chat.home) == ["done", "done"], seconds=5)
    files = b"".join(path.read_bytes() for path in chat.home.glob(f"{LAYOUT.file_name}*"))
    assert b"at noon on Monday" not in files


def test_a_text_that_was_removed_and_added_anew_is_not_quoted_from_what_is_gone(chat: Chat) -> None:
    answered(chat)
    chat.library.stored[HARBOUR.id] = replace(HARBOUR, body="The tide was high.")
    told = chat.telegram.wait_for(2)[-1]
    assert "no longer in the archive" in told.text
    assert told.words.of("blockquote") == []


def test_two_changes_between_looks_are_one_and_a_change_back_is_none(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=replace(EVERY, changes_every=0.0)) as chat:
        answered(chat)
        edit(chat.library, HARBOUR.body.replace(OLD, "The harbour reopened at dawn on Monday."))
        edit(chat.library, corrected())
    telegram = chat.telegram
    with restarted(chat):
        assert telegram.wait_for(2)[-1].words.of("blockquote")[:2] == [OLD, NEW]
    assert len(telegram.said) == 2


def test_a_change_back_before_the_look_and_a_new_layout_are_no_change(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=replace(EVERY, changes_every=0.0)) as chat:
        answered(chat)
        edit(chat.library, corrected())
        edit(chat.library, HARBOUR.body)
    with restarted(chat):
        assert quiet(chat)
        edit(chat.library, HARBOUR.body.replace("noon on", "noon, on") + "\n\nMore to come.")
        assert quiet(chat)


def test_who_wants_nothing_is_told_nothing_also_later(chat: Chat) -> None:
    answered(chat)
    assert answered(chat, "/changes").text.startswith("Nothing that I quoted here in the last 30 days")
    assert "I do not tell you here" in answered(chat, "/changes off").text
    assert answered(chat, "/changes maybe").text == "Write /changes on or /changes off."
    edit(chat.library, corrected())
    assert quiet(chat)
    assert "I tell you here" in answered(chat, "/changes on").text
    assert quiet(chat), "from now on, not of what was before"
    listed = answered(chat, "/changes")
    assert listed.words.of("blockquote") == [OLD, NEW, NOTE]
    assert listed.text.endswith("/changes off ends that.")


def test_the_button_under_a_notice_ends_them(chat: Chat) -> None:
    answered(chat)
    edit(chat.library, corrected())
    told = chat.telegram.wait_for(2)[-1]
    chat.telegram.presses(told, "No more of these")
    assert "/changes on begins it" in chat.telegram.wait_for(3)[-1].text
    answered(chat)
    edit(chat.library, HARBOUR.body.replace(OLD, "It is shut."))
    assert quiet(chat)


def test_a_group_is_told_only_after_it_was_turned_on(chat: Chat) -> None:
    answered(chat, f"/ask {QUESTION}", room=GROUP)
    edit(chat.library, corrected())
    assert quiet(chat)
    answered(chat, "/changes on", room=GROUP)
    edit(chat.library, HARBOUR.body)
    said = answered(chat, f"/ask {QUESTION}", room=GROUP)
    edit(chat.library, corrected())
    told = chat.telegram.wait_for(4)[-1]
    assert (told.chat, told.to) == (GROUP, said.number)


def test_a_stranger_can_turn_nothing_on_and_who_was_put_out_is_told_nothing(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=replace(EVERY, access="allowed", allowed=(7,))) as chat:
        answered(chat)
        assert "private" in answered(chat, "/changes on", room=GROUP, person=8).text
    with restarted(replace(chat, settings=replace(chat.settings, allowed=(9,)))):
        edit(chat.library, corrected())
        assert quiet(chat)


def test_a_topic_is_told_in_its_topic(chat: Chat) -> None:
    chat.telegram.says("/changes on", chat=GROUP, thread=5)
    chat.telegram.says(f"/ask {QUESTION}", chat=GROUP, thread=5)
    chat.telegram.wait_for(2)
    assert wait_until(lambda: states(chat.home) == ["done", "done"], seconds=5)
    edit(chat.library, corrected())
    assert chat.telegram.wait_for(3)[-1].thread == 5


def test_many_answers_that_changed_at_once_are_one_message(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=replace(EVERY, changes_every=0.0)) as chat:
        for number in range(7):
            answered(chat, f"When did the harbour reopen, {number}?")
        edit(chat.library, corrected())
    with restarted(chat):
        told = chat.telegram.wait_for(8)[-1]
        assert told.text.startswith("Words that I quoted in 7 answers have changed since.")
        assert "reopen, 6?" in told.text
        assert "reopen, 1?" not in told.text
        assert "and 2 more answers: /changes" in told.text
        assert quiet(chat)
        before = len(chat.telegram.said)
        listed = answered(chat, "/changes")
        assert wait_until(lambda: "reopen, 0?" in chat.telegram.said[-1].text, seconds=5)
        assert all(tappable(one.words) in ([], ["/changes"]) for one in chat.telegram.said[before:])
        assert listed.text.startswith("Quoted here and changed since")


def test_an_answer_that_is_forgotten_is_not_told_of(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=replace(EVERY, changes_every=0.0)) as chat:
        answered(chat)
    old = (datetime.now(UTC) - timedelta(days=31)).strftime("%Y-%m-%dT%H:%M:%S")
    with closing(sqlite3.connect(tmp_path / LAYOUT.file_name)) as connection, connection:
        connection.execute("UPDATE questions SET at = ?", (old,))
    edit(chat.library, corrected())
    with restarted(chat):
        assert quiet(chat)


def test_what_never_arrived_is_not_told_of_and_an_abstention_cites_nothing(tmp_path: Path) -> None:
    blocked = FakeTelegram(blocked={8})
    with chatting(tmp_path, telegram=blocked, settings=EVERY) as chat:
        chat.telegram.says(QUESTION, chat=8, person=8)
        assert wait_until(lambda: states(tmp_path) == ["dropped"], seconds=5)
        answered(chat, "Who governs Atlantis?")
        blocked.blocked.clear()
        edit(chat.library, "⚓️🌊 Nothing is as it was.")
        assert quiet(chat)


def test_a_blocked_bot_holds_up_nobody_and_gives_up(chat: Chat) -> None:
    answered(chat)
    answered(chat, room=8, person=8)
    chat.telegram.blocked.add(8)
    edit(chat.library, corrected())
    assert chat.telegram.wait_for(3)[-1].chat == 7
    assert wait_until(lambda: sorted(states(chat.home)) == ["done", "done", "done", "dropped"], seconds=5)
    chat.telegram.blocked.clear()
    assert quiet(chat)


def test_an_answer_that_was_deleted_or_has_moved_is_told_of_without_pointing_at_it(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=EVERY) as chat:
        answered(chat, "/changes on", room=GROUP)
        said = answered(chat)
        answered(chat, f"/ask {QUESTION}", room=GROUP)
        chat.telegram.deleted.add(said.number)
        chat.telegram.moved[GROUP] = -2002
        edit(chat.library, corrected())
        told = {one.chat: one.to for one in chat.telegram.wait_for(5)[3:]}
        assert told[7] is None
        assert told[-2002] is not None, (
            "a message of before the move, known by its old number until it is known"
        )
        answered(chat, "/changes off")
        edit(chat.library, HARBOUR.body)
        answered(chat, f"/ask {QUESTION}", room=-2002)
        edit(chat.library, corrected())
        assert chat.telegram.wait_for(8)[-1].chat == -2002


@pytest.mark.parametrize(
    "error",
    [Refused(429, "Too Many Requests: retry after 1", retry_after=1), Refused(502, "Bad Gateway")],
    ids=str,
)
def test_a_notice_waits_out_what_passes_and_is_sent_once(tmp_path: Path, error: Refused) -> None:
    with chatting(tmp_path, settings=EVERY) as chat:
        answered(chat)
        chat.telegram.fault = Sometimes("sendMessage", error)
        edit(chat.library, corrected())
        chat.telegram.wait_for(2, seconds=15)
        assert quiet(chat)


def test_a_lost_response_may_tell_twice_but_never_not_at_all(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=EVERY) as chat:
        answered(chat)
        chat.telegram.lost = Sometimes("sendMessage", DropsConnection())
        edit(chat.library, corrected())
        assert [one.words.of("blockquote") for one in chat.telegram.wait_for(3)[1:]] == [[OLD, NEW, NOTE]] * 2
        assert quiet(chat)


def test_a_kill_between_the_look_and_the_sending_tells_nobody_twice_and_forgets_nobody(
    tmp_path: Path,
) -> None:
    with chatting(tmp_path, settings=replace(EVERY, changes_every=0.0)) as chat:
        answered(chat)
    edit(chat.library, corrected())
    with looking(tmp_path, chat.library) as changes:
        assert len(changes.look(bot=BOT_ID, since="")) == 1  # and the process dies before it sends anything
        assert changes.look(bot=BOT_ID, since="") == []
    with restarted(chat):
        chat.telegram.wait_for(2)
        assert quiet(chat)


def test_a_kill_while_it_is_stored_leaves_it_for_the_next_look(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with chatting(tmp_path, settings=replace(EVERY, changes_every=0.0)) as chat:
        answered(chat)
    edit(chat.library, corrected())
    with looking(tmp_path, chat.library) as changes:
        monkeypatch.setattr(
            "bot.telegram.updates.inbox.now", lambda: (_ for _ in ()).throw(KeyboardInterrupt)
        )
        with pytest.raises(KeyboardInterrupt):
            changes.look(bot=BOT_ID, since="")
        monkeypatch.undo()
    assert states(tmp_path) == ["done"]
    with restarted(chat):
        chat.telegram.wait_for(2)
        assert quiet(chat)


def test_a_database_of_the_first_version_is_brought_up_to_date_and_loses_nothing(tmp_path: Path) -> None:
    moment = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S")
    script = (
        Path(__file__).with_name("telegram_version_1.sql").read_text().replace("2026-11-22T09:49:15", moment)
    )
    with closing(sqlite3.connect(tmp_path / LAYOUT.file_name)) as connection:
        connection.executescript(script)
        before = _rows(connection)
    open_database(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / LAYOUT.file_name)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        after = _rows(connection)
        columns = {table: _columns(connection, table) for table in after}
    assert {
        table: [row[: len(before[table][0])] for row in rows] for table, rows in after.items() if rows
    } == {table: rows for table, rows in before.items() if rows}
    with closing(open_database(tmp_path / "new")) as made, made.reading() as connection:
        assert {table: _columns(connection, table) for table in after} == columns
    with chatting(tmp_path, telegram=FakeTelegram(_chats={7: "private"}), settings=EVERY) as chat:
        assert "You: 7. This chat: 7." in chat.telegram.wait_for(1)[0].text, "what was open is answered"
        edit(chat.library, corrected())
        told = chat.telegram.wait_for(2)[-1]
        assert (told.chat, told.to, told.words.of("blockquote")[0]) == (7, None, OLD)


def test_words_that_still_stand_are_looked_at_once_a_revision(tmp_path: Path) -> None:
    with chatting(tmp_path, settings=replace(EVERY, changes_every=0.0)) as chat:
        answered(chat)
    with looking(tmp_path, chat.library) as changes:
        edit(chat.library, f"{HARBOUR.body}\n\nMore to come.")
        read: list[str] = []
        chat.library.article = _noting(chat.library.article, read)  # type: ignore[method-assign]
        assert changes.look(bot=BOT_ID, since="") == []
        assert read
        read.clear()
        assert changes.look(bot=BOT_ID, since="") == []
        assert read == []
        edit(chat.library, corrected())
        assert len(changes.look(bot=BOT_ID, since="")) == 1


def _noting(read: Callable[..., Article], noted: list[str]) -> Callable[..., Article]:
    def noting(article_id: str, *, revision: str | None = None) -> Article:
        noted.append(article_id)
        return read(article_id, revision=revision)

    return noting


def test_the_real_archive_is_looked_at(tmp_path: Path) -> None:
    encoder, articles = HashedWords(), [invented(1), invented(2), invented(3)]
    spans = [sentence_spans(one.body)[1] for one in articles]
    cited = tuple(
        cite(one, span, number=n) for n, (one, span) in enumerate(zip(articles, spans, strict=True), 1)
    )
    with Archive.open(tmp_path, encoder, write=True) as archive:
        for article in articles:
            put(archive, article)
        with closing(open_database(tmp_path)) as database:
            Inbox(database).take([(1, "7", {})], bot=BOT_ID)
            said = tuple(Sentence(one.quote, (one.number,), "quoted") for one in cited)
            Questions(database).keep(1, Answer("Q?", said, cited), room="7", person=Person(7, "", None))
            Inbox(database).done(1)
        put(
            archive,
            replace(articles[0], body=articles[0].body.replace("On day 1 the", "On the first day the")),
        )
        archive.remove("a2")
    with closing(Archive.open(tmp_path, encoder)) as archive:
        library = ArchiveLibrary(archive, encoder, writing=lambda: Archive.open(tmp_path, write=True))
        with looking(tmp_path, library) as changes:
            (waiting,) = changes.look(bot=BOT_ID, since="")
            ((found,), _) = changes.of_room("7", most=9)
        with closing(open_database(tmp_path)) as database:
            (part,) = Inbox(database).unsent(waiting.number)
    assert [one.number for one in found.words] == [1, 2]
    assert cited[0].quote in part.message.text
    assert "On the first day the" in part.message.text
    assert "[2] What I quoted is no longer" in part.message.text


def _rows(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall() for (name,) in tables}


def _columns(connection: sqlite3.Connection, table: str) -> set[tuple[str, str]]:
    return {(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({table})")}


@contextmanager
def looking(home: Path, library: Library) -> Iterator[Changes]:
    """What looks, in a process that sends nothing."""
    settings = TelegramSettings()
    with closing(open_database(home)) as database:
        doors = Doors(settings, Members(database), Questions(database))
        readers = Readers(Rooms(database, history=6), doors, Dictionary())
        yield Changes(library, Watched(database), Inbox(database), readers)


@contextmanager
def restarted(chat: Chat) -> Iterator[None]:
    """The bot again, that looks; what it said before stays said."""
    with serving(chat.telegram) as address:
        settings = replace(chat.settings, api=address, changes_every=EVERY.changes_every)
        with in_thread(replace(chat, settings=settings)):
            yield
