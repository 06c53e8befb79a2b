"""Settings into working parts: the only place that chooses classes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from index.storage.archive import Archive, encoder_of

if TYPE_CHECKING:
    from bot.answering.asking import Dateline, Llm
    from bot.answers.asked import Wording
    from bot.answers.proposal import Answerer
    from bot.settings import Settings
    from bot.web import WebSettings
    from bot.weighing.reader.reader import PassageReader
    from bot.writing.model import LanguageModel
    from bot.writing.patience import Patience
    from bot.writing.settings import LlmSettings
    from index.encoding.encoder import Encoder
    from index.encoding.encoders import Say
    from index.fetching.fetch import Fetcher
    from index.fetching.limits import FetchSettings


def load_encoder_for(settings: Settings, *, note: Say | None = None, threads: int | None = None) -> Encoder:
    """The encoder that the settings name; `note` is told what takes long. `threads`: None is one a core.

    Where its precision is not set, it is the one that the archive was made in, and else chosen by measuring.
    """
    from index.encoding.encoders import load_encoder

    cache = settings.cache / "encoders"
    if settings.precision == "reference":
        return load_encoder(settings.encoder, cache=cache, reference=True, note=note)
    precision = settings.precision
    if precision == "auto" and (made_by := encoder_of(settings.archive_home)):
        precision = made_by.precision or precision
    return load_encoder(settings.encoder, cache=cache, precision=precision, threads=threads, note=note)


def load_encoder_of_archive(settings: Settings, *, note: Say | None = None) -> Encoder:
    """The same, for what asks an archive: one that is not there is told before anything is compiled.

    Raises:
        ArchiveError: there is no archive, or none that can be read.
    """
    with open_archive(settings):
        pass
    return load_encoder_for(settings, note=note)


def open_archive(settings: Settings, encoder: Encoder | None = None, *, write: str | None = None) -> Archive:
    """The archive of the settings' home; `write` says which command wants to write to it."""
    if settings.archive:
        settings.home.mkdir(mode=0o700, parents=True, exist_ok=True)  # for what is kept beside it
    return Archive.open(
        settings.archive_home,
        encoder,
        write=write is not None,
        command=write,
        index_from=settings.index_from,
        beside=settings.home,
        replicas=settings.archive_replicas,
    )


def fetcher_for(settings: Settings) -> Fetcher:
    """What asks the web, as the settings say; a context manager."""
    from index.fetching.fetch import Fetcher

    return Fetcher(replace(fetch_settings_for(settings.web), turns=settings.cache / "turns"))


def fetch_settings_for(settings: WebSettings) -> FetchSettings:
    """What the settings let fetches reach, and what one may cost."""
    from importlib.metadata import version

    from index.fetching.limits import FetchSettings

    contact = f" (+{settings.contact})" if settings.contact else ""
    return FetchSettings(
        user_agent=f"Dateline/{version('dateline')}{contact}",
        delay_s=settings.delay,
        whole_s=settings.timeout,
        most_bytes=settings.most_bytes,
        hosts=frozenset(host.lower() for host in settings.hosts),
        proxy=settings.proxy or None,
    )


def reader_for(settings: Settings, *, threads: int | None = None) -> PassageReader | None:
    """The reader that ships, where the settings want one; it is loaded with its first passage."""
    if not settings.reader:
        return None
    from bot.weighing.reader.memory import Remembering
    from bot.weighing.reader.reader import Reader

    return Remembering(Reader(threads=threads))


def answering(
    archive: Archive,
    encoder: Encoder,
    *,
    hits: int,
    llm: LlmSettings | None = None,
    reader: PassageReader | None = None,
    model: LanguageModel | None = None,
) -> Dateline:
    """What answers questions from an open archive, each from at most `hits` passages.

    `model` is asked instead of the one that `llm` names.

    Raises:
        BadSetting: `llm` names a model whose provider's package is not installed.
    """
    from bot.answering.asking import Dateline
    from bot.answering.quoting import Quoter
    from bot.differing.differences import Comparer
    from bot.language.lexicon import load_lexicon
    from bot.weighing.reading import Reading
    from index.retrieval.retrieve import Retriever

    lexicon = load_lexicon()  # it remembers the words it has read: one for all
    return Dateline(
        archive,
        Retriever(archive, encoder),
        weigher=Reading(archive, encoder, lexicon=lexicon, reader=reader),
        answerer=Quoter(),
        llm=writing(llm, reader=reader, model=model) if llm and llm.model else None,
        differ=Comparer(lexicon),
        lexicon=lexicon,
        limit=hits,
    )


def language_model(settings: LlmSettings) -> tuple[LanguageModel, Patience]:
    """The language model that the settings name, and how long and how often to wait for it.

    Raises:
        BadSetting: its provider's package is not installed.
    """
    from bot.writing.adapters import adapter
    from bot.writing.patience import Patience

    patience = Patience(
        first_token=settings.first_token_timeout,
        total=settings.timeout,
        retries=settings.retries,
        tokens=settings.tokens,
    )
    return adapter(settings), patience


def writing(
    settings: LlmSettings, *, reader: PassageReader | None = None, model: LanguageModel | None = None
) -> Llm:
    """The language model that the settings name, ready to write and to make follow-ups stand alone.

    With a reader, passages are sent in the order that it and the search find likeliest. `model` is asked
    instead of the one that the settings name.

    Raises:
        BadSetting: its provider's package is not installed.
    """
    from bot.answering.asking import Llm
    from bot.proof.lines import Lines
    from bot.weighing.reranking import Reranker
    from bot.writing.followups import SECONDS, FollowupRewriter
    from bot.writing.sending import Limits
    from bot.writing.writing import Writer, load_prompts

    named, patience = language_model(settings)
    model = model or named
    limits = Limits(settings.passages, settings.max_tokens, settings.context)
    order = Reranker(reader).order if reader else None

    def writer(wording: Wording) -> Writer:
        prompts = load_prompts()
        return Writer(model, Lines(wording), prompts=prompts, patience=patience, limits=limits, order=order)

    rewriter = FollowupRewriter(model, patience=replace(patience, total=min(SECONDS, settings.timeout)))
    answerers: dict[Wording, Answerer] = {"proved": writer("proved"), "marked": writer("marked")}
    return Llm(model.name, answerers, settings.wording, rewriter)


@contextmanager
def assemble(settings: Settings, *, note: Say | None = None) -> Iterator[Dateline]:
    """Everything that answers questions, over an archive that is closed at the end."""
    with assemble_with_archive(settings, note=note) as (dateline, _):
        yield dateline


@contextmanager
def assemble_with_archive(
    settings: Settings, *, note: Say | None = None
) -> Iterator[tuple[Dateline, Archive]]:
    """The same, with the archive itself beside it."""
    encoder = load_encoder_of_archive(settings, note=note)
    with open_archive(settings, encoder) as archive:
        reader = reader_for(settings)
        yield answering(archive, encoder, hits=settings.hits, llm=settings.llm, reader=reader), archive
