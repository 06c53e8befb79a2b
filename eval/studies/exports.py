"""Real exports beside what their files say: of how many articles text, title, day and source are right.

    python -m eval.studies.exports TAR… [--shown]

Each file of the packed folders is read as `dateline add` reads it, and what its articles are is read a second
time by other means: the standard library's JSON and ElementTree, patterns for pages. An article is right if
it is there with its title, its day (where one is stated), an outlet or agency that the file names (where it
names one), and nine in ten of the words of its text, which has no more than a tenth of others. Files that
ElementTree cannot read are told as such: read or refused, they count for nothing.
"""

from __future__ import annotations

import gzip
import html
import json
import re
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import click

from index.articles.draft import Found
from index.articles.read import read_paths
from index.canonical import canonical
from index.errors import Refusal
from index.records import Article

_SHARE = 0.9  # of the words of a text, both ways; captions, shortcodes and headings cost a few
_TAG = re.compile(r"<!--.*?-->|<(?:figcaption|script|style)\b.*?</(?:figcaption|script|style)>|<[^>]*>", re.S)
_SHORT = re.compile(r"\[caption.*?\[/caption\]|\[/?[a-z_]+[^\]]*\]", re.S)
_NOT_TEXT = {"picture", "graphic", "audio", "video", "event", "planning", "component"}


@dataclass(frozen=True)
class Stated:
    """An article as its file states it. `texts` are its forms; `days`, `sources` may be empty."""

    title: str
    texts: Sequence[str]
    days: Sequence[str]
    sources: str


