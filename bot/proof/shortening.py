"""The one rule for a model's wording: it is shown where it is a shortening of a cited sentence.

Laid over the sentence, it keeps the sentence's words in their order. It may leave out what the sentence is
true without (`omissions`), give a pronoun's name, a resolved day or "was" for "has been" (`pieces`), and name
whose statement it is (`owning`). It may add or exchange nothing else, and not leave out what carries the
claim. Refusing costs nothing: then the sentence itself is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from bot.language.foreign import is_english
from bot.language.lexicon import Lexicon, load_lexicon
from bot.proof.carriers import carriers
from bot.proof.laying import Laid, Piece, lay
from bot.proof.omissions import Omissions
from bot.proof.owning import Owner, owner_of
from bot.proof.pieces import PRONOUNS, days, last_names, names, tenses
from bot.proof.tokens import SentenceWord, marks_after, quoted_in, words_of
from bot.speaking.speaker import UNCLEAR, Speakers
from index.records import Article, Span

_MOST = 150  # words of a sentence; a longer one is a list, or no sentence
_FEWEST = 3  # words of a sentence
# A sentence that begins so is not understood by itself.
_POINTS_BACK = re.compile(
    r"[\s“\"«„'‘(]*(?:he|she|it|its|they|their|his|her|this|that|these|those|such|both)\b", re.IGNORECASE
)


def is_shortening(text: str, article: Article, sentence: Span, *, speakers: Speakers) -> bool:
    """Whether a wording is a shortening of the sentence at `sentence` of an article's body, or all of it."""
    said = words_of(text, quoted=quoted_in(text))
    if len(said) < _FEWEST or _POINTS_BACK.match(text) or not _is_english(article, sentence):
        return False
    own = article.body[sentence.start : sentence.end]
    there = _words_at(article, sentence, speakers=speakers)
    if max(len(said), len(there)) > _MOST or "?" in text + own:
        return False
    if marks_after(text, said) not in ("", ".", marks_after(own, there)):
        return False
    bound = Omissions(there, carriers()).bound
    return any(
        _keeps(laid, bound)
        for laid in _laid(said, there, article=article, sentence=sentence, speakers=speakers)
    )


@cache
def _lexicon() -> Lexicon:
    return load_lexicon()


def _is_english(article: Article, sentence: Span) -> bool:
    """Whether the rule's words are those of the sentence, by what the article says of itself and by them."""
    declared = (article.language or "en").lower().partition("-")[0]
    return declared == "en" and is_english(article.body[sentence.start : sentence.end], _lexicon())


def _words_at(article: Article, sentence: Span, *, speakers: Speakers) -> list[SentenceWord]:
    quoted = [Span(one.start - sentence.start, one.end - sentence.start) for one in speakers.quotations]
    text = article.body[sentence.start : sentence.end]
    return words_of(text, quoted=[*quoted, *quoted_in(text)])


def _laid(
    said: Sequence[SentenceWord],
    there: Sequence[SentenceWord],
    *,
    article: Article,
    sentence: Span,
    speakers: Speakers,
) -> Iterator[Laid]:
    """The ways to lay a wording that say, as the sentence does, whose statement it is."""
    pieces = [*tenses(there, reported=False), *days(article, sentence, there)]
    if any(word.capital and after.capital for word, after in pairwise(there)):
        pieces += last_names(there, [one.name for one in speakers.people if one.role or one.gender])
    told = _told(there, sentence, speakers=speakers)
    speaker = speakers.owner(sentence)
    if speaker is None:
        yield from lay(said, Omissions(there, carriers(), told=told), pieces)
        return
    if speaker.name == UNCLEAR:
        return
    owner = owner_of(speaker, sentence, there, article=article)
    named = [*pieces, *_owner_named(there, owner)]
    yield from _with_its_owner(said, Omissions(there, carriers(), told=told), owner=owner, pieces=named)
    reported = [*pieces, *tenses(there, reported=True)]
    for rest in owner.cut_from(said):
        yield from lay(rest, Omissions(there, carriers(), owner.places or frozenset((-1,)), told), reported)


def _owner_named(there: Sequence[SentenceWord], owner: Owner) -> Iterator[Piece]:
    for n in owner.places:
        if there[n].low in PRONOUNS:
            yield from names(owner.namings, pronoun=n)


def _told(there: Sequence[SentenceWord], sentence: Span, *, speakers: Speakers) -> list[frozenset[int]]:
    """The runs of a sentence's words that say by whose word it is so, by number."""
    return [
        frozenset(n for n, word in enumerate(there) if span.start <= sentence.start + word.start < span.end)
        for span in speakers.attributed(sentence)
    ]


def _with_its_owner(
    said: Sequence[SentenceWord], there: Omissions, *, owner: Owner, pieces: Sequence[Piece]
) -> Iterator[Laid]:
    """The ways that keep the sentence's own words for its owner, with a name instead of "he"."""
    lows, words = {word.low for word in said}, there.words
    named = {n for n in owner.places if words[n].low in PRONOUNS and words[n].low not in lows}
    for laid in lay(said, there, pieces):
        if owner.kept(words, laid.kept, named=named):
            yield laid


def _keeps(laid: Laid, bound: Sequence[tuple[int, int]]) -> bool:
    """Whether both halves of "from … to" are kept, or neither."""
    return len(laid.kept) >= _FEWEST and all((n in laid.kept) == (m in laid.kept) for n, m in bound)
