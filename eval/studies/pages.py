"""Real pages beside what is expected of them: are their fields right, what is missing, what is foreign.

    python -m eval.studies.pages PAGES.tar.gz [--shown] [--misses FIELD] [--page TEXT]

Each page (`CC/Outlet_DATE.html.gz`) is read as `dateline add` reads it. `CC/Outlet.json` has the values of
each, in the order of their dates, with its body by sections. Half of the outlets, by a hash of their names,
are only counted: what is shown page by page is of the other half, so that rules are tried on pages that
nobody looked at. What a page states elsewhere (title, authors) is not foreign in a body.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import click

from eval.studies.page_fields import FIELDS, ExpectedFields, expected_fields, right_fields
from eval.studies.page_texts import LEAST, is_cut, lines_of, unshared, words_in
from index.articles.draft import Found
from index.articles.read import read_paths
from index.canonical import one_line
from index.errors import Refusal
from index.records import Article


@dataclass(frozen=True)
class Expected:
    """What is expected of a page: its lines (headings and paragraphs) and its fields."""

    paragraphs: Sequence[str]
    fields: ExpectedFields


@dataclass(frozen=True)
class Judged:
    """One page: counts, and the lines behind them for `--shown`."""

    name: str
    expected: Expected
    article: Article | None
    found: int
    missing: Sequence[str]
    foreign: Sequence[str]
    cut: Sequence[str]
    notes: Sequence[str]
    right: Mapping[str, bool]
    is_looked_at: bool

    @property
    def characters(self) -> int:
        """How many characters are expected."""
        return sum(map(len, self.expected.paragraphs))

    @property
    def stored(self) -> int:
        """How many characters its body has."""
        return len(self.article.body) if self.article else 0

    @property
    def lost(self) -> int:
        """How many expected characters are missing."""
        return sum(map(len, self.missing))

    @property
    def strange(self) -> int:
        """How many characters are foreign."""
        return sum(map(len, self.foreign))

    @property
    def is_english(self) -> bool:
        """Whether the page says that it is in English."""
        return self.article is not None and (self.article.language or "").lower().startswith("en")


@click.command()
@click.argument("pages", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--shown", is_flag=True, help="Print what is missing, foreign and cut, page by page.")
@click.option("--misses", type=click.Choice(FIELDS), help="Print the pages where this field is not right.")
@click.option("--page", default="", help="Only the pages whose name holds this.")
def main(pages: Path, shown: bool, misses: str | None, page: str) -> None:
    """Count which fields of real pages are right, and what of their articles is missing or foreign."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(pages) as packed:
            packed.extractall(folder, filter="data")
        judged = [
            _judged(path, expected, root=Path(folder))
            for path, expected in _pairs(Path(folder))
            if page in str(path)
        ]
    looked_at = [one for one in judged if one.is_looked_at]
    for one in looked_at:
        if shown:
            _show(one)
        if misses:
            _show_miss(one, misses)
    counted = [one for one in judged if not one.is_looked_at]
    click.echo(f"{'':36}{'looked at':>18}{'only counted':>18}{'all':>18}")
    for label, figure in _FIGURES:
        click.echo(f"{label:36}" + "".join(f"{figure(some):>18}" for some in (looked_at, counted, judged)))


def _pairs(folder: Path) -> Iterator[tuple[Path, Expected]]:
    """Each page with what is expected of it."""
    for values in sorted(folder.glob("*/*.json")):
        paths = sorted(values.parent.glob(f"{values.stem}_[0-9]*.html.gz"))
        expected = [_expected(value, values.stem) for value in json.loads(values.read_text()).values()]
        yield from zip(paths, expected, strict=True)


def _expected(value: dict[str, object], outlet: str) -> Expected:
    """What one version of an outlet's values expects."""
    body = value.get("body") or {}
    assert isinstance(body, dict)
    lines = [*body.get("summary", ())]
    for section in body.get("sections", ()):
        lines += [*section["headline"], *section["paragraphs"]]
    return Expected(lines_of("\n".join(lines)), expected_fields(value, outlet))