@click.command()
@click.argument("tars", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--shown", is_flag=True, help="Print what is not right, and what is refused.")
def main(tars: tuple[Path, ...], shown: bool) -> None:
    """Count how many articles of real exports are right."""
    total: Counter[str] = Counter()
    for tar in tars:
        with tempfile.TemporaryDirectory() as folder:
            with tarfile.open(tar) as packed:
                packed.extractall(folder, filter="data")
            counts: Counter[str] = Counter()
            for line in _judged(Path(folder), counts, shown=shown):
                click.echo(line.replace(folder, ""))
        click.echo(f"{tar.name}: {_figures(counts)}")
        total += counts
    click.echo(f"all: {_figures(total)}")


def _judged(folder: Path, counts: Counter[str], *, shown: bool) -> Iterator[str]:
    """What is told of each file; what is counted goes into `counts`."""
    for path in sorted(one for one in folder.rglob("*") if one.is_file() and one.suffix != ".md"):
        results = [*read_paths([path])]
        found = [one.article for one in results if isinstance(one, Found)]
        refused = [one for one in results if isinstance(one, Refusal)]
        counts.update(files=1, read=len(found), refused=len(refused), untold=0)
        try:
            stated = [*_stated(path)]
        except (ElementTree.ParseError, ValueError):
            counts.update(untold=1)
            continue
        for one in stated:
            wrong = _wrong(one, found)
            counts.update(stated=1, right=not wrong, **{part: part not in wrong for part in _PARTS})
            if shown and wrong:
                yield f"wrong    {path} ({one.title[:50]}): {', '.join(wrong)}"
        if shown:
            yield from (f"refused  {one.where}: {one.reason}" for one in refused)


def _figures(counts: Counter[str]) -> str:
    total = max(1, counts["stated"])
    shares = ", ".join(f"{part} {counts[part] / total:.3f}" for part in (*_PARTS, "right"))
    return (
        f"{counts['files']} files ({counts['untold']} not read a second time), {counts['read']} articles"
        f" read, {counts['refused']} refused with a reason; of {counts['stated']} stated: {shares}"
    )


_PARTS = ("there", "text", "title", "day", "source")


def _wrong(stated: Stated, found: Sequence[Article]) -> list[str]:
    """Which parts of a stated article are wrong in the one of those found that is nearest to it."""
    texts = [Counter(_words(text)) for text in stated.texts]
    near = max(
        found, key=lambda one: max((_shared(text, one.body) for text in texts), default=0), default=None
    )
    if near is None:
        return [*_PARTS]
    wrong = [] if any(_shared(text, near.body) >= _SHARE for text in texts) else ["text"]
    wrong += ["title"] if _words(near.title) != _words(stated.title) else []
    wrong += ["day"] if stated.days and (near.published or "")[:10] not in stated.days else []
    names = [name.casefold() for name in (near.outlet, near.agency) if name]
    said = canonical(stated.sources).casefold()
    wrong += ["source"] if stated.sources.strip() and not any(_named(name, said) for name in names) else []
    return wrong


def _named(name: str, said: str) -> bool:
    return name in said or (name == "ap" and "associated press" in said)


def _shared(text: Counter[str], body: str) -> float:
    """The smaller of what a text and a body have of one another."""
    other = Counter(_words(body))
    both = (text & other).total()
    return both / max(text.total(), other.total(), 1)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", html.unescape(_TAG.sub(" ", canonical(text))).casefold())


def _stated(path: Path) -> Iterator[Stated]:
    """The articles of a file by the standard library."""
    data = path.read_bytes()
    if data[:2] == b"\x1f\x8b":
        data = gzip.decompress(data)
    if path.suffix == ".json":
        value = json.loads(data)
        yield from (one for item in (value if isinstance(value, list) else [value]) for one in _ninjs(item))
    elif data.startswith((b"WARC/", b"filedesc:")):
        yield from _pages(data.decode("utf-8", "replace"))
    elif path.suffix == ".xml":
        root = ElementTree.fromstring(data)
        yield from {"rss": _wxr, "NewsML": _newsml1}.get(root.tag, _newsml)(root)


def _ninjs(item: dict[str, object]) -> Iterator[Stated]:
    values = {key.lower(): value for key, value in item.items()}
    if "uri" not in values or values.get("type") in _NOT_TEXT or "eventdetails" in values:
        return
    lists = {key: value for key, value in values.items() if isinstance(value, list)}
    texts = [
        str(one["value"]) for one in lists.get("bodies") or lists.get("descriptions") or () if "value" in one
    ]
    texts += [str(value) for key, value in values.items() if key.startswith("body_")]
    texts = texts or [str(value) for key, value in values.items() if key.startswith("description_")]
    main = [str(one["value"]) for one in lists.get("headlines", ()) if one.get("role") == "main"]
    days = [
        str(values[key])[:10] for key in ("firstcreated", "versioncreated", "contentcreated") if key in values
    ]
    names = ("provider", "copyrightholder", "copyrightnotice", "infosource", "infosources", "by", "byline")
    sources = " ".join(json.dumps(values[key], ensure_ascii=False) for key in names[:5] if values.get(key))
    title = main[0] if main else str(values.get("headline") or values.get("title") or "")
    datelines = " ".join(re.findall(r"\((\w+)\) --", " ".join(texts)))
    yield Stated(title, texts, days[:2] or days, f"{sources} {datelines}")


def _newsml(root: ElementTree.Element) -> Iterator[Stated]:
    for item in root.iter():
        kind = "".join(one.get("qcode", "") for one in item.iter() if one.tag.endswith("}itemClass"))
        if not item.tag.endswith("}newsItem") or kind.rpartition(":")[2] not in {"text", "composite"}:
            continue
        bodies = [" ".join(one.itertext()) for one in item.iter() if one.tag.endswith("}body.content")]
        if not "".join(bodies).strip():
            continue
        heads = [" ".join(one.itertext()) for one in item.iter() if one.tag.endswith("}headline")]
        kinds = ("}versionCreated", "}firstCreated")
        days = [(one.text or "").strip()[:10] for one in item.iter() if one.tag.endswith(kinds)]
        named = [
            one for one in item.iter() if one.tag.endswith(("}provider", "}copyrightHolder", "}infoSource"))
        ]
        sources = " ".join(" ".join(one.itertext()) + str(one.attrib) for one in named)
        yield Stated(heads[0] if heads else "", bodies, days, sources)


def _newsml1(root: ElementTree.Element) -> Iterator[Stated]:
    for item in root.iter("NewsItem"):
        by_role = {
            role.get("FormalName"): " ".join(
                " ".join(one.itertext()) for one in component.iter("DataContent")
            )
            for component in item.iter("NewsComponent")
            for role in component.findall("Role")
        }
        names = " ".join(party.get("FormalName", "") for party in root.iter("Party"))
        day = (item.findtext("NewsManagement/FirstCreated") or "")[:8]
        days = [f"{day[:4]}-{day[4:6]}-{day[6:]}"] if day else []
        text = by_role.get("Body") or by_role.get("Main") or ""
        yield Stated(" ".join((item.findtext(".//HeadLine") or "").split()), [text], days, names)


def _wxr(root: ElementTree.Element) -> Iterator[Stated]:
    outlet = root.findtext("channel/title") or ""
    for item in root.iter("item"):
        values = {
            one.tag.rpartition("}")[2] + ("_x" if "excerpt" in one.tag else ""): one.text or ""
            for one in item
        }
        text = _SHORT.sub(" ", values.get("encoded", "") or values.get("encoded_x", ""))
        public = values.get("status", "publish") == "publish" and not values.get("post_password")
        if values.get("post_type", "post") == "post" and public and _words(text):
            day = values.get("post_date", "")[:10]
            told = values.get("pubDate")
            days = [day] if day else [parsedate_to_datetime(told).date().isoformat()] if told else []
            yield Stated(values.get("title", ""), [text], days, outlet)


def _pages(text: str) -> Iterator[Stated]:
    """The pages of a crawl that is kept unpacked; what of them is the article, only their reader can tell."""
    answers = re.split(r"(?m)^(?:WARC/1\.\d|http://\S+ [\d.]+ \d{14} .*)\r?$", text)
    found = (re.search(r"HTTP/1\.[01] 200.*?\r?\n\r?\n(.*)", one, re.S) for one in answers)
    for page in (one[1] for one in found if one and re.search("(?i)<html", one[1])):
        title = re.search(r"<h1[^>]*>(.*?)</h1>|<title[^>]*>(.*?)</title>", page, re.S)
        paragraphs = re.findall(r"<p[ >].*?</p>", page, re.S)
        if title and paragraphs:
            yield Stated(title[1] or title[2] or "", ["\n".join(paragraphs), *paragraphs], [], "")


if __name__ == "__main__":
    main()
