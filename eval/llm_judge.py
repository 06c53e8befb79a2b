"""An answer into a grade, by a language model: for answers that are right in words that code cannot match."""

from __future__ import annotations

import hashlib
import re
from contextlib import aclosing

from bot.answers.lines import plain
from bot.writing.model import LanguageModel, LlmError, Request
from bot.writing.patience import Again, Patience
from eval.answer_json import ShownAnswer
from eval.cases import Case
from prompts.loader import load_prompt

_GRADES = {"RIGHT": 1.0, "PARTLY": 0.5, "WRONG": 0.0}
_GRADE = re.compile(r"\b(RIGHT|PARTLY|WRONG)\b")
_TOKENS = 50


class LlmJudge:
    """Grades with one model; another than the one that wrote the answers is the better judge."""

    def __init__(self, model: LanguageModel, patience: Patience) -> None:
        self._model = model
        self._patience = patience
        self._prompt = load_prompt("judge", {"boundary", "question", "expected", "answer"})

    @property
    def name(self) -> str:
        """The model, and the version of what it is asked."""
        return f"{self._model.name}, {self._prompt.name} {self._prompt.version}"

    async def grade(self, case: Case, answer: ShownAnswer) -> float | None:
        """1.0 right, 0.5 partly, 0.0 wrong; None where the model cannot be asked or gives no grade."""
        groups = case.answer or ()
        expected = " and ".join(" or ".join(group) for group in groups)
        told = plain(answer.text)
        values = {"question": plain(case.question), "expected": plain(expected), "answer": told}
        boundary = hashlib.sha256("\0".join(values.values()).encode()).hexdigest()[:16]
        request = Request("", self._prompt.fill({**values, "boundary": boundary}), _TOKENS)
        try:
            reply = await self._reply(request)
        except LlmError:
            return None
        found = _GRADE.findall(reply.upper())
        return _GRADES[found[-1]] if found else None

    async def _reply(self, request: Request) -> str:
        reply, allowance = "", self._patience.allowance()
        async with aclosing(self._patience.write(self._model, request, allowance=allowance)) as pieces:
            async for piece in pieces:
                reply = "" if isinstance(piece, Again) else reply + piece
        return reply
