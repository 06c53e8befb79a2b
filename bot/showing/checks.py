"""A checked quotation in lines of plain text, in one language: for a terminal, a chat and a program."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.citation import Citation
from bot.answers.lines import in_marks, plain
from bot.checking.normal import normal
from bot.checking.records import (
    CheckedQuote,
    CheckedText,
    NearestWords,
    QuotePlace,
    SplicedPiece,
    WordChange,
)
from bot.showing.links import link_target
from bot.showing.wording import Words
from bot.speaking.records import Speaker

_PIECE_PLACES = "   "


def verdict_line(checked: CheckedQuote, words: Words) -> str:
    """What a quotation is, with how many texts have it: "Word for word: 3 articles, 1 origin"."""
    verdict = words.say(f"checking.{checked.verdict}")
    if checked.speaker and checked.verdict == "other_speaker":
        verdict = words.say("checked.not_of", {"verdict": verdict, "speaker": plain(checked.speaker)})
    if not checked.places:
        return words.safe(verdict)
    articles = words.counted("checked.articles", checked.articles)
    origins = words.counted("checked.origins", checked.origins)
    return words.safe(
        words.say("checked.head", {"verdict": verdict, "articles": articles, "origins": origins})
    )


def check_lines(checked: CheckedQuote, words: Words) -> list[str]:
    """Everything that is known of a quotation; the verdict is the first line."""
    lines = [verdict_line(checked, words)]
    if checked.verdict == "altered" and checked.nearest:
        lines.append(words.say("checked.asked", {"words": in_marks(checked.text)}))
    for place in checked.places:
        lines += _place(place, words)
    if checked.origins > len(checked.places) > 0:
        lines.append(words.counted("checked.more", checked.origins - len(checked.places)))
    for number, piece in enumerate(checked.pieces, start=1):
        lines += _piece(number, piece, checked.text, words)
    if checked.nearest and not checked.pieces:
        lines += _nearest(checked, checked.nearest, words)
    return [words.safe(line) if not line.startswith("http") else line for line in lines]


def text_lines(checked: CheckedText, words: Words) -> list[str]:
    """Every quotation of a text with its number, then everything that is known of it."""
    lines = [words.counted("checked.text", len(checked.quotes))]
    for number, one in enumerate(checked.quotes, start=1):
        quoted = in_marks(checked.text[one.span.start : one.span.end])
        lines += ["", words.say("checked.piece", {"number": number, "words": quoted})]
        lines += [f"{_PIECE_PLACES}{line}" for line in check_lines(one.checked, words)]
    return lines


def marked_text(checked: CheckedText, words: Words) -> str:
    """The text with what each quotation is behind it: “We waited” [1: word for word]."""
    parts, at = list[str](), 0
    for number, one in enumerate(checked.quotes, start=1):
        verdict = words.say(f"checking.{one.checked.verdict}")
        parts += [checked.text[at : one.span.end], f" [{number}: {verdict[:1].lower()}{verdict[1:]}]"]
        at = one.span.end
    return "".join([*parts, checked.text[at:]])


def _place(place: QuotePlace, words: Words) -> list[str]:
    """A place: who printed it and who says it, the article's own words, in which article."""
    first = place.parts[0].citation
    outlets = list(dict.fromkeys(one.outlet for one in place.also_in if one.outlet))
    lines = [f"{_who(place.speaker, words)}, {words.printed_by(place.article, outlets)}: {_quote(place)}"]
    lines += _notes(place, words)
    lines += _address(first)
    return lines


def _quote(place: QuotePlace) -> str:
    return in_marks(place.article.body[place.span.start : place.span.end])


def _notes(place: QuotePlace, words: Words) -> list[str]:
    told, body = [], place.article.body
    whole = body[place.around.start : place.around.end]
    if normal(whole) != normal(body[place.span.start : place.span.end]):
        told.append(words.say("checked.around", {"words": in_marks(whole)}))
    if denial := place.denial:
        told.append(words.say("checked.denial", {"word": in_marks(body[denial.start : denial.end])}))
    if place.set_aside:
        what = ", ".join(words.say(f"set_aside.{name}") for name in place.set_aside)
        told.append(words.say("checked.set_aside", {"what": what}))
    if place.left_out:
        left = " ".join(in_marks(body[one.start : one.end]) for one in place.left_out)
        told.append(words.say("checked.left_out", {"words": left}))
    if not place.current:
        told.append(words.say("checked.old"))
    if place.times > 1:
        told.append(words.counted("checked.times", place.times))
    return told


def _address(citation: Citation) -> list[str]:
    article = citation.article
    line = f"{plain(article.title)} · {article.id} · {citation.revision[:12]}"
    target = link_target(article.url)
    return [line, target] if target else [line]


def _who(speaker: Speaker | None, words: Words) -> str:
    if speaker is None:
        return words.say("checked.own_voice")
    if speaker.kind == "unclear":
        return words.say("checked.unclear")
    if not speaker.role:
        return speaker.name
    return words.say("wording.role", {"speaker": speaker.name, "role": speaker.role})


def _piece(number: int, piece: SplicedPiece, text: str, words: Words) -> list[str]:
    quoted = in_marks(text[piece.asked.start : piece.asked.end])
    head = words.say("checked.piece", {"number": number, "words": quoted})
    return [head, *(f"{_PIECE_PLACES}{line}" for line in _place(piece.place, words))]


def _nearest(checked: CheckedQuote, nearest: NearestWords, words: Words) -> list[str]:
    """The article's words beside those that were quoted, and what differs."""
    citation = nearest.citation
    there = words.say("checked.there", {"words": in_marks(citation.quote)})
    lines = [] if checked.verdict == "altered" else [words.say("checked.nearest")]
    lines.append(there)
    if checked.verdict == "altered":
        lines += change_lines(nearest.changes, checked.text, citation.article.body, words)
    lines.append(f"{_who(nearest.speaker, words)}, {words.printed_by(citation.article)}")
    if not nearest.current:
        lines.append(words.say("checked.old"))
    return [*lines, *_address(citation)]


def change_lines(changes: Sequence[WordChange], text: str, body: str, words: Words) -> list[str]:
    """What differs, a line each: “five” instead of “four”."""
    return [
        "– "
        + words.say(
            f"changes.{one.kind}",
            {
                "asked": in_marks(text[one.asked.start : one.asked.end]),
                "there": in_marks(body[one.there.start : one.there.end]),
            },
        )
        for one in changes
    ]
