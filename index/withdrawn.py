"""A body into the words that its outlet takes back: what a correction note says was wrong."""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.corrections import corrections, is_label
from index.records import Span
from index.sentences import sentence_spans

_TEXT = r"(?:article|story|report|post|column|piece|page|item|dispatch|headline|caption|text|version)"
_TOLD = (
    r"(?:said|stated|reported|gave|listed|named|quoted|claimed|identified|described|attributed|referred|wrote"
    r"|suggested|implied|indicated|put|used|contained|included|added|read)"
)
# What tells of the earlier text, or calls it wrong.
_OF_ERROR = re.compile(
    r"\b(?:earlier|previous|prior|original|initial|first|older|preliminary) (?:\w+ )?versions?\b"
    rf"|\bas (?:we |it |was )?(?:originally|previously|earlier|initially|first|wrongly|incorrectly) {_TOLD}\b"
    rf"|\bas (?:{_TOLD}|published) (?:earlier|before|previously)\b"
    # "should have said" is what is right
    rf"|\b(?:{_TEXT}|it|we)(?: (?!should\b)[\w’']+){{0,4}} {_TOLD}\b"
    r"|\bmis(?:stated|identified|spelled|spelt|quoted|attributed|characteri[sz]ed|reported|calculated|named"
    r"|takenly|translated|represented|reading|take|takes)\b"
    r"|\b(?:in|an?) (?:\w+ )?errors?\b|\b(?:the|two|several|three|these) errors\b"
    r"|\b(?:erroneous|incorrect|wrong|inaccurate|false)(?:ly)?\b|\buntrue\b|\bnot (?:true|correct|the case)\b"
    r"|\b(?:transposed|swapped|mixed up|reversed|confused)\b"
    r"|\b(?:neither|none)\b[^.]{0,40}\b(?:true|correct|right|happened|the case)\b"
    r"|\b(?:ранней|предыдущей|первоначальной|исходной|прежней) версии\b|\bошиб\w+|\bопечатк\w+|\bнеточност\w+"
    r"|\b(?:неверно|неправильно|неверн\w+|неправильн\w+)\b|\bне соответству\w+"
    r"|\b(?:ранее|первоначально|изначально) (?:было |была )?(?:сообщалось|говорилось|указан\w*|указывалось"
    r"|утверждалось|написан\w*)|\b(?:говорилось|сообщалось|утверждалось|указывалось|было указано)\b",
    re.IGNORECASE,
)
# What only tells that something was changed, or is sorry, says nothing of what is right.
_OF_CHANGE = re.compile(
    r"\b(?:has been|have been|was|were) (?:\w+ ){0,2}(?:amended|corrected|updated|edited|revised|changed"
    r"|retracted|withdrawn|removed)\b"
    r"(?![^.]*\bto (?:show|reflect|say|state|note|indicate|make clear|clarify that)\b)"
    r"|\b(?:apologi[sz]e|regret)s?\b|\bисправлен[аоы]?\b|\bприносит извинения\b",
    re.IGNORECASE,
)
# What puts the right before the wrong: "in 1932, not 1923", "Smyth rather than Smith", «16, а не 60» …
_NOT = re.compile(
    r"(?<=[,;(—–-])\s*(?:and )?not\b|\b(?:and|but) not\b|\b(?:rather than|instead of|as opposed to)\b"
    r"|,\s*а не\b|\b(?:вместо|а не)\b",
    re.IGNORECASE,
)
# … or the wrong before the right: "from 60 to 16", «не 60, а 16».
_FROM = re.compile(r"\bfrom\b[^,.;]{1,60}?(?= to\b)|\bне\b[^,.;]{1,60}, а\b(?! не)", re.IGNORECASE)
# A sentence that calls those before it wrong: "Neither is true", "Both statements were wrong".
_BACK = re.compile(r"\W*(?:neither|both|none|these|this|that|those|all|it|they)\b", re.IGNORECASE)
_CLAUSE = re.compile(r"[,;.)\]—–]|$")


def withdrawn(body: str, *, language: str | None = None) -> list[Span]:
    """What the notes of a body say was wrong, in order: whole sentences, or what follows "not" in one.

    A sentence of a note that does not tell of the error is what is right. One that tells of both is right as
    far as the error, where it begins with what is right; else it is withdrawn as a whole, for it cannot be
    told which of its words are which.
    """
    found: list[Span] = []
    for note in corrections(body, language=language):
        found += _of_note(body, sentences_of(body, note, language=language))
    return found


def sentences_of(body: str, note: Span, *, language: str | None = None) -> list[Span]:
    """The sentences of a note, without the brackets around it, within which nothing is told apart."""
    text = body[note.start : note.end]
    start = note.start + len(text) - len(text.lstrip("([{ "))
    inner = sentence_spans(text.strip("([{)]} "), language=language)
    return [Span(start + one.start, start + one.end) for one in inner]


def overlapping(one: Span, others: Sequence[Span]) -> bool:
    """Whether a span shares a character with one of others."""
    return any(one.start < other.end and other.start < one.end for other in others)


def covered(one: Span, others: Sequence[Span]) -> bool:
    """Whether a span lies in one of others."""
    return any(other.start <= one.start and one.end <= other.end for other in others)


def says_more(body: str, span: Span, taken: Sequence[Span]) -> bool:
    """Whether a span has a word that is in none of others."""
    return any(
        not covered(Span(span.start + word.start(), span.start + word.end()), taken)
        for word in re.finditer(r"\w+", body[span.start : span.end])
    )


def _of_note(body: str, sentences: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for n, one in enumerate(sentences):
        text = body[one.start : one.end]
        error, instead = _error(text), _NOT.search(text)
        if is_label(text):
            found.append(one)
        elif not error:
            found += [Span(one.start + a, one.start + b) for a, b in _parts(text)]
        elif instead and instead.start() < error.start():
            found.append(Span(one.start + instead.start(), one.end))
        elif _BACK.match(text):
            found = [*sentences[: n + 1]]
        else:
            found.append(one)
    return found


def _error(text: str) -> re.Match[str] | None:
    """Where a sentence begins to tell of an error, or tells of no more than a change."""
    return _OF_ERROR.search(text) or (None if _FROM.search(text) else _OF_CHANGE.search(text))


def _parts(text: str) -> list[tuple[int, int]]:
    """The wrong words of a sentence that has the right ones too."""
    after = [(one.start(), _end_of_clause(text, one.end())) for one in _NOT.finditer(text)]
    return after + [one.span() for one in _FROM.finditer(text)]


def _end_of_clause(text: str, at: int) -> int:
    end = _CLAUSE.search(text, at + 1)
    return end.start() if end else len(text)


def blanked(text: str, taken: Sequence[Span], *, at: int) -> str:
    """A text that begins at `at` of its body, with blanks for the spans of the body in `taken`."""
    for one in taken:
        start, end = max(one.start - at, 0), max(one.end - at, 0)
        text = text[:start] + " " * len(text[start:end]) + text[end:]
    return text
