"""A follow-up and the questions before it into one question that stands alone, without an LLM.

Two shapes are read. A fragment ("And for Armenia?") takes the place of its like in the question before;
anything else that leans on what was said ("When was it signed?", "Why?") keeps its words and is given the
topic of the question before. What stands alone already is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.asked import LONGEST
from bot.language.calendar import ENGLISH_MONTHS
from bot.language.lexicon import load_lexicon
from bot.speaking.speech import PLACES

_OPENING = re.compile(
    r"^(?:(?:and|but|so|then|ok|okay|well)\b[,\s]*)+(?=\S)|^(?:what|how) about\s+", re.IGNORECASE
)
_LEANING = re.compile(
    r"\b(?:he|she|him|her|his|hers|it|its|they|them|their|theirs|this|that|these|those|there|"
    r"(?:which|what|how many|the (?:first|second|third|other|last)) ones?)\b",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?<=\w)\s+that\s+(?=\w+)", re.IGNORECASE
)  # "the deadline that was put off" leans on nothing
_BEING = "is|are|was|were|did|does|do|has|have|had|will"
_AUXILIARY = f"{_BEING}|would|can|could"
_ASKING = re.compile(
    r"^(?:(?:by|for|in|on|at|to|from|with|since|until)\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how(?:\s+(?:many|much|long|far|old|often))?)\b"
    rf"(?:\s+(?:{_AUXILIARY})\b)?\s*",
    re.IGNORECASE,
)
_VERBAL = re.compile(rf"\b(?:{_AUXILIARY}|be|should|says?|said)\b", re.IGNORECASE)
_YES_NO = re.compile(rf"^(?:{_AUXILIARY}|should)\b\s*", re.IGNORECASE)
_BARE_ASKING = re.compile(
    r"(?:(?:since|until|by) )?(?:when|where|why|how(?: (?:long|far|often))?)", re.IGNORECASE
)
_COUNTED = re.compile(
    rf"^how (?:many|much) (?P<noun>(?!(?:{_BEING})\b)[a-z][\w-]*)",
    re.IGNORECASE,
)
_ON_A_NOUN = re.compile(r"\b(?:about|for|against|with|of) (?:the )?(?P<noun>[a-z][^,?A-Z]*)$")
_FRAGMENT = re.compile(
    r"^(?P<preposition>(?:for|to|in|from|by|on|at|with|of|about|under)\s+)?(?:the\s+)?(?P<name>.+)$"
)
_NAME = re.compile(r"[A-ZÀ-ÖØ-ÞА-ЯЁԱ-Ֆ][\w’'.-]*(?:\s+[A-ZÀ-ÖØ-ÞА-ЯЁԱ-Ֆ][\w’'.-]*)*")
_DATE = re.compile(
    rf"\b(?:\d{{1,2}}\s+)?(?:{'|'.join(month.capitalize() for month in ENGLISH_MONTHS)})"
    r"(?:\s+\d{1,2})?(?:,?\s+\d{4})?\b|\b(?:1\d|20)\d\d\b"
)
# "Is there a curfew?", "there are …" point nowhere.
_THERE_IS = re.compile(r"\b(?:is|are|was|were|be|been) there\b|\bthere (?:is|are|was|were)\b", re.IGNORECASE)
_POINTING = re.compile(r"\b(?:he|she|him|her|his|hers|it|its|they|them|their|theirs|there)\b", re.IGNORECASE)
_NOUN = re.compile(r"\b(?:an?|the)\s+\w", re.IGNORECASE)  # to which a pronoun after it may point
_BARE = 2  # words of a topic beside a pronoun with which a question still says nothing of what it means
_SHORT = 3  # words; "For how long?" says nothing of what


def standalone(question: str, history: Sequence[str]) -> str:
    """The question as asked of somebody who has not heard `history`: earlier questions, oldest first."""
    if not history or not question.strip():
        return question
    alone, topic = history[0], _topic(history[0])
    for one in (*history[1:], question):
        alone, topic = _after(one, alone, topic)
    return alone if len(alone) <= LONGEST else question


def unnamed(question: str) -> str | None:
    """The pronoun that a question hangs on which names nothing, and says little else: "Where is it held?"."""
    found = _POINTING.search(_THERE_IS.sub(" ", question))
    if found is None or _NOUN.search(question[: found.start()]):
        return None
    words = load_lexicon().read(question)
    told = [one for one in words if not (one.plain or one.low in ("many", "much"))]
    if len(told) > _BARE or any(one.number or _NAME.fullmatch(one.text) for one in told):
        return None
    return found[0]


def _after(question: str, before: str, topic: str) -> tuple[str, str]:
    """The question made to stand alone after one that does, of a topic; and what its own topic is."""
    asked = _OPENING.sub("", question.strip())
    opened = asked != question.strip()
    if not (opened or _leans(asked) or len(asked.split()) <= _SHORT):
        return question, _topic(question)
    if not _ASKING.match(asked) and not _VERBAL.search(asked):
        alone = _swapped(asked.rstrip(" ?.!"), before)
        return alone, _topic(alone)
    if _BARE_ASKING.fullmatch(asked.rstrip(" ?.!")) and _YES_NO.match(before):
        # "Why will it be built?"
        return f"{_capital(asked.rstrip(' ?.!'))} {before[:1].lower()}{before[1:]}", topic
    return (f"{_capital(asked.rstrip(' ?.!'))}, {topic}?" if topic else question), topic


def _leans(question: str) -> bool:
    """Whether it has a word that points outside of it: a pronoun with no name before it."""
    found = _LEANING.search(_RELATIVE.sub(" ", question))
    if not found:
        return False
    asking = _ASKING.match(question)
    return not _NAME.search(question[asking.end() if asking else 1 : found.start()])


def _swapped(fragment: str, before: str) -> str:
    """The question before with the fragment in place of its like; at the end of it where there is none."""
    found = _FRAGMENT.match(fragment)
    preposition, name = (found["preposition"] or "", found["name"]) if found else ("", fragment)
    if not preposition and _is_common(name) and (alone := _with_noun(name, before)):
        return alone
    asking = _ASKING.match(before)
    dates = [match.span() for match in _DATE.finditer(before)]
    if _DATE.fullmatch(name):
        places = dates
    else:
        names = (match.span() for match in _NAME.finditer(before, asking.end() if asking else 1))
        places = [(a, b) for a, b in names if not any(a < end and start < b for start, end in dates)]
    same = [(a, b) for a, b in places if preposition and before[:a].lower().endswith(preposition.lower())]
    if not places and preposition:
        plain = re.search(rf"\b{re.escape(preposition)}[^,?]+$", before.rstrip(" ?.!"), re.IGNORECASE)
        places = [plain.span()] if plain else []
        name = fragment if plain else name
    if not places:
        return f"{before.rstrip(' ?.!')}, {fragment}?"
    start, end = (same or places)[0]
    return before[:start] + name + before[end:]


def _is_common(name: str) -> bool:
    """Whether a fragment is no name: words of English in small letters, and no place that is written so."""
    lexicon, small = load_lexicon(), name.islower() and name not in PLACES
    return small and all(one.plain or one.key in lexicon.common for one in lexicon.read(name))


def _with_noun(noun: str, before: str) -> str | None:
    """The question before with a noun in place of its like: what is counted, or what its end is about.

    None where it has none.
    """
    found = _COUNTED.match(before) or _ON_A_NOUN.search(before.rstrip(" ?.!"))
    if not found:
        return None
    rest = before[found.end("noun") :].rstrip(" ?.!")
    return f"{before[: found.start('noun')]}{noun}{rest}?"


def _topic(question: str) -> str:
    """A question without the words that ask: "How many troops does it send?" → "troops does it send"."""
    asking = _ASKING if _ASKING.match(question.strip()) else _YES_NO
    return asking.sub("", question.strip()).rstrip(" ?.!")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
