"""The words around a name that say who or what it is: a title before it, an apposition behind it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.language.words import word_set
from bot.proof.carriers import Carriers
from bot.proof.joints import is_inserted
from bot.proof.parts import has_marks, is_set_off
from bot.proof.times import is_anchor
from bot.proof.tokens import SentenceWord
from bot.speaking.speech import NOT_NAMES, PREPOSITIONS, SAYING, is_person, singular

_ARTICLES = frozenset(("a", "an", "the"))
_DETERMINERS = _ARTICLES | {"his", "her", "its", "their"}
_JOINING = frozenset(("and", "or", "but", "while"))
# "If | President Lund", "Had | President Lund", "Unlike | President Lund"
_NO_TITLE = (
    NOT_NAMES
    | PREPOSITIONS
    | word_set("tense", "present")
    | word_set("tense", "present_auxiliaries")
    | word_set("tense", "past")
    | word_set("tense", "backshifted")
)
_TITLE = 5  # words of a title before a name
_BETWEEN = 5  # words up to the noun that says who or what a name is


def is_title(words: Sequence[SentenceWord], start: int, end: int, *, lists: Carriers) -> bool:
    """A title right before a name: "the fisheries minister | Anna Lund"."""
    if end == len(words) or not words[end].capital or words[end].before not in ("", "."):
        return False
    opens = start == 0 or bool(words[start].before) or words[start - 1].low in SAYING | {"that"}
    return opens and not has_marks(words[start + 1 : end]) and _is_role(words[start:end], lists=lists)


def is_role_ahead(words: Sequence[SentenceWord], end: int, *, lists: Carriers) -> bool:
    """Who the name behind it is: "Norway's fisheries minister, | Anna Lund, …"; not "The boss, Lund said"."""
    rest = words[end:]
    named = next((n for n, one in enumerate(rest) if not one.capital and one.low not in ("and", "'s")), 0)
    closed = named > 0 and "," in rest[0].before and "," in rest[named].before
    return closed and not is_inserted(rest, named) and _is_role(words[:end], lists=lists)


def _is_role(role: Sequence[SentenceWord], *, lists: Carriers) -> bool:
    """A person's role and no more: "the fisheries minister", "Norway's foreign minister"."""
    first, between = role[0], role[1:-1]
    opens = first.low in _DETERMINERS or first.low in lists.offices or len(role) == 1
    return (
        len(role) <= _TITLE
        and is_person(role[-1].low)
        and (opens or (first.capital and first.low not in _NO_TITLE))
        and all(one.capital or one.low in lists.offices or one.low == "'s" for one in between)
    )


def is_apposition(
    words: Sequence[SentenceWord], start: int, end: int, *, lists: Carriers, last: bool
) -> bool:
    """Who or what a name is, set off right behind it: "Ganja, | Azerbaijan's second city" (`last`)."""
    name = words[start - 1]
    if not name.capital or is_anchor(words, start - 1, lists=lists) or not is_set_off(words, start, end):
        return False
    alone = not _begins_clause(words, start - 1) if last else not _is_listed(words[end])
    return alone and _is_noun(words[start:end], lists=lists)


def _begins_clause(words: Sequence[SentenceWord], at: int) -> bool:
    """Whether the name that ends at a place begins a clause without a verb: "sent Lund, Baku, | a judge"."""
    while at > 0 and words[at - 1].capital and not words[at].before:
        at -= 1
    return bool(words[at].before) or words[max(0, at - 1)].low in _JOINING


def _is_listed(after: SentenceWord) -> bool:
    """Whether what follows may stand beside the part: "Lund, | a judge, | Berg and Holm"."""
    return after.capital or after.low in PREPOSITIONS | _JOINING


def _is_noun(part: Sequence[SentenceWord], *, lists: Carriers) -> bool:
    """A person's role or a kind of place, with what belongs to it: "the adviser of President Aliyev"."""
    lows = [word.low for word in part]
    owned = part[0].capital and lows[1:2] == ["'s"]
    head = next((n for n, low in enumerate(lows) if n and low in PREPOSITIONS), len(lows)) - 1
    between, noun = lows[2 if owned else 1 : head], lows[head]
    named = (is_person(noun) and singular(noun) == noun) or noun in lists.kinds
    opens = (owned or lows[0] in _ARTICLES) and len(between) <= _BETWEEN and _DETERMINERS.isdisjoint(between)
    return named and opens and all(_belongs(word, lists=lists) for word in part[head + 1 :])


def _belongs(word: SentenceWord, *, lists: Carriers) -> bool:
    """Whether a word may stand behind such a noun: no verb, and nothing that qualifies it."""
    near = PREPOSITIONS | _DETERMINERS
    return word.capital or word.low in near or word.low in lists.offices or is_person(word.low)


def cuts_name(words: Sequence[SentenceWord], start: int, end: int) -> bool:
    """Whether a name would lose a part: "Sunday | Times", "Black | Friday"."""
    return _is_one_name(words, start) or (end < len(words) and _is_one_name(words, end))


def _is_one_name(words: Sequence[SentenceWord], at: int) -> bool:
    return at > 0 and words[at - 1].capital and words[at].capital and not words[at].before
