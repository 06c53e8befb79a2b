"""A sentence into its attributions: "Lavrov said", "added the minister", "according to the ministry".

Only the outlet's own words are read; quotations are single tokens (see `bot.tokens`). Where the subject of a
verb of saying cannot be made out whole there is no attribution: an unread one costs an answer its speaker,
a misread one gives somebody words that are not theirs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.speech import (
    ADVERBS,
    BEFORE_NOT_SAYING,
    BEFORE_ROLES,
    CLAUSE_OPENERS,
    DETERMINERS,
    NOT_NAMES,
    PARTICLES,
    PERHAPS_SAYING,
    PREPOSITIONS,
    PRONOUNS,
    REPORTING,
    SAYING,
    SAYING_BESIDE_WORDS,
    is_body,
    is_person,
)
from bot.tokens import Token
from index.records import Span

Phrase = Sequence[Token]
_BREAKS = frozenset(",;:()[]—–-")


@dataclass(frozen=True)
class Attribution:
    """Who is said to say something: `subject` is the words for them, `role` an apposition to it.

    `place` tells where the words are that are attributed: after "X said that", before ", X said.", or
    either, for "according to X". `reporting` marks "Reuters reports", which yields to a speaker beside it.
    """

    subject: Span
    role: Span | None
    span: Span
    place: Literal["opening", "closing", "aside"]
    reporting: bool = False


def attributions(sentence: Phrase) -> list[Attribution]:
    """The attributions of one sentence, in order."""
    found: list[Attribution] = []
    for at, token in enumerate(sentence):
        if _is_saying(sentence, at):
            one = _before(sentence, at) or _inverted(sentence, at)
        elif token.low in ("according", "citing", "quoting", "словам", "данным", "мнению"):
            one = _according(sentence, at)
        else:
            continue
        if one and _in_side_clause(sentence, one):
            continue
        if one and not any(_overlap(one.subject, other.subject) for other in found):
            found.append(one)
    return found


def _in_side_clause(sentence: Phrase, one: Attribution) -> bool:
    """Whether it covers a part of the sentence only: "drills that it says will run", "after it announced"."""
    at = next(n for n, word in enumerate(sentence) if word.start >= one.span.start)
    if at == 0 or one.place == "aside":
        return False
    before = sentence[at - 1].low
    if before in (
        "after",
        "because",
        "when",
        "if",
        "before",
        "since",
        "until",
        "whether",
        "how",
        "why",
        "where",
    ):
        return True
    if before not in ("that", "which", "what", "who", "whom"):
        return False
    reported = at > 1 and (sentence[at - 2].low in SAYING | PERHAPS_SAYING or sentence[at - 2].text == ",")
    return not (reported and before == "that")


def _overlap(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_saying(sentence: Phrase, at: int) -> bool:
    token = sentence[at]
    following = sentence[at + 1].low if at + 1 < len(sentence) else ""
    if token.capital or (token.low in PARTICLES and following != PARTICLES[token.low]):
        return False
    known = token.low in SAYING | PERHAPS_SAYING or token.low in PARTICLES
    if not known and not (token.low in SAYING_BESIDE_WORDS and _has_words_beside(sentence, at)):
        return False
    before = sentence[_last_before_adverbs(sentence, at)].low if at else ""
    if token.low == "saying":
        return at > 1 and before == "as" and sentence[at - 2].low == "quoted"
    return before not in BEFORE_NOT_SAYING and following != "by"


def _has_words_beside(sentence: Phrase, at: int) -> bool:
    around = [*sentence[max(0, at - 6) : at], *sentence[at + 1 : at + 4]]
    return any(word.quoted for word in around) or any(
        word.low == "that" for word in sentence[at + 1 : at + 2]
    )


def _last_before_adverbs(sentence: Phrase, at: int) -> int:
    """The place of the last word before a verb that is no adverb or auxiliary; -1 if there is none."""
    at -= 1
    while at >= 0 and (sentence[at].low in ADVERBS or sentence[at].low.endswith("ly")):
        if sentence[at].low == "on" or is_person(sentence[at].text):
            break
        at -= 1
        if at >= 0 and sentence[at].low == "on" and sentence[at + 1].low.endswith("day"):
            at -= 1  # "Lavrov on Monday said"
    return at


def _before(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution whose subject stands before the verb."""
    end = _last_before_adverbs(sentence, verb) + 1
    if sentence[verb].low == "saying":
        end = max(0, verb - 3)  # "Lavrov was quoted as saying"
    if end == 0:
        return None
    role = None
    if sentence[end - 1].text == ",":
        subject, role = _with_apposition(sentence, end - 1)
    elif sentence[end - 1].low == "who":
        subject = _last_name(sentence[_clause_start(sentence, end - 1) : end - 1])
    else:
        subject = _phrase(sentence, _clause_start(sentence, end), end)
    if not subject or not _may_speak(subject, sentence[verb]):
        return None
    place = _place(sentence, subject, verb) if role is None else "opening"
    return _attribution(subject, role, sentence, verb, place=place)


