"""A place in a sentence into whether what happens there lies behind or ahead: by the nearest verb that tells.

"Lund said on Monday that talks will begin on Friday": the Monday is past, the Friday is to come.
"""

from __future__ import annotations

import re
from typing import Literal

Tense = Literal["past", "future"]

# "talks expected on Friday" are to come; whether those "that were expected on Friday" came, nobody can tell.
_ARRANGED = r"(?:expected|due|scheduled|planned|slated|set|likely|supposed|meant)"
_UNCLEAR = rf"(?:was|were|had been) {_ARRANGED}"
_FUTURE = (
    r"(?:(?:will|shall|won[’']t|would)(?! have)|[’']ll|(?:is|are|be) going to|(?:is|are) to"
    rf"|(?:(?:is|are|be|has been|have been|now) )?{_ARRANGED}(?: again)? (?:to|for|on|by|at|next)"
    r"|(?:plan|hope|intend|want|agree|decide|promise|vow|prepare|pledge|invite|aim|ask|urge|wish)"
    r"(?:s|d|ed|ned)?(?: [^\W\d_]+){0,2} (?:to|for)(?= [a-z])|upcoming|starting|beginning|ahead of)"
)
_PAST = (
    r"(?:(?!need|feed|speed|indeed|proceed|exceed|succeed)[^\W\d_]{2,}ed|said|told|was|were|had|did|took|began"
    r"|came|went|met|made|gave|left|won|lost|fell|rose|held|spoke|wrote|struck|hit|shot|found|got|became|saw"
    r"|brought|sent|put|led|ran|built|caught|sold|flew|kept|felt|heard|let|paid|fought|broke|drew|grew|knew"
    r"|threw|drove|chose|stood|sat|lay|has|have|since)"
)
_RUSSIAN_FUTURE = (
    r"(?:буд[еу]т|состо[ия]тся|пройд[её]т|пройдут|начн[её]тся|начнутся|планиру[еют]+|намерен[аы]?"
    r"|долж(?:ен|на|но|ны)|предстоит|заверш[иа]тся|встретятся|встретится)"
)
_RUSSIAN_PAST = r"(?:[а-яё]{2,}(?:л|ла|ло|ли|лся|лась|лось|лись))"
_TELLING = re.compile(
    rf"\b(?:(?P<unclear>{_UNCLEAR})|(?P<future>{_FUTURE}|{_RUSSIAN_FUTURE})|(?P<past>{_PAST}|{_RUSSIAN_PAST}))(?!\w)",
    re.IGNORECASE,
)


def tense_at(sentence: str, start: int, end: int) -> Tense | None:
    """Whether `sentence[start:end]` is when something happened or will; None where no verb tells.

    The nearest verb before it counts, for "He left on Monday"; without one, the first after it.
    """
    before = list(_TELLING.finditer(sentence, 0, start))
    found = before[-1] if before else _TELLING.search(sentence, end)
    if found is None or found["unclear"]:
        return None
    return "future" if found["future"] else "past"
