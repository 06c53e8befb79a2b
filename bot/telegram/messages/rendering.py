"""Answers into replies: quotations as blocks, numbered citations under them, a button for each.

A block holds the exact words of an article and nothing else; number, speaker, outlet and date stand above it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import urlsplit

from bot.answering.dated_words import dated_words
from bot.answering.timeline import Timeline
from bot.answers.answer import Abstention, Answer, Cell, Correction, DatedWords, Difference, Later, Sentence
from bot.answers.citation import Citation, Nearest, cite
from bot.answers.notes import Only
from bot.showing.links import link_target
from bot.showing.notes import note_line
from bot.showing.refusals import refusal
from bot.showing.timeline import bar_lines, step_line
from bot.showing.wording import Words
from bot.telegram.messages.answer_buttons import abstained_buttons, answered_buttons, open_buttons
from bot.telegram.messages.no_links import named
from bot.telegram.messages.replies import Reply
from bot.telegram.messages.text import NOTHING, Text, block, foreign, join, link, own
from index.records import Article, Filters, Span
from index.sentences import sentence_spans

_AROUND = 700  # characters before and after a quotation at most
_LONGEST_URL = 2000
_BAR = 12  # columns of the longest bar on a telephone


def answer_reply(answer: Answer, words: Words, *, number: int, echo: bool = False) -> Reply:
    """An answer or an abstention, first how sure it is, in words and by a sign, as on the page.

    `number` is how its buttons name it, `echo` puts the question first.
    """
    question = foreign(named(answer.question), "bold") if echo else NOTHING
    head = join([question, *(foreign(f"({note})", "italic") for note in _notes(answer, words))], "\n")
    if answer.abstention:
        return _abstained(answer, answer.abstention, words, number=number, head=head)
    behind = foreign(words.origins(answer.origins), "italic")
    parts = [
        head,
        _sure(answer, words),
        spoken(answer.sentences, answer.citations, words, answer.dates),
        *(corrected(one, answer.citations, words) for one in answer.corrections),
        *(_later(one, answer.citations, words) for one in answer.later),
        sources(answer.citations, words),
        behind,
    ]
    if answer.llm:
        parts.append(foreign(words.say("texts.written", {"llm": named(answer.llm)}), "italic"))
    return Reply(join(parts, "\n\n"), answered_buttons(answer, words, number))


def _abstained(answer: Answer, why: Abstention, words: Words, *, number: int, head: Text) -> Reply:
    """Why there is no answer; what may be one is shown at once, what only comes near behind a button."""
    if why.reason != "unsure":
        sign = own(f"– {words.say('certainty.absent')}", "bold")
        told = join([sign, foreign(refusal(answer, words))], "\n")
        return Reply(join([head, told], "\n\n"), abstained_buttons(why, words, number))
    told = foreign(f"? {refusal(answer, words)}", "bold")
    parts = [head, told, *(_closest(one, words) for one in why.nearest), sources(why.nearest, words)]
    return Reply(join(parts, "\n\n"), abstained_buttons(why, words, number))


def _sure(answer: Answer, words: Words) -> Text:
    """That it is sure; where a model's own words are shown, that these are not proved."""
    sure = own(f"✓ {words.say('certainty.sure')}", "bold")
    marked = any(one.wording for one in answer.sentences)
    return sure + own(f" · {words.say('verdicts.marked')}") if marked else sure


def _notes(answer: Answer, words: Words) -> list[str]:
    """How the question was understood, and the filters that were used, given or read from it."""
    told = [note_line(note, words) for note in answer.notes if not isinstance(note, Only)]
    return [*told, *filter(None, [only(answer.filters, words)])]


def only(filters: Filters, words: Words) -> str | None:
    """Filters in one sentence; None without any."""
    what = words.filters(filters)
    return words.safe(words.say("texts.only", {"what": what})) if what else None


def spoken(
    sentences: Sequence[Sentence],
    citations: Sequence[Citation],
    words: Words,
    dates: Sequence[DatedWords] = (),
) -> Text:
    """The sentences of an answer, or those that have been proved so far; under each what `dates` mean."""
    by_number = {citation.number: citation for citation in citations}
    return join((_sentence(one, by_number, words, dates) for one in sentences), "\n\n")


def corrected(note: Correction, citations: Sequence[Citation], words: Words) -> Text:
    """A note in which a cited article corrects itself, proved like a citation."""
    cited = next(one for one in citations if one.number == note.citation)
    proved = cite(cited.article, Span(note.start, note.end), number=cited.number)
    return _quoted(words.corrects(cited.article), f"[{cited.number}]", foreign(proved.quote))


def _later(told: Later, citations: Sequence[Citation], words: Words) -> Text:
    """What tells a story on, or takes it back."""
    cited = next(one for one in citations if one.number == told.citation)
    return _quoted(words.later_lead(told, cited.article), f"[{cited.number}]", foreign(cited.quote))


def sources(citations: Iterable[Citation], words: Words) -> Text:
    """The numbered list of what is cited: outlet, date, title with its link; a line an article."""
    by_article: dict[tuple[str, str], list[Citation]] = {}
    for one in citations:
        by_article.setdefault((one.article.id, one.revision), []).append(one)
    return join((_source(cited, words) for cited in by_article.values()), "\n")


def nearest_reply(citations: Sequence[Citation], words: Words, *, number: int) -> Reply:
    """The passages nearest to a question that got no answer."""
    parts = [own(f"{words.say('wording.nearest')}:", "italic"), *(_printed(one, words) for one in citations)]
    listed = [*parts, sources(citations, words)]
    return Reply(join(listed, "\n\n"), open_buttons(citations, words, number))


