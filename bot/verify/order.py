"""A sentence and its article into what changed places: who did it to whom, what a figure belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise

from bot.speaking.speech import BEFORE_ROLES, is_person
from bot.verify.alignment import ARTICLES, MARGIN, fits, in_order
from bot.verify.pairing import check_pairing, segment, values_of
from bot.verify.reading import IsName, Text
from bot.verify.records import Finding
from bot.weighing.lexicon import Word
from index.records import Span

_BEING = frozenset(("is", "are", "was", "were", "be", "been", "being"))
_TYING = frozenset(("of", "in", "for", "at"))


def check_order(
    said: Text, there: Sequence[Text], *, is_name: IsName, owners: Sequence[Span]
) -> Iterator[Finding]:
    """Names that stand in one another's place, and figures or dates that belong to something else.

    `owners` are where the draft names whose words it gives: whether they are is looked at by itself.
    """
    owning = frozenset(
        word for word in said.words if any(one.start <= word.start < one.end for one in owners)
    )
    for text in sorted(there, key=lambda text: -in_order(said.order, text.order)):
        found = _swapped(said, text, is_name, owning)
        found = found or _replaced(said, text, is_name, owning) or _tied(said, text, is_name)
        if found and not any(_fits_better(said, other, text) for other in there if other is not text):
            yield found
            break
    yield from check_pairing(said, there, is_name)
    yield from _misplaced_adjectives(said, there, is_name)


def _misplaced_adjectives(said: Text, there: Sequence[Text], is_name: IsName) -> Iterator[Finding]:
    """Another country's adjective: "Armenian forces" where the article only has "Azerbaijani forces"."""
    theirs: dict[str, dict[str, str]] = {}
    for text in there:
        for adjective, noun in _adjectives(text, is_name):
            shown = text.text[adjective.start : noun.end]
            theirs.setdefault(noun.key, {})[adjective.key] = shown
    for adjective, noun in _adjectives(said, is_name):
        others = theirs.get(noun.key, {})
        if others and adjective.key not in others:
            shown = said.text[adjective.start : noun.end]
            yield Finding("role", shown, next(iter(others.values())))


def _adjectives(text: Text, is_name: IsName) -> Iterator[tuple[Word, Word]]:
    """The adjectives of countries that stand right before a common noun, each with it."""
    for word, following in pairwise(text.words):
        adjective = is_name(word) and word.low != word.key and not word.low.endswith(("'s", "’s"))
        together = text.text[word.end : following.start] == " "
        if adjective and together and not (following.plain or is_name(following)):
            yield word, following


def _fits_better(said: Text, other: Text, text: Text) -> bool:
    return in_order(said.order, other.order) > in_order(said.order, text.order)


def _swapped(said: Text, text: Text, is_name: IsName, owning: frozenset[Word]) -> Finding | None:
    """Two names of the draft that would stand in the article's order if they changed places."""
    theirs = _active(text)
    keys = [word.key for word in theirs]
    whole = _active(said)
    clauses = _clauses_of(said, whole)
    parts = [*clauses, whole] if len(clauses) > 1 else [whole]
    for part in parts:
        ours = [word.key for word in part]
        best = in_order(ours, keys)
        names = dict.fromkeys(w.key for w in part if is_name(w) and w.key in keys and w not in owning)
        for one, other in combinations(names, 2):
            if ours.count(one) > 1 or ours.count(other) > 1 or _listed(part, one, other):
                continue
            if part is whole and _in_own_clauses(said, text, one, other):
                continue
            turned = [{one: other, other: one}.get(key, key) for key in ours]
            gain = in_order(turned, keys) - best
            if gain >= 2 or (gain == 1 and max(keys.count(one), keys.count(other)) > 1):
                first, second = (next(w.text for w in part if w.key == key) for key in (one, other))
                return Finding("role", f"{first} … {second}", _excerpt(text, one, other))
    return None


def _clauses_of(said: Text, words: Sequence[Word]) -> list[list[Word]]:
    """The words of a sentence, clause by clause."""
    clause = {word.start: number for word, number in zip(said.words, said.clauses, strict=True)}
    found: dict[int, list[Word]] = {}
    for word in words:
        found.setdefault(clause[word.start], []).append(word)
    return list(found.values())


def _in_own_clauses(said: Text, text: Text, one: str, other: str) -> bool:
    """Whether two names are items of a list, each with a figure or a date that draft and article agree on."""
    if not _clauses_with(text, one).isdisjoint(_clauses_with(text, other)):
        return False
    return all(_beside(said, key) & _beside(text, key) for key in (one, other))


