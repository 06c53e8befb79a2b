# ruff: noqa: E501, T201 - bombs have lines as long as they are; what it finds is printed
"""Files and feeds that are broken or mean ill: good ones damaged in every way that bytes can be, and bombs.

    python tests/bad_files.py FOLDER [TAR.GZ OR FOLDER OF FOREIGN FILES…]

reads them from FOLDER, each followed by a good one, and prints a line of JSON for each: seconds of processor time
(ours and the children's), MiB at most (ours, and the largest child's), whether its neighbour came in, and what was
raised.
"""

from __future__ import annotations

import gzip
import io
import json
import os
import random
import resource
import sys
import tarfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from export_files import CSV, NEWSML, NINJS_1, NINJS_2, NITF, PAGE, TELEGRAM, WXR, parquet, warc
from fuzz_readers import ATOM, COPIED, FEED, JSON_FEED, MARKDOWN, OPML, ROW, SITEMAP

from index.articles.draft import Found
from index.articles.read import read_paths
from index.errors import BadInput
from index.feeds.entries import outlet_of
from index.feeds.identity import identities, own_addresses
from index.feeds.parse import feed_reader, read_feed

NEIGHBOUR = (
    "---\ntitle: Neighbour {0}\noutlet: Quay Post\n---\n\nThe ferry number {0} left the quay at noon.\n"
)
GOOD: dict[str, bytes] = {
    "page.html": PAGE.encode(), "row.jsonl": ROW.encode() + b"\n", "rows.json": f"[{ROW}]".encode(),
    "copied.txt": COPIED.encode(), "front.md": MARKDOWN.encode(), "item.nitf": NITF.encode(),
    "message.xml": NEWSML.encode(), "ninjs1.json": json.dumps(NINJS_1).encode(),
    "ninjs2.json": json.dumps(NINJS_2).encode(), "posts.xml": WXR.encode(),
    "channel.json": json.dumps(TELEGRAM).encode(), "table.csv": CSV.encode(), "crawl.warc.gz": warc(),
    "table.parquet": parquet(), "rss.feed": FEED.encode(), "atom.feed": ATOM.encode(),
    "sitemap.feed": SITEMAP.encode(), "list.feed": OPML.encode(), "json.feed": JSON_FEED.encode(),
}  # fmt: skip
MEGABYTE = 1_000_000


