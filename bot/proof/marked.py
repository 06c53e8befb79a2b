"""Whether a wording that is not proved may be shown as the model's, marked.

A figure, a date, a name or quoted words that stand nowhere in the articles it cites, or an address, and its
quotation is shown instead. What may be one of these counts as one: a refusal costs the wording only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from bot.language.lexicon import Lexicon, load_lexicon
from bot.language.numerals import FigureSort, tokens_of, value_at
from bot.language.words import listed, word_set, word_values
from bot.proof.tokens import SentenceWord, quoted_in, words_of
from bot.proof.verbatim import places_of
from bot.speaking.speech import (
    CLAUSE_OPENERS,
    DETERMINERS,
    PLACES,
    PREPOSITIONS,
    PRONOUNS,
    is_body,
    is_person,
)
from index.records import Article

# What a program makes a link of, and how people write one: "evil.de", "tg:x", "@x", "x (at) y dot com".
_ADDRESS = re.compile(
    r"[^\W_][.。．｡][^\W\d_]{2}|\bwww\b|[^\W\d_]:[^\s\d]|//|(?<!\w)[@#/\\]\w|\w@"
    r"|[(\[{<]\s*(?:at|dot|[.@])\s*[)\]}>]|\bdot[\s-]+\w",
    re.IGNORECASE,
)
_READ_MARKS = frozenset("\"“”„«»‘’'")  # those that `quoted_in` reads
_MARK_NAMES = ("QUOTATION MARK", "CORNER BRACKET", "PRIME", "DOUBLE APOSTROPHE", "ACUTE", "GRAVE")
_MARKS_AGAIN = re.compile(r"['‘’]{2}|,,|<<|>>")
_OPENS = re.compile(r"(?<!\w)['‘’](?=\w)")

_FIGURE_WORDS = frozenset(
    (*listed("percent per % cent twice"), *(word for name in ("sizes", "parts", "times", "vague")
                                            for word in word_values("figures", name)))
)  # fmt: skip
_WITHIN = re.compile(r"[^.!?\s][\"”’»)\]]*\s*$")  # before a word that begins no sentence
_COMMON = 0.008  # the part of passages that have a word: its 1,300 commonest, "things", "efforts"
_MAY_NAME = PLACES | word_set("first_names", "women") | word_set("first_names", "men")
# Capitals that name nothing: of a word that begins a sentence.
_BEGINNERS = (
    PREPOSITIONS | DETERMINERS | PRONOUNS | CLAUSE_OPENERS
    | word_set("speech", "joining") | word_set("speech", "asides") | word_set("lexicon", "auxiliaries")
    | word_set("speech", "before_circumstances") | word_set("synonyms", "deniers")
    | frozenset(listed("there not no yes later earlier also both then now"))
)  # fmt: skip


def may_be_marked(text: str, articles: Sequence[Article]) -> bool:
    """Whether every figure, date, name and quotation of a wording stands in the articles it cites."""
    told = "\n".join(part for article in articles for part in _told(article))
    if _ADDRESS.search(text) or not _quotes_stand(text, told) or not _figures_stand(text, told):
        return False
    known = {word.low for word in words_of(told)}
    return all(word.low in known for word in _names(text))


def _told(article: Article) -> list[str]:
    beside = (article.title, article.outlet, article.agency, article.author, article.published)
    return [*filter(None, beside), article.body]


def _quotes_stand(text: str, told: str) -> bool:
    """Whether every quoted word of a wording was told, in marks that can be read for certain."""
    quotes = quoted_in(text)
    opened = {span.start for span in quotes}
    if any(map(_is_other_mark, text)) or _MARKS_AGAIN.search(text):
        return False
    if any(mark.start() not in opened for mark in _OPENS.finditer(text)):
        return False
    return all(places_of(text[span.start : span.end], told) for span in quotes)


def _is_other_mark(letter: str) -> bool:
    """Whether a letter may stand for a quotation mark and is none that is read."""
    if letter in _READ_MARKS:
        return False
    named = unicodedata.name(letter, "")
    return unicodedata.category(letter) in ("Pi", "Pf") or (
        not letter.isalpha() and any(name in named for name in _MARK_NAMES)
    )


def _figures_stand(text: str, told: str) -> bool:
    """Whether every figure of a wording was told: "twenty-five" as a value, "½" and "percent" as they are."""
    if any(_is_number(letter) and letter not in told for letter in text):
        return False
    values, words = set(_figures(told)), {word.low for word in tokens_of(told)}
    return all(one in (values if isinstance(one, tuple) else words) for one in _figures(text))


def _figures(text: str) -> Iterator[tuple[float, FigureSort] | str]:
    """The values of a text's figures, and the words for figures that are none by themselves."""
    words, at = tokens_of(text), 0
    while at < len(words):
        if value := value_at(words, at):
            yield value.value, value.sort
        elif words[at].low in _FIGURE_WORDS or words[at].low[0].isdigit():
            yield words[at].low
        at = value.end if value else at + 1


def _is_number(letter: str) -> bool:
    """Whether a letter is a number by itself and no digit: "½", "²", "Ⅷ"."""
    return unicodedata.numeric(letter, None) is not None and not letter.isdecimal()


def _names(text: str) -> Iterator[SentenceWord]:
    """The words of a wording that may be names or dates."""
    for word in words_of(text):
        begins = not _WITHIN.search(text[: word.start])
        if word.low[0].isdigit() or (word.capital and not (begins and _names_nothing(word.low))):
            yield word


def _names_nothing(low: str) -> bool:
    """Whether a word that begins a sentence, and so has its capital, is none that names somebody."""
    if low in _BEGINNERS or is_person(low) or is_body(low):
        return True
    lexicon = _lexicon()
    return lexicon.common.get(lexicon.key(low), 0) >= _COMMON and low not in _MAY_NAME


@cache
def _lexicon() -> Lexicon:
    return load_lexicon()
