"""The keys of an article as other tools write it into Dateline's.

newspaper4k, news-please, trafilatura, Hugo, Jekyll, Obsidian's clipper and schema.org name the same things
otherwise. A key of our own wins over theirs; of theirs the first in the table that is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

from index.articles.draft import Draft
from index.articles.identity import web_address

# By field, the surest first; small letters without "_", "-", "." and ":".
_OTHERS: Mapping[str, tuple[str, ...]] = {
    "title": ("headline", "ogtitle", "articletitle"),
    "outlet": ("sitename", "metasitename", "ogsitename", "publisher", "newspaper", "publication",
               "sourcename", "source", "hostname", "sourcedomain", "domain"),
    "author": ("authors", "byline", "creator", "writer", "writers"),
    "published": ("publishdate", "datepublish", "datepublished", "publishedat", "publishedtime",
                  "publisheddate", "articlepublishedtime", "publicationdate", "pubdate", "publishtime",
                  "date", "created", "createdat", "timestamp"),
    "updated": ("datemodify", "datemodified", "modified", "modifiedat", "lastmod", "lastmodified",
                "updatedat"),
    "url": ("canonicalurl", "canonicallink", "link", "source", "sourceurl", "permalink", "uri"),
    "language": ("lang", "inlanguage", "metalang"),
    "text": ("maintext", "articlebody", "fulltext", "body", "content", "contenttext", "contents", "rawtext"),
}  # fmt: skip
_OF_LINKS = frozenset({"source"})  # an address with some tools, with others the outlet


def renamed(fields: Mapping[str, object]) -> dict[str, object]:
    """`fields` with those of other tools under our names; theirs are left out where ours is given."""
    given = {_plain(key): key for key in reversed([*fields])}
    found: dict[str, object] = {}
    for name, others in _OTHERS.items():
        keys = (
            [name]
            if _is_filled(fields.get(name))
            else [given[one] for one in (name, *others) if one in given]
        )
        values = (_value(fields[key]) for key in keys if _is_meant(name, _plain(key), fields[key]))
        found[name] = next(filter(_is_filled, values), fields.get(name))
    return {**fields, **{name: value for name, value in found.items() if name in fields or _is_filled(value)}}


def key_notes(keys: Iterable[str]) -> tuple[str, ...]:
    """A note for each key that is not read but looks like one that is, such as "publised"."""
    given = list(keys)
    known = [key for key in Draft.model_fields if key not in given]
    read = {*Draft.model_fields, *(one for others in _OTHERS.values() for one in others)}
    notes = []
    for key in given:
        near = get_close_matches(key.lower(), known, n=1, cutoff=0.8)
        if near and _plain(key) not in read and key not in read:
            notes.append(f"{key[:60]!r} is not read (expected {near[0]!r}); left out")
    return tuple(notes)


def _plain(key: str) -> str:
    return re.sub(r"[_.:\s-]", "", key.lower())


def _is_filled(value: object) -> bool:
    return value is not None and value not in ("", [])


def _is_meant(name: str, key: str, value: object) -> bool:
    """Whether a key that tools use for two things has the one that `name` is."""
    if key not in _OF_LINKS:
        return True
    return (isinstance(value, str) and web_address(value) is not None) == (name == "url")


def _value(value: object) -> object:
    """A value as ours are: things of schema.org by their names, "Ann Dowell; Bob Roe" with commas."""
    if isinstance(value, dict):
        return value.get("name")
    if isinstance(value, list):
        return [_value(one) for one in value]
    return value
