"""A reading of a quotation and a body into the places where it stands there word for word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answers.citation import cite
from bot.checking.cutting import cuts
from bot.checking.normal import NAMES, SetAside, is_same, pattern, set_aside
from bot.checking.quote import WHOLE_WORD, QuoteReading, denies
from bot.checking.records import QuotePlace, VerbatimPart
from bot.language.words import listed, word_set
from bot.speaking.speech import DETERMINERS, PREPOSITIONS, PRONOUNS
from index.canonical import canonical
from index.records import Span
from index.storage.records import StoredBody

_MOST = 50  # places that are told apart in one body
_LEFT_OUT = 60  # words between two parts: what is farther apart was not said in one go
_REPLACED = 3  # words that the quoter's own in brackets may stand for
_LONG_ENOUGH = 3  # words of a part that may stand in another sentence than the next
_SENTENCE_ENDS = re.compile(r"[.!?…][\"'”’»)\]]*\s|\n")
_CLAUSE_ENDS = tuple(";:,—–")
# What brackets may stand for: words that say nothing without others ("he", "there", "is"); no name, no deed.
_POINTING = (
    PRONOUNS
    | DETERMINERS
    | PREPOSITIONS
    | word_set("speech", "shifting")
    | word_set("lexicon", "auxiliaries")
    | set(listed("him her them his their its that there it's he's she's they're i'm"))
)


@dataclass(frozen=True)
class QuoteReader:
    """A reading, ready to be looked for in many bodies; `given` is the quotation as it was given."""

    reading: QuoteReading
    given: str
    patterns: tuple[re.Pattern[str], ...]

    @classmethod
    def of(cls, reading: QuoteReading, given: str) -> QuoteReader:
        """Make its patterns, once."""
        return cls(reading, given, tuple(map(pattern, reading.parts)))

    def place(self, stored: StoredBody) -> QuotePlace | None:
        """The first place of a body, told with how many there are; each is proved when it is made."""
        found = list(self._places(stored.article.body))
        if not found:
            return None
        spans, article, body = found[0], stored.article, stored.article.body
        parts = tuple(
            VerbatimPart(words, cite(article, span, number=number))
            for number, (words, span) in enumerate(zip(self.reading.parts, spans, strict=True), start=1)
        )
        return QuotePlace(
            parts,
            stored.origin,
            stored.current,
            set_aside=self._set_aside(parts),
            left_out=tuple(
                Span(one.end, other.start)
                for one, other in pairwise(spans)
                if body[one.end : other.start].strip()
            ),
            times=len(found),
        )

    def _places(self, body: str) -> Iterator[tuple[Span, ...]]:
        number = 0
        for first in self._standing(body, 0, at=0):
            spans = [first]
            for part in range(1, len(self.patterns)):
                after = next(self._standing(body, part, at=spans[-1].end), None)
                if after is None or not self._may_stand(body, spans[-1], after, part=part):
                    break
                spans.append(after)
            else:
                yield tuple(spans)
                number += 1
                if number >= _MOST:
                    return

    def _standing(self, body: str, part: int, *, at: int) -> Iterator[Span]:
        words = self.reading.parts[part]
        for match in self.patterns[part].finditer(body, at):
            span = _with_stop(words, body, Span(*match.span()))
            whole = not (cuts(body, span.start) or cuts(body, span.end))
            if whole and is_same(words, body[span.start : span.end]):
                yield span

    def _may_stand(self, body: str, one: Span, other: Span, *, part: int) -> bool:
        """Whether two parts may have been said in one go, with no denial put in or left out."""
        gap, between = self.reading.gaps[part - 1], body[one.end : other.start]
        within = _SENTENCE_ENDS.search(between) is None
        words = _words_of(between)
        denied = any(map(denies, _words_of(_cut_off(body, one, other)))) and not (
            within and _denies_again(body[one.start : one.end], between)
        )
        if gap.kind == "brackets":
            own = _words_of(gap.own)
            replaced = not words or (bool(own) and (_is_pointing(words) or _is_one_name(own, words, body)))
            return within and not denied and replaced
        parts = self.reading.parts[part - 1 : part + 1]
        short = min(len(WHOLE_WORD.findall(words)) for words in parts) < _LONG_ENOUGH
        return not denied and len(words) <= _LEFT_OUT and (within or not short)

    def _set_aside(self, parts: tuple[VerbatimPart, ...]) -> tuple[SetAside, ...]:
        kinds: set[SetAside] = {gap.kind for gap in self.reading.gaps}
        kinds |= {"brackets"} if self.reading.bracketed else set()
        names = {name for part in parts for name in set_aside(part.words, part.citation.quote)}
        names |= {"unicode"} if canonical(self.given).strip() != self.given.strip() else set()
        return tuple(name for name in NAMES if name in names | kinds)


def _with_stop(words: str, body: str, span: Span) -> Span:
    """A place with the stop that both the quotation and the article have at its end."""
    stop = words.rstrip("\"'“”„«»‘’‹› \n")[-1:]
    return (
        Span(span.start, span.end + 1)
        if stop in (".", ",", ";", ":") and body[span.end : span.end + 1] == stop
        else span
    )


def _words_of(text: str) -> list[str]:
    return [word.lower() for word in WHOLE_WORD.findall(text)]


def _cut_off(body: str, one: Span, other: Span) -> str:
    """What is left out of the sentences that are kept in part: the end of one, the beginning of the other.

    A sentence that is left out whole is no part of it.
    """
    from_stop = body[one.end - 1 : other.start]  # the stop that ends the first may be kept
    ends = list(_SENTENCE_ENDS.finditer(from_stop))
    return f"{from_stop[1 : ends[0].start()]} {from_stop[ends[-1].end() :]}" if ends else from_stop[1:]


def _denies_again(before: str, between: str) -> bool:
    """Whether what is left out is a clause that denies with the word that is kept before it.

    "Without that story; without the one that followed — he would …": the first "without" says it all.
    """
    first = _words_of(between)[0]
    return denies(first) and first in _words_of(before) and between.rstrip()[-1:] in _CLAUSE_ENDS


def _is_pointing(words: Sequence[str]) -> bool:
    return len(words) <= _REPLACED and all(word.replace("’", "'") in _POINTING for word in words)


def _is_one_name(own: Sequence[str], replaced: Sequence[str], body: str) -> bool:
    """Whether the quoter names in full, or by another part of the name, whom the article names there.

    "[Lind]" and "[Ada Lind]" for "Ada" where the article has "Ada Lind", too.
    """
    if len(replaced) > _REPLACED:
        return False
    whole = own if set(replaced) <= set(own) else [*replaced, *own]
    found = re.search(r"\s+".join(rf"\b{re.escape(word)}\b" for word in whole), body, re.IGNORECASE)
    return bool(found) and all(word[0].isupper() for word in WHOLE_WORD.findall(found[0] if found else ""))
