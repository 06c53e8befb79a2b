"""A drafted sentence into the places that it rests on: the sentences around the words it relies on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.answering.quoting import whole_thought
from bot.verify.quotes import Found, all_places, find_words
from bot.verify.reading import Page, Reader, Text
from bot.verify.records import Drafted, Finding, Kind, Shown
from bot.verify.support import weigh
from index.records import Span

_MOST = 3  # sentences that are taken of a passage where the draft names no words
_ADDS = 0.12  # of the weight of the sentence that a further one must hold
_BACK = 2  # sentences before one that may tell what it speaks of
_FEW = 4  # words that may stand in several places


@dataclass(frozen=True)
class Ground:
    """One place: whole sentences of an article, read."""

    number: int
    page: Page
    span: Span
    text: Text

    @property
    def words(self) -> str:
        """The article's characters."""
        return self.page.words(self.span)


@dataclass(frozen=True)
class Grounds:
    """Where a drafted sentence stands: places in the order of the draft, and what was wrong on the way."""

    places: tuple[Ground, ...]
    findings: tuple[Finding, ...] = field(default=())

    @property
    def texts(self) -> list[Text]:
        """The places, read."""
        return [one.text for one in self.places]


def find_grounds(drafted: Drafted, said: Text, shown: Sequence[Shown], *, reader: Reader) -> Grounds:
    """The places that a sentence rests on: those of the words it names, else the nearest of what it cites."""
    by_number = {one.number: one for one in shown}
    findings = [Finding("unknown_passage", f"[{n}]") for n in drafted.cites if n not in by_number]
    numbers = dict.fromkeys(n for n in (*drafted.cites, *(n for n, _ in drafted.relies_on)) if n in by_number)
    if not drafted.cites and not numbers:
        findings.append(Finding("no_citation", drafted.text))
    places: list[Ground] = []
    for number in numbers:
        one = by_number[number]
        relied = [words for n, words in drafted.relies_on if n == number and words.strip()]
        page = reader.page(one.hit.article)
        for words in relied:
            found = _stand(words, said, one, page, reader)
            if found.standing == "verbatim":
                places += _grounds(number, page, found.spans, reader)
            else:
                findings.append(quote_finding(words, found, page, one, shown))
        if not relied:
            places += _nearest(said, one, page, reader, places)
    widened = [_widened(one, said, places, reader) for one in _merged(places)]
    return Grounds(tuple(_merged(widened)), tuple(findings))


def _widened(one: Ground, said: Text, places: Sequence[Ground], reader: Reader) -> Ground:
    """A place with up to two sentences before it, of its paragraph, where these have words that it lacks.

    "All four were adopted unanimously" holds "all four resolutions" together with the sentence before.
    """
    span, known = one.span, frozenset(key for place in places for key in place.text.keys)
    wanted = {said.words[n].key for n in said.content} - known
    for _ in range(_BACK):
        before = one.page.before(span)
        if before is None or not wanted:
            break
        earlier = Span(before.start, span.end)
        if covered(dict.fromkeys(wanted, 1.0), one.page.text(before), reader):
            return _widened(
                Ground(one.number, one.page, earlier, one.page.text(earlier)),
                said,
                [*places, Ground(one.number, one.page, earlier, one.page.text(earlier))],
                reader,
            )
        span = earlier
    return one


def _stand(words: str, said: Text, one: Shown, page: Page, reader: Reader) -> Found:
    """Where relied-on words stand; of several places the one that goes best with the sentence."""
    within = Span(one.hit.passage.start, one.hit.passage.end)
    found = find_words(words, page.article.body, within=within)
    if found.standing != "verbatim" and words[:1].isalpha():
        turned = words[0].swapcase() + words[1:]  # the first letter tells only where a sentence begins
        again = find_words(turned, page.article.body, within=within)
        found = again if again.standing == "verbatim" else found
    if found.standing == "verbatim" and len(words.split()) <= _FEW:
        places = all_places(words, page.article.body)
        best = max(places or found.spans, key=lambda span: _likeness(said, page, span, reader))
        return Found("verbatim", (best,))
    return found