def _clauses_with(text: Text, key: str) -> set[int]:
    return {text.clauses[n] for n, word in enumerate(text.words) if word.key == key}


def _beside(text: Text, key: str) -> set[str]:
    """What the figures and dates of a name's clause are called."""
    clauses = _clauses_with(text, key)
    return {name for one in values_of(text) if segment(text, one.start) in clauses for name in one.names}


def _active(text: Text) -> list[Word]:
    """The words with "Y was struck by X" turned into "X struck Y", and without articles."""
    words = [word for word in text.words if word.low not in ARTICLES]
    for at, word in enumerate(words):
        if word.low != "by" or at + 1 >= len(words) or not words[at + 1].name:
            continue
        being = next((n for n in range(at - 1, max(-1, at - 5), -1) if words[n].low in _BEING), None)
        if being is None:
            continue
        end = at + 1
        while end < len(words) and words[end].name:
            end += 1
        start = _subject_start(text, words, being)
        return [
            *words[:start],
            *words[at + 1 : end],
            *words[being + 1 : at],
            *words[start:being],
            *words[end:],
        ]
    return words


def _subject_start(text: Text, words: Sequence[Word], being: int) -> int:
    """Where the clause of a verb begins."""
    start = being
    while start > 0 and not any(
        mark in text.text[words[start - 1].end : words[start].start] for mark in ',;:—“"'
    ):
        if words[start - 1].low in ("that", "and", "but", "said", "says", "while"):
            break
        start -= 1
    return start


def _listed(words: Sequence[Word], one: str, other: str) -> bool:
    """Whether nothing is done between two names: "Armenia and Iran", "Baku’s minister, Ilham Aliyev"."""
    first, last = sorted(next(n for n, w in enumerate(words) if w.key == key) for key in (one, other))
    between = words[first + 1 : last]
    return all(
        word.name
        or word.low in ("and", "or", "of", "in", "for", "s")
        or is_person(word.text)
        or word.low in BEFORE_ROLES
        for word in between
    )


def _replaced(said: Text, text: Text, is_name: IsName, owning: frozenset[Word]) -> Finding | None:
    """A name of the draft in whose place the article has another name that the draft leaves out."""
    order = [word for word in said.words if word.low not in ARTICLES]
    theirs = [word for word in text.words if word.low not in ARTICLES]
    ours, keys = [word.key for word in order], [word.key for word in theirs]
    plain = frozenset(word.key for word in (*order, *theirs) if word.plain)
    rivals = [n for n, word in enumerate(theirs) if is_name(word) and word.key not in said.keys]
    for at, word in enumerate(order):
        if not is_name(word) or word in owning:
            continue
        places = [n for n, key in enumerate(keys) if key == word.key]
        own = max(
            (fits(ours, at, keys, n, plain=plain, turned=turned) for n in places for turned in (False, True)),
            default=0.0,
        )
        for n in rivals:
            if not any(_one_name(theirs, n, place) for place in places) and (
                fits(ours, at, keys, n, plain=plain) >= own + MARGIN
            ):
                return Finding("role", word.text, theirs[n].text)
    return None


def _one_name(words: Sequence[Word], one: int, other: int) -> bool:
    """Whether two places belong to one name and office: "Russian Foreign Minister Sergey Lavrov"."""
    low, high = sorted((one, other))
    return high - low <= 6 and all(word.name or is_person(word.text) for word in words[low : high + 1])


def _tied(said: Text, text: Text, is_name: IsName) -> Finding | None:
    """A name that the draft ties to another than the article does: "Igor Popov of France"."""
    theirs = _ties(text, is_name)
    for (one, tie), others in _ties(said, is_name).items():
        told = theirs.get((one, tie))
        if told and not others & told:
            words = {word.key: word.text for word in (*said.words, *text.words)}
            shown = words[next(iter(others))], words[next(iter(told))]
            return Finding("role", f"{words[one]} {tie} {shown[0]}", f"{words[one]} {tie} {shown[1]}")
    return None


def _ties(text: Text, is_name: IsName) -> dict[tuple[str, str], set[str]]:
    """For each name before "of" or "in": the names right after it."""
    found: dict[tuple[str, str], set[str]] = {}
    words = [word for word in text.words if word.low not in ARTICLES]
    for one, tie, other in zip(words, words[1:], words[2:], strict=False):
        if tie.low in _TYING and is_name(one) and is_name(other) and not is_person(one.text):
            found.setdefault((one.key, tie.low), set()).add(other.key)
    return found


def _excerpt(text: Text, one: str, other: str) -> str:
    places = [word for word in text.words if word.key in (one, other)]
    return text.text[places[0].start : places[-1].end][:120]
