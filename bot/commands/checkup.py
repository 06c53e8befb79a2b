"""Every check that Dateline has of itself, one after the other: what was found, and what to do about it."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import aclosing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.commands.machine_checks import Check, clock_check, disk_check, folder_check
from index.errors import DatelineError

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.writing.settings import LlmSettings
    from index.encoding.encoder import Encoder
    from index.feeds.records import Feed
    from index.records import Article
    from index.storage.archive import Archive
    from index.storage.records import ArchiveStatus

_SAMPLED = 20
_NEAR = 10  # hits among which a passage must find itself; more copies of one passage are rare
_SAME = 0.99  # the cosine of a passage with itself, encoded again
_OVERDUE = timedelta(hours=26)  # a feed that is read at all is read within a day
_SHOWN = 3  # names in one line
_AGAIN = "restore a backup, or add the articles again"
_COMPARE = "`dateline add` of anything, also of what is there already, goes on with it"


def checks(settings: Settings) -> Iterator[Check]:
    """Every check, each when it is done; what hangs on one that failed is left out."""
    yield folder_check(settings)
    yield disk_check(settings)
    yield clock_check()
    try:
        encoder = _load(settings)
    except DatelineError as exc:
        yield Check("encoder", "failed", str(exc), "set `encoder` to a model that is there")
    else:
        yield _encoder(settings, encoder)
        yield from _archive_checks(settings, encoder)
    yield model_check(settings.llm)


def _archive_checks(settings: Settings, encoder: Encoder) -> Iterator[Check]:
    """Those of what is stored; an archive that cannot be opened is one that failed."""
    from bot.assemble import open_archive
    from bot.feeds import feed_memory

    try:
        with open_archive(settings, encoder) as archive:
            state = archive.status()
            sample = _sample(archive)
            yield _tried("archive", lambda: _archive(archive, state), _AGAIN)
            yield _tried(
                "index", lambda: _index(archive, encoder, state, sample), "run `dateline serve` once"
            )
            yield _tried("proofs", lambda: _proofs(archive, sample, state), _AGAIN)
        yield feeds_check(feed_memory(settings).all(), datetime.now(UTC), watched=settings.watch)
    except DatelineError as exc:
        yield Check("archive", "failed", str(exc), "begin with `dateline add`, or restore a backup")


def _tried(name: str, look: Callable[[], Check], advice: str) -> Check:
    try:
        return look()
    except DatelineError as exc:
        return Check(name, "failed", str(exc), advice)


def _load(settings: Settings) -> Encoder:
    """The encoder, whose weights have the sum that they must have. Raises as `load_encoder_for`."""
    from bot.assemble import load_encoder_for
    from index.encoding.weights import find_model, weights_sha256

    weights_sha256(find_model(settings.encoder))
    return load_encoder_for(settings)


def _encoder(settings: Settings, encoder: Encoder) -> Check:
    from index.encoding.weights import find_model

    begun = time.monotonic()
    (vector,) = encoder.encode(["a word"])
    taken = 1000 * (time.monotonic() - begun)
    known = find_model(settings.encoder).expected
    told = f"its weights are the published ones ({known[:12]}…)" if known else "a model of your own"
    return Check("encoder", "ok", f"{settings.encoder}, {told}, {len(vector)} dimensions in {taken:.0f} ms")


def _sample(archive: Archive) -> list[Article]:
    """Up to twenty articles, the same ones each time."""
    _, total = archive.newest(offset=0, limit=1)
    places = random.Random(0).sample(range(total), min(_SAMPLED, total))
    return [article for place in places for article in archive.newest(offset=place, limit=1)[0]]


def _archive(archive: Archive, state: ArchiveStatus) -> Check:
    """Every page of the database; SQLite's own check."""
    fault = archive.fault()
    if fault:
        return Check("archive", "failed", fault, _AGAIN)
    if not state.articles:
        return Check("archive", "warning", "no article", "begin with `dateline add`")
    if state.unrelated:
        found = (
            f"{state.unrelated:,} of {state.articles:,} articles of an earlier Dateline are not compared yet"
        )
        return Check("archive", "warning", found, _COMPARE)
    return Check("archive", "ok", f"{state.articles:,} articles, {state.passages:,} passages")


