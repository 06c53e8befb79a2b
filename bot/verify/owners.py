"""A sentence and what it cites into words that changed their owner: another speaker, or none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.language.words import listed
from bot.questions.variants import same_name
from bot.speaking.attribution import Attribution, attributions
from bot.speaking.quotations import masked, quotations
from bot.speaking.saying import is_meant
from bot.speaking.speaker import UNCLEAR, Speaker
from bot.speaking.speech import PRONOUNS, TIMES, is_body, is_person
from bot.speaking.tokens import sentences_of, tokens
from bot.verify.grounds import Ground
from bot.verify.quotes import all_places
from bot.verify.reading import Reader, Text
from bot.verify.records import Finding
from bot.weighing.lexicon import Word
from index.records import Span

_LONGEST = 8  # words: a longer subject was not read rightly
_TURN = re.compile(r"[A-ZА-Я][^:.!?]{2,40}: ")  # "Interviewer: …"
_NAME = re.compile(r"(?<!\w)[^\W\d_a-zа-я][\w’'-]+")
_MARKS = " \t\n\"'“”„«»‘’"


def owner_spans(text: str) -> list[Span]:
    """Where a drafted sentence names whose words it gives."""
    return [one.subject for one in _attributions(text)]


def owners_of(text: str) -> list[str]:
    """Whom a drafted sentence says things of, as it calls them: "Lavrov", "the ministry", "he"."""
    return [text[one.subject.start : one.subject.end] for one in _attributions(text)]


def _attributions(text: str) -> list[Attribution]:
    blanked = masked(text, quotations(text))
    whole = Span(0, len(text))
    found = [one for sentence in sentences_of(tokens(blanked, whole)) for one in attributions(sentence)]
    return [one for one in found if not one.side]


def check_owners(said: Text, places: Sequence[Ground], *, before: str, reader: Reader) -> Iterator[Finding]:
    """Claims without the one who makes them, or with another; direct speech that nobody spoke."""
    owners = [one for one in owners_of(said.text) if len(one.split()) <= _LONGEST]
    speakers = [(ground, speaker) for ground in places for _, speaker in _sentences(ground)]
    yield from _wrong(owners, speakers, before, reader)
    yield from _lost(said, owners, places, reader)
    yield from _not_spoken(said, owners, places, reader)


def _wrong(
    owners: Sequence[str], speakers: Sequence[tuple[Ground, Speaker | None]], before: str, reader: Reader
) -> Iterator[Finding]:
    """Somebody to whom the draft gives words that the article gives to another."""
    for owner in owners:
        if owner.lower() in PRONOUNS:
            if not _pronoun_fits(owner, speakers, before):
                yield Finding("speaker", owner, _names(speakers))
        elif not any(_speaks(owner, ground, speaker, reader) for ground, speaker in speakers):
            yield Finding("speaker", owner, _names(speakers))


def _names(speakers: Sequence[tuple[Ground, Speaker | None]]) -> str | None:
    named = [one.name for _, one in speakers if one is not None and one.name != UNCLEAR]
    return "; ".join(dict.fromkeys(named)) or next(
        (ground.page.article.outlet for ground, _ in speakers), None
    )


def _pronoun_fits(pronoun: str, speakers: Sequence[tuple[Ground, Speaker | None]], before: str) -> bool:
    """Whether "he" can only mean the speaker: the last one who was named in what was shown before."""
    named = [one.name for _, one in speakers if one is not None and one.name != UNCLEAR]
    if not named or not before:
        return False
    last = [word for word in _NAME.findall(before) if word.lower() not in TIMES][-1:]
    surnames = [name.split()[-1] for name in named]
    return any(same_name(word, surname) or word == surname for surname in surnames for word in last)


def _speaks(owner: str, ground: Ground, speaker: Speaker | None, reader: Reader) -> bool:
    """Whether somebody whom a draft names is who speaks in a place, or printed it."""
    article = ground.page.article
    if speaker is not None and speaker.name != UNCLEAR:
        if any(is_meant(_bare(owner), one) for one in _each(speaker)):
            return True
        if (
            _same_body(owner, speaker.name)
            or _fills(owner, speaker)
            or _means_the_same(owner, speaker, reader)
        ):
            return True
    elif any(_alike(owner, name) for name in (article.outlet, article.agency) if name):
        return True
    if speaker is None and _acts(owner, ground):
        return True
    return any(_within(owner, other) for other in owners_of(ground.words))


def _acts(owner: str, ground: Ground) -> bool:
    """Whether a place of the outlet's own voice is about somebody: one of its sentences begins with them."""
    actors = [ground.page.speakers.actor(span) for span in ground.page.sentences_of(ground.span)]
    return any(actor is not None and is_meant(_bare(owner), actor) for actor in actors)


