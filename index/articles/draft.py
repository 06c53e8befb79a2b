"""What an article file says into an article: the border where strangers' data is checked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, Strict, ValidationError
from pydantic_core import ErrorDetails, PydanticKnownError

from index.articles.furniture import is_only_furniture
from index.articles.identity import is_id, made_id, web_address
from index.canonical import one_line, tidy
from index.dates import EXPECTED, date_note, published_date
from index.errors import BadArticle
from index.feeds.records import FeedItem
from index.fetching.records import PageVersion
from index.records import Article, revision_of

MOST_CHARACTERS = 1_000_000  # of one body; the longest of 2,600 scraped pages has 100,000
# Before white space and what nobody sees are taken out.
_AS_GIVEN, _LINE_AS_GIVEN = 5 * MOST_CHARACTERS, 100_000
_LANGUAGE = r"^[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$"


def _nothing(value: object) -> object:
    """None for a text without a character."""
    is_empty = isinstance(value, str) and len(value) <= _LINE_AS_GIVEN and not one_line(value)
    return None if is_empty else value


def _listed(value: object) -> object:
    """Several names as one text."""
    if isinstance(value, str):
        value = value.replace("; ", ", ")
    if isinstance(value, list) and value and all(isinstance(name, str) for name in value):
        return ", ".join(value)
    return _nothing(value)


def _at_most(most: int) -> AfterValidator:
    """As `max_length`, which takes no half characters."""

    def bounded(text: str) -> str:
        if len(text) > most:
            raise PydanticKnownError("string_too_long", {"max_length": most})
        return text

    return AfterValidator(bounded)


_Line = Annotated[str, _at_most(_LINE_AS_GIVEN), AfterValidator(one_line)]
_Text = Annotated[_Line | None, BeforeValidator(_nothing)]
_Title = Annotated[Annotated[_Line, Field(max_length=1000)] | None, BeforeValidator(_nothing)]
_Name = Annotated[Annotated[_Line, Field(max_length=300)] | None, BeforeValidator(_listed)]
_Year = Annotated[Annotated[int, Field(ge=1500, le=2999)] | None, BeforeValidator(_nothing)]


class Draft(BaseModel):
    """The fields of an article as its file gives them; all but the text may be missing."""

    model_config = ConfigDict(extra="ignore", frozen=True, coerce_numbers_to_str=True)

    id: _Text = None
    title: _Title = None
    outlet: _Name = None
    agency: _Name = None
    author: _Name = None
    published: _Text = None
    copyright_year: _Year = None
    url: _Text = None
    language: _Text = None
    updated: _Text = None
    text: Annotated[str, Strict(), _at_most(_AS_GIVEN), AfterValidator(tidy)] = ""


@dataclass(frozen=True)
class Drafted:
    """One article of a file: its draft, its place where the file holds several ("line 3"), and notes.

    `edition` is when this version of it was made, UTC, where its agency says so.
    """

    draft: Draft
    where: str = ""
    notes: tuple[str, ...] = ()
    edition: str | None = None


@dataclass(frozen=True)
class Found:
    """An article, its place ("seeds/x.jsonl line 3"), and what a person should know about how it was read.

    `page` is the page of the web that it was read from, `item` the item of a feed, if it was. `edition` is
    when this version of it was made, UTC, where its agency says so.
    """

    article: Article
    where: str
    notes: tuple[str, ...] = ()
    edition: str | None = None
    page: PageVersion | None = None
    item: FeedItem | None = None


@dataclass(frozen=True)
class Supplied:
    """What a person says of files that these do not say themselves."""

    outlet: str | None = None
    published: str | None = None
    language: str | None = None

    def beside(self, drafted: Drafted) -> Drafted:
        """A draft with what it leaves out; what it says is never replaced."""
        missing = {name: value for name, value in vars(self).items() if not getattr(drafted.draft, name)}
        return replace(drafted, draft=drafted.draft.model_copy(update=missing))


def supplied_of(*, outlet: str | None, published: str | None, language: str | None) -> Supplied:
    """What a person says of their files. Raises `BadArticle` for a date or a language that is none."""
    for name, value in (("outlet", outlet), ("published", published), ("language", language)):
        if value is not None and not one_line(value):
            raise BadArticle(f"--{name} is {value!r}, expected a text")
    if published is not None and published_date(published) is None:
        raise BadArticle(f"--published is {published[:60]!r}, expected {EXPECTED}")
    if language is not None and _language(language) is None:
        raise BadArticle(f"--language is {language[:60]!r}, expected a language tag such as 'en'")
    return Supplied(one_line(outlet) if outlet else None, published, language)


def draft_of(fields: Mapping[str, object]) -> Draft:
    """The draft that `fields` make. Raises `BadArticle` with each field at fault and what was expected."""
    try:
        return Draft.model_validate(dict(fields))
    except ValidationError as exc:
        raise BadArticle("; ".join(_explained(error) for error in exc.errors(include_url=False))) from exc


def article_of(drafted: Drafted) -> tuple[Article, tuple[str, ...]]:
    """The article that a draft makes, and the notes on what of it was left out.

    Raises `BadArticle` where the id is none, or the body is empty or too long.
    """
    draft = drafted.draft
    _check_body(draft)
    published = published_date(draft.published) if draft.published else None
    url = web_address(draft.url) if draft.url else None
    title = draft.title or ""
    made = made_id(
        url=url, outlet=draft.outlet, title=title, published=published, revision=revision_of(draft.text)
    )
    if draft.id is not None and not is_id(draft.id):
        raise BadArticle(
            f"'id' is {draft.id[:60]!r}, expected 1 to 200 characters without white space or slashes"
        )
    article = Article(
        id=draft.id or made,
        title=title,
        body=draft.text,
        outlet=draft.outlet,
        agency=draft.agency,
        author=draft.author,
        published=published,
        copyright_year=draft.copyright_year,
        url=url,
        language=_language(draft.language),
        updated=published_date(draft.updated) if draft.updated else None,
    )
    return article, drafted.notes + _notes(draft, article)


def _check_body(draft: Draft) -> None:
    """Raise `BadArticle` unless there is a body of a size to be indexed."""
    named = f" (title {draft.title[:60]!r})" if draft.title else ""
    if not any(character.isalnum() for character in draft.text):
        raise BadArticle(f"has no text{named}, expected an article of at least one sentence")
    if is_only_furniture(draft.text):
        raise BadArticle(
            f"has nothing but what a site says to its readers{named}: {one_line(draft.text)[:60]!r}, expected"
            " an article of at least one sentence"
        )
    if len(draft.text) > MOST_CHARACTERS:
        raise BadArticle(f"has {len(draft.text):,} characters{named}, expected at most {MOST_CHARACTERS:,}")


def _notes(draft: Draft, article: Article) -> tuple[str, ...]:
    """What a draft gave that its article does not have."""
    notes = []
    if not article.title:
        notes.append("title: none is given; left empty")
    if draft.published and not article.published:
        notes.append(date_note(draft.published))
    if draft.url and not article.url:
        notes.append(f"url: {draft.url[:60]!r} is no web address (expected http:// or https://); left out")
    if draft.language and not article.language:
        notes.append(
            f"language: {draft.language[:60]!r} is no language tag (expected one such as 'en'); left out"
        )
    return tuple(notes)


def _language(tag: str | None) -> str | None:
    """A language tag such as "en" or "pt-BR"; None for anything else."""
    return tag.replace("_", "-") if tag and re.match(_LANGUAGE, tag) else None


def _explained(error: ErrorDetails) -> str:
    """One fault that pydantic found, with the field, its value and what was expected."""
    name = ".".join(str(part) for part in error["loc"]) or "the article"
    value = error["input"]
    found = (
        repr(value[:60])
        if isinstance(value, str)
        else f"{value!r:.60}"
        if not _nested(value)
        else _kind(value)
    )
    if error["type"] in {"too_long", "string_too_long"}:
        return f"{name!r} has {len(str(value)):,} characters, expected at most {error['ctx']['max_length']:,}"
    expected = {"string_type": "text", "int_type": "a year such as 2020"}.get(
        error["type"], error["msg"].lower()
    )
    return f"{name!r} is {found}, expected {expected}"


def _nested(value: object) -> bool:
    return isinstance(value, dict | list)


def _kind(value: object) -> str:
    return "a mapping" if isinstance(value, dict) else "a list"