def _index(archive: Archive, encoder: Encoder, state: ArchiveStatus, sample: Sequence[Article]) -> Check:
    """The indexes against the articles: a passage of each sampled one must find itself, both ways."""
    if state.health != "ok":
        return Check("index", "warning", state.health, "answers are right; `dateline serve` builds it again")
    lost = [one.id for one in sample if not _finds_itself(archive, encoder, one)]
    if lost:
        return Check("index", "failed", f"not found by their own words: {_named(lost)}",
                     "add these articles again, or restore a backup")  # fmt: skip
    kept = "searched exactly" if state.index.state == "none" else f"{state.index.indexed:,} passages indexed"
    return Check("index", "ok", f"{len(sample)} articles find themselves, by meaning and by words; {kept}")


def _finds_itself(archive: Archive, encoder: Encoder, article: Article) -> bool:
    """Whether the first passage of an article comes up for its own vector and for its own words."""
    from index.retrieval.query import read_query
    from index.split import passage_input, split

    first = next(iter(split(article, encoder)), None)
    if first is None:
        return True
    (vector,) = encoder.encode([passage_input(article, first.text)])
    near = [one.seq for one in archive.search_vectors(vector, limit=_NEAR) if one.score >= _SAME]
    worded = [one.seq for one in archive.search_words(read_query(first.text).words, limit=_NEAR)]
    return all(
        any(one.passage.text == first.text for one in archive.passages(seqs)) for seqs in (near, worded)
    )


def _proofs(archive: Archive, sample: Sequence[Article], state: ArchiveStatus) -> Check:
    """A sentence of each sampled article, cited and proved; what is quoted is what was added."""
    from bot.proof.rechecking import CitedOnce, stands_now
    from index.sentences import sentence_spans

    draw = random.Random(0)
    for article in sample:
        span = draw.choice(sentence_spans(article.body, language=article.language))
        quote = article.body[span.start : span.end]
        cited = CitedOnce(1, article.id, archive.present([article.id])[article.id], *span, quote)
        if cited.revision != article.revision or stands_now(cited, archive).standing != "word_for_word":
            found = f"{article.id}: its words are not those that were added"
            return Check("proofs", "failed", found, "restore a backup, or add it again")
    found = f"a sentence of each of {len(sample)} articles is proved, of {state.articles:,}"
    return Check("proofs", "ok", found)


def feeds_check(feeds: Sequence[Feed], now: datetime, *, watched: bool) -> Check:
    """Whether those that are to be read are, and without trouble."""
    read = [one for one in feeds if one.is_read]
    failing = [f"{one.url} ({one.status})" for one in read if one.failures]
    late = [one.url for one in read if one.next_at + _OVERDUE < now]
    if failing:
        return Check("feeds", "warning", f"{len(failing)} of {len(read)} fail: {_named(failing)}",
                     "`dateline feeds` says since when; pause or remove what is gone")  # fmt: skip
    if late:
        advice = (
            "`dateline serve` reads them while it runs" if watched else "run `dateline watch`, or set `watch`"
        )
        return Check("feeds", "warning", f"{len(late)} of {len(read)} are overdue: {_named(late)}", advice)
    return Check("feeds", "ok", f"{len(read)} read, none fails" if read else "none is read")


def _named(names: Sequence[str]) -> str:
    left = len(names) - _SHOWN
    return ", ".join(names[:_SHOWN]) + (f" and {left} more" if left > 0 else "")


def model_check(llm: LlmSettings) -> Check:
    """Whether the language model answers: it is asked for one word."""
    if not llm.model:
        return Check("language model", "ok", "none is set; answers are quoted")
    from bot.answers.notes import ModelFailed
    from bot.showing.notes import note_line
    from bot.showing.wording import words_of
    from bot.writing.model import LlmError

    advice = "see llm.* in `dateline settings`; until it answers, answers are quoted"
    begun = time.monotonic()
    try:
        asyncio.run(_first_word(llm))
    except LlmError as exc:
        told = note_line(ModelFailed(llm.model, exc.what), words_of())
        return Check("language model", "failed", told, advice)
    except TimeoutError:
        waited = f"{llm.model} said nothing in {llm.first_token_timeout:g} s"
        return Check("language model", "failed", waited, advice)
    except DatelineError as exc:
        return Check("language model", "failed", str(exc), advice)
    taken = time.monotonic() - begun
    return Check("language model", "ok", f"{llm.model} answers, its first word after {taken:.1f} s")


async def _first_word(llm: LlmSettings) -> None:
    """Ask until the first piece of a reply. Raises `LlmError`, `TimeoutError`, `BadSetting`."""
    from bot.assemble import language_model
    from bot.writing.model import Request

    model, _ = language_model(llm)
    await model.ready()
    request = Request("Answer with one word.", "Are you there?", max_tokens=50)
    async with aclosing(model.write(request)) as pieces, asyncio.timeout(llm.first_token_timeout):
        await anext(pieces, None)
