"""What was quoted before into what has become of it: words that a later revision changed or took out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from index.copies.revised import revised
from index.records import Article, Span
from index.storage.rows import ARTICLE, CURRENT
from index.storage.sql import Connection


@dataclass(frozen=True)
class Changed:
    """Words that an answer quoted and that the article no longer has.

    `question` was asked at `at` (UTC) and quoted `span` of `revision`: `quote`. `article` is what it is now,
    since `changed_at`; `now` is the span of its body that stands in the quote's place, None where the words
    were taken out, and `notes` are those in which it corrects itself since.
    """

    question: str
    at: str
    quote: str
    span: Span
    revision: str
    article: Article
    changed_at: str | None
    now: Span | None
    notes: tuple[Span, ...] = ()


def changed(connection: Connection, *, since: str | None) -> Iterator[Changed]:
    """The quotes of past answers whose words changed since, the last one asked first.

    `since`: only what was asked from that moment on (UTC, ISO). Quotes whose article was removed are not
    there: removing an article takes the questions that quoted it along.
    """
    rows = connection.execute(
        'SELECT q.question, q.at, o.revision, o.start, o."end", old.body, old.superseded_at,'
        f" {ARTICLE} FROM quoted AS o JOIN asked AS q ON q.number = o.asked"
        f" JOIN ({CURRENT}) ON a.number = o.article"
        " JOIN revisions AS old ON old.article = o.article AND old.hash = o.revision"
        " WHERE o.revision <> a.revision AND q.at >= coalesce(?, '') ORDER BY q.number DESC, o.rowid",
        (since,),
    )
    for question, at, revision, start, end, body, changed_at, *rest in rows:
        article, quote = Article(*rest), body[start:end]
        found = revised(quote, body, article)
        if found:
            span = Span(start, end)
            yield Changed(question, at, quote, span, revision, article, changed_at, found.now, found.notes)
