"""A sentence and what it cites into the names that the one has and the other lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.language.words import Wordlists, listed
from bot.questions.variants import nearest_name, same_name
from bot.speaking.people import Person, people
from bot.speaking.speech import is_person
from bot.speaking.tokens import sentences_of, tokens
from bot.verify.grounds import Ground
from bot.verify.reading import Text
from bot.verify.records import Finding
from bot.weighing.lexicon import Lexicon, Word
from index.records import Span

# A sentence that begins with such a word does not begin with a name.
_USUAL_END = re.compile(r"(?:ed|ing|ly|tion|ment|ers?|ors?|ists?|ity|ness|ance|ence)$")
_PARTICLES = frozenset(listed("al bin ibn van von de der den da di du dos del la le el ben ter of the and"))


@dataclass(frozen=True)
class Known:
    """The names that a sentence may use: `keys` anywhere; `people` whom the cited words name or mean."""

    keys: frozenset[str]
    people: tuple[Person, ...]


def name_test(places: Sequence[Ground], lexicon: Lexicon, words: Wordlists) -> Callable[[Word], bool]:
    """Tells whether a word of a draft is a name: a capital that is not only the first of its sentence."""
    inner = frozenset(key for ground in places for key in ground.page.capitals)
    written = frozenset(word.key for ground in places for word in ground.text.words if not word.name)
    written |= words.synonyms.keys() | words.linking | words.deniers

    def is_name(word: Word) -> bool:
        if word.plain or not word.name or word.key in lexicon.months:
            return False
        if word.number and not word.text.isupper():
            return False
        if word.start > 0 or word.key in inner or word.key not in lexicon.common or word.text.isupper():
            return True
        return word.key not in written and not _USUAL_END.search(word.low)

    return is_name


def known_names(places: Sequence[Ground], lexicon: Lexicon) -> Known:
    """What the cited places name; people they name or mean, in full; who printed it."""
    keys: set[str] = set()
    people: list[Person] = []
    for ground in places:
        keys |= ground.text.keys | ground.page.title.keys
        people += people_of(ground)
        for copy in (ground.page.article.outlet, ground.page.article.agency, ground.page.article.author):
            keys |= {word.key for word in lexicon.read(copy or "")}
    for person in people:
        keys |= {word.key for word in lexicon.read(f"{person.name} {person.role or ''}")}
    return Known(frozenset(keys), tuple(people))


def people_of(ground: Ground) -> list[Person]:
    """The people whom a place names, by surname or in full, or who speaks or acts in it."""
    low = {word.low.removesuffix("'s") for word in ground.text.words if word.name}
    speaker = ground.page.speaker(ground.span)
    actor = ground.page.speakers.actor(ground.span)
    meant = {one.name for one in (speaker, actor) if one is not None}
    return [one for one in ground.page.people if one.surname in low or one.name in meant]


def check_names(
    said: Text, places: Sequence[Ground], *, is_name: Callable[[Word], bool], lexicon: Lexicon
) -> Iterator[Finding]:
    """Names that are not in what is cited, and first and last names that do not belong together."""
    known = known_names(places, lexicon)
    there = [word.text for ground in places for word in ground.text.words if word.name]
    there += [part for one in known.people for part in one.name.split()]
    for run in name_runs(said, is_name):
        strange = [word for word in run if word.key not in known.keys and not _spelled(word, there)]
        if strange:
            text = said.text[run[0].start : run[-1].end]
            yield Finding("name", text, nearest_name(strange[-1].text, there))
            continue
        yield from _misjoined(said, run, places, known)


def name_runs(said: Text, is_name: Callable[[Word], bool]) -> list[list[Word]]:
    """The names of a draft: capitalised words that stand together, particles between them left out."""
    runs: list[list[Word]] = []
    last = -9
    for n, word in enumerate(said.words):
        if not is_name(word):
            continue
        between = [one.low for one in said.words[last + 1 : n]]
        gap = said.text[said.words[last].end : word.start] if runs else ""
        together = (
            last >= 0 and all(low in _PARTICLES for low in between) and not re.search(r"[,.;:()“”\"]", gap)
        )
        if together and runs and len(between) <= 2 and "and" not in between:
            runs[-1].append(word)
        else:
            runs.append([word])
        last = n
    return runs


def _spelled(word: Word, there: Sequence[str]) -> bool:
    """Whether the article has a name as another transliteration writes it."""
    text = re.sub(r"['’]s?$", "", word.text)
    return any(same_name(text, re.sub(r"['’]s?$", "", other)) for other in there)


def check_offices(said: Text, places: Sequence[Ground], lexicon: Lexicon) -> Iterator[Finding]:
    """Somebody of the article with another's office: "Sargsyan, the defence minister of Azerbaijan"."""
    known = [person for ground in places for person in ground.page.people if person.role]
    for person in people(sentences_of(tokens(said.text, Span(0, len(said.text))))):
        if not person.role:
            continue
        own = {w.key for w in lexicon.read(person.role) if w.name or is_person(w.text)}
        if any(_together_near(own, lexicon.key(person.surname), ground.text) for ground in places):
            continue
        others = [other for other in known if _alike(person.surname, other.surname)]
        first = person.name.split()[0]
        others = [other for other in others if _alike(first, other.name.split()[0])] or others
        if others and not any(_same_office(person, other, places, lexicon) for other in others):
            yield Finding("name", f"{person.role} {person.name}", f"{others[0].role} {others[0].name}")


