"""Citations into the notes in which their articles correct themselves."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.answer import Correction
from bot.answers.citation import Citation
from index.corrections import corrections, retractions

_SHOWN = 2  # of one article; a page that lists an outlet's corrections has hundreds


def corrections_of(citations: Sequence[Citation]) -> tuple[Correction, ...]:
    """The notes of the cited articles, each with the first citation of its article.

    Where an article has none, the sentences in which its outlet takes back another report of its own. A note
    that is cited whole is left out: it stands in the answer.
    """
    by_article: dict[tuple[str, str], list[Citation]] = {}
    for one in citations:
        by_article.setdefault((one.article.id, one.revision), []).append(one)
    return tuple(note for cited in by_article.values() for note in _notes(cited))


def _notes(cited: Sequence[Citation]) -> list[Correction]:
    first = cited[0]
    body, language = first.article.body, first.article.language
    notes = corrections(body, language=language) or retractions(body, language=language)
    others = [one for one in notes if not any(c.start <= one.start and one.end <= c.end for c in cited)]
    return [Correction(first.number, one.start, one.end) for one in others[:_SHOWN]]