def _means_the_same(owner: str, speaker: Speaker, reader: Reader) -> bool:
    """Whether two descriptions without a name are alike: "authorities" and "officials"."""
    if speaker.kind != "unnamed" or any(word[0].isupper() for word in _bare(owner).split()):
        return False
    keys = [reader.lexicon.key(word) for word in _words(speaker.name)]
    return all(
        any(reader.words.same(reader.lexicon.key(word), key) for key in keys) for word in _words(owner)
    )


def _each(speaker: Speaker) -> list[Speaker]:
    """The speakers of "A; B" one by one."""
    return [Speaker(name.strip(), speaker.kind, speaker.role) for name in speaker.name.split(";")]


def _bare(owner: str) -> str:
    return re.sub(r"^(?:the|a|an)\s+", "", owner.strip(), flags=re.IGNORECASE)


_WORD = re.compile(r"[^\W_]+")
_SMALL = frozenset(listed("the a an of in for at to on and his her its their 's s"))


def _words(text: str) -> list[str]:
    found = [word.lower() for word in _WORD.findall(text)]
    return [word for word in found if word not in _SMALL]


def _alike(one: str, other: str) -> bool:
    mine, theirs = _words(one), _words(other)
    return bool(mine) and (set(mine) <= set(theirs) or set(theirs) <= set(mine)) and bool(theirs)


def _same_body(owner: str, name: str) -> bool:
    """Whether two descriptions mean one body: "Oslo's fish ministry", "the Fish Ministry in Oslo"."""
    mine, theirs = _words(owner), _words(name)
    if not any(is_body(word) for word in (*mine, *theirs)):
        return False
    return bool(mine) and all(any(_near(word, other) for other in theirs) for word in mine)


def _near(one: str, other: str) -> bool:
    common = min(len(one), len(other), 6)
    return one == other or (common >= 4 and one[:common] == other[:common]) or same_name(one, other)


def _fills(owner: str, speaker: Speaker) -> bool:
    """Whether each word of an owner is in the speaker's name or role: "the Russian minister Lavrov"."""
    theirs = _words(f"{speaker.name} {speaker.role or ''}")
    mine = _words(owner)
    named = [word for word in mine if not is_person(word)]
    if named and not any(_near(named[-1], other) for other in _words(speaker.name)):
        return False
    return bool(mine) and all(any(_near(word, other) for other in theirs) for word in mine)


def _within(owner: str, other: str) -> bool:
    """Whether an owner is named in one of the article's: "Bloomberg" in "the account of Bloomberg"."""
    mine, theirs = _words(owner), _words(other)
    return bool(mine) and all(any(_near(word, there) for there in theirs) for word in mine)