def _clause_start(sentence: Phrase, end: int) -> int:
    """Where the run of words before `end` begins that no comma, quotation or conjunction breaks."""
    start = end
    while start > 0:
        word = sentence[start - 1]
        if word.quoted or word.text in _BREAKS or word.low in CLAUSE_OPENERS or word.text in "“”«»\"'":
            break
        start -= 1
    return start


def _phrase(sentence: Phrase, start: int, end: int) -> Phrase:
    """The words between, if they are a speaker's name or description as a whole, or their end is one."""
    words = list(sentence[start:end])
    while words and words[0].low in NOT_NAMES - DETERMINERS - PRONOUNS - PREPOSITIONS - {"asked"}:
        words = words[1:]
    if not words:
        return []
    if words[0].low in PREPOSITIONS:
        return _last_name(words) if _role_or_pronoun_last(words) else []
    if _is_speaker(words):
        return words
    name = _last_name(words)
    if len(name) > 1 and all(_is_plain(word) for word in words[: -len(name)]):
        return name  # "five-time medallist Joey Logano": a description that is not in the lists
    for at, word in enumerate(words):
        if word.low == "and" and _is_speaker(words[at + 1 :]):  # "Talks began on Monday and Lavrov said"
            return words[at + 1 :]
    return []


def _is_plain(word: Token) -> bool:
    if word.capital or word.low in PREPOSITIONS | DETERMINERS | BEFORE_NOT_SAYING | PRONOUNS:
        return False
    return not word.low.endswith(("ed", "ing"))


def _role_or_pronoun_last(words: Phrase) -> bool:
    """Whether "In Moscow President Putin", "on Monday he" ends in somebody who can be told from the place."""
    name = _last_name(words)
    if not name or name[0].low in PRONOUNS or any(is_person(word.text) for word in name):
        return bool(name)
    at = len(words) - len(name) - 1  # "In his testimony Weisselberg": two names side by side would be one
    return at > 0 and words[at].low not in PREPOSITIONS | DETERMINERS and not is_body(words[at].text)


def _last_name(words: Phrase) -> Phrase:
    """The run of capitals at the end, with a role before it; or a pronoun."""
    start = len(words)
    if words and words[-1].low in PRONOUNS:
        return words[-1:]
    while start > 0 and (words[start - 1].capital or is_person(words[start - 1].text)):
        start -= 1
    name = words[start:]
    roles = [n for n, word in enumerate(name) if is_person(word.text)]
    if roles and roles[-1] + 1 < len(name):
        name = name[roles[-1] :]  # "In Moscow President Putin": the place is not part of the role
    while name and name[0].low in NOT_NAMES:
        name = name[1:]
    return name


def _is_speaker(words: Phrase) -> bool:
    """Whether words are one noun phrase: a head of names or a role, then what prepositions tie to it."""
    if not words or any(word.quoted for word in words) or len(words) > 16:
        return False
    if words[0].low in PRONOUNS:
        return len(words) == 1
    head = next((n for n, word in enumerate(words) if word.low in PREPOSITIONS and n), len(words))
    return _is_head(words[:head]) and all(_may_follow(word) for word in words[head:])


def _may_follow(word: Token) -> bool:
    return word.text[0].isalnum() and word.low not in PRONOUNS | BEFORE_NOT_SAYING - {"to"}


