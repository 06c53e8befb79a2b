"""What an answer cites into its origins: how many independent texts stand behind it, and who printed each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.citation import Citation
from index.records import Hit


@dataclass(frozen=True)
class Origin:
    """One text that stands behind an answer, whoever printed it: five copies are one origin.

    `citations` are the numbers of the answer's citations that come from it, `outlets` all who printed it, the
    one that is quoted first; `agency` is the wire it came from, where an article names one.
    """

    citations: tuple[int, ...]
    outlets: tuple[str, ...]
    agency: str | None = None


def origins_of(citations: Sequence[Citation], hits: Sequence[Hit]) -> tuple[Origin, ...]:
    """The origins of what is cited, in the order of the citations; what is in no hit is one by itself."""
    known = {article.id: hit.origin for hit in hits for article in (hit.article, *hit.copies)}
    cited: dict[str, list[Citation]] = {}
    for citation in citations:
        cited.setdefault(known.get(citation.article.id, citation.article.id), []).append(citation)
    return tuple(_origin(of, [hit for hit in hits if hit.origin == name]) for name, of in cited.items())


def _origin(cited: Sequence[Citation], hits: Sequence[Hit]) -> Origin:
    """The origin of some citations, with all who printed it, as its hits tell."""
    printed = [cited[0].article, *(article for hit in hits for article in (hit.article, *hit.copies))]
    outlets = dict.fromkeys(article.outlet for article in printed if article.outlet)
    agency = next((article.agency for article in printed if article.agency), None)
    return Origin(tuple(one.number for one in cited), tuple(outlets), agency)
