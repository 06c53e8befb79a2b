"""A body into the notes in which its outlet corrects it: "An earlier version of this article said …"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from index.records import Span
from index.sentences import sentence_spans

_LONGEST = 480  # characters of a note that stands within a longer paragraph …
_SENTENCES = 3  # … and sentences: it was amended; it said; in fact
_WHOLE = 700  # characters of a paragraph that is a note as a whole

_DATED = r"(?:[\s,(–—-]+[\w.,/ ]{3,30}\)?)?"
_NAMED = (
    r"corrections?(?: ?(?:and|&|/) ?clarifications?)?|clarifications?|erratum|errata|corrigendum"
    r"|retraction|corrected|исправлени[ея]|поправк[аи]|уточнени[ея]|опровержение"
)
# A label that a paragraph begins with: "Correction:", "[CORRECTION (Oct. 20):", "Clarification, 5 May —".
_LABEL = re.compile(rf"[\W_]*(?:{_NAMED})\b{_DATED}\s*[:–—]", re.IGNORECASE)
# A label alone in its line; the next line is the note.
_LABEL_ALONE = re.compile(rf"[\W_]*(?:{_NAMED})\b{_DATED}[\W_]*", re.IGNORECASE)
_EDITED = r"(?:updated|edited|changed|revised)\b[^.\n]{0,40}\bto (?:correct|clarify|fix|remove|amend|reflect)"
_WRONG = (
    r"(?:correct(?:ed|s|ion)|amended|retracted|in error|incorrectly|misstated|should have (?:said|read|been)"
    r"|(?:earlier|previous) version)"
)
_TEXT = r"(?:article|story|report|post|column|piece|page|item|dispatch|headline|caption|text|version)"
_OLDER = r"(?:earlier|previous|prior|original|initial)"
_TOLD = r"(?:said|stated|reported|gave|listed|named|quoted|claimed|identified|described|attributed|referred)"
_BY_MISTAKE = r"(?:incorrectly|wrongly|mistakenly|erroneously|inaccurately)"
_SAYS = re.compile(
    # "An earlier version of this article said", "a previous version of the headline"
    rf"\b{_OLDER} (?:\w+ )?versions? of (?:this|the|our|that) {_TEXT}\b"
    # "This article was amended on 5 May", "This story has been corrected", "… updated to correct the date"
    rf"|\bthis (?:\w+ ){{0,2}}{_TEXT} (?:was|has been|is|were) "
    r"(?:first published[^.\n]{0,60}(?:was|been) )?"
    rf"(?:\w+ ){{0,2}}(?:amended|corrected|retracted|withdrawn|{_EDITED})\b"
    # "This article originally said", "We incorrectly reported", "(This story corrects the date)"
    rf"|\bthis (?:\w+ ){{0,2}}{_TEXT} (?:had )?(?:{_BY_MISTAKE}|originally|previously|initially) {_TOLD}\b"
    rf"|\bwe (?:had )?(?:{_BY_MISTAKE} {_TOLD}|(?:originally|initially|at first) {_TOLD} that)\b"
    # "The number of boats in an earlier version was wrong"
    rf"|\bin an? {_OLDER} version\b(?! of )[^.\n]{{0,40}}\b(?:wrong|incorrect|inaccurate|in error)\b"
    rf"|\bthis (?:\w+ ){{0,2}}{_TEXT} (?:corrects|misstated|misidentified|misquoted)\b|\A[\W_]*corrects\b"
    rf"|\beditor['’]?s?['’]? note\b[^\n]{{0,200}}?\b{_WRONG}\b"
    # «В более ранней версии этой статьи говорилось», «Материал исправлен», «В статье ошибочно указано»
    r"|\bв (?:(?:более )?ранней|предыдущей|первоначальной|исходной|прежней) версии"
    r"(?: (?:этой|данной|этого|данного|нашей|нашего))?"
    r" (?:статьи|новости|заметки|публикации|материала|текста|сообщения)\b"
    r"|\b(?:статья|новость|заметка|публикация|материал|текст) (?:был[аи]? )?(?:исправлен|отозван)[аоы]?\b"
    r"|\bв (?:(?:этой|данной|нашей|этом|данном|нашем) )?"
    r"(?:статье|новости|заметке|публикации|материале|тексте) (?:была? |было )?"
    r"(?:ошибочно|неверно|неправильно|первоначально)\b",
    re.IGNORECASE,
)
# In an article of its own, and nobody's quotation: "We withdraw the report", "The Herald regrets its story".
_QUOTES = re.compile(r"[“”\"«»]")
_TAKEN_BACK = re.compile(
    r"\b(?:we (?:\w+ ){0,2}(?:withdraw|retract|regret|apologi[sz]e for) (?:(?:the|this|that|our) )?"
    r"|(?:withdraws|retracts|regrets|apologi[sz]es for) (?:its|this) )"
    r"(?:\w+ ){0,2}(?:report|story|article|claims?|allegations?|coverage)\b",
    re.IGNORECASE,
)
# Every note has one of these. Looking for them takes 20 µs a thousand characters, for notes 280 µs.
_PARTS = (
    "correct", "clarif", "errat", "corrig", "retract", "amended", "withdrawn", "version", "editor", "edited",
    "updated", "changed", "revised", "originally", "previously", "initially", "wrongly", "mistakenly",
    "erroneous", "inaccura", "misstated", "misidentified", "misquoted", "исправлен", "поправк", "уточнени",
    "опровержени", "верси", "отозван", "ошибочно", "неверно", "неправильно", "первоначально",
)  # fmt: skip


def corrections(body: str, *, language: str | None = None) -> list[Span]:
    """The notes in order, each whole sentences: a paragraph that is one, or the sentences that are."""
    if not _may_hold(body):
        return []
    lines = list(_lines(body))
    notes: list[Span] = []
    for line, before in zip(lines, [None, *lines], strict=False):
        if before and is_label(body[before.start : before.end]):
            notes.append(_trimmed(body, line))
        elif _may_hold(body[line.start : line.end]):
            notes += _notes(body, line, language)
    return notes


def retractions(body: str, *, language: str | None = None) -> list[Span]:
    """The sentences in which its outlet takes back, in its own name, what it reported elsewhere."""
    if not _TAKEN_BACK.search(body):
        return []
    spans = sentence_spans(body, language=language)
    return [one for one in spans if _says_taken_back(body[one.start : one.end])]


def _says_taken_back(sentence: str) -> bool:
    found = _TAKEN_BACK.search(sentence)
    return found is not None and not _QUOTES.search(sentence)  # what others are quoted with is not its own


def is_label(text: str) -> bool:
    """Whether a text is no more than the name of a note: "Correction", "CLARIFICATION (Oct. 20)"."""
    return bool(_LABEL_ALONE.fullmatch(text))


def _may_hold(text: str) -> bool:
    low = text.lower()
    return any(part in low for part in _PARTS)


def _lines(body: str) -> Iterator[Span]:
    for match in re.finditer(r"[^\n]*\S[^\n]*", body):
        yield Span(match.start(), match.end())


def _trimmed(body: str, line: Span) -> Span:
    text = body[line.start : line.end]
    return Span(line.end - len(text.lstrip()), line.start + len(text.rstrip()))


def _notes(body: str, line: Span, language: str | None) -> Iterator[Span]:
    label = _LABEL.match(body, line.start, line.end)
    says = _SAYS.search(body[line.start : line.end])
    if not (label or says):
        return
    whole = _trimmed(body, line)
    at = line.start + says.start() if says and not label else whole.start
    if at - whole.start < _LONGEST // 4 and whole.end - whole.start <= _WHOLE:
        yield whole
        return
    found = [one for one in sentence_spans(body, language=language) if whole.start <= one.start < whole.end]
    found = [one for one in found if one.end > at][:_SENTENCES]
    fitting = [one for one in found if one.end - found[0].start <= _LONGEST] or found[:1]
    if fitting:
        yield Span(fitting[0].start, min(fitting[-1].end, whole.end))
