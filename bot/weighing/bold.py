"""The words of a sentence that answer by themselves into those that may stand in bold: or none may."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.language.lexicon import KeyedWord, Lexicon
from bot.language.words import words_of
from bot.weighing.forms import asks_for_several
from bot.weighing.terms import MEASURED, Terms
from index.records import Span

# "KABUL, Oct. 19 (Reuters) —": where a report was written, not where something happened.
_DATELINE = re.compile(r"[A-ZА-ЯЁ][^.!?—–\n]{1,60}(?:\.[^.!?—–\n]{1,20})?\s(?:[—–]|--|-)\s")
_MEMBER_BEFORE = re.compile(r"(?:,|\band|\bor|\bas well as)\s+$")
_MEMBER_AFTER = re.compile(r",?\s+(?:and|or|as well as)\s+[A-Z\d“\"]|,\s+[^,.;]{2,40}(?:,|\s+and\s)")
_JOINED_AFTER = re.compile(r"\s+and\s+(?:(?:the|an?)\s|[A-Z])")  # "Lund and Moe", "Lund and the mayor"
_NEARBY = 3  # words after a number among which its noun is looked for


def may_be_bold(terms: Terms, body: str, sentence: Span, short: Span, lexicon: Lexicon) -> bool:
    """Whether `body[short]`, words of a sentence, can be shown as the answer to a question.

    Not what holds a "not" that was not asked for, what only says the question again, a number of something
    else than was asked for, one member of a list where all were asked for, a day or number of
    another who is named beside who was asked for, or the place of a dateline.
    """
    words = lexicon.read(body[short.start : short.end])
    return not (
        _denies(terms, words, lexicon)
        or _repeats(terms, words)
        or _counts_another(terms, body, sentence, short, lexicon)
        or _one_of_several(terms, body, sentence, short)
        or _of_another(terms, body, sentence, short, lexicon)
        or _in_dateline(body, sentence, short)
    )


def _counts_another(terms: Terms, body: str, sentence: Span, short: Span, lexicon: Lexicon) -> bool:
    """For "how many pigs": whether the number counts people, days, money or a part instead."""
    after = lexicon.read(body[short.start : sentence.end])
    first = next((n for n, word in enumerate(after) if word.number), None)
    return first is not None and counts_another(terms, after[first:])


def counts_another(terms: Terms, words: Sequence[KeyedWord]) -> bool:
    """Whether the number that `words` begin with counts another kind of thing than is asked for."""
    if terms.kind != "number" or not terms.focus or terms.focus[-1].low in MEASURED:
        return False
    asked = {_counted(word.low) for word in terms.focus} - {None}
    nouns = [word for word in words[1 : 1 + _NEARBY] if not word.number]
    if {word.key for word in nouns} & {word.key for word in terms.focus}:
        return False
    told = next((kind for word in nouns[:2] if (kind := _counted(word.low))), None)
    return told is not None and told not in asked


def _counted(word: str) -> str | None:
    """What kind of thing a noun counts, where that is told apart."""
    return next((kind for kind in ("people", "times", "money", "parts") if word in _KINDS[kind]), None)


_JOINTS = frozenset(("and", "while", "but"))
_KINDS = {kind: frozenset(words_of("bold", kind)) for kind in ("people", "times", "money", "parts")}


def _denies(terms: Terms, words: tuple[KeyedWord, ...], lexicon: Lexicon) -> bool:
    return not terms.negated and any(word.low in lexicon.negations for word in words[1:])


def _repeats(terms: Terms, words: tuple[KeyedWord, ...]) -> bool:
    """Whether nothing is said that was not asked; a yes or no may lie in the question's own words."""
    told = [word for word in words if not word.plain]
    return terms.kind != "yes-no" and bool(told) and all(word.key in terms.asked for word in told)


def _one_of_several(terms: Terms, body: str, sentence: Span, short: Span) -> bool:
    """For "which countries", or "who": whether it stands in a list whose other members are not in it."""
    before, after = body[sentence.start : short.start], body[short.end : sentence.end]
    if not asks_for_several(terms):
        is_who = any(word.low == "who" for word in terms.words[:1])  # ">" has no word
        return is_who and bool(_JOINED_AFTER.match(after))
    return bool(_MEMBER_BEFORE.search(before) or _MEMBER_AFTER.match(after))


def _of_another(terms: Terms, body: str, sentence: Span, short: Span, lexicon: Lexicon) -> bool:
    """For "when", "how many" of a name: whether it is another's: "… by 15 May and | Velden by 20 May"."""
    asked = {word.key for word in terms.content if word.name}
    if terms.kind not in ("date", "number") or not asked:
        return False
    parts: list[list[KeyedWord]] = [[]]
    for word in lexicon.read(body[sentence.start : sentence.end]):
        parts += [[]] if word.low in _JOINTS else []
        parts[-1].append(word)
    return any(
        _is_of_a_name(part, lexicon) and not asked & {word.key for word in part}
        for part in parts
        if any(
            sentence.start + word.start < short.end and short.start < sentence.start + word.end
            for word in part
        )
    )


def _is_of_a_name(part: Sequence[KeyedWord], lexicon: Lexicon) -> bool:
    """Whether a part of a sentence begins with a name: "Velden by 20 May", "and the Velden dam"."""
    first = next((word for word in part if word.low not in _JOINTS | {"the"}), None)
    dated = lexicon.months | lexicon.times
    return first is not None and first.name and not (first.plain or first.number or first.key in dated)


def _in_dateline(body: str, sentence: Span, short: Span) -> bool:
    found = _DATELINE.match(body, sentence.start, sentence.end)
    starts_paragraph = sentence.start == 0 or body[sentence.start - 1] == "\n"
    return bool(found and starts_paragraph and short.end <= found.end() and found[0].split(",")[0].isupper())