def damaged(data: bytes) -> Iterator[tuple[str, bytes]]:
    """A good file in every way in which its bytes can be bad; the same each time."""
    chance, half = random.Random(len(data)), len(data) // 2
    flipped = bytearray(data)
    for _ in range(1 + len(data) // 50):
        flipped[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    shuffled = [data[at : at + 16] for at in range(0, len(data), 16)]
    chance.shuffle(shuffled)
    yield "cut", data[:half]
    yield "almost cut", data[:-3]
    yield "without its head", data[half:]
    yield "bits flipped", bytes(flipped)
    yield "shuffled", b"".join(shuffled)
    yield "zeroed", data[:half] + bytes(half)
    yield "twice", data + data
    yield "a thousand times", data * min(1000, 2 * MEGABYTE // len(data))
    yield "in UTF-16", b"\xff\xfe" + data.decode("latin-1").encode("utf-16-le")
    yield "with bad bytes", data.replace(b"e", b"\xff\xfe", 7).replace(b"o", b"\x00", 3)
    yield "with control characters", data.replace(b" ", b" \x01\x08\x1b[31m\x0b", 9)
    yield "packed, cut", gzip.compress(data)[:-9]
    for name, piece in (("spaces", b" "), ("a word", b"a"), ("digits", b"7"), ("quotes", b'"'),
                        ("brackets", b"[("), ("tags", b"<b>"), ("lines", b"\n"), ("escapes", b"\\ud800")):  # fmt: skip
        yield f"with a megabyte of {name}", data[:half] + piece * (MEGABYTE // len(piece)) + data[half:]


def bombs() -> Iterator[tuple[str, bytes]]:
    """Small files that unfold, or that cost their parser more than they should."""
    deep = 100_000
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    xml = f'<?xml version="1.0"?><!DOCTYPE nitf [<!ENTITY a0 "ha">{laughs}]><nitf><body><p>&a9;</p></body></nitf>'
    outside = '<!DOCTYPE nitf [<!ENTITY x SYSTEM "file:///etc/passwd">]><nitf><body><p>&x;</p></body></nitf>'
    yield "laughs.nitf", xml.encode()
    yield "laughs.feed", xml.replace("nitf", "rss").encode()
    yield "outside.nitf", outside.encode()
    yield "outside.feed", outside.replace("nitf", "rss").encode()
    yield "quadratic.feed", (f'<!DOCTYPE rss [<!ENTITY a "{"x" * 50_000}">]><rss>' + "&a;" * 20_000).encode()
    yield "zeros.jsonl.gz", gzip.compress(bytes(200 * MEGABYTE), 9)
    yield "lines.jsonl.gz", gzip.compress(b"{}\n" * 30 * MEGABYTE, 9)
    yield "zeros.html.gz", gzip.compress(bytes(60 * MEGABYTE), 9)
    yield "twice-packed.html.gz", gzip.compress(gzip.compress(bytes(200 * MEGABYTE), 9), 9)
    yield "nested.json", b"[" * deep + b"]" * deep
    yield "nested.jsonl", b'{"text":' * deep + b'"x"' + b"}" * deep
    yield "number.json", b'{"title": ' + b"9" * MEGABYTE + b', "text": "x"}'
    yield "nested.feed", b"<rss>" + b"<channel>" * deep
    yield "nested.nitf", b"<nitf>" + b"<p>" * deep
    yield "nested.html", b"<html><body>" + b"<div>" * deep + b"words" + b"</div>" * deep
    yield "tables.html", b"<html><body>" + b"<table><tr><td>" * 30_000 + b"words"
    yield "attributes.html", b"<html><body><p " + b"".join(b"a%d=1 " % n for n in range(deep)) + b">words</p>"
    yield "styles.html", (b"<html><style>" + b"".join(b".c%d p>b~i:not(.x){display:none}" % n for n in range(40_000))
                          + b"</style><body>" + b"<p class=c1>words <b>x</b></p>" * 9000)  # fmt: skip
    yield "paragraph.html", b"<html><body><article><p>" + b"The bridge is open. " * 400_000
    yield "links.html", b"<html><body>" + b"<a href='http://[::1'>The bridge is open again.</a>" * 90_000
    yield (
        "statements.html",
        b"<html><script type='application/ld+json'>[" + b"{}," * 2 * MEGABYTE + b"{}]</script>",
    )
    yield "meta.html", b"<html><head>" + b"<meta property=og:title content=x>" * 200_000 + PAGE.encode()
    yield "comments.html", b"<!--" * 200_000 + PAGE.encode()
    yield (
        "names.md",
        b"---\n" + b"".join(b"a%d: 1\n" % n for n in range(deep)) + b"---\n\nThe bridge is open.",
    )
    yield "aliases.md", ("---\na0: &a0 [x, x]\n" + "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10)) + "---\n\nOpen.").encode()  # fmt: skip
    yield (
        "python.md",
        b"---\ntitle: !!python/object/apply:os.system ['touch /tmp/owned']\n---\n\nThe bridge is open.",
    )
    yield "flow.md", b"---\ntitle: " + b"[" * 20_000 + b"\n---\n\nThe bridge is open."
    yield "columns.csv", b",".join(b"c%d" % n for n in range(deep)) + b"\n" + b"x," * deep
    yield "cell.csv", b'Headline;Body\nA;"' + b"The bridge is open. " * 600_000
    yield "list.csv", b"Headline;Body;Authors\nA;The bridge is open again.;['" + b"''" * 5000 + b"\n"
    yield "long.txt", b"word " * 3 * MEGABYTE
    yield "figures.txt", b"Bridge\n\n" + b"0" * 40 + b" the\n\nThe bridge is open.\n"
    yield "sentence.txt", b"The bridge, " * 80_000
    yield "dots.txt", b"e.g. U.S. No. " * 60_000
    yield "marks.txt", ("\u0301\u200d\u202e" * 300_000).encode()
    yield "flags.txt", ("🇦" * 250_000).encode()
    yield (
        "surrogates.jsonl",
        b'{"title": "\\ud800", "text": "A bridge \\udfff is open.", "outlet": "\\ud83d"}\n',
    )
    yield "nul.jsonl", b'{"title": "a\\u0000b", "text": "A bridge\\u0000 is open.", "id": "a\\u0000"}\n'
    yield "ids.jsonl", b'{"id": "../../etc/passwd", "text": "A bridge is open."}\n'
    yield (
        "years.jsonl",
        b'{"text": "A bridge is open.", "published": "99999-99-99", "copyright_year": 1e400}\n',
    )
    yield "length.warc", warc_of(b"99999999999")
    yield "negative.warc", warc_of(b"-5")
    yield "no.warc", b"WARC/1.0\r\n" * 100_000
    yield "picture.html", b"\x89PNG\r\n\x1a\n" + random.Random(1).randbytes(100_000)
    yield "paper.txt", b"%PDF-1.7\n" + random.Random(2).randbytes(100_000)
    yield "program.md", b"\x7fELF" + random.Random(3).randbytes(100_000)
    yield "database.json", b"SQLite format 3\x00" + bytes(8000)
    yield "book.csv", packed_book()
    yield "random.parquet", b"PAR1" + random.Random(4).randbytes(200_000) + b"PAR1"
    yield "empty.html", b""
    yield "blank.txt", b" \n\t\xef\xbb\xbf"


def warc_of(length: bytes) -> bytes:
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://q.example/1\r\n"
    return (
        head
        + b"Content-Type: application/http\r\nContent-Length: "
        + length
        + b"\r\n\r\nHTTP/1.1 200 OK\r\n\r\n"
    )


def packed_book() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/worksheets/sheet1.xml", bytes(50 * MEGABYTE))
    return held.getvalue()


def foreign(places: list[Path]) -> Iterator[tuple[str, bytes]]:
    """Files of others, each as it is and cut or flipped."""
    for place in places:
        for name, data in in_folder(place) if place.is_dir() else in_tar(place):
            ways = dict(damaged(data)) if len(data) > 8 else {}
            yield f"foreign: {name}", data
            for way in ("bits flipped", "cut"):
                if way in ways and not name.endswith(".gz"):
                    yield f"foreign, {way}: {name}", ways[way]


def in_tar(path: Path) -> Iterator[tuple[str, bytes]]:
    """At most 30 files of a tar, evenly."""
    with tarfile.open(path) as tar:
        members = [one for one in tar.getmembers() if one.isfile() and one.size < 5 * MEGABYTE]
        for one in members[:: 1 + len(members) // 30]:
            held = tar.extractfile(one)
            name = Path(one.name).name + (".feed" if "feed" in path.name else "")
            yield name, held.read() if held else b""


def in_folder(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every file of it, of any kind that is read."""
    for one in sorted(path.rglob("*.*")):
        yield one.name, one.read_bytes()


def cases(places: list[Path]) -> Iterator[tuple[str, bytes]]:
    """The name of each bad file, which ends as it is to be read, and what is in it."""
    for name, data in GOOD.items():
        yield from ((f"{way} {name}", bad) for way, bad in damaged(data))
    yield from bombs()
    yield from foreign(places)


def children() -> list[int]:
    return [int(one) for one in Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()]


def spent() -> float:
    """Seconds of processor time, ours and our children's, those that have ended and those that have not."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    tick = os.sysconf("SC_CLK_TCK")
    fields = [Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split() for child in children()]
    living = sum(int(one[11]) + int(one[12]) for one in fields) / tick
    return time.process_time() + ended.ru_utime + ended.ru_stime + living


def most_memory(*, anew: bool = False) -> float:
    """MiB that we and our largest child have held at most, since `anew` was said last."""
    peaks = []
    for process in ("self", *map(str, children())):
        if anew:
            Path(f"/proc/{process}/clear_refs").write_text("5")
        status = Path(f"/proc/{process}/status").read_text()
        peaks.append(int(status.partition("VmHWM:")[2].split()[0]) / 1024)
    return peaks[0] + max(peaks[1:], default=0.0)


class Measured:
    """What reading costs from one file to the next, and whether the good file behind each came in."""

    def __init__(self, folder: Path, bad: Iterator[tuple[str, bytes]]) -> None:
        self.folder, self.bad = folder, bad
        self.told: dict[str, object] = {}
        self.begun = self.peak = 0.0

    def paths(self) -> Iterator[Path]:
        """Each bad file and a good one, written when they are asked for, which is when the last is done."""
        for number, (name, data) in enumerate(self.bad):
            form = "".join(Path(name).suffixes[-2:])[-16:]
            bad, good = self.folder / f"bad-{number}{form}", self.folder / f"good-{number}.md"
            bad.write_bytes(data)
            good.write_text(NEIGHBOUR.format(number))
            self.begin(name, len(data))
            yield bad
            yield good
            self.end()
            bad.unlink()
            good.unlink()

    def begin(self, name: str, size: int) -> None:
        most_memory(anew=True)
        self.told = {"name": name, "bytes": size, "raised": "", "in": False}
        self.begun, self.peak = spent(), most_memory()

    def look(self) -> None:
        self.peak = max(self.peak, most_memory())

    def end(self, raised: BaseException | None = None) -> None:
        self.look()
        seconds = round(spent() - self.begun, 2)
        why = f"{type(raised).__name__}: {raised}"[:200] if raised else ""
        print(
            json.dumps({**self.told, "seconds": seconds, "mib": round(self.peak), "raised": why}), flush=True
        )


def read_files(folder: Path, bad: Iterator[tuple[str, bytes]]) -> None:
    """All of them in one reading; after an error of the reader's own, the rest in another."""
    measured = Measured(folder, bad)
    paths = measured.paths()
    while True:
        try:
            for one in read_paths(paths):  # type: ignore[arg-type]  # it goes through them once
                measured.look()
                if isinstance(one, Found) and one.article.title.startswith("Neighbour "):
                    measured.told["in"] = True
        except Exception as exc:
            measured.end(exc)
            continue
        return


def read_feeds(bad: Iterator[tuple[str, bytes]]) -> None:
    measured = Measured(Path(), iter(()))
    with feed_reader() as reader:
        for name, data in bad:
            measured.begin(name, len(data))
            raised: Exception | None = None
            try:
                document = read_feed(data, reader, base="https://q.example/f")
                identities(document.entries)
                own_addresses(document.entries, document.site)
                outlet_of(document.title, document.site)
            except BadInput:
                pass
            except Exception as exc:
                raised = exc
            measured.told["in"] = read_feed(FEED.encode(), reader, base="https://q.example/f").entries != ()
            measured.end(raised)


def main() -> None:
    folder, places = Path(sys.argv[1]), [Path(one) for one in sys.argv[2:]]
    read_feeds(one for one in cases(places) if one[0].endswith(".feed"))
    read_files(folder, (one for one in cases(places) if not one[0].endswith(".feed")))


if __name__ == "__main__":
    main()
