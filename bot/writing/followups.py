"""A follow-up question into one that stands alone, by a language model that may add nothing of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import aclosing

from bot.answers.answer import TokenUsage
from bot.answers.asked import LONGEST
from bot.answers.lines import plain
from bot.answers.proposal import Written
from bot.language.lexicon import Lexicon, load_lexicon
from bot.writing.model import LanguageModel, LlmError, Request
from bot.writing.patience import Again, Allowance, Patience
from prompts.loader import load_prompt

SECONDS = 10.0  # the longest wait for a rewritten question, before the rules of `bot.answering.followup` do
_EARLIER = 6  # questions that are sent; what a follow-up leans on is near
_TOKENS = 200
_TELLING = re.compile(r"\b(?:[^\W\d_a-zа-яё][\w’'-]*|\w*\d[\w.,:-]*\b)")  # names and numbers
_STEM = 5


class FollowupRewriter:
    """Asks a model for the question as it stands alone."""

    def __init__(self, model: LanguageModel, *, patience: Patience) -> None:
        self._model = model
        self._patience = patience
        self._lexicon = load_lexicon()
        self._rules = load_prompt("standalone_question", set())
        self._asked = load_prompt("earlier_questions", {"earlier", "question"})

    async def standalone(self, question: str, history: Sequence[str]) -> tuple[str | None, Written]:
        """The question, or None where the model cannot be asked or brings in what nobody said."""
        allowance = self._patience.allowance()
        earlier = [plain(one) for one in history[-_EARLIER:]]
        listed = "\n".join(f"- {one}" for one in earlier)
        user = self._asked.fill({"earlier": listed, "question": plain(question)})
        try:
            reply = await self._reply(Request(self._rules.text, user, _TOKENS), allowance)
        except LlmError:
            reply = ""
        return trusted(reply, question, earlier, self._lexicon), self._written(allowance)

    async def _reply(self, request: Request, allowance: Allowance) -> str:
        reply = ""
        async with aclosing(self._patience.write(self._model, request, allowance=allowance)) as pieces:
            async for piece in pieces:
                reply = "" if isinstance(piece, Again) else reply + piece
        return reply

    def _written(self, spent: Allowance) -> Written:
        usage = TokenUsage(spent.calls, spent.read, spent.written, spent.estimated)
        prompts = tuple(f"{one.name} {one.version}" for one in (self._rules, self._asked))
        return Written(self._model.name, wrote=False, prompts=prompts, usage=usage)


def trusted(reply: str, question: str, earlier: Sequence[str], lexicon: Lexicon) -> str | None:
    """The reply as a question, if it is one line and every name, number and denial in it was asked before."""
    lines = [line for line in reply.strip().splitlines() if line.strip()]
    if len(lines) != 1:
        return None
    rewritten = plain(lines[0]).strip("\"“”«»'` ")
    if not rewritten or len(rewritten) > LONGEST:
        return None
    asked = " ".join([*earlier, question])
    known = {word[:_STEM].casefold() for word in re.findall(r"[\w’'.,:-]+\b", asked)}
    told = [match[0] for match in _TELLING.finditer(rewritten) if match.start()]
    if not all(word[:_STEM].casefold() in known for word in told):
        return None
    return rewritten if _denials(rewritten, lexicon) <= _denials(asked, lexicon) else None


def _denials(text: str, lexicon: Lexicon) -> set[str]:
    return {word.low for word in lexicon.read(text.replace("’", "'")) if word.low in lexicon.negations}
