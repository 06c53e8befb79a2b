"""Dateline from Python: questions answered from a news archive, in the articles' own words.

    from dateline import open_archive

    with open_archive("~/.dateline") as archive:
        answer = archive.ask("Who opened the bridge?")
        print(archive.shown(answer))

`opening` opens an archive, `opened` is what is asked. All that it takes and gives is exported here, and
stays: what comes out of asking is an `Answer`, whose sentences carry the numbers of its citations, each of
them proved.
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from bot.answering.timeline import Timeline, TimelineStep
from bot.answers.answer import Abstention, Answer, Difference, Later, Reason, Sentence, Verdict, Voice
from bot.answers.asked import Asked, Wording
from bot.answers.citation import Citation, Nearest
from bot.answers.origins import Origin
from bot.checking.records import CheckedQuote, CheckedText, QuotePlace, QuoteVerdict
from bot.showing.formats.record import BadRecord
from bot.showing.formats.verifying import VerifiedCitation, VerifiedRecord
from dateline.opened import OpenArchive
from dateline.opening import add_articles, open_archive
from index.errors import (
    ArchiveError,
    ArchiveFull,
    ArchiveLocked,
    ArchiveMismatch,
    BadFilter,
    BadInput,
    BadQuestion,
    BadSetting,
    DatelineError,
    EncoderError,
    NotInArchive,
    Refusal,
    Unproved,
)
from index.records import Article, Filters, Hit, Passage, Span
from index.storage.tally import Report

try:
    __version__ = version("dateline")
except PackageNotFoundError:  # a checkout on the path, never installed
    __version__ = "unknown"

__all__ = [
    "Abstention",
    "Answer",
    "ArchiveError",
    "ArchiveFull",
    "ArchiveLocked",
    "ArchiveMismatch",
    "Article",
    "Asked",
    "BadFilter",
    "BadInput",
    "BadQuestion",
    "BadRecord",
    "BadSetting",
    "CheckedQuote",
    "CheckedText",
    "Citation",
    "DatelineError",
    "Difference",
    "EncoderError",
    "Filters",
    "Hit",
    "Later",
    "Nearest",
    "NotInArchive",
    "OpenArchive",
    "Origin",
    "Passage",
    "QuotePlace",
    "QuoteVerdict",
    "Reason",
    "Refusal",
    "Report",
    "Sentence",
    "Span",
    "Timeline",
    "TimelineStep",
    "Unproved",
    "Verdict",
    "VerifiedCitation",
    "VerifiedRecord",
    "Voice",
    "Wording",
    "__version__",
    "add_articles",
    "open_archive",
]
