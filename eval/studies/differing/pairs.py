"""The files of labelled pairs: two reports each, and what differs in them.

`pairs.txt` and `apart.txt` have sentences without titles, `stories.txt` articles of one to three sentences
with theirs. A line of a report is `outlet | published (or -) | title | text`, or without the title.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from eval.cases import BadCase
from index.canonical import canonical
from index.records import Article

FILES = tuple(Path(__file__).with_name(name) for name in ("pairs.txt", "apart.txt", "stories.txt"))
DIFFERING = ("figure", "date", "place", "actor", "wording")
# With nothing to report: one event told twice, a newer state, two events, two stories of one investigation,
# a part and its whole, and two measures of one thing.
ALIKE = ("same", "update", "events", "sister", "part", "scope")
KINDS = DIFFERING + ALIKE
GROUPS = ("mended", "held", "real")  # of "real" all are written against what failed on real questions

_HEAD = re.compile(r"== ([\w-]+) \| (\w+)(?: \| (held|real))?")


@dataclass(frozen=True)
class LabelledPair:
    """Two reports and what differs in them, if anything does."""

    id: str
    kind: str
    reports: tuple[Article, Article]
    group: str


def load_pairs(path: Path) -> list[LabelledPair]:
    """The pairs of a file, in order.

    Raises:
        BadCase: a pair is of no kind that is known.
    """
    found: list[LabelledPair] = []
    lines = [line for line in canonical(path.read_text(encoding="utf-8")).splitlines() if line.strip()]
    for at, line in enumerate(lines):
        head = _HEAD.fullmatch(line.strip())
        if line.startswith("#") or head is None:
            continue
        if head[2] not in KINDS:
            raise BadCase(
                f"{path} pair {head[1]}: the kind is {head[2]!r}, expected one of {', '.join(KINDS)}"
            )
        one, other = (_article(f"{head[1]}-{n}", lines[at + n]) for n in (1, 2))
        found.append(LabelledPair(head[1], head[2], (one, other), head[3] or GROUPS[0]))
    return found


def _article(name: str, line: str) -> Article:
    outlet, published, *title, body = (part.strip() for part in line.split(" | "))
    day = None if published == "-" else published
    return Article(name, title[0] if title else name, body, outlet=outlet, published=day)
