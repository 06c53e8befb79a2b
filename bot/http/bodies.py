"""What is asked and answered over HTTP, as pydantic models with an example each."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool, StringConstraints

from bot.answers.answer import Differing, Reason, Verdict, Voicing
from bot.answers.proposal import Wording
from bot.http.examples import HARBOUR_ANSWER, HARBOUR_QUOTE, HARBOUR_REF
from bot.showing.notes import NoteKind

# At least one character that `index.canonical` leaves and a reader sees; \S would let U+200B through.
BLANK_PATTERN = (
    r"[^\u0000-\u0020\u007f-\u00a0\u00ad\u034f\u061c\u1680\u17b4\u17b5\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f"
    r"\u3000\u3164\ufdd0-\ufdef\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f\U000e0100-\U000e01ef]"
)
_YEAR = "[12][0-9]{3}"
_LEAP = "(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:12|16|20|24|28)00)"
_DAY = (
    f"(?:{_YEAR}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    f"|02-(?:0[1-9]|1[0-9]|2[0-8]))|{_LEAP}-02-29)"
)
_ZONE = "(?:Z|[+-](?:0[0-9]|1[0-4]):?[0-5][0-9])"
_TIME = f"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]{{1,9}})?)?{_ZONE}?"
# What `index.dates.date_span` takes, so that the description of the API promises no date that is refused.
DATE_PATTERN = f"^(?:{_YEAR}(?:-(?:0[1-9]|1[0-2]))?|{_DAY}(?:T{_TIME})?)$"
DateText = Annotated[
    str, StringConstraints(max_length=40, pattern=DATE_PATTERN), Field(examples=["2020-10-19"])
]
OutletText = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=BLANK_PATTERN)]
QuestionText = Annotated[
    str,
    StringConstraints(min_length=1, max_length=1000, pattern=BLANK_PATTERN),
    Field(examples=["When did the harbour reopen?"]),
]


class FiltersBody(BaseModel):
    """Which articles may be used; all that are given must hold."""

    model_config = ConfigDict(extra="forbid")

    outlet: list[OutletText] = Field(
        default=[],
        max_length=50,
        description="only these outlets; empty for all",
        examples=[["Harbour Gazette"]],
    )
    since: DateText | None = Field(
        default=None,
        description="published then or later: ISO 8601, as precise as you like",
        examples=["2020-10"],
    )
    until: DateText | None = Field(
        default=None, description="published then or earlier", examples=["2020-10-20"]
    )
    as_of: DateText | None = Field(
        default=None,
        description="only what had certainly been published by that moment",
        examples=["2020-10-19T12:00:00Z"],
    )


class TurnBody(BaseModel):
    """One earlier message of the conversation."""

    model_config = ConfigDict(extra="forbid")

    role: Literal["user", "assistant"]
    content: Annotated[str, StringConstraints(max_length=4000)]


class AskBody(BaseModel):
    """A question to the archive."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {
                    "question": "When did the harbour reopen?",
                    "filters": {"outlet": ["Harbour Gazette"], "since": "2020-10-01"},
                    "history": [],
                    "llm": False,
                }
            ]
        },
    )

    question: QuestionText
    filters: FiltersBody = FiltersBody()
    history: list[TurnBody] = Field(
        default=[],
        max_length=50,
        description="earlier turns, oldest first, by which a follow-up question is understood;"
        " the answer's `notes` say how it was read",
    )
    llm: StrictBool | None = Field(
        default=None,
        description="whether a language model may write the answer; null leaves it to the server. The"
        " answer's own `llm` names the one that did",
    )
    wording: Wording | None = Field(
        default=None,
        description="where a language model's words are not proved: `proved` shows the quotation, `marked`"
        " its words beside the quotation, with the verdict `marked`; null leaves it to the server",
    )


class UsedFilters(BaseModel):
    """The filters that were used."""

    outlet: list[str]
    since: str | None
    until: str | None
    as_of: str | None


