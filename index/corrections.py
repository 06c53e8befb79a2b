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
# A label that a paragraph begins with: "Correction:", "CORRECTION (Oct. 20):", "Clarification, 5 May —".
_LABEL = re.compile(
    r"[\W_]*(?:corrections?(?: ?(?:and|&|/) ?clarifications?)?|clarifications?|erratum|errata|corrigendum"
    rf"|retraction|corrected|исправление|поправка|уточнение)\b{_DATED}\s*[:–—]",
    re.IGNORECASE,
)
_EDITED = r"(?:updated|edited|changed|revised)\b[^.\n]{0,40}\bto (?:correct|clarify|fix|remove|amend|reflect)"
_WRONG = r"(?:correct(?:ed|s|ion)|amended|retracted|in error|misstated)"
_TEXT = r"(?:article|story|report|post|column|piece|page|item|dispatch|headline|caption|text|version)"
_SAYS = re.compile(
    # "An earlier version of this article said", "a previous version of the headline"
    rf"\b(?:earlier|previous|prior|original|initial) versions? of (?:this|the|our) {_TEXT}\b"
    # "This article was amended on 5 May", "This story has been corrected", "… updated to correct the date"
    rf"|\bthis {_TEXT} (?:was|has been|is|were) (?:\w+ ){{0,2}}"
    rf"(?:amended|corrected|retracted|withdrawn|{_EDITED})\b"
    rf"|\beditor['’]?s?['’]? note\b[^\n]{{0,200}}?\b{_WRONG}\b"
    # «В более ранней версии этой статьи говорилось», «Материал исправлен»
    r"|\bв (?:(?:более )?ранней|предыдущей|первоначальной|исходной) версии"
    r"(?: (?:этой|данной|этого|данного))? (?:статьи|новости|заметки|публикации|материала|текста|сообщения)\b"
    r"|\b(?:статья|новость|заметка|публикация|материал|текст) (?:был[аи]? )?исправлен[аоы]?\b",
    re.IGNORECASE,
)


def corrections(body: str, *, language: str | None = None) -> list[Span]:
    """The notes in order, each whole sentences: a paragraph that is one, or the sentences that are."""
    return [note for line in _lines(body) for note in _notes(body, line, language)]


def _lines(body: str) -> Iterator[Span]:
    for match in re.finditer(r"[^\n]+", body):
        yield Span(match.start(), match.end())


def _notes(body: str, line: Span, language: str | None) -> Iterator[Span]:
    label = _LABEL.match(body, line.start, line.end)
    says = _SAYS.search(body, line.start, line.end)
    if not (label or says):
        return
    text = body[line.start : line.end]
    whole = Span(line.end - len(text.lstrip()), line.start + len(text.rstrip()))
    begins = label or (says and says.start() - whole.start < _LONGEST // 4)
    if begins and whole.end - whole.start <= _WHOLE:
        yield whole
        return
    at = whole.start if label or not says else says.start()
    found = [one for one in sentence_spans(body, language=language) if whole.start <= one.start < whole.end]
    found = [one for one in found if one.end > at][:_SENTENCES]
    fitting = [one for one in found if one.end - found[0].start <= _LONGEST] or found[:1]
    if fitting:
        yield Span(fitting[0].start, min(fitting[-1].end, whole.end))