def sides_reply(citations: Sequence[Citation], words: Words, *, number: int) -> Reply:
    """What each outlet printed, one after the other: the same event in each one's own words."""
    outlets = dict.fromkeys(one.article.outlet for one in citations)
    ordered = [one for outlet in outlets for one in citations if one.article.outlet == outlet]
    parts = [own(words.say("texts.sides"), "bold"), *(_printed(one, words) for one in ordered)]
    return Reply(join(parts, "\n\n"), open_buttons(ordered, words, number))


def opened_reply(citation: Citation, words: Words, *, current: bool) -> Reply:
    """One citation with the sentence before and after it, proved again."""
    before, after = surroundings(citation)
    proof = words.say("texts.proved")
    days = words.days(dated_words([citation]), citation)
    notes = [foreign(days, "italic"), own(proof, "italic")]
    if not current:
        notes.append(own(words.say("texts.superseded"), "italic"))
    parts = [_source([citation], words), foreign(before), block(foreign(citation.quote)), foreign(after)]
    return Reply(join([*parts, join(notes, "\n")], "\n\n"))


def surroundings(citation: Citation) -> tuple[str, str]:
    """The sentence before a quotation and the one after it, with the rest of the sentences it is cut from."""
    body, quoted = citation.article.body, Span(citation.start, citation.end)
    spans = sentence_spans(body, language=citation.article.language)
    earlier = [span for span in spans if span.end <= quoted.start]
    later = [span for span in spans if span.start >= quoted.end]
    start = earlier[-1].start if earlier else 0
    end = later[0].end if later else len(body)
    before = body[max(start, quoted.start - _AROUND) : quoted.start].strip()
    after = body[quoted.end : min(end, quoted.end + _AROUND)].strip()
    return before, after


def differences_reply(
    differences: Sequence[Difference], citations: Sequence[Citation], words: Words, *, number: int
) -> Reply:
    """Where outlets differ, one after the other: each one's quotation, with the words that differ bold."""
    by_number = {citation.number: citation for citation in citations}
    parts, shown = [], dict[int, Citation]()
    for difference in differences:
        cells = [(cell, by_number[cell.citation]) for cell in difference.cells if cell.citation in by_number]
        if len(cells) < 2:  # the words of one are gone: there is nothing to set beside the other
            continue
        parts.append(own(words.say(f"differing.{difference.kind}"), "bold"))
        parts += [_cell(cell, citation, words) for cell, citation in cells]
        shown |= {citation.number: citation for _, citation in cells}
    return Reply(join(parts, "\n\n"), open_buttons(list(shown.values()), words, number))


def timeline_reply(timeline: Timeline, words: Words) -> Reply:
    """A subject over time: articles a month, then a day, its words and where they stand."""
    if not timeline.steps:
        return Reply(own(words.say("timeline.nothing")))
    bar = own("\n".join(bar_lines(timeline, words, width=_BAR)))
    steps = [
        join([foreign(step_line(step, timeline, words)), title(step.citation.article)], "\n")
        for step in timeline.steps
    ]
    return Reply(join([foreign(named(timeline.subject), "bold"), bar, *steps], "\n\n"))


def article_line(article: Article, words: Words) -> Text:
    """An article in a list: date and outlet, then its title with its link."""
    return foreign(words.printed_by(article)) + own(" · ") + title(article)


def title(article: Article) -> Text:
    """An article's title, leading to its address where it has one."""
    address = link_target(article.url)
    words = named(article.title) or article.id
    return link(words, address) if address and _is_linked(address) else foreign(words, "italic")


def _is_linked(address: str) -> bool:
    """Whether Telegram makes a link of it: of a host in the network at home it does not."""
    return "." in (urlsplit(address).hostname or "") and len(address) <= _LONGEST_URL


def _sentence(
    sentence: Sentence, by_number: Mapping[int, Citation], words: Words, dates: Sequence[DatedWords] = ()
) -> Text:
    """A quotation; or a shortening or an unproved wording, with the words that it stands for."""
    marks = "".join(f"[{number}]" for number in sentence.citations)
    citation = by_number[sentence.citations[0]]
    if sentence.verdict != "quoted":
        lead = own(f"{words.not_proved} ", "italic") if sentence.wording else NOTHING
        said = lead + foreign(sentence.wording or sentence.text) + own(f" {marks}", "bold")
        return join([said, *(_printed(by_number[number], words) for number in sentence.citations)], "\n")
    said = foreign(sentence.text, "bold", sentence.short) if sentence.short else foreign(sentence.text)
    quoted = _quoted(words.lead(sentence, citation), marks, said)
    return join([quoted, foreign(words.days(dates, citation), "italic")], "\n")


def _printed(citation: Citation, words: Words) -> Text:
    return _quoted(words.printed_by(citation.article), f"[{citation.number}]", foreign(citation.quote))


def _closest(citation: Nearest, words: Words) -> Text:
    """What may answer, its likely words bold."""
    short = citation.short
    quotation = foreign(citation.quote, "bold", short) if short else foreign(citation.quote)
    return _quoted(words.printed_by(citation.article), f"[{citation.number}]", quotation)


def _cell(cell: Cell, citation: Citation, words: Words) -> Text:
    within = (cell.start - citation.start, cell.end - citation.start)
    quotation = foreign(citation.quote, "bold", within)
    return _quoted(words.printed_by(citation.article), f"[{citation.number}]", quotation)


def _quoted(lead: str, marks: str, quotation: Text) -> Text:
    head = foreign(lead, "bold") + own(f" {marks}", "bold")
    return head + own("\n") + block(quotation)


def _source(citations: Sequence[Citation], words: Words) -> Text:
    marks = "".join(f"[{one.number}]" for one in citations)
    return own(f"{marks} ") + article_line(citations[0].article, words)
