"""The parts of an answer as JSON: sentences, differences, dates, and why there is none."""

from __future__ import annotations

from pydantic import Field, ValidationInfo, model_validator

from bot.answers.answer import Cell, Correction, DatedWords, Differing, Reason, Sentence, Verdict, Voicing
from bot.answers.citation import Nearest
from bot.showing.articles_json import CitationBody, Shown
from index.records import Span


class UsedFilters(Shown):
    """The filters that were used."""

    outlet: tuple[str, ...]
    since: str | None
    until: str | None
    as_of: str | None


class ShortBody(Shown):
    """The words of a sentence that answer by themselves."""

    text: str
    start: int = Field(description="`sentence.text[start:end] == text`")
    end: int


class WordsBody(Shown):
    """Words of the article of a citation."""

    citation: int = Field(description="the number of the citation they stand in or beside")
    text: str
    start: int = Field(description="`body[start:end] == text`, in code points of the article's body")
    end: int

    @model_validator(mode="before")
    @classmethod
    def _with_text(cls, place: object, info: ValidationInfo) -> object:
        """A place with its words, which its record leaves to the citation."""
        if not isinstance(place, Cell | DatedWords | Correction):
            return place
        return {**vars(place), **_words(place.citation, Span(place.start, place.end), info)}


class VoiceBody(Shown):
    """Who says a quoted sentence."""

    kind: Voicing = Field(description="`own` is the outlet's voice, `outlet` another outlet that it quotes")
    evidence: WordsBody | None = Field(default=None, description="the words that show who speaks")
    via: str | None = Field(default=None, description="another outlet through which the words came")
    partly: bool = Field(default=False, description="only a clause or a quotation of it is theirs")


class DifferenceBody(Shown):
    """Where outlets differ, or agree, on one event, side by side; or the copies of one report."""

    kind: Differing = Field(
        description="what differs; `update`: the later report is newer; `copy`: one origin in two wordings"
    )
    cells: tuple[WordsBody, ...] = Field(
        description="each outlet's words, two or more; of one origin for `copy`, else of several"
    )


class OriginBody(Shown):
    """One independent text behind an answer; copies of it are no further sources."""

    citations: tuple[int, ...]
    outlets: tuple[str, ...] = Field(description="all who printed it, the one that is quoted first")
    agency: str | None


class DatedWordsBody(WordsBody):
    """Relative words of a citation, and the days they mean by its article's date."""

    first: str = Field(description="the first day, as an ISO date")
    last: str
    exact: bool = Field(default=True, description="false for loose words such as `a month ago`")


class SentenceBody(Shown):
    """One sentence of an answer."""

    text: str
    citations: tuple[int, ...] = Field(description="numbers of the citations it rests on, at least one")
    verdict: Verdict = Field(
        description="how it stands to them; `quoted`: it is the article's own sentence; `shortened`: its"
        " words in their order, some left out; `marked`: quotations, and a language model's own `wording`"
    )
    speaker: str | None = Field(
        default=None,
        description="who says it; null is the outlet's own voice, `unclear` is somebody it does not tell",
    )
    role: str | None = Field(default=None, description="what the article calls the speaker")
    also_in: tuple[str, ...] = Field(default=(), description="other outlets that printed the same words")
    short: ShortBody | None = Field(
        default=None, description="the words of a quoted sentence that answer, where a reader found them"
    )
    voice: VoiceBody | None = Field(default=None, description="who says the sentence")
    wording: str | None = Field(
        default=None, description="a language model's own words, which are not proved; only where `marked`"
    )

    @model_validator(mode="before")
    @classmethod
    def _with_words(cls, sentence: object, info: ValidationInfo) -> object:
        """A sentence with the words that its record only points at."""
        if not isinstance(sentence, Sentence):
            return sentence
        voice, evidence = sentence.voice, None
        if voice and voice.evidence:
            evidence = _words(sentence.citations[0], voice.evidence, info)
        return {
            **vars(sentence),
            "short": _part(sentence.text, sentence.short) if sentence.short else None,
            "voice": {**vars(voice), "evidence": evidence} if voice else None,
        }


class LaterBody(Shown):
    """A citation whose article tells the story of another's later."""

    citation: int
    of: int = Field(description="the citation whose article tells it earlier")
    retracts: bool = Field(description="the later article takes back what that one said")


class NearestBody(CitationBody):
    """Nearest evidence where there is no answer."""

    short: ShortBody | None = Field(
        default=None, description="likely words, only of `unsure`: `quote[start:end] == text`"
    )

    @model_validator(mode="before")
    @classmethod
    def _with_words(cls, nearest: object) -> object:
        """Nearest evidence with the words that its record only points at."""
        if not isinstance(nearest, Nearest):
            return nearest
        return {**vars(nearest), "short": _part(nearest.quote, nearest.short) if nearest.short else None}


class AbstentionBody(Shown):
    """Why there is no answer."""

    reason: Reason = Field(
        description="`unsure`: the nearest may hold the answer, best first; of every other reason they do not"
    )
    text: str = Field(default="", description="the reason in words, without notes and quotations")
    missing: tuple[str, ...] = Field(
        default=(),
        description="words of the question that the archive, or what of it comes nearest, does not have",
    )
    near: tuple[str, ...] = Field(default=(), description="spellings that the archive has of missing words")
    nearest: tuple[NearestBody, ...] = Field(default=(), description="the nearest evidence")


class UsageBody(Shown):
    """What a language model was asked for an answer."""

    calls: int = Field(description="calls, tries included")
    input: int = Field(description="tokens read")
    output: int = Field(description="tokens written")
    estimated: bool = Field(default=False, description="some are counted by length, not by its server")


class CutBody(Shown):
    """A sentence that a language model wrote and that is not shown, with what is wrong with it."""

    text: str
    finding: str


def _words(citation: int, span: Span, info: ValidationInfo) -> dict[str, int | str]:
    """A place in the article of a citation, with the words that stand there."""
    bodies: dict[int, str] = info.context or {}
    return {"citation": citation, **_part(bodies[citation], span)}


def _part(text: str, span: Span) -> dict[str, int | str]:
    return {"text": text[span.start : span.end], "start": span.start, "end": span.end}
