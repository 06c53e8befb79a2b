"""A sentence and its article into the denials and doubts that one has and the other lacks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass
from typing import Literal

from bot.language.words import Wordlists
from bot.verify.reading import Text
from bot.verify.records import Finding

_REACH = 7  # content words that a denial reaches
_HEADS = 2  # of these, the first tell what is denied
_INTENDING = frozenset(("to", "that", "not", "a", "the", "for"))
_FUTURE = frozenset(("will", "shall", "would", "must", "due", "going", "about", "won't", "should", "'ll"))
_PAST = frozenset(("was", "were", "has", "have", "had", "did"))


@dataclass(frozen=True)
class Turn:
    """A word that turns or softens what follows: at `words[at]`, over the words of `scope`."""

    sort: Literal["denier", "denying", "hedge", "intent", "future"]
    at: int
    scope: tuple[int, ...]


def turns(text: Text, words: Wordlists) -> list[Turn]:
    """The words of a text that turn or soften others, in order."""
    found = []
    low = text.text.lower()
    for at, word in enumerate(text.words):
        if low.startswith(words.not_denials, word.start) or (word.low == "may" and word.text == "May"):
            continue
        sort = _sort(text, at, words)
        if sort is None:
            continue
        scope = _scope(text, at, through=sort in ("denying", "intent"))
        if scope:
            found.append(Turn(sort, at, scope))
    return found


def _sort(
    text: Text, at: int, words: Wordlists
) -> Literal["denier", "denying", "hedge", "intent", "future"] | None:
    word = text.words[at]
    if word.low in words.deniers or word.key in words.deniers or word.low.endswith(("n't", "n’t")):
        return "denier"
    if word.key in words.denying:
        return "denying"
    if word.key in words.strong_hedges:
        return "hedge"
    following = text.words[at + 1].low if at + 1 < len(text.words) else ""
    if word.key in words.hedges and following in ("to", "that", "would", "not"):
        return "intent"
    if word.low in ("if", "unless"):
        return "hedge"
    if word.low in ("is", "are", "was", "were") and following == "to":
        return "future"
    return "future" if word.low in _FUTURE and word.low not in ("about", "going", "should", "would") else None


def _scope(text: Text, at: int, *, through: bool) -> tuple[int, ...]:
    """The content words after a turning word, to the end of its clause, or of the next if it governs that."""
    clause = text.clauses[at]
    found = [n for n in text.content if n > at and text.clauses[n] == clause]
    if not found and through:
        found = [n for n in text.content if n > at and text.clauses[n] == clause + 1]
    return tuple(found[:_REACH])


def check_polarity(said: Text, there: Sequence[Text], words: Wordlists) -> Iterator[Finding]:
    """Denials and doubts that the article has and the draft dropped, or that the draft adds; opposites."""
    mine = turns(said, words)
    theirs = [(text, turns(text, words)) for text in there]
    yield from _added(said, mine, theirs, words)
    for text, found in theirs:
        others = [other for other in there if other is not text]
        yield from _dropped(said, mine, text, found, others, words)
    yield from _opposites(said, there, words)


def _added(
    said: Text, mine: Sequence[Turn], theirs: Sequence[tuple[Text, Sequence[Turn]]], words: Wordlists
) -> Iterator[Finding]:
    for turn in mine:
        if turn.sort not in ("denier", "denying", "hedge"):
            continue
        if any(_answers(said, turn, text, other, words) for text, found in theirs for other in found):
            continue
        if turn.sort != "denier" and any(_stands(said.words[turn.at].key, text, words) for text, _ in theirs):
            continue
        if turn.sort == "denier" and _opposite_stands(said, turn, theirs, words):
            continue
        kind: Literal["negation", "certainty"] = "certainty" if turn.sort == "hedge" else "negation"
        yield Finding(kind, _excerpt(said, turn), None)


def _answers(said: Text, turn: Turn, text: Text, other: Turn, words: Wordlists) -> bool:
    """Whether an article's turning word is what a draft's stands for: both over a like word."""
    denials = ("denier", "denying")
    if (turn.sort in denials) != (other.sort in denials):
        return False
    mine = _around(said, turn)
    return any(words.same(one, two) for one in mine for two in _around(text, other))


def _around(text: Text, turn: Turn) -> list[str]:
    """The keys that a turning word is about: its scope and the content word before it."""
    before = [n for n in text.content if n < turn.at and text.clauses[n] == text.clauses[turn.at]][-2:]
    return [text.words[n].key for n in (*before, *turn.scope)]


def _opposite_stands(
    said: Text, turn: Turn, theirs: Sequence[tuple[Text, Sequence[Turn]]], words: Wordlists
) -> bool:
    """Whether the article has the opposite of what is denied: "not accept" for "reject"."""
    heads = [said.words[n].key for n in turn.scope[:_HEADS]]
    return any(words.opposed(head, key) for head in heads for text, _ in theirs for key in text.keys)


def _stands(key: str, text: Text, words: Wordlists) -> bool:
    return any(words.same(key, other) for other in text.keys)


def _dropped(
    said: Text,
    mine: Sequence[Turn],
    text: Text,
    found: Sequence[Turn],
    others: Sequence[Text],
    words: Wordlists,
) -> Iterator[Finding]:
    for turn in found:
        shared = _shared(said, text, turn, words)
        if not shared or _is_kept(said, mine, text, turn, shared, words):
            continue
        if any(_says_plainly(text, turn, other, words) for other in others):
            continue
        if turn.sort == "future" and not _tells_as_done(said, shared):
            continue
        kind: Literal["negation", "certainty"] = (
            "negation" if turn.sort in ("denier", "denying") else "certainty"
        )
        yield Finding(kind, " ".join(said.words[n].text for n in shared), _excerpt(text, turn))


def _shared(said: Text, text: Text, turn: Turn, words: Wordlists) -> list[int]:
    """The draft's words for what the article turns: none unless a head and half of the rest are there."""
    pairs = [
        (n, next((m for m in said.content if words.same(text.words[n].key, said.words[m].key)), None))
        for n in turn.scope
    ]
    there = [m for _, m in pairs if m is not None]
    heads = [m for n, m in pairs[:_HEADS] if m is not None]
    return there if heads and 2 * len(there) >= len(pairs) else []