def _judged(path: Path, expected: Expected, *, root: Path) -> Judged:
    """A page as it is read beside what is expected."""
    name = str(path.relative_to(root))
    [item] = [*read_paths([path])] or [Refusal(name, "")]
    article = item.article if isinstance(item, Found) else None
    lines = lines_of(article.body if article else "")
    whole = " ".join(words_in(" ".join(lines)))
    fields = expected.fields
    return Judged(
        name=name,
        expected=expected,
        article=article,
        found=sum(" ".join(words_in(line)) in whole for line in expected.paragraphs),
        missing=unshared(expected.paragraphs, lines),
        foreign=unshared(lines, [*expected.paragraphs, fields.title, *fields.authors]),
        cut=[line for line in lines if is_cut(line, expected.paragraphs)],
        notes=item.notes if isinstance(item, Found) else [item.reason],
        right=right_fields(article, fields, headings=_headings(path)) if article else {},
        is_looked_at=hashlib.sha256(fields.outlet.encode()).digest()[-1] % 2 == 0,
    )


def _headings(path: Path) -> list[str]:
    """The texts of a page's `<h1>`."""
    page = gzip.decompress(path.read_bytes()).decode("utf-8", errors="replace")
    return [
        one_line(unescape(re.sub(r"<[^>]*>", " ", one))) for one in re.findall(r"(?s)<h1\b.*?</h1>", page)
    ]


def _show(one: Judged) -> None:
    found = f"{one.found}/{len(one.expected.paragraphs)} found"
    click.echo(f"## {one.name}: {found}, {one.lost} missing, {one.strange} foreign")
    for sign, lines in (("-", one.missing), ("+", one.foreign), ("cut", one.cut), ("note", one.notes)):
        for line in lines:
            click.echo(f"  {sign} {line[:200]}")


def _show_miss(one: Judged, field: str) -> None:
    """What a page has and what is expected, where they differ."""
    if one.right.get(field, True) or one.article is None:
        return
    meant = {
        "title": one.expected.fields.title,
        "title as expected": one.expected.fields.title,
        "outlet": one.expected.fields.outlet,
        "day": one.expected.fields.published,
        "author": ", ".join(one.expected.fields.authors),
    }[field]
    has = {
        "title": one.article.title,
        "title as expected": one.article.title,
        "outlet": one.article.outlet,
        "day": one.article.published,
        "author": ", ".join(filter(None, (one.article.author, one.article.agency))),
    }[field]
    click.echo(f"{one.name}: {has!r}, expected {meant!r}")


def _share(part: int, whole: int) -> str:
    return f"{part:,}/{whole:,} {part / max(whole, 1):.1%}"


def _field(name: str) -> Callable[[Sequence[Judged]], str]:
    """The share of the pages of which a field is expected where it is right."""

    def figure(some: Sequence[Judged]) -> str:
        right = [one.right[name] for one in some if name in one.right]
        return _share(sum(right), len(right))

    return figure


def _foreign(some: Sequence[Judged]) -> str:
    return _share(sum(one.strange for one in some), sum(one.stored for one in some))


def _worst_last(some: Sequence[Judged]) -> list[Judged]:
    return sorted(some, key=lambda one: one.strange)


def _english(some: Sequence[Judged]) -> str:
    english = [one for one in some if one.is_english]
    return _share(sum(one.strange >= LEAST for one in english), len(english))


_FIGURES: Sequence[tuple[str, Callable[[Sequence[Judged]], str]]] = (
    ("pages", lambda some: f"{len(some)}"),
    ("refused", lambda some: f"{sum(one.article is None for one in some)}"),
    *((name if " " in name else f"{name} right", _field(name)) for name in FIELDS),
    ("paragraphs found", lambda some: _share(
        sum(one.found for one in some), sum(len(one.expected.paragraphs) for one in some))),
    ("expected characters missing", lambda some: _share(
        sum(one.lost for one in some), sum(one.characters for one in some))),
    ("stored characters foreign", _foreign),
    ("  without the three worst pages", lambda some: _foreign(_worst_last(some)[:-3])),
    ("pages with anything foreign", lambda some: _share(
        sum(one.strange >= LEAST for one in some), len(some))),
    ("English pages with anything foreign", _english),
    ("pages with less than half", lambda some: f"{sum(2 * one.lost > one.characters for one in some)}"),
    ("pages with a paragraph cut", lambda some: f"{sum(bool(one.cut) for one in some)}"),
)  # fmt: skip


if __name__ == "__main__":
    main()
