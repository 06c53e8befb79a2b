"""An answer as Markdown whose citations are notes: foreign words stay words, whatever marks are in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answers.answer import Abstention, Answer, Sentence
from bot.answers.citation import Citation, Nearest
from bot.answers.lines import found_in, in_marks
from bot.showing.links import link_target
from bot.showing.notes import note_line
from bot.showing.refusals import refusal
from bot.showing.wording import words_of
from index.records import Span

# What could begin a link, an image, HTML, code, emphasis or an entity. Chat programs fetch images unasked, so
# an article that smuggled one in would learn who reads it.
# Bare addresses, mentions and numbers of issues become links by themselves in GitHub's kind of Markdown.
_MARKS = re.compile(r"([\\`*_\[\]<>~|@]|&(?=#?\w+;)|:(?=//)|(?<=\bwww)\.|(?<=.)#(?=\w))", re.IGNORECASE)
_FIRST_MARK = re.compile(r"^([#+\-=]|\d{1,9}(?=[.)]))")


def plain(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    one_line = _MARKS.sub(r"\\\1", " ".join(text.split()))
    first = _FIRST_MARK.match(one_line)
    if first is None:
        return one_line
    number, rest = first[1], one_line[first.end() :]
    return f"{number}\\{rest}" if number.isdecimal() else f"\\{number}{rest}"


def sentence_markdown(sentence: Sentence) -> str:
    """A sentence with its markers; in brackets that lead nowhere, for what is foreign has none.

    A model's wording that is not proved says so, and the words that it stands for follow.
    """
    marks = "".join(f" [{number}]" for number in sentence.citations)
    if not sentence.wording:
        return plain(sentence.text) + marks
    quotes = [f"> {plain(line)}" for line in sentence.text.splitlines()]
    return f"*{words_of().not_proved}* {plain(sentence.wording)}{marks}\n\n" + "\n>\n".join(quotes)


def notes_markdown(answer: Answer) -> str:
    """How the question was understood and the citations; of an abstention, the nearest evidence first."""
    understood = [f"*{plain(note_line(note, words_of()))}*" for note in answer.notes]
    if answer.abstention:
        return "\n\n".join([*filter(None, [_nearest(answer.abstention)]), *understood])
    beside = [plain(words_of().correction(one, answer.citations)) for one in answer.corrections]
    beside += [plain(words_of().later(one, answer.citations)) for one in answer.later]
    quoted = [_note(one, _said_by(answer.sentences, one)) for one in answer.citations]
    return "\n\n".join([*understood, *beside, *filter(None, [_listed("Quoted from", quoted)])])


def answer_markdown(answer: Answer) -> str:
    """The whole answer."""
    notes = notes_markdown(answer)
    return f"{opening_markdown(answer)}\n\n{notes}" if notes else opening_markdown(answer)


def opening_markdown(answer: Answer) -> str:
    """The answer without its notes."""
    if answer.abstention:
        return plain(refusal(answer, words_of()))
    return "\n\n".join(sentence_markdown(sentence) for sentence in answer.sentences)


def _nearest(why: Abstention) -> str:
    """What may answer, with its likely words bold, right under the words that say so; or what comes near."""
    if why.reason == "unsure":
        return "\n".join(_note(one) for one in why.nearest)
    return _listed(words_of().say("wording.nearest"), [_note(one) for one in why.nearest])


def _listed(heading: str, notes: Sequence[str]) -> str:
    return f"**{heading}**\n\n" + "\n".join(notes) if notes else ""


def _said_by(sentences: Sequence[Sentence], citation: Citation) -> str:
    """Who says the words of a citation, unless they name them: "Partly Anna Lund"."""
    quoted = (one for one in sentences if one.verdict == "quoted" and one.citations[0] == citation.number)
    return next((words_of().said_by(one) for one in quoted), "")


def _note(citation: Citation, speaker: str = "") -> str:
    article = citation.article
    short = citation.short if isinstance(citation, Nearest) else None
    outlet = plain(article.outlet) if article.outlet else "unknown outlet"
    wire = f" ({plain(article.agency)})" if article.agency else ""
    date = plain(article.published) if article.published else "date unknown"
    address = link_target(article.url)
    title = f"[{plain(article.title)}]({address})" if address else plain(article.title)
    source = f"{plain(speaker)}, in {outlet}" if speaker else outlet
    return f"{citation.number}. {_quoted(citation.quote, short)} — {source}{wire}, {date}: {title}"


def _quoted(quote: str, short: Span | None) -> str:
    """A quotation within its marks, its likely words bold."""
    line = in_marks(quote)
    start, end = found_in(line, quote, short)
    if start == end:
        return plain(line)
    before, words, after = line[:start], line[start:end], line[end:]
    spaced = " " if before[-1:].isspace() else "", " " if after[:1].isspace() else ""
    return f"{plain(before)}{spaced[0]}**{plain(words)}**{spaced[1]}{plain(after)}"
