"""An open archive that is asked, from plain code and from async code alike."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, TypeVar

from bot.answers.answer import Answer
from bot.answers.asked import Asked, Wording
from bot.checking.checker import QuoteChecker
from bot.checking.records import CheckedQuote, CheckedText
from index.errors import ArchiveError
from index.records import Article, Filters, Hit

if TYPE_CHECKING:
    from bot.answering.asking import Dateline
    from bot.answering.timeline import Timeline
    from bot.showing.formats.chosen import TakenForm
    from bot.showing.formats.verifying import VerifiedRecord
    from index.encoding.encoder import Encoder
    from index.retrieval.retriever_llamaindex import ArchiveRetriever
    from index.storage.archive import Archive

T = TypeVar("T")

_EVERYTHING = Filters()


class OpenArchive:
    """An archive that answers; made by `open_archive`, closed by `close` or at the end of a `with`.

    Everything runs in one event loop of its own, in a thread: so the plain calls work in a notebook too, in
    which a loop is running already, and several threads or tasks may ask at the same time. Articles that are
    added meanwhile, here or by another process, are seen without opening it again.
    """

    def __init__(self, archive: Archive, encoder: Encoder, dateline: Dateline) -> None:
        self._archive = archive
        self._encoder = encoder
        self._dateline = dateline
        self._checker = QuoteChecker(archive)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="dateline", daemon=True)
        self._thread.start()

    # Asking

    def ask(
        self,
        question: str,
        *,
        filters: Filters = _EVERYTHING,
        history: Sequence[str] = (),
        llm: bool | None = None,
        wording: Wording | None = None,
    ) -> Answer:
        """The proved answer, or an abstention with its reason.

        Args:
            question: 1 to 1,000 characters.
            filters: which articles may be used.
            history: the questions before this one, oldest first, where it follows them: "And in May?".
            llm: whether a language model may write the answer; None where one is set up.
            wording: what is shown where a model's words are not proved; None leaves it to the settings.

        Raises:
            BadQuestion: it is empty or too long.
            BadFilter: a date of the filters is not ISO.
            ArchiveError: the archive was closed, or cannot be read.
        """
        asked = Asked(question, filters, tuple(history), llm, wording)
        return self._wait(self._dateline.ask(asked))

    async def ask_async(
        self,
        question: str,
        *,
        filters: Filters = _EVERYTHING,
        history: Sequence[str] = (),
        llm: bool | None = None,
        wording: Wording | None = None,
    ) -> Answer:
        """The same for async code; cancelling it gives the question up. Raises as `ask`."""
        asked = Asked(question, filters, tuple(history), llm, wording)
        return await self._awaited(self._dateline.ask(asked))

    def search(self, question: str, *, filters: Filters = _EVERYTHING, limit: int = 12) -> list[Hit]:
        """The passages nearest to a question, best first, at most `limit`. Raises as `ask`."""
        return self._wait(self._dateline.search(Asked(question, filters), limit=limit))

    async def search_async(
        self, question: str, *, filters: Filters = _EVERYTHING, limit: int = 12
    ) -> list[Hit]:
        """The same for async code. Raises as `ask`."""
        return await self._awaited(self._dateline.search(Asked(question, filters), limit=limit))

    # Checking, and telling over time

    def check(self, quote: str, *, speaker: str | None = None) -> CheckedQuote:
        """Whether a quotation is real, where it stands and who says it; `speaker` is who is said to.

        Raises:
            BadInput: it has no words, or more than 5,000 characters.
        """
        return self._checker.check(quote, speaker=speaker)

    def check_text(self, text: str, *, speaker: str | None = None) -> CheckedText:
        """Every quotation of a text in quotation marks, each as `check` has it.

        Raises:
            BadInput: it has none, more than 100, or more than 50,000 characters.
        """
        return self._checker.check_text(text, speaker=speaker)

    def timeline(self, subject: str, *, filters: Filters = _EVERYTHING, limit: int = 40) -> Timeline:
        """One cited sentence a day and origin, the oldest first, at most `limit`. Raises as `ask`."""
        from bot.answering.timeline import HITS, timeline_of
        from bot.language.lexicon import load_lexicon

        asked = Asked(subject, filters).cleaned()
        hits = self._wait(self._dateline.search(asked, limit=HITS))
        return timeline_of(
            asked.text, hits, self._archive, lexicon=load_lexicon(), filters=asked.filters, limit=limit
        )

    # Reading

    def article(self, article_id: str, *, revision: str | None = None) -> Article:
        """An article, as it is now or as an earlier revision (64 digits); raises `NotInArchive`."""
        return self._archive.article(article_id, revision=revision)

    def retriever(self, *, filters: Filters = _EVERYTHING, limit: int = 12) -> ArchiveRetriever:
        """The archive as a LlamaIndex `BaseRetriever`, for its query engines and agents."""
        from index.retrieval.retrieve import Retriever
        from index.retrieval.retriever_llamaindex import ArchiveRetriever

        return ArchiveRetriever(Retriever(self._archive, self._encoder), filters=filters, limit=limit)

    def shown(self, answer: Answer, form: TakenForm | None = None) -> str:
        """An answer as plain text with [1] markers, or why there is none; or in a form to take along."""
        from bot.showing.formats.chosen import answer_in
        from bot.showing.text import answer_text
        from bot.showing.wording import words_of

        return answer_in(form, answer) if form else answer_text(answer, words_of())

    # Keeping

    def record(self, answer: Answer) -> str:
        """The record of an answer, as JSON: what `verify` checks again, here or as `dateline verify`."""
        from bot.showing.formats.record import MadeBy, record_of

        made = record_of(answer, made_by=MadeBy.of(self._archive.encoder))
        return made.model_dump_json(indent=2)

    def verify(self, record: str) -> VerifiedRecord:
        """The record of an earlier answer with each citation as it stands now; raises `BadRecord`."""
        from bot.showing.formats.record import read_record
        from bot.showing.formats.verifying import verified

        return verified(read_record(record, "the record"), self._archive)

    # Ending

    def close(self) -> None:
        """Give up what is being asked and close the archive; closing twice does nothing."""
        if self._loop.is_closed():
            return
        asyncio.run_coroutine_threadsafe(_give_up(), self._loop).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
        self._archive.close()

    def __enter__(self) -> OpenArchive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    async def __aenter__(self) -> OpenArchive:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, exc: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self.close)

    # The loop

    def _wait(self, coroutine: Coroutine[object, object, T]) -> T:
        self._expect_open(coroutine)
        running = asyncio.run_coroutine_threadsafe(coroutine, self._loop)
        try:
            return running.result()
        finally:
            running.cancel()  # Ctrl-C ended the wait; of no effect on what is done

    async def _awaited(self, coroutine: Coroutine[object, object, T]) -> T:
        self._expect_open(coroutine)
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coroutine, self._loop))

    def _expect_open(self, coroutine: Coroutine[object, object, object]) -> None:
        if self._loop.is_closed():
            coroutine.close()
            raise ArchiveError("this archive was closed, expected a question before the end of its `with`")


async def _give_up() -> None:
    """Cancel every other task of this loop and wait for its end."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.get_running_loop().shutdown_default_executor()