class ArticleRef(BaseModel):
    """An article without its body. What the article does not say is null, never guessed."""

    id: str
    title: str
    outlet: str | None = Field(default=None, description="who published it")
    agency: str | None = Field(default=None, description="the wire it came from")
    published: str | None = Field(default=None, description="ISO 8601 as precise as it is known")
    url: str | None = None


class ListedArticle(ArticleRef):
    """An article without its body, with all that is known of it."""

    author: str | None = None
    language: str | None = None


class CitationBody(BaseModel):
    """The exact words of one revision of an article: `body[start:end] == quote`."""

    number: int = Field(ge=1, description="the [n] of the answer's text")
    quote: str
    start: int = Field(ge=0, description="where the quote begins, in Unicode code points of the body")
    end: int = Field(ge=1, description="where it ends: the first code point after it")
    revision: str = Field(description="the sha256 of the body that holds it", examples=["9f2c…"])
    article: ArticleRef


class ShortBody(BaseModel):
    """The words of a sentence that answer by themselves."""

    text: str
    start: int = Field(description="`sentence.text[start:end] == text`")
    end: int


class WordsBody(BaseModel):
    """Words of the article of a citation."""

    citation: int = Field(description="the number of the citation they stand in or beside")
    text: str
    start: int = Field(description="`body[start:end] == text`, in code points of the article's body")
    end: int


class VoiceBody(BaseModel):
    """Who says a quoted sentence."""

    kind: Voicing = Field(description="`own` is the outlet's voice, `outlet` another outlet that it quotes")
    evidence: WordsBody | None = Field(default=None, description="the words that show who speaks")
    via: str | None = Field(default=None, description="another outlet through which the words came")


class DifferenceBody(BaseModel):
    """Where outlets differ, or agree, on one event, side by side; or the copies of one report."""

    kind: Differing = Field(
        description="what differs; `update`: the later report is newer; `copy`: one origin in two wordings"
    )
    cells: list[WordsBody] = Field(
        description="each outlet's words, two or more; of one origin for `copy`, else of several"
    )


class OriginBody(BaseModel):
    """One independent text behind an answer; copies of it are no further sources."""

    citations: list[int]
    outlets: list[str] = Field(description="all who printed it, the one that is quoted first")
    agency: str | None


class DatedWordsBody(WordsBody):
    """Relative words of a citation, and the days they mean by its article's date."""

    first: str = Field(description="the first day, as an ISO date")
    last: str
    exact: bool = Field(default=True, description="false for loose words such as `a month ago`")


class SentenceBody(BaseModel):
    """One sentence of an answer."""

    text: str
    citations: list[int] = Field(description="numbers of the citations it rests on, at least one")
    verdict: Verdict = Field(
        description="how it stands to them; `quoted`: it is the article's own sentence; `shortened`: its"
        " words in their order, some left out; `marked`: quotations, and a language model's own `wording`"
    )
    speaker: str | None = Field(
        default=None,
        description="who says it; null is the outlet's own voice, `unclear` is somebody it does not tell",
    )
    role: str | None = Field(default=None, description="what the article calls the speaker")
    also_in: list[str] = Field(default=[], description="other outlets that printed the same words")
    short: ShortBody | None = Field(
        default=None, description="the words of a quoted sentence that answer, where a reader found them"
    )
    voice: VoiceBody | None = Field(default=None, description="who says the sentence")
    wording: str | None = Field(
        default=None, description="a language model's own words, which are not proved; only where `marked`"
    )


class NearestBody(CitationBody):
    """Nearest evidence where there is no answer."""

    short: ShortBody | None = Field(
        default=None, description="likely words, only of `unsure`: `quote[start:end] == text`"
    )


