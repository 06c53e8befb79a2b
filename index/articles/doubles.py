"""Articles of one run into refusals of those that have the id or the url of another and differ from it."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import NamedTuple

from index.articles.draft import Found
from index.articles.identity import made_id, normal_url, told_apart
from index.errors import Refusal
from index.records import Article


class _Taken(NamedTuple):
    """The place of an article that was taken, the sha256 of what it says, and when that was made, if told."""

    where: str
    content: bytes
    edition: str | None


class Doubles:
    """The ids and urls of one run, each with its first place and the sha256 of what is called so."""

    def __init__(self) -> None:
        self._first: dict[str, _Taken] = {}

    def refusal(self, one: Found) -> Refusal | None:
        """Why an article cannot be taken: its id or url is that of one that differs. Else it is remembered.

        To take the last of two would make each later run swap them, unless both say when they were made: then
        they are versions of one article, of which the later is remembered.
        """
        names, content = _names(one.article), _content(one.article)
        for name, shown in names.items():
            taken = self._first.get(name)
            if taken is None or taken.content == content:
                continue
            if not (one.edition and taken.edition) or one.edition == taken.edition:
                return Refusal(
                    one.where, f"has the {shown} of {taken.where} but other content, expected its own"
                )
        for name in names:
            before = self._first.get(name)
            if before is None or (before.content != content and (before.edition or "") < (one.edition or "")):
                self._first[name] = _Taken(one.where, content, one.edition)
        return None

    def edition(self, article_id: str) -> str | None:
        """When the latest version of an article in this run was made, UTC; None where nobody has said."""
        taken = self._first.get(f"id {article_id}")
        return taken.edition if taken else None

    def is_free(self, article_id: str, *, of: Article) -> bool:
        """Whether no other article of this run than `of` has this id."""
        content = _content(of)
        taken = self._first.get(f"id {article_id}")
        return taken is None or taken.content == content


def _content(article: Article) -> bytes:
    return hashlib.sha256(repr(replace(article, id="")).encode()).digest()


def _names(article: Article) -> dict[str, str]:
    """What an article shares with no other, its url and its id, and how a person is told of each."""
    url, outlet, title, published = article.url, article.outlet, article.title, article.published
    made = made_id(url=url, outlet=outlet, title=title, published=published, revision=article.revision)
    name = shown = f"id {article.id}"
    if article.id == made and not url:
        shown = f"{'outlet, title and date' if told_apart(outlet, published) else 'text'} ({title[:60]!r})"
    address = f"url {normal_url(url)}" if url else None
    return ({address: address} if address else {}) | {name: shown}