def _likeness(said: Text, page: Page, span: Span, reader: Reader) -> float:
    there = [page.text(one) for one in page.sentences_of(span)]
    return sum(len(said.keys & text.keys) for text in there)


def quote_finding(words: str, found: Found, page: Page, one: Shown, shown: Sequence[Shown]) -> Finding:
    """What is wrong with words that do not stand in the article they are given for."""
    for other in shown:
        elsewhere = other.hit.article is not one.hit.article and all_places(words, other.hit.article.body)
        if elsewhere and len(words.split()) > 1:
            return Finding("quote_elsewhere", words, f"[{other.number}] {other.hit.article.title}")
    kinds: dict[str, Kind] = {
        "spliced": "quote_spliced",
        "altered": "quote_altered",
        "absent": "quote_absent",
    }
    there = " … ".join(page.words(span) for span in found.spans) or None
    return Finding(kinds[found.standing], words, there)


def _grounds(number: int, page: Page, spans: Sequence[Span], reader: Reader) -> Iterator[Ground]:
    """The whole sentences around words, with the sentence before where they point back to it."""
    for span in spans:
        for sentence in page.sentences_of(span):
            whole = whole_thought(page.article, sentence, page.speakers)
            yield Ground(number, page, whole, page.text(whole))


def _merged(places: Sequence[Ground]) -> list[Ground]:
    """The places with those that overlap or follow one another joined, in the order they came."""
    kept: list[Ground] = []
    for one in places:
        at = next((n for n, other in enumerate(kept) if _touch(one, other)), None)
        if at is None:
            kept.append(one)
            continue
        other = kept.pop(at)
        span = Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
        kept.insert(at, Ground(other.number, one.page, span, one.page.text(span)))
    return kept if len(kept) == len(places) else _merged(kept)


def _touch(one: Ground, other: Ground) -> bool:
    """Whether two places of one article overlap or have only white space between them, in one paragraph."""
    if one.page is not other.page:
        return False
    first, last = sorted((one.span, other.span))
    between = one.page.article.body[first.end : last.start]
    return last.start < first.end or (not between.strip() and "\n" not in between)


def _nearest(said: Text, one: Shown, page: Page, reader: Reader, known: Sequence[Ground]) -> list[Ground]:
    """The sentences of a passage that hold most of a drafted sentence, each adding to those before."""
    passage = Span(one.hit.passage.start, one.hit.passage.end)
    sentences = [span for span in page.sentences if span.start < passage.end and passage.start < span.end]
    weights = weights_of(said, reader)
    total = sum(weights.values())
    held: set[str] = {key for ground in known for key in ground.text.keys}
    chosen: list[Span] = []
    while sentences and len(chosen) < _MOST:
        best = max(sentences, key=lambda span: adds(weights, page.text(span), held, reader))
        gain = adds(weights, page.text(best), held, reader)
        if gain <= 0 or ((chosen or known) and gain < _ADDS * total):
            break
        chosen.append(best)
        held |= covered(weights, page.text(best), reader)
        sentences = [span for span in sentences if span != best]
    return [ground for span in sorted(chosen) for ground in _grounds(one.number, page, (span,), reader)]


def weights_of(said: Text, reader: Reader) -> dict[str, float]:
    """The weight of each word of a sentence that is not plain; figures and names count in full."""
    return {
        word.key: 1.0 if word.number or (word.name and word.start) else weigh(word.key, reader.lexicon)
        for word in said.words
        if not word.plain
    }


def covered(weights: dict[str, float], text: Text, reader: Reader) -> set[str]:
    """The keys that a text holds, itself or by a synonym."""
    found = set()
    for key in weights:
        synonyms = reader.words.synonyms.get(key, frozenset())
        if key in text.keys or not synonyms.isdisjoint(text.keys):
            found.add(key)
    return found


def adds(weights: dict[str, float], text: Text, held: set[str], reader: Reader) -> float:
    """The weight of what a text holds and those before did not."""
    return sum(weights[key] for key in covered(weights, text, reader) - held)
