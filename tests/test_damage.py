"""Every file of a home and of its encoder damaged in turn: answers go on, or the refusal names the file."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from tempfile import TemporaryFile

import pytest
from conftest import ENCODER_CACHE

from bot.http.access.keys import KeyRing
from bot.telegram.updates.database import open_database
from index.encoding.encoder import Encoder
from index.encoding.encoders import load_encoder
from index.errors import DatelineError
from index.records import Article
from index.split import passage_input, split
from index.storage.archive import Archive

ROOT = Path(__file__).parents[1]
QUESTION = "How many peacekeepers is Russia sending?"
WORKING = 240.0  # seconds of processor that a command may take: a damaged encoder is compiled anew, in 40
IDLE = 90.0  # seconds without a moment of processor, for it or what it has started: it hangs
FOREIGN = b"SQLite format 3\0" + b"of something else" * 400
LARGER = 64 * 2**20  # bytes that no small file may grow by

Damage = Callable[[bytes], bytes | None]
DAMAGES: dict[str, Damage] = {
    "removed": lambda _: None,
    "empty": lambda _: b"",
    "half": lambda held: held[: len(held) // 2],
    "zeroed": lambda held: bytes(len(held)),
    "zeroed in the middle": lambda held: held[: len(held) // 3] + bytes(4096) + held[len(held) // 3 + 4096 :],
    "a bit at the start": lambda held: flipped(held, 20),
    "a bit somewhere": lambda held: flipped(held, random.Random(len(held)).randrange(len(held))),
    "something else": lambda _: FOREIGN,
    "twice": lambda held: held + held,
}
ANOTHERS = "another archive's"


def flipped(held: bytes, at: int) -> bytes:
    return held[:at] + bytes([held[at] ^ 4]) + held[at + 1 :] if at < len(held) else held


@pytest.fixture
def home(seeds_home: Path, tmp_path: Path) -> Path:
    """A home with every kind of file, and its own compiled encoder and reader."""
    home = Path(shutil.copytree(seeds_home, tmp_path / "home"))
    own = max(ENCODER_CACHE.glob("*/model.onnx"), key=lambda path: path.stat().st_size).parent
    shutil.copytree(own, tmp_path / "cache" / "encoders" / own.name)
    furnish(home, settings="hits = 12\n")
    return home


def furnish(home: Path, *, settings: str) -> None:
    (home / "settings.toml").write_text(settings)
    KeyRing(home / "keys.json").add("reader")
    open_database(home).close()


@pytest.fixture
def others(tmp_path: Path, encoder: Encoder) -> Path:
    """The folder of another archive: its home, with one article, and the files of another encoder."""
    folder = tmp_path / "others"
    article = Article(
        "ferry", "Ferry of Tull", "The ferry of Tull was sold on Monday.", outlet="Tull Courier"
    )
    with Archive.open(folder / "home", encoder, write=True) as archive:
        passages = split(article, encoder)
        inputs = [passage_input(article, one.text) for one in passages]
        archive.add(article, passages, encoder.encode(inputs))
    furnish(folder / "home", settings="hits = 3\n")
    least = min(ENCODER_CACHE.glob("*/model.onnx"), key=lambda path: path.stat().st_size).parent
    shutil.copytree(least, folder / "cache")
    return folder


@pytest.mark.soak
@pytest.mark.parametrize("where", ["home", "cache"])
def test_whatever_file_is_damaged_answers_go_on_or_the_refusal_names_it(
    home: Path, others: Path, where: str, figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    bodies = bodies_of(home) | bodies_of(others / "home")
    files = [path for path in (home.parent / where).rglob("*") if path.is_file()]
    files = [path for path in files if path.suffix and not path.name.endswith(("-wal", "-shm"))]
    faults, outcomes, slowest = [], Counter[str](), 0.0
    whole = bytes_below(home.parent)
    for path in files[: many(len(files))]:
        held, another = path.read_bytes(), (others / where / path.name).read_bytes()
        for name, damage in (DAMAGES | {ANOTHERS: lambda _, another=another: another}).items():
            kept = {other: other.read_bytes() for other in files}
            damaged = damage(held)
            path.unlink() if damaged is None else path.write_bytes(damaged)
            began = time.monotonic()
            for outcome in outcomes_of(path, home, bodies):
                outcomes[outcome.partition(":")[0]] += 1
                faults += [f"{path.name} {name}: {outcome}"] if outcome.startswith("fault") else []
            slowest = max(slowest, time.monotonic() - began)
            grown = bytes_below(home.parent)
            if grown > LARGER + 2 * whole:
                faults.append(f"{path.name} {name}: the files have {grown} bytes now")
            for other, content in kept.items():
                other.parent.mkdir(parents=True, exist_ok=True)
                other.write_bytes(content)
            for rest in (home / "archive.sqlite-wal", home / "archive.sqlite-shm"):
                rest.unlink(missing_ok=True)
    figure(
        f"{len(files)} files of {where} × {len(DAMAGES) + 1} damages: answered {outcomes['answered']}, "
        f"abstained {outcomes['abstained']}, refused by name {outcomes['refused']}, "
        f"faults {len(faults)}; the longest {slowest:.0f} s"
    )
    assert not faults, "\n".join(faults)


def bytes_below(folder: Path) -> int:
    """How much the files of a folder have together."""
    return sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())


@pytest.mark.soak
def test_words_that_were_damaged_inside_an_article_are_never_quoted(
    home: Path, figure: Callable[[str], None]
) -> None:
    bodies, path = bodies_of(home), home / "archive.sqlite"
    quoted = [one["quote"] for one in json.loads(ask(home).stdout)["citations"]]
    held, outcomes = path.read_bytes(), Counter[str]()
    places = [found.start() for one in quoted for found in re.finditer(re.escape(one.encode()), held)]
    for place in places:
        for offset in (0, 5, 11, 17):
            path.write_bytes(flipped(held, place + offset))
            outcomes[judged(ask(home), path, bodies).partition(":")[0]] += 1
    figure(f"{sum(outcomes.values())} bits turned inside quoted words: {dict(outcomes)}")
    assert places
    assert outcomes["fault"] == 0


def outcomes_of(path: Path, home: Path, bodies: dict[str, str]) -> Iterator[str]:
    if path.name == "keys.json":
        yield judged(dateline(home, "key", "list"), path, bodies)
    elif path.name == "telegram.sqlite":
        yield opened(home, path)
    else:
        yield judged(ask(home), path, bodies)


def opened(home: Path, path: Path) -> str:
    try:
        with closing(open_database(home)) as database, database.reading() as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except DatelineError as exc:
        return "refused" if path.name in str(exc) else f"fault: {exc} does not name it"
    return "answered"


def judged(done: subprocess.CompletedProcess[str] | None, path: Path, bodies: dict[str, str]) -> str:
    home = path.parent
    if done is None:
        return f"fault: it hangs, or worked for more than {WORKING:g} s"
    if "Traceback" in done.stderr or done.returncode not in {0, 1, 3, 4, 5}:
        return f"fault: {done.returncode} {done.stderr[-400:]}"
    if done.returncode >= 3:
        named = path.name in done.stderr or ("no archive yet" in done.stderr and str(home) in done.stderr)
        return "refused" if named else f"fault: {done.stderr} does not name it"
    if done.stdout.startswith("{"):
        for one in json.loads(done.stdout).get("citations", []):
            if one["quote"] not in bodies.get(one["article"]["id"], ""):
                return f"fault: quoted {one['quote']!r}"
    return "answered" if done.returncode == 0 else "abstained"


def bodies_of(home: Path) -> dict[str, str]:
    with Archive.open(home, load_encoder(cache=ENCODER_CACHE)) as archive:
        return {article.id: article.body for article in archive.articles()}


def ask(home: Path) -> subprocess.CompletedProcess[str] | None:
    return dateline(home, "ask", "--json", QUESTION)


def dateline(home: Path, *words: str) -> subprocess.CompletedProcess[str] | None:
    command = [sys.executable, "-m", "bot", "--home", str(home), *words]
    environment = os.environ | {"DATELINE_CACHE": str(home.parent / "cache")}
    with TemporaryFile("w+") as out, TemporaryFile("w+") as err:
        child = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdout=out, stderr=err, start_new_session=True
        )
        worked, since = 0.0, time.monotonic()
        while child.poll() is None:
            time.sleep(0.05)
            now = worked_by(child.pid)
            worked, since = (now, time.monotonic()) if now > worked else (worked, since)
            if worked > WORKING or time.monotonic() - since > IDLE:
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()
                return None
        out.seek(0)
        err.seek(0)
        return subprocess.CompletedProcess(command, child.returncode, out.read(), err.read())


def worked_by(pid: int) -> float:
    """Seconds of processor that a process and those of its session that are alive or ended have taken.

    On a busy machine a command may wait for minutes without hanging: what it has worked says which it is.
    """
    taken = 0.0
    for entry in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            if os.getsid(int(entry.name)) == pid:
                fields = (entry / "stat").read_text().rpartition(")")[2].split()
                taken += sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    return taken
