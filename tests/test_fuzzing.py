"""Every reader fed by a fuzzer that sees what its code does; and what it found, once more."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import CACHE
from fuzz_readers import FEED, JSON_FEED, OPML, PAGE, READERS, SITEMAP

from index.errors import BadInput

TESTS = Path(__file__).parent
# Eight readers of ten minutes each are 40 on two cores: one run takes a minute of each, from the inputs that
# the runs before it kept. All ten in one go: FUZZ_SECONDS=600. What adds up is the processor's time, since a
# minute of a busy machine may be five seconds of it.
SECONDS = int(os.environ.get("FUZZ_SECONDS", "60"))
WHOLE = 600
KEPT = CACHE / "fuzzed"
CHANNEL = (
    b'{"name": "%b", "type": "public_channel", "id": 1, "messages": [{"type": "message", "text": "A post."}]}'
)
FOUND: list[tuple[str, bytes]] = [
    ("page", b""),
    ("page", PAGE.replace("<p>", "<p hidden>x</p>\x01\x0b\0\uffff<p>").encode()),
    ("feeds", FEED.replace("<p hidden>Buy</p>", "<p hidden>Buy</p>\x01").encode()),
    ("feeds", OPML.replace("q.example/f", "[::1/f").encode()),
    ("feeds", SITEMAP.replace("quay.example", "q]").encode()),
    ("feeds", JSON_FEED.replace('"/1"', '"http://[::1"').encode()),
    ("feeds", FEED.replace("https://quay.example", "http://[").encode()),
    ("feeds", b"<feed>" + b" " * 100_000 + b"</feed>"),
    ("feeds", b"<entry<channel<link</entry</link>"),
    ("plain", b"Bridge\n\n" + b"0" * 40 + b" the\n\nThe bridge is open.\n"),
    ("markdown", b"The bridge is open. " + b"[(" * 20_000),
    ("exports", CHANNEL % b"\xff\xfe"),
    ("exports", CHANNEL % b"\\q"),
    ("exports", CHANNEL % b"\\ud800"),
]


@pytest.mark.parametrize(("reader", "data"), FOUND)
def test_what_a_fuzzer_found_is_read_or_refused(reader: str, data: bytes) -> None:
    with suppress(BadInput):
        READERS[reader][0](data)


@pytest.mark.soak
def test_a_fuzzer_finds_nothing_in_any_reader(
    figure: Callable[[str], None], many: Callable[[int], int]
) -> None:
    pytest.importorskip("atheris")
    with ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        ended = list(pool.map(lambda name: fuzzed(name, KEPT / name, many(SECONDS)), READERS))
    tried = [re.search(r"^Done (\d+) runs in (\d+) second", output, re.M) for output, _ in ended]
    endings = list(zip(READERS, ended, tried, strict=True))
    spent = [so_far(KEPT / name, seconds) for name, (_, seconds), one in endings if one]
    assert {name: output[-3000:] for name, (output, _), one in endings if not one} == {}, "findings"
    runs = [int(one[1]) for one in tried if one]
    told = ", ".join(f"{name} {count:,}" for name, count in zip(READERS, runs, strict=True))
    figure(
        f"atheris, {many(SECONDS)} s a reader, with the runs before {min(spent):.0f} s of processor time or"
        f" more: {sum(runs):,} inputs ({told}): 0 findings"
    )
    if min(spent) < WHOLE:
        pytest.skip(f"a reader had {min(spent):.0f} s of processor time, expected {WHOLE}: run it again")


def so_far(folder: Path, seconds: float) -> float:
    """Seconds of processor time in which a reader was fuzzed without a finding, this time and before."""
    file = folder / "seconds"
    total = seconds + (float(file.read_text()) if file.exists() else 0)
    file.write_text(f"{total:.1f}")
    return total


def fuzzed(name: str, folder: Path, seconds: int) -> tuple[str, float]:
    """What atheris said at the end, and how many seconds of processor time it took."""
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(TESTS.parent), str(TESTS)))}
    child = [sys.executable, "-W", "ignore", str(TESTS / "fuzzed_reader.py")]
    command = [*child, name, str(seconds), str(folder)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as run:
        said = run.stderr.read() if run.stderr else b""
        _, _, used = os.wait4(run.pid, 0)
    return said.decode(errors="replace"), used.ru_utime + used.ru_stime