def _lost(said: Text, owners: Sequence[str], places: Sequence[Ground], reader: Reader) -> Iterator[Finding]:
    """Somebody whose claim stands in the draft as plain fact."""
    if any(owner.lower() in PRONOUNS for owner in owners):
        return  # whom it means is looked at above
    owning = bool(owners) or bool(said.keys & reader.words.owning) or bool(_TURN.match(said.text))
    told = [(text, speaker) for ground in places for text, speaker in _sentences(ground)]
    plain_words = frozenset(key for text, speaker in told if speaker is None for key in text.keys)
    for text, speaker in told:
        if speaker is None or (owning and (speaker.name == UNCLEAR or _mentions(said, speaker, reader))):
            continue
        own = frozenset(word.key for word in reader.lexicon.read(f"{speaker.name} {speaker.role or ''}"))
        taken = {word.key for word in said.words if not word.plain and word.key in text.keys} - own
        if taken - plain_words:
            yield Finding("attribution", said.text, f"{speaker.name} says so")


def _sentences(ground: Ground) -> list[tuple[Text, Speaker | None]]:
    """The sentences of a place, each with who speaks in it."""
    spans = ground.page.sentences_of(ground.span)
    return [(ground.page.text(span), ground.page.speaker(span)) for span in spans]


def _mentions(said: Text, speaker: Speaker, reader: Reader) -> bool:
    """Whether a draft names a speaker: by name, by the head of a description, or by role."""
    for one in _each(speaker):
        words = [word for word in reader.lexicon.read(one.name) if not word.plain]
        own = [word for word in words if word.name]
        if words and all(_stands(word, said, one, reader) for word in (own[-1:] or words)):
            return True
        role = reader.lexicon.read(one.role or "")
        heads = [word for word in (*words, *role) if is_person(word.text) or is_body(word.text)]
        if any(_stands(word, said, one, reader) for word in heads):
            return True
    return False


def _stands(word: Word, said: Text, speaker: Speaker, reader: Reader) -> bool:
    if word.name and speaker.kind == "body":  # "Azerbaijani units" name no ministry of Azerbaijan's
        return any(_own_name(word) == _own_name(other) for other in said.words)
    if word.key in said.keys:
        return True
    if word.name:
        return any(same_name(word.low, other.low.removesuffix("'s")) for other in said.words if other.name)
    return speaker.kind == "unnamed" and any(reader.words.same(word.key, key) for key in said.keys)


def _own_name(word: Word) -> str:
    return word.low.replace("’", "'").removesuffix("'s").removesuffix("s'")


def _not_spoken(
    said: Text, owners: Sequence[str], places: Sequence[Ground], reader: Reader
) -> Iterator[Finding]:
    """Words set in quotation marks as somebody's which the article has outside of any, or as another's."""
    if not owners:
        return
    for words in quoted_words(said.text):
        verdicts = [_spoken(words, owners, ground, reader) for ground in places]
        if verdicts and not any(verdict is True for verdict in verdicts):
            found = next((verdict for verdict in verdicts if isinstance(verdict, str)), None)
            if found is not None:
                yield Finding("speaker", words, found)


def _spoken(words: str, owners: Sequence[str], ground: Ground, reader: Reader) -> bool | str | None:
    """Whether words are direct speech of an owner in a place; else who says them; None where they are not."""
    places = [
        span
        for span in all_places(words, ground.page.article.body)
        if ground.span.start <= span.start and span.end <= ground.span.end
    ]
    for span in places:
        inside = any(q.start <= span.start and span.end <= q.end for q in ground.page.quotations)
        if not inside:
            continue
        speaker = ground.page.speaker(span)
        if speaker is None or speaker.name == UNCLEAR:
            return True
        if any(_speaks(owner, ground, speaker, reader) or owner.lower() in PRONOUNS for owner in owners):
            return True
        return speaker.name
    return "the article's own words, not in quotation marks" if places else None


def quoted_words(text: str) -> list[str]:
    """What stands in quotation marks in a draft, without the marks; of unpaired ones to the end."""
    found = [text[one.start : one.end].strip(_MARKS) for one in quotations(text)]
    return [words for words in found if any(letter.isalnum() for letter in words)]