def _same_office(person: Person, other: Person, places: Sequence[Ground], lexicon: Lexicon) -> bool:
    """Whether somebody is minister of what the article says, here or where it tells the office."""
    mine, theirs = ({w.key for w in lexicon.read(one.role or "") if w.name} for one in (person, other))
    heads, others = (
        {w.key for w in lexicon.read(one.role or "") if is_person(w.text)} for one in (person, other)
    )
    if mine and theirs and not mine & theirs:
        return False
    if heads and others and not heads & others:
        surname = lexicon.key(person.name.split()[-1])
        return any(_together_near(heads, surname, ground.text) for ground in places)
    return True


def _together_near(own: set[str], surname: str, text: Text) -> bool:
    """Whether a text calls somebody so: the words of an office all within six words of the name."""
    at = [n for n, word in enumerate(text.words) if word.key == surname]
    near = [{word.key for word in text.words[max(0, n - 6) : n + 7]} for n in at]
    return any(own <= words for words in near)


def _misjoined(said: Text, run: Sequence[Word], places: Sequence[Ground], known: Known) -> Iterator[Finding]:
    """Parts of a name that no article puts together: "Sergey Aliyev", "President Pashinyan"."""
    for one, other in pairwise(run):
        if said.text[one.end : other.start].strip(" -–’'s") or one.key == other.key:
            continue
        if any(_together(one.key, other.key, ground.text) for ground in places):
            continue
        if any(_same_person(one, other, person, places) for person in known.people):
            continue
        people_named = any(_surname(word, person) for word in (one, other) for person in known.people)
        if not is_person(one.text) and not people_named:
            continue
        yield Finding("name", said.text[one.start : other.end], _full_name(other, known))
        return


def _together(one: str, other: str, text: Text) -> bool:
    """Whether two words stand beside one another in a text, with at most two names or "of" between."""
    places = [n for n, word in enumerate(text.words) if word.key == one]
    return any(word.key == other for n in places for word in text.words[n + 1 : n + 4])


def _same_person(one: Word, other: Word, person: Person, places: Sequence[Ground]) -> bool:
    """Whether both words belong to a person's name and office."""
    own = _parts(f"{person.role or ''} {person.name}")
    return all(any(_alike(word.text, part) for part in own) for word in (one, other))


def _parts(text: str) -> list[str]:
    return re.findall(r"[\w’'-]+", text)


def _alike(one: str, other: str) -> bool:
    one, other = (re.sub(r"['’]s?$", "", text).lower() for text in (one, other))
    return one == other or same_name(one, other)


def _surname(word: Word, person: Person) -> bool:
    return _alike(word.text, person.surname)


def _full_name(word: Word, known: Known) -> str | None:
    person = next((one for one in known.people if _surname(word, one)), None)
    return f"{person.role} {person.name}" if person and person.role else person.name if person else None