class AbstentionBody(BaseModel):
    """Why there is no answer."""

    reason: Reason = Field(
        description="`unsure`: the nearest may hold the answer, best first; of every other reason they do not"
    )
    text: str = Field(default="", description="the reason in words, without notes and quotations")
    missing: list[str] = Field(default=[], description="words of the question that the archive does not have")
    near: list[str] = Field(default=[], description="spellings that the archive has of missing words")
    nearest: list[NearestBody] = Field(default=[], description="the nearest evidence")


class UsageBody(BaseModel):
    """What a language model was asked for an answer."""

    calls: int = Field(description="calls, tries included")
    input: int = Field(description="tokens read")
    output: int = Field(description="tokens written")
    estimated: bool = Field(default=False, description="some are counted by length, not by its server")


class CutBody(BaseModel):
    """A sentence that a language model wrote and that is not shown, with what is wrong with it."""

    text: str
    finding: str


class AnswerBody(BaseModel):
    """A proved answer, or an abstention with its reason."""

    model_config = ConfigDict(extra="allow", json_schema_extra={"examples": [HARBOUR_ANSWER]})

    question: str
    status: Literal["answered", "abstained"]
    text: str = Field(description="the whole answer as plain text, with [1] markers")
    sentences: list[SentenceBody]
    citations: list[CitationBody]
    abstention: AbstentionBody | None
    confidence: float | None = Field(
        default=None, ge=0, le=1, description="how likely the best evidence answers the question"
    )
    filters: UsedFilters = Field(description="the filters that were used, given or read from the question")
    notes: list[str] = Field(
        default=[], description="how the question was understood, such as a filter that was read from it"
    )
    note_kinds: list[NoteKind] = Field(default=[], description="what each of the `notes` says")
    llm: str | None = Field(description="the language model that wrote it; null: it is quoted")
    prompts: list[str] = Field(default=[], description="what a model was asked with: name and version")
    usage: UsageBody | None = Field(
        default=None, description="what asking a model took; null: none was asked"
    )
    cut: list[CutBody] = Field(
        default=[], description="what a model wrote that did not survive proof; never part of the answer"
    )
    origins: list[OriginBody] = Field(default=[], description="the independent texts behind the answer")
    differences: list[DifferenceBody] = Field(default=[], description="where the outlets differ or agree")
    dates: list[DatedWordsBody] = Field(default=[], description="relative dates in the citations, resolved")
    corrections: list[WordsBody] = Field(
        default=[], description="notes in which the cited articles correct themselves"
    )
    timings_ms: dict[str, float]


class SentenceEvent(BaseModel):
    """The data of a `sentence` event: a proved sentence with the citations it rests on."""

    sentence: SentenceBody
    citations: list[CitationBody]


class HitBody(BaseModel):
    """A retrieved passage and why it is there; ranks count from 1."""

    passage: int = Field(default=0, description="which of its article's passages, from 0")
    text: str
    start: int = Field(ge=0, description="where the passage begins in the body, in code points")
    end: int = Field(ge=1)
    revision: str
    score: float = Field(description="orders the hits of one list, best first")
    dense: float | None = Field(default=None, description="the cosine of question and passage")
    dense_rank: int | None = None
    bm25: float | None = None
    bm25_rank: int | None = None
    article: ArticleRef
    copies: list[ArticleRef] = Field(default=[], description="other articles that carry the same passage")


class HitsBody(BaseModel):
    """The passages nearest to a question, best first."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "question": "When did the harbour reopen?",
                    "hits": [
                        {
                            "text": HARBOUR_QUOTE,
                            "start": 512,
                            "end": 567,
                            "revision": "9f2c4d0e" * 8,
                            "score": 0.032,
                            "dense": 0.81,
                            "dense_rank": 1,
                            "bm25": 12.4,
                            "bm25_rank": 1,
                            "article": HARBOUR_REF,
                            "copies": [],
                        }
                    ],
                }
            ]
        }
    )

    question: str
    hits: list[HitBody]


class HitsEvent(BaseModel):
    """The data of a `hits` event: what was found, before anything is answered."""

    hits: list[HitBody]