def _is_kept(
    said: Text, mine: Sequence[Turn], text: Text, turn: Turn, shared: Sequence[int], words: Wordlists
) -> bool:
    """Whether the draft has a turning word of that kind over, or beside, the words it shares."""
    head = text.words[turn.at].key
    if turn.sort not in ("denier",) and _stands(head, said, words):
        return True
    denials = turn.sort in ("denier", "denying")
    clauses = {said.clauses[m] for m in shared}
    for other in mine:
        if (other.sort in ("denier", "denying")) != denials:
            continue
        if set(other.scope) & set(shared) or said.clauses[other.at] in clauses:
            return True
    if denials:
        heads = [text.words[n].key for n in turn.scope[:_HEADS]]
        return any(words.opposed(one, two) for one in heads for two in said.keys)
    soft = {word.key for word in said.words} & (words.hedges | words.strong_hedges)
    return bool(soft) or any(other.sort == "future" for other in mine)


def _says_plainly(text: Text, turn: Turn, other: Text, words: Wordlists) -> bool:
    """Whether another cited place says the same without the turning word."""
    heads = [text.words[n].key for n in turn.scope]
    there = sum(_stands(head, other, words) for head in heads)
    return there == len(heads) and not any(one.sort == turn.sort for one in turns(other, words))


def _tells_as_done(said: Text, shared: Sequence[int]) -> bool:
    """Whether the draft says in the past what the article says is to come."""
    for m in shared:
        before = [word.low for word in said.words[max(0, m - 3) : m]]
        if any(word in _PAST for word in before) or (
            said.words[m].low.endswith("ed") and not any(word in ("be", "been", "to") for word in before)
        ):
            return True
    return False


def _opposites(said: Text, there: Sequence[Text], words: Wordlists) -> Iterator[Finding]:
    """Words of the draft whose opposite stands in the article, and not they themselves."""
    known: Set[str] = frozenset(key for text in there for key in text.keys)
    for n in said.content:
        key = said.words[n].key
        if key in known or any(words.same(key, other) for other in known):
            continue
        for text in there:
            for m in text.content:
                other = text.words[m]
                if (
                    words.opposed(key, other.key)
                    and other.key not in said.keys
                    and not _is_turned(said, n, text, m, words)
                ):
                    yield Finding("negation", said.words[n].text, other.text)
                    return


def _is_turned(said: Text, n: int, text: Text, m: int, words: Wordlists) -> bool:
    """Whether a denial on one side makes opposites agree: "did not fall" and "rose"."""
    mine = any(n in turn.scope for turn in turns(said, words) if turn.sort in ("denier", "denying"))
    theirs = any(m in turn.scope for turn in turns(text, words) if turn.sort in ("denier", "denying"))
    return mine != theirs


def _excerpt(text: Text, turn: Turn) -> str:
    """The turning word and what it is about."""
    last = text.words[turn.scope[min(2, len(turn.scope) - 1)]]
    return text.text[text.words[turn.at].start : last.end]
