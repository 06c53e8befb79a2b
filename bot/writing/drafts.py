"""A model's reply, as it comes, into drafted sentences: as asked for, and as models write them instead."""

from __future__ import annotations

import re

from bot.proof.records import DraftLine
from bot.writing.marks import ANY_MARK, MARK, Marked, split_marks
from index.sentences import sentence_spans

REFUSAL = "NOT IN THE PASSAGES"  # what the prompt asks a model to say where nothing answers

_REFUSED = re.compile(
    r"\bnot in the passages\b"
    r"|\b(?:passages?|sources?|articles?|texts?|context|excerpts?)\b[^.]{0,60}"
    r"\b(?:do(?:es)? not|don['’]t|doesn['’]t|did not|contains? no|provides? no|mentions? no|no information)\b"
    r"|\bI(?:['’]m| am)? (?:sorry|unable|cannot|can['’]t|could not|couldn['’]t|do not|don['’]t)\b"
    r"|\bno (?:information|mention|answer)\b[^.]{0,40}\b(?:passages?|sources?|articles?|texts?)\b",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"(?:sure|certainly|of course|okay|ok|here (?:is|are)|below|based on|i hope|let me know|feel free"
    r"|in summary|note that|please note|as an ai)\b.*|.*:\s*$|(?:[-–—*_=]\s*){3,}",
    re.IGNORECASE,
)
_OPENING = re.compile(r"(?:(?:final |short )?answer|sentence(?: \d+)?|response)\s*[:：]\s*", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:sources?|references?|citations?|footnotes?|bibliography|notes?)\s*:?\s*", re.IGNORECASE
)
_LISTED = re.compile(r"(?:#{1,6}|>+|[-*+•–—]|\(?\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"(\*\*\*|\*\*|__|\*|(?<!\w)_)(?=\S)(.+?)(?<=\S)\1")
_FENCE = re.compile(r"```\w*")
_CODE = re.compile(r"`([^`]*)`")
_THOUGHT = re.compile(r"<(think(?:ing)?|reasoning)>.*?</\1>", re.DOTALL | re.IGNORECASE)
_THINKING = re.compile(r"<(?:think(?:ing)?|reasoning)>", re.IGNORECASE)
# Where one sentence with its marks has ended and another begins, in a model that writes on in one line.
_NEXT = re.compile(
    rf"(?:[.!?…]['\"”’»)]*\s*(?:{ANY_MARK}\s*(?:«[^»]*»\s*)?)+|\]\s*[.!?])\s+(?=[^\W\d_])", re.IGNORECASE
)
_FEWEST = 3  # words of a sentence


def says_nothing_is_there(text: str) -> bool:
    """Whether a model's words say that the passages do not answer."""
    return bool(_REFUSED.search(text))


class DraftReader:
    """Reads one reply; `refused` says that the model found no answer in the passages."""

    def __init__(self) -> None:
        self._rest = ""
        self._closed = False
        self.refused = False

    def feed(self, piece: str) -> list[DraftLine]:
        """The sentences that a piece of the reply completes, in order."""
        self._rest += piece
        while (thinking := _THINKING.search(self._rest)) and (
            thought := _THOUGHT.match(self._rest, thinking.start())
        ):
            self._rest = self._rest[: thought.start()] + self._rest[thought.end() :]
        end = thinking.start() if thinking else len(self._rest)
        *lines, rest = self._rest[:end].split("\n")
        found = [one for line in lines for one in self._read(line)]
        while match := _NEXT.search(rest):
            found += self._read(rest[: match.end()])
            rest = rest[match.end() :]
        self._rest = rest + self._rest[end:]
        return found

    def end(self) -> list[DraftLine]:
        """The sentences of what is left, when the reply is whole."""
        rest, self._rest = _THINKING.split(self._rest)[0], ""
        return self._read(rest)

    def _read(self, line: str) -> list[DraftLine]:
        """The sentences of a line; none of one that only leads up to them, or lists sources after them."""
        line = _bare(line)
        if self._closed or not line:
            return []
        text, marks = split_marks(line)
        if _CLOSING.fullmatch(text):
            self._closed = True
            return []
        if not marks and says_nothing_is_there(text):
            self.refused = True
            return []
        if not marks and _AROUND.fullmatch(text):
            return []
        return _sentences(text, marks)


def _bare(line: str) -> str:
    """A line without the marks of Markdown that carry no meaning here; links and images stay, to be found."""
    line = _FENCE.sub("", line).strip()
    line = _LISTED.sub("", line, count=1) if _LISTED.match(line) else line
    for _ in range(2):
        line = _EMPHASIS.sub(r"\2", line)
    line = _CODE.sub(_uncoded, line)
    return _OPENING.sub("", line, count=1) if _OPENING.match(line) else line


def _uncoded(code: re.Match[str]) -> str:
    """Code without its marks: `[1]` alone is a citation, `rows[1]` is none and keeps from being one."""
    return code[0] if MARK.fullmatch(code[0]) else code[1].replace("[", "⟦").replace("]", "⟧")


def _sentences(text: str, marks: list[Marked]) -> list[DraftLine]:
    """The sentences of a line, each with the marks in or behind it; one without takes those of the next."""
    spans = sentence_spans(text)
    found: list[DraftLine] = []
    for number, span in enumerate(spans):
        begins = span.start if number else -1
        ends = spans[number + 1].start if number + 1 < len(spans) else len(text) + 1
        mine = [mark for mark in marks if begins < mark.at <= ends and not (mark.at == ends < len(text))]
        following = [mark for mark in marks if mark.at > begins]
        borrowed = following[:1] if not mine and following else []
        words = text[span.start : span.end]
        cites = tuple(dict.fromkeys(one for mark in mine or borrowed for one in mark.numbers))
        asks = not mine and words.endswith("?")  # the question said again, or one of the model's own
        if len(words.split()) >= _FEWEST and not asks:
            relied = tuple((mark.numbers[-1], mark.words) for mark in mine if mark.words)
            found.append(DraftLine(words, cites, relied))
    return found
