"""The record of an answer, held against an archive, into what stands of it today."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from bot.proof.rechecking import CitedOnce, Standing, StandsNow, stands_now
from bot.showing.formats.claims import OriginShelf, Unfounded, unfounded
from bot.showing.formats.record import FoundRecord, MadeBy

_TOLD = ("word_for_word", "still_there", "revised")  # the words were there once


class VerifiedCitation(BaseModel):
    """A citation of a record and how it stands now."""

    model_config = ConfigDict(frozen=True)

    number: int
    article: str = Field(description="the article's id")
    revision: str
    quote: str
    standing: Standing = Field(
        description="`word_for_word`; `still_there`: the article was changed, the words were not; `revised`;"
        " `removed`: there is no such article; `unknown`: there is no such revision of it; `forged`: that"
        " revision has other words at that place"
    )
    now: str | None = Field(description="of words that were revised: what stands in their place")

    @classmethod
    def of(cls, one: StandsNow) -> VerifiedCitation:
        """A citation that was held against an archive."""
        cited = one.cited
        return cls(
            number=cited.number,
            article=cited.article_id,
            revision=cited.revision,
            quote=cited.quote,
            standing=one.standing,
            now=one.now,
        )


class VerifiedRecord(BaseModel):
    """A record and whether everything in it stands."""

    model_config = ConfigDict(frozen=True)

    question: str
    made_at: datetime
    made_by: MadeBy
    stands: bool = Field(description="whether it is undamaged and everything that it says stands")
    as_written: bool = Field(
        description="whether its checksum is that of what it says: that shows damage, not who wrote it"
    )
    misquoted: list[str] = Field(description="sentences that call themselves quoted and are not")
    unfounded: tuple[Unfounded, ...] = Field(
        description="what it says and the archive does not; looked for where every citation has its revision"
    )
    citations: list[VerifiedCitation]


def verified(found: FoundRecord, shelf: OriginShelf) -> VerifiedRecord:
    """A record with all that it says held against the stored articles, its citations letter by letter."""
    answer = found.record.answer
    cited = [*answer.citations, *(answer.abstention.nearest if answer.abstention else ())]
    standings = [
        stands_now(CitedOnce(one.number, one.article.id, one.revision, one.start, one.end, one.quote), shelf)
        for one in cited
    ]
    told = all(one.standing in _TOLD for one in standings)
    claims = unfounded(answer, shelf) if told else ()
    return VerifiedRecord(
        question=answer.question,
        made_at=found.record.made_at,
        made_by=found.record.made_by,
        stands=found.sealed and not claims and all(one.stands for one in standings),
        as_written=found.sealed,
        misquoted=[one.says for one in claims if one.claim == "quoted"],
        unfounded=claims,
        citations=[VerifiedCitation.of(one) for one in standings],
    )