def _is_head(words: Phrase) -> bool:
    """Names, with roles and their adjectives among them; or "the", adjectives and a noun."""
    if any(not word.text[0].isalnum() or word.low in BEFORE_NOT_SAYING | PRONOUNS for word in words):
        return False
    if words[0].low in DETERMINERS and not words[0].text[0].isdigit():
        return 1 < len(words) <= 8
    for at, word in enumerate(words):
        if word.capital or word.low in ("and", "al", "bin", "ibn", "van", "von", "de", "der", "da", "di"):
            continue
        role = next(
            (n for n in range(at, len(words)) if is_person(words[n].text) or is_body(words[n].text)), -1
        )
        if role < 0 or any(_breaks_role(words[n]) for n in range(at, role)):
            return False
    return any(word.capital or is_person(word.text) or is_body(word.text) for word in words)


def _breaks_role(word: Token) -> bool:
    """Whether a small word between a name and a role is more than an adjective: "Armenia made … leaders"."""
    known = word.low in BEFORE_ROLES or is_person(word.text) or is_body(word.text) or word.capital
    return not known and word.low.endswith(("ed", "ing", "made", "was", "saw", "took", "gave", "told"))


def _may_speak(subject: Phrase, verb: Token) -> bool:
    """Whether a subject goes with a verb; "the attack reported", "the plan noted" are no speech."""
    if subject[0].low in ("we", "i", "you", "that", "this", "there", "no"):
        return False
    if verb.low in SAYING or subject[0].low in PRONOUNS:
        return True
    if subject[0].low not in DETERMINERS:
        return True
    return any(is_person(word.text) or is_body(word.text) for word in subject) or subject[-1].capital


def _with_apposition(sentence: Phrase, comma: int) -> tuple[Phrase, Span | None]:
    """The subject before a comma and the verb: "Sergey Lavrov, the Russian foreign minister, said"."""
    role: Span | None = None
    between = False
    for _ in range(3):
        start = _comma_before(sentence, comma)
        part = list(sentence[start:comma])
        if not part or any(word.quoted for word in part):
            return [], None
        before = sentence[start - 1].text == "," if start else False
        if _is_apposition(part) and before:
            told = part[0].low in DETERMINERS or not part[0].capital
            told = told and part[0].low not in PREPOSITIONS | {"who", "whose", "which", "when", "while"}
            told = told and (part[0].low in ("a", "an") or any(is_person(word.text) for word in part))
            role = role or (Span(part[0].start, part[-1].end) if told else None)
            between = True
            comma = start - 1
            continue
        subject = _phrase(sentence, _clause_start(sentence, comma), comma)
        if role is None and before and subject:
            role = _role_in(sentence[_comma_before(sentence, start - 1) : start - 1])
        # A name alone between commas, without any apposition, is an address or a list: not a subject.
        return (subject, role) if role or between else ([], None)
    return [], None


def _comma_before(sentence: Phrase, end: int) -> int:
    start = end
    while start > 0 and sentence[start - 1].text not in ",;:—–" and not sentence[start - 1].quoted:
        start -= 1
    return start


def _is_apposition(part: Phrase) -> bool:
    """Whether words between commas say more of the name before them: a role, an age, a party, a deed."""
    first = part[0].low
    if (
        first in PREPOSITIONS | {"who", "whose", "which", "aged", "when", "while"}
        or part[0].text[0].isdigit()
    ):
        return True
    if first.endswith(("ing", "ed")) or (len(part) == 1 and re.fullmatch(r"[RDI]-\w+\.?", part[0].text)):
        return True
    if first in ("a", "an") and len(part) > 1:
        return True  # "a former skipper from Bodø"
    has_role = any(is_person(word.text) or is_body(word.text) for word in part)
    return has_role and (part[0].low in DETERMINERS or not (part[0].capital and part[-1].capital))


def _role_in(part: Phrase) -> Span | None:
    if part and part[0].low in DETERMINERS and any(is_person(word.text) for word in part):
        return Span(part[0].start, part[-1].end)
    return None


