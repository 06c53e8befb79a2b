"""Real pages beside what is expected of them: what of the articles is missing, and what is foreign in them.

    python -m eval.studies.pages PAGES.tar.gz [--shown] [--page TEXT]

Each page (`CC/Outlet_DATE.html.gz`) is read as `dateline add` reads it. `CC/Outlet.json` has the values of
each, in the order of their dates, with its body by sections. Words count as found where four in a row stand
in the other text. What a page states elsewhere (title, authors) is not foreign.
"""

from __future__ import annotations

import json
import re
import tarfile
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from index.articles.read import Found, read_paths
from index.canonical import tidy
from index.errors import Refusal

_RUN = 4  # words in a row that make two texts the same; shorter lines must be the same as a whole
_ENDED = re.compile(r"[.!?…։。:;][\"'”’»«“)\]]*$")
_LEAST = 20  # foreign characters below this are a credit or a comma


@dataclass(frozen=True)
class Expected:
    """What is expected of a page: its lines (headings and paragraphs) and what is known of it besides."""

    paragraphs: Sequence[str]
    besides: Sequence[str]


@dataclass(frozen=True)
class Judged:
    """One page: counts, and the lines behind them for `--shown`."""

    name: str
    expected: int
    found: int
    characters: int
    missing: Sequence[str]
    foreign: Sequence[str]
    cut: Sequence[str]
    notes: Sequence[str]
    refused: bool

    @property
    def lost(self) -> int:
        """How many expected characters are missing."""
        return sum(map(len, self.missing))

    @property
    def strange(self) -> int:
        """How many characters are foreign."""
        return sum(map(len, self.foreign))


@click.command()
@click.argument("pages", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--shown", is_flag=True, help="Print what is missing, foreign and cut, page by page.")
@click.option("--page", default="", help="Only the pages whose name holds this.")
def main(pages: Path, shown: bool, page: str) -> None:
    """Count what is missing and what is foreign in the articles of real pages."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(pages) as packed:
            packed.extractall(folder, filter="data")
        judged = [
            _judged(path, expected, root=Path(folder))
            for path, expected in _pairs(Path(folder))
            if page in str(path)
        ]
    if shown:
        for one in judged:
            _show(one)
    for line in _figures(judged):
        click.echo(line)


def _pairs(folder: Path) -> Iterator[tuple[Path, Expected]]:
    """Each page with what is expected of it."""
    for values in sorted(folder.glob("*/*.json")):
        paths = sorted(values.parent.glob(f"{values.stem}_[0-9]*.html.gz"))
        yield from zip(paths, map(_expected, json.loads(values.read_text()).values()), strict=True)


def _expected(value: dict[str, object]) -> Expected:
    """The lines that one version of an outlet's values expects."""
    body = value.get("body") or {}
    assert isinstance(body, dict)
    lines = [*body.get("summary", ())]
    for section in body.get("sections", ()):
        lines += [*section["headline"], *section["paragraphs"]]
    authors = value.get("authors")
    besides = [str(value.get("title") or ""), *map(str, authors if isinstance(authors, list) else ())]
    return Expected(_lines("\n".join(lines)), besides)


def _lines(text: str) -> list[str]:
    return [line for line in tidy(text).split("\n") if line]


def _judged(path: Path, expected: Expected, *, root: Path) -> Judged:
    """A page as it is read beside what is expected."""
    name = str(path.relative_to(root))
    [item] = [*read_paths([path])] or [Refusal(name, "")]
    body = item.article.body if isinstance(item, Found) else ""
    whole = _words(body)
    return Judged(
        name=name,
        expected=len(expected.paragraphs),
        found=sum(" ".join(_words(line)) in " ".join(whole) for line in expected.paragraphs),
        characters=sum(map(len, expected.paragraphs)),
        missing=_unshared(expected.paragraphs, _lines(body)),
        foreign=_unshared(_lines(body), [*expected.paragraphs, *expected.besides]),
        cut=[line for line in _lines(body) if _is_cut(line, expected.paragraphs)],
        notes=item.notes if isinstance(item, Found) else [item.reason],
        refused=isinstance(item, Refusal),
    )


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _unshared(lines: Sequence[str], others: Sequence[str]) -> list[str]:
    """The parts of `lines` that stand in no run of words of `others`, in their own spelling."""
    runs = {run for other in others for run in _runs(_words(other))}
    runs |= set(_runs(_words(" ".join(others))))  # lines may be broken elsewhere
    whole = {tuple(_words(other)) for other in others}
    parts = []
    for line in lines:
        words = _words(line)
        if len(words) < _RUN:
            parts += [line] if words and tuple(words) not in whole and not _holds(others, line) else []
            continue
        shared = [False] * len(words)
        for start, run in enumerate(_runs(words)):
            if run in runs:
                shared[start : start + _RUN] = [True] * _RUN
        parts += _parts(line, shared)
    return parts


def _holds(others: Sequence[str], line: str) -> bool:
    return any(line in other for other in others)


def _runs(words: Sequence[str]) -> list[tuple[str, ...]]:
    return [tuple(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)]


def _parts(line: str, shared: Sequence[bool]) -> list[str]:
    """The stretches of a line whose words are not shared."""
    parts: list[str] = []
    after = -2
    for place, match in enumerate(re.finditer(r"\w+", line.casefold())):
        if shared[place]:
            continue
        if place == after + 1:
            parts[-1] += " " + match[0]
        else:
            parts.append(match[0])
        after = place
    return parts


def _is_cut(line: str, expected: Sequence[str]) -> bool:
    """Whether a line ends within a sentence of an expected paragraph that goes on."""
    if len(line) < _LEAST or _ENDED.search(line) or line in expected:
        return False
    return any(paragraph.startswith(line) and paragraph != line for paragraph in expected)


def _show(one: Judged) -> None:
    lost, strange = one.lost, one.strange
    click.echo(f"## {one.name}: {one.found}/{one.expected} found, {lost} missing, {strange} foreign")
    for sign, lines in (("-", one.missing), ("+", one.foreign), ("cut", one.cut), ("note", one.notes)):
        for line in lines:
            click.echo(f"  {sign} {line[:200]}")


def _figures(judged: Sequence[Judged]) -> Iterator[str]:
    """The counts of all pages."""
    found, expected = sum(one.found for one in judged), sum(one.expected for one in judged)
    lost, characters = sum(one.lost for one in judged), sum(one.characters for one in judged)
    yield f"{len(judged)} pages, {sum(one.refused for one in judged)} refused"
    yield f"expected paragraphs found     {found:,} of {expected:,} ({found / max(expected, 1):.1%})"
    yield f"expected characters missing   {lost:,} of {characters:,} ({lost / max(characters, 1):.1%})"
    yield f"pages with less than half     {sum(2 * one.lost > one.characters for one in judged)}"
    yield f"foreign characters in bodies  {sum(one.strange for one in judged):,}"
    yield f"pages with anything foreign   {sum(one.strange >= _LEAST for one in judged)}"
    yield f"pages with a paragraph cut    {sum(bool(one.cut) for one in judged)}"


if __name__ == "__main__":
    main()
