"""Two articles into whether the later one takes back what the earlier said, or denies it.

Only who printed or wrote a report takes it back. That it was is, of anybody else, one more report.
"""

from __future__ import annotations

import re

from index.copies.publisher import speaks_for
from index.copies.telling import Telling

_DENYING = re.compile(
    r"\b(?:apolog\w+|sorry|retract\w*|withdr[ae]w\w*|den(?:y|ies|ied)|hoax|false(?:ly)?|untrue|wrong(?:ly)?"
    r"|mistaken\w*|in error|deleted?|извин\w+|опроверг\w*|отозва\w+|ошиб\w+|неверн\w+)\b",
    re.IGNORECASE,
)
# What somebody said, which can be taken back; who apologises for a delay takes nothing back.
_SAID = (
    r"(?:sa(?:y|id)|claim|remark|comment|report|statement|tweet|story|article|post|call|suggest|accus|alleg|paper"
    r"|study|announce|слов|заявлен|сообщен|стать|публикац)"
)
_RETRACTING = re.compile(
    rf"\b(?:apolog\w+|sorry|извин\w+)\b.{{0,60}}\b{_SAID}|\bretract\w*"
    rf"|\b(?:takes?|took|taken) back\b"
    rf"|\b(?:withdr[ae]w\w*|отозва\w+|опроверг\w*)\b.{{0,60}}\b{_SAID}"
    rf"|\b{_SAID}\w*\b.{{0,60}}\b(?:was|were|is|are|been) (?:wrong|false|untrue|withdrawn|in error)\b",
    re.IGNORECASE | re.DOTALL,
)
# An outlet that takes back its own report says so soon: "We now accept that …", "pulls its story".
_SOON = 6  # sentences; anywhere in long pages it is soon somebody else's video that was deleted
_OWN = r"(?:report|story|article|claim|suggestion|allegation|study|coverage)"
_TAKEN = r"(?:withdr[ae]wn?|withdr(?:awing|aws|ew)|retract(?:ed|s|ing)?|pull(?:s|ed)|removed)"
_WITHDRAWN = re.compile(
    r"\bwe (?:\w+ ){0,2}(?:withdraw|retract|apologi[sz]e|regret|accept that)\b"
    rf"|\b(?:{_TAKEN}|apologi[sz]e[sd]? for|regrets) (?:(?:it|its|the|this|that|an?|our) )*"
    rf"(?:\w+ ){{0,2}}{_OWN}\b"
    rf"|\b{_OWN} (?:\w+ ){{0,4}}(?:was|were|is|has been|had been) (?:\w+ )?"
    r"(?:withdrawn|retracted|removed|wrong|false|untrue|a hoax|fabricated)\b",
    re.IGNORECASE,
)


def retracts(earlier: Telling, later: Telling) -> bool:
    """Whether the later article takes back what the earlier said, and is of an outlet that may."""
    return speaks_for(later.article, earlier.article) and tells_of_retracting(earlier, later)


def tells_of_retracting(earlier: Telling, later: Telling) -> bool:
    """Whether by the later article what was said is taken back, whosever it is, and not by the earlier.

    Its title and lead tell, or its outlet in its own name soon after; the note of a corrected reprint takes
    back no more than it names.
    """
    return _takes_back(later) and not _takes_back(earlier)


def takes_back(sentence: str) -> bool:
    """Whether a sentence takes back what was said."""
    return bool(_RETRACTING.search(sentence) or _WITHDRAWN.search(sentence))


def denies(earlier: Telling, later: Telling) -> bool:
    """Whether the later title or lead has a word of denying, and the earlier has none."""
    return bool(_DENYING.search(later.headed)) and not _DENYING.search(earlier.headed)


def _takes_back(told: Telling) -> bool:
    if _RETRACTING.search(told.headed):
        return True
    opening = " ".join((f"{told.article.title}.", *told.texts[:_SOON]))
    return not told.corrected and bool(_WITHDRAWN.search(opening))
