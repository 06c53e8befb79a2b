"""A body into a copy of it as it is met on the web: twelve kinds of edit, for `eval.studies.origins`."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

Edit = Callable[[str, random.Random], str]

_LOOK_ALIKES = str.maketrans("aceopxyAEOPCTHKMB", "асеорхуАЕОРСТНКМВ")
_PLAIN = str.maketrans("“”‘’–—…", "\"\"''--.")
_SWAPS = {
    "said": "told reporters", "also": "in addition", "about": "around", "began": "started", "two": "2",
    "three": "3", "would": "will", "under": "beneath", "near": "close to", "wants": "seeks",
    "because": "since", "but": "yet", "while": "as", "held": "kept", "made": "struck", "only": "just",
    "since": "from", "which": "that", "both": "the two", "day": "date", "called": "termed", "gave": "offered",
}  # fmt: skip


def _paragraphs(body: str) -> list[str]:
    return body.split("\n\n")


def layout(body: str, _: random.Random) -> str:
    """Every sentence on a line of its own, paragraphs as list points."""
    return "\n- ".join(re.sub(r"(?<=[.!?”]) ", "\n", part) for part in _paragraphs(body))


def typography(body: str, _: random.Random) -> str:
    """Typewriter quotation marks and dashes; the first line in capitals."""
    first, *rest = _paragraphs(body.translate(_PLAIN))
    return "\n\n".join([first.upper(), *rest])


def note(body: str, _: random.Random) -> str:
    """An outlet's note before and behind."""
    return (
        f"This story was first published by a partner of ours and appears here with its permission.\n\n{body}"
        "\n\nSecond Outlet is a member of the Coastal Press Pool. Write to our desk with corrections."
    )


def advertised(body: str, _: random.Random) -> str:
    """Advertisement and sharing lines between all paragraphs."""
    return "\n\nADVERTISEMENT\n\nShare on Facebook\n\n".join(_paragraphs(body))


def homoglyphs(body: str, chance: random.Random) -> str:
    """Letters of every fourth word or so in look-alikes of another alphabet."""
    return re.sub(r"\w+", lambda m: m[0].translate(_LOOK_ALIKES) if chance.random() < 0.25 else m[0], body)


def invisible(body: str, chance: random.Random) -> str:
    """Zero-width spaces and soft hyphens within words."""
    return re.sub(r"(?<=\w)(?=\w)", lambda _: chance.choice(["", "", "", "\u200b", "\u00ad"]), body)


def number(body: str, chance: random.Random) -> str:
    """One number is another."""
    found = chance.choice(list(re.finditer(r"\d+|\b(?:two|three|first|second)\b", body)))
    return (
        f"{body[: found.start()]}{int(found[0]) + 7 if found[0].isdigit() else 'fifth'}{body[found.end() :]}"
    )


def wording(body: str, _: random.Random) -> str:
    """A sub-editor's other words, about one in fifteen."""
    return re.sub(r"\b[a-z]+\b", lambda match: _SWAPS.get(match[0], match[0]), body)


def first_half(body: str, _: random.Random) -> str:
    """Cut from the end, as newspapers do."""
    parts = _paragraphs(body)
    return "\n\n".join(parts[: max(2, (len(parts) + 1) // 2)])


def reordered(body: str, chance: random.Random) -> str:
    """Paragraphs behind the first in another order, one of them left out."""
    first, *rest = _paragraphs(body)
    chance.shuffle(rest)
    return "\n\n".join([first, *rest[:-1]])


def credited(body: str, _: random.Random) -> str:
    """A dateline before it, the speaker's title added, an agency named at the end."""
    return f"TULL, Monday (Coastal Press) – {body.replace('Lavrov', 'Mr Lavrov')} (Coastal Press/dk)"


def several(body: str, chance: random.Random) -> str:
    """A note, other words, a number and advertisements at once."""
    return advertised(note(number(wording(body, chance), chance), chance), chance)


EDITS: Mapping[str, Edit] = {
    "layout": layout, "typography": typography, "outlet's note": note, "advertisements": advertised,
    "look-alike letters": homoglyphs, "invisible marks": invisible, "a number changed": number,
    "other words": wording, "first half": first_half, "reordered": reordered, "credits": credited,
    "several at once": several,
}  # fmt: skip
