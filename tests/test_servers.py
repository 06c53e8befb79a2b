"""Several servers over one database: what only one of them does, what all of them see, who writes."""

from __future__ import annotations

import asyncio
import itertools
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from archive_fakes import HashedWords, faults, invented, put
from fake_telegram import TOKEN, FakeTelegram, serving
from http_fakes import FakeAsker, FakeLibrary, wait_until
from http_process import Cut, Process
from postgres_server import PASSWORD, PostgresServer
from pydantic import SecretStr
from starlette.testclient import TestClient

from bot.cli import run
from bot.follows.settings import FollowSettings
from bot.follows.teller import TellerLock
from bot.http.access.key_table import keys_of
from bot.http.app import create_app
from bot.http.settings import HttpSettings
from bot.telegram.run import BotLock, CompanionBot
from bot.telegram.settings import TelegramSettings
from index.errors import ArchiveError, ArchiveLocked
from index.feeds.watch import WatchLock
from index.storage.archive import Archive
from index.storage.home_lock import HomeLock
from index.storage.postgres import turns
from index.storage.postgres.address import DatabaseAddress

ROOT = Path(__file__).parents[1]


def ended(postgres: PostgresServer, database: DatabaseAddress) -> None:
    """Break every connection to a database, as a network or a failover does."""
    with postgres.connected("postgres") as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            (database.url.rpartition("/")[2],),
        )


# What one of them does


@pytest.mark.parametrize("lock", [WatchLock, TellerLock, BotLock])
def test_one_server_has_a_lock_and_the_other_is_told_who(
    lock: type[HomeLock], database: DatabaseAddress, postgres: PostgresServer
) -> None:
    who = rf"is being {lock.doing} by dateline serve, process {os.getpid()} on {socket.gethostname()[:20]}"
    with lock(database, command="dateline serve") as held:
        held.check()
        with pytest.raises(ArchiveLocked, match=rf"{who}.* at 127\.0\.0\.1, since 20.*; wait for it to end"):
            lock(database, command="dateline watch")
        with lock(postgres.address(postgres.database()), command="another archive"):
            pass
        ended(postgres, database)
        with lock(database, command="dateline serve") as taken, pytest.raises(ArchiveError, match="was lost"):
            held.check()  # so that two never go on
        with pytest.raises(ArchiveError):
            taken.check()
    with lock(database, command="dateline serve"):
        pass