def _inverted(sentence: Phrase, verb: int) -> Attribution | None:
    """The attribution whose subject follows the verb: "…,” added Lavrov"."""
    if verb == 0 or not (sentence[verb - 1].quoted or sentence[verb - 1].text in ",—–"):
        return None
    start = verb + 2 if sentence[verb].low in PARTICLES else verb + 1
    end = _phrase_end(sentence, start)
    words = sentence[start:end]
    if (
        not words
        or not _is_speaker(words)
        or words[0].low in PREPOSITIONS | NOT_NAMES - DETERMINERS - PRONOUNS
    ):
        return None
    if not _may_speak(words, sentence[verb]):
        return None
    following = sentence[end] if end < len(sentence) else None
    if (
        not sentence[verb - 1].quoted
        and following
        and following.text not in ",.;!?"
        and following.low not in PREPOSITIONS
    ):
        return None  # ", said Armenia had agreed": what follows is what was said
    return _attribution(words, _role_after(sentence, end), sentence, verb, place="closing")


def _phrase_end(sentence: Phrase, start: int) -> int:
    """Where a speaker that begins at `start` ends: at a stop, a quotation, a verb or an adverb of time."""
    end = start
    while end < len(sentence):
        word = sentence[end]
        if (
            word.quoted
            or (not word.text[0].isalnum())
            or word.low in CLAUSE_OPENERS | BEFORE_NOT_SAYING | {"who"}
        ):
            break
        tied = end > start and word.low in PREPOSITIONS
        if tied and not (word.low in ("of", "for", "from", "at") and end + 1 < len(sentence)):
            break
        if end > start and word.low in ADVERBS:
            break
        if end > start and (word.low in SAYING or (word.low in PERHAPS_SAYING and not is_body(word.text))):
            break
        end += 1
    return end


def _role_after(sentence: Phrase, end: int) -> Span | None:
    """The apposition after a name: ", a virologist at Leeds"."""
    if end >= len(sentence) or sentence[end].text != ",":
        return None
    stop = end + 1
    while stop < len(sentence) and sentence[stop].text[0].isalnum() and stop - end <= 12:
        if sentence[stop].low in {"who", "as", "while", "and"} | BEFORE_NOT_SAYING:
            break
        stop += 1
    part = sentence[end + 1 : stop]
    if part and (part[0].low in DETERMINERS or not part[0].capital) and any(is_person(w.text) for w in part):
        return Span(part[0].start, part[-1].end)
    return None


def _according(sentence: Phrase, at: int) -> Attribution | None:
    """The attribution of "according to X", "citing X", "по словам X"."""
    start = at + 1
    if sentence[at].low == "according":
        if start >= len(sentence) or sentence[start].low != "to":
            return None
        start += 1
    end = _phrase_end(sentence, start)
    words = sentence[start:end]
    if not words or words[0].low in PRONOUNS or not (_is_speaker(words) or _has_name(words)):
        return None
    role = _role_after(sentence, end)
    return Attribution(_span(words), role, Span(sentence[at].start, words[-1].end), "aside")


def _has_name(words: Phrase) -> bool:
    return len(words) <= 12 and any(word.capital for word in words)


def _place(sentence: Phrase, subject: Phrase, verb: int) -> Literal["opening", "closing"]:
    """Whether what is said follows the verb or went before the subject."""
    first = sentence.index(subject[0])
    follows = sentence[verb + 2 if sentence[verb].low in PARTICLES else verb + 1 :]
    has_before = first > 0 and (sentence[first - 1].text == "," or sentence[first - 1].quoted)
    ends = (
        not follows
        or follows[0].text in ",.;!?"
        or follows[0].low in PREPOSITIONS | ADVERBS | {"reporters", "as"}
    )
    return "closing" if has_before and ends else "opening"


def _attribution(
    subject: Phrase, role: Span | None, sentence: Phrase, verb: int, *, place: Literal["opening", "closing"]
) -> Attribution:
    last = sentence[verb + 1] if sentence[verb].low in PARTICLES else sentence[verb]
    span = Span(min(subject[0].start, sentence[verb].start), max(subject[-1].end, last.end))
    return Attribution(_span(subject), role, span, place, sentence[verb].low in REPORTING)


def _span(words: Phrase) -> Span:
    return Span(words[0].start, words[-1].end)