def test_a_lock_dies_with_its_process(database: DatabaseAddress) -> None:
    holding = (
        "import sys, time; from index.feeds.watch import WatchLock;"
        " from index.storage.postgres.address import DatabaseAddress;"
        " lock = WatchLock(DatabaseAddress(sys.argv[1]), command='w'); print('has it', flush=True);"
        " time.sleep(60)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holding, database.url], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "has it\n"
        with pytest.raises(ArchiveLocked, match=rf"by w, process {process.pid} on "):
            WatchLock(database, command="dateline watch")
        process.kill()
    assert wait_until(lambda: is_free(database), seconds=10)


def is_free(database: DatabaseAddress) -> bool:
    try:
        WatchLock(database, command="dateline watch").__exit__(None, None, None)
    except ArchiveLocked:
        return False
    return True


def test_a_replica_holds_no_lock_and_no_tables(database: DatabaseAddress) -> None:
    replica = DatabaseAddress(f"{database.url}?options=-c%20default_transaction_read_only%3Don")
    for take in (lambda: WatchLock(replica, command="dateline watch"), lambda: keys_of(replica)):
        with pytest.raises(ArchiveError, match="is a replica, which can only be read; expected the primary"):
            take()


def test_a_second_bot_waits_and_takes_the_place_of_the_first(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Telegram lets one process ask for updates, and so does the lock: an update is taken once."""
    monkeypatch.setattr("bot.telegram.run._LOCKED_WAIT", 0.2)
    telegram, library, told = FakeTelegram(), FakeLibrary(), (list[str](), list[str]())

    async def both(settings: TelegramSettings) -> None:
        bots = [
            CompanionBot(
                FakeAsker(library),
                library,
                settings,
                home=database,
                note=notes.append,
                follows=FollowSettings(),
            )
            for notes in told
        ]
        await bots[0].start()
        assert await asyncio.to_thread(wait_until, lambda: "as @dateline_bot" in str(told[0]), seconds=20)
        await bots[1].start()
        assert await asyncio.to_thread(
            wait_until, lambda: "the Telegram bot waits" in str(told[1]), seconds=20
        )
        telegram.says("When did the harbour reopen?")
        await asyncio.to_thread(telegram.wait_for, 1, seconds=20)
        await bots[0].close()
        telegram.says("Who said so?")
        await asyncio.to_thread(telegram.wait_for, 2, seconds=30)
        await bots[1].close()

    with serving(telegram) as address:
        settings = replace(TelegramSettings(examples=("Who?",)), token=SecretStr(TOKEN), api=address)
        asyncio.run(both(settings))
    assert "is being answered for in Telegram by dateline serve, process" in told[1][0]
    assert "answering in Telegram as @dateline_bot" in told[1]
    assert telegram.violations == []


# What all of them see


def test_a_key_of_one_server_opens_another_at_once(database: DatabaseAddress) -> None:
    library = FakeLibrary()
    with closing(keys_of(database)) as here, closing(keys_of(database)) as there:
        app = create_app(FakeAsker(library), library, keys=there, settings=HttpSettings(require_key=True))
        client = TestClient(app, client=("127.0.0.1", 50_000))
        token = here.add("newsroom")
        assert client.get("/status", headers={"X-API-Key": token}).status_code == 200
        here.remove("newsroom")
        assert client.get("/status", headers={"X-API-Key": token}).status_code == 401


@pytest.mark.soak
def test_a_server_that_cannot_look_a_key_up_says_so(
    database: DatabaseAddress, postgres: PostgresServer
) -> None:
    library = FakeLibrary()
    with closing(keys_of(database)) as keys:
        client = TestClient(create_app(FakeAsker(library), library, keys=keys), client=("127.0.0.1", 50_000))
        token = keys.add("newsroom")
        with postgres.connected("postgres") as connection:
            connection.execute(f"DROP DATABASE {database.url.rpartition('/')[2]} WITH (FORCE)")
        refused = client.get("/status", headers={"X-API-Key": token})
        assert (refused.status_code, PASSWORD in refused.text) == (503, False)


# Who writes


def test_who_waits_for_a_writer_in_vain_is_told_for_whom(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = replace(turns.LOCKED, sql=turns.LOCKED.sql.replace("'10s'", "'100ms'"))
    monkeypatch.setattr("index.storage.postgres.engine.LOCKED", quick)
    with (
        Archive.open(database, HashedWords(), write=True) as archive,
        Archive.open(database, HashedWords(), write=True) as other,
        archive.batch(),
    ):
        put(archive, invented(1))
        who = rf"process {os.getpid()} on .*at 127\.0\.0\.1, since 20"
        with pytest.raises(
            ArchiveLocked, match=rf"others have been writing for 10 s, now .*{who}.*try again"
        ):
            put(other, invented(2))
    with Archive.open(database, HashedWords(), write=True) as archive:
        assert put(archive, invented(2)) == "added"


def test_a_writer_that_hangs_is_ended_and_holds_up_nobody(
    database: DatabaseAddress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After 0.2 s here, 60 s else."""
    quick = replace(turns.LOCKED, sql=turns.LOCKED.sql.replace("'60s'", "'200ms'"))
    assert quick != turns.LOCKED
    monkeypatch.setattr("index.storage.postgres.engine.LOCKED", quick)
    with (
        Archive.open(database, HashedWords(), write=True) as archive,
        Archive.open(database, HashedWords(), write=True) as other,
    ):
        with pytest.raises(ArchiveError, match="the connection was lost"), archive.batch():
            put(archive, invented(1))
            assert not archive.is_copy(invented(1))  # as `dateline add` asks next
            assert put(other, invented(2)) == "added"
            put(archive, invented(3))
        assert [one.id for one in other.articles()] == ["a2"]
        assert put(archive, invented(1)) == "added"


WRITING = """
import sys
from archive_fakes import HashedWords, invented, put
from index.storage.archive import Archive
from index.storage.postgres.address import DatabaseAddress
with Archive.open(DatabaseAddress(sys.argv[1]), HashedWords(), write=True) as archive:
    for first in range(int(sys.argv[2]), int(sys.argv[3]), 2):
        with archive.batch():
            told = [put(archive, invented(number)) for number in (first, first + 1)]
            print("in", first, flush=True)
        print("stored", *told, flush=True)
"""


def writer(database: DatabaseAddress, first: int, last: int) -> subprocess.Popen[str]:
    """A process that adds the articles of these numbers, two in a transaction."""
    return subprocess.Popen(
        [sys.executable, "-c", WRITING, database.url, str(first), str(last)],
        cwd=ROOT / "tests",
        env={**os.environ, "PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.soak
def test_two_processes_that_add_at_once_neither_lose_nor_double(database: DatabaseAddress) -> None:
    """Last run, 2026-11-29: 60 articles of which both add 20, 0 lost, 0 doubled."""
    processes = [writer(database, 0, 40), writer(database, 20, 60)]
    told = [word for one in processes for line in one.communicate()[0].splitlines() for word in line.split()]
    assert [one.returncode for one in processes] == [0, 0]
    assert (told.count("added"), told.count("unchanged")) == (60, 20)
    with Archive.open(database, HashedWords()) as archive:
        assert len({one.id for one in archive.articles()}) == archive.status().articles == 60
    assert faults(database) == []


@pytest.mark.soak
def test_a_writer_that_dies_within_a_transaction_holds_up_nobody(database: DatabaseAddress) -> None:
    with writer(database, 0, 400) as dying, writer(database, 400, 420) as other:
        assert dying.stdout
        assert any(line.startswith("in") for line in dying.stdout)
        dying.send_signal(signal.SIGKILL)
        assert other.wait(60) == 0
    with Archive.open(database, HashedWords()) as archive:
        stored = {int(one.id[1:]) for one in archive.articles()}
    assert stored >= set(range(400, 420))
    assert len(stored) % 2 == 0  # the pair is there whole or not at all
    assert faults(database) == []


# A rolling restart


@pytest.mark.soak
def test_a_rolling_restart_cuts_nothing(
    database: DatabaseAddress, tmp_path: Path, figure: Callable[[str], None]
) -> None:
    """Clients go to the other server where one takes no connections, as a proxy in front does.

    Last run, 2026-11-29, on two cores that others kept busy: 374 answered, 0 told to ask again, 0 cut.
    """
    assert run(["--home", database.url, "add", "--quiet", str(ROOT / "seeds")]) == 0
    statuses: Counter[int] = Counter()
    cut: list[str] = []
    over = threading.Event()
    with ExitStack() as stack:
        servers = [stack.enter_context(serve(database, tmp_path / name)) for name in "ab"]
        askers = [
            threading.Thread(target=ask_either, args=(servers, number, statuses, cut, over))
            for number in range(2)
        ]
        for thread in askers:
            thread.start()
        for number, name in enumerate("ab"):
            time.sleep(2)
            servers[number].running.send_signal(signal.SIGTERM)
            assert servers[number].running.wait(60) == 0
            servers[number] = stack.enter_context(serve(database, tmp_path / name, port=servers[number].port))
        time.sleep(2)
        over.set()
        for thread in askers:
            thread.join(60)
    assert cut == []
    assert set(statuses) <= {200, 408}  # 408: the connection was closed before the request was read
    assert statuses[200] > 20
    figure(
        f"two servers restarted in turn: {statuses[200]} answered, {statuses[408]} told to ask again, 0 cut"
    )


@contextmanager
def serve(database: DatabaseAddress, home: Path, *, port: int | None = None) -> Iterator[Process]:
    """`dateline serve` with a home of its own, as on a machine of its own, once it answers."""
    if port is None:
        with socket.create_server(("127.0.0.1", 0)) as held:
            port = int(held.getsockname()[1])
    variables = {
        "DATELINE_HOME": str(home),
        "DATELINE_ARCHIVE": database.url,
        "DATELINE_HTTP__RATE_LOOPBACK": "0",
        "DATELINE_HTTP__WORKERS": "1",
    }
    with (home.parent / f"{home.name}.log").open("a") as log:
        running = subprocess.Popen(
            [sys.executable, "-m", "bot", "serve", "--port", str(port)],
            cwd=ROOT,
            env={**os.environ, **variables},
            stderr=log,
        )
    try:
        process = Process(running, port)
        assert wait_until(process.answers, seconds=120)
        yield process
    finally:
        running.kill()
        running.wait()


def ask_either(
    servers: Sequence[Process], first: int, statuses: Counter[int], cut: list[str], over: threading.Event
) -> None:
    """Ask on, at the next server whenever one takes no connection or closes it."""
    for server in itertools.cycle((first, first + 1)):
        if over.is_set():
            return
        try:
            with servers[server % 2].connect() as connection:
                connection.wire.settimeout(60)
                while not (connection.closed or over.is_set()):
                    statuses[connection.ask()] += 1
        except ConnectionRefusedError:
            time.sleep(0.05)
        except Cut as exc:
            cut.append(str(exc))
