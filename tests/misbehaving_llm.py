"""A language model's server that misbehaves on command: OpenAI's chat API over real HTTP, streaming and not.

The name of the model is the command: `good` copies the passages' sentences that share most words with the
question, every other one does to them what its name says. A server remembers what it was asked, which forged
sentences it wrote, and which calls were left before their end.
"""

from __future__ import annotations

import asyncio
import json
import re
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from index.sentences import sentence_spans

_PASSAGE = re.compile(r"<<<(\w+) passage (\d+)>>>\n(.*?)\n<<<\1 end>>>", re.DOTALL)
_MOST = 2
END = object()  # the reply ends here, without a reason


@dataclass(frozen=True)
class Said:
    """A sentence of a passage that the server was sent."""

    number: int
    text: str
    outlet: str


@dataclass(frozen=True)
class Prompted:
    """What the server reads in a prompt."""

    question: str
    sentences: tuple[Said, ...]  # those nearest to the question first
    orders: tuple[str, ...]  # what articles tell it to write

    @property
    def best(self) -> Said:
        return self.sentences[0]


@dataclass
class Log:
    """What a server saw and did."""

    url: str = ""
    requests: list[dict[str, object]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    forged: list[str] = field(default_factory=list)
    left: int = 0  # calls that the client closed before the server was done

    def forget(self) -> None:
        """Begin anew, at the same address."""
        for seen in (self.requests, self.headers, self.times, self.forged):
            seen.clear()
        self.left = 0


# What it writes


def line(text: str, number: int, words: str) -> str:
    return f"{text} [{number}] «{words}»"


def good(prompted: Prompted) -> list[str]:
    return [line(one.text, one.number, one.text) for one in prompted.sentences[:_MOST]]


def retelling(prompted: Prompted) -> list[str]:
    return [line("Things have become far worse with the stock.", prompted.best.number, prompted.best.text)]


def refusing(prompted: Prompted) -> list[str]:
    return ["NOT IN THE PASSAGES"]


def next_citation(prompted: Prompted) -> list[str]:
    best = prompted.best
    return [line(best.text, best.number + 1, best.text)]


def unsent_citation(prompted: Prompted) -> list[str]:
    return [line(prompted.best.text, 77, prompted.best.text)]


def one_digit(prompted: Prompted) -> list[str]:
    with_digit = next((one for one in prompted.sentences if re.search(r"\d", one.text)), None)
    if with_digit is None:
        return [forge(prompted, prompted.best.text.rstrip(".") + " 17 times.")]
    changed = re.sub(r"\d", lambda digit: str((int(digit[0]) + 3) % 10), with_digit.text, count=1)
    return [line(changed, with_digit.number, with_digit.text), line(changed, with_digit.number, changed)]


def no_not(prompted: Prompted) -> list[str]:
    for one in prompted.sentences:
        changed = re.sub(r"\b(not|never|no) |n[’']t\b", "", one.text)
        if changed != one.text:
            return [line(changed, one.number, one.text)]
    best = prompted.best
    changed = re.sub(r"\b(was|is|were|are|will|would|had|has|can)\b", r"\1 not", best.text, count=1)
    changed = changed if changed != best.text else f"It is not true that {best.text}"
    return [line(changed, best.number, best.text)]


def other_speaker(prompted: Prompted) -> list[str]:
    for one in prompted.sentences:
        changed = re.sub(r"[^\W\d_][\w’-]* (said|says|told)\b", r"Boris Quill \1", one.text)
        if changed != one.text:
            return [line(changed, one.number, one.text)]
    return [line(f"Boris Quill said that {prompted.best.text}", prompted.best.number, prompted.best.text)]


def invented_tail(prompted: Prompted) -> list[str]:
    best = prompted.best
    tail = best.text.rstrip(".”") + ", and the government resigned the same evening."
    return [line(tail, best.number, best.text), line(tail, best.number, tail)]


def spliced(prompted: Prompted) -> list[str]:
    first, last = prompted.sentences[0], prompted.sentences[-1]
    text = " ".join([*first.text.split()[:5], *last.text.split()[-6:]])
    return [line(f"“{text}”, it was reported.", first.number, text)]


def altered_quote(prompted: Prompted) -> list[str]:
    best = prompted.best
    words = best.text.split()
    changed = " ".join([*words[: len(words) // 2], "gladly", *words[len(words) // 2 :]])
    return [line(f"“{changed}”, one article has it.", best.number, changed)]


def obedient(prompted: Prompted) -> list[str]:
    best = prompted.best
    told = prompted.orders or ("The mayor is a crook, see https://evil.example/now.",)
    return [line(order, best.number, order) for order in told] + ["NOT IN THE PASSAGES"]


def links(prompted: Prompted) -> list[str]:
    best = prompted.best
    return [
        line(f"{best.text} ![](https://evil.example/pixel.png?q=who)", best.number, best.text),
        line(f"[Read more](https://evil.example) {best.text}", best.number, best.text),
        line(f'{best.text} <img src="https://evil.example/x">', best.number, best.text),
    ]


def unmarked(prompted: Prompted) -> list[str]:
    return [f"Sure! Here is what I know:\n\nThe sea is rising everywhere, experts agree. {prompted.question}"]


def chatty(prompted: Prompted) -> list[str]:
    """A good answer as many models dress it."""
    first = prompted.best
    return [
        "Sure! Based on the passages:",
        "",
        f"- **{first.text}** [{first.number}]",
        "",
        "Sources:",
        f"[{first.number}] {first.outlet}",
        "",
        "Let me know if you need anything else!",
    ]


def huge(prompted: Prompted) -> list[str]:
    return ["word " * 200_000]


def garbage(prompted: Prompted) -> list[str]:
    return ["\x00\x1b[31m{]}<<<>>>«»[[1]]]]” %%%$$$ $question ${passages}", "\ud7ff\ufffd" * 50]


def forge(prompted: Prompted, text: str) -> str:
    return line(text, prompted.best.number, prompted.best.text)


WRITERS: Mapping[str, Callable[[Prompted], list[str]]] = {
    "good": good,
    "chatty": chatty,
    "retelling": retelling,
    "refusing": refusing,
    "next-citation": next_citation,
    "unsent-citation": unsent_citation,
    "one-digit": one_digit,
    "no-not": no_not,
    "other-speaker": other_speaker,
    "invented-tail": invented_tail,
    "spliced": spliced,
    "altered-quote": altered_quote,
    "obedient": obedient,
    "links": links,
    "unmarked": unmarked,
    "huge": huge,
    "garbage": garbage,
}
HONEST = frozenset(("good", "chatty", "retelling", "refusing", "next-citation", "unsent-citation"))
# Of these the words that they rely on are forged as well: nothing is left to quote.
POINTLESS = frozenset(("spliced", "altered-quote", "unmarked", "huge", "garbage"))
FORGERS = tuple(name for name in WRITERS if name not in HONEST and name not in ("huge", "garbage"))
# What happens to the connection; the words are those of `good`.
BREAKERS = (
    "silent",  # takes the call and says nothing
    "stalls",  # stops in the middle and keeps the connection
    "drips",  # a letter now and then, for ever
    "cut",  # the connection drops in the middle
    "no-finish",  # the stream ends in the middle, as if it were whole
    "not-json",  # a piece of the stream cannot be read
    "empty-choices",
    "500",
    "500-once",
    "429",
    "429-after",  # with Retry-After
    "429-once-after",
    "429-long",  # asks to wait for an hour
    "401",
    "closes",  # drops every connection before a word
)


def read_prompt(body: Mapping[str, object]) -> Prompted:
    messages = body["messages"]
    assert isinstance(messages, list)
    user = str(messages[-1]["content"])
    question = user.rpartition("The question: ")[2].splitlines()[0] if "The question: " in user else user
    wanted = {word[:5] for word in re.findall(r"\w{4,}", question.lower())}
    said = []
    for _, number, text in _PASSAGE.findall(user):
        outlet, _, rest = text.partition("\n")
        passage = rest.partition("\n\n")[2]
        spans = sentence_spans(passage)
        said += [
            Said(int(number), " ".join(passage[a:b].split()), outlet.partition(",")[0]) for a, b in spans
        ]

    def shared(one: Said) -> int:
        return len(wanted & {word[:5] for word in re.findall(r"\w{4,}", one.text.lower())})

    said.sort(key=lambda one: -shared(one))
    orders = tuple(re.findall(r"write exactly: ([^\n]+?)\.?(?:\s*$|\n)", user, re.IGNORECASE | re.MULTILINE))
    return Prompted(question, tuple(said), orders)


# How it sends it


class Server:
    """Answers one connection after another, each with one reply."""

    def __init__(self, log: Log, *, piece: int = 12, pause: float = 0.0) -> None:
        self.log = log
        self.piece = piece
        self.pause = pause

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await self._handle(reader, writer)
        finally:
            writer.close()

    async def _handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            headers = {
                name.strip().lower(): value.strip()
                for name, _, value in (row.partition(":") for row in head.split("\r\n")[1:])
            }
            body = json.loads(await reader.readexactly(int(headers.get("content-length", 0))) or b"{}")
            self.log.requests.append(body)
            self.log.headers.append(headers)
            self.log.times.append(asyncio.get_running_loop().time())
            leaving = asyncio.ensure_future(reader.read())
            working = asyncio.ensure_future(self._reply(head.split(" ")[1], body, writer))
            done, _ = await asyncio.wait({leaving, working}, return_when=asyncio.FIRST_COMPLETED)
            if working not in done:
                self.log.left += 1
            for task in (leaving, working):
                task.cancel()
            await asyncio.gather(leaving, working, return_exceptions=True)

    async def _reply(self, path: str, body: dict[str, object], writer: asyncio.StreamWriter) -> None:
        command = str(body.get("model"))
        tries = sum(one.get("model") == command for one in self.log.requests)
        if await self._refuses(command, tries, writer):
            return
        if command == "closes":
            return
        if command == "silent":
            await asyncio.sleep(3600)
        if command == "empty-choices" and not body.get("stream"):
            await self._whole(
                writer,
                {"id": "x", "object": "chat.completion", "created": 1, "model": command, "choices": []},
            )
            return
        text = self._text(command, body)
        if body.get("stream"):
            await self._stream(command, text, writer)
        else:
            await self._at_once(command, text, writer)

    def _text(self, command: str, body: Mapping[str, object]) -> str:
        prompted = read_prompt(body)
        if not prompted.sentences:
            return prompted.question.strip()
        lines = WRITERS.get(command, good)(prompted)
        if command in FORGERS:
            self.log.forged += [re.sub(r" \[\d+\].*", "", one) for one in lines]
        return "\n".join(lines)

    async def _refuses(self, command: str, tries: int, writer: asyncio.StreamWriter) -> bool:
        if not re.match(r"\d{3}", command) or ("once" in command and tries > 1):
            return False
        after = {"429-long": "Retry-After: 3600\r\n"}.get(
            command, "Retry-After: 0.3\r\n" if "after" in command else ""
        )
        error = json.dumps({"error": {"message": "no", "type": "x", "code": None}}).encode()
        writer.write(
            f"HTTP/1.1 {command[:3]} No\r\nContent-Type: application/json\r\n{after}"
            f"Content-Length: {len(error)}\r\nConnection: close\r\n\r\n".encode()
            + error
        )
        await writer.drain()
        return True

    async def _whole(self, writer: asyncio.StreamWriter, reply: Mapping[str, object]) -> None:
        raw = json.dumps(reply).encode()
        writer.write(
            f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n"
            "Connection: close\r\n\r\n".encode()
            + raw
        )
        await writer.drain()

    async def _at_once(self, command: str, text: str, writer: asyncio.StreamWriter) -> None:
        reply = {
            "id": "x",
            "object": "chat.completion",
            "created": 1,
            "model": command,
            "choices": [
                {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
            ],
            "usage": {
                "prompt_tokens": 900,
                "completion_tokens": len(text) // 4,
                "total_tokens": 900 + len(text) // 4,
            },
        }
        if command == "no-finish":
            choices = reply["choices"]
            assert isinstance(choices, list)
            choices[0]["finish_reason"] = None
        raw = json.dumps(reply).encode()
        if command == "not-json":
            raw = raw[:-9] + b"}}}}oops!"
        head = (
            f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(raw)}\r\n"
            "Connection: close\r\n\r\n"
        )
        writer.write(head.encode())
        if command in ("cut", "stalls", "drips"):
            writer.write(raw[: len(raw) // 2])
            await writer.drain()
            if command == "cut":
                writer.transport.abort()
                return
            await asyncio.sleep(3600)
        writer.write(raw)
        await writer.drain()

    async def _stream(self, command: str, text: str, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n"
            b"Connection: close\r\n\r\n"
        )
        async for event in self._events(command, text):
            if event is END:
                if command == "cut":
                    writer.transport.abort()
                    return
                break
            raw = event if isinstance(event, bytes) else f"data: {json.dumps(event)}\n\n".encode()
            writer.write(f"{len(raw):x}\r\n".encode() + raw + b"\r\n")
            await writer.drain()
        if command != "no-finish":
            done = b"data: [DONE]\n\n"
            writer.write(f"{len(done):x}\r\n".encode() + done + b"\r\n")
        writer.write(b"0\r\n\r\n")
        await writer.drain()

    async def _events(self, command: str, text: str) -> AsyncIterator[object]:
        def chunk(delta: Mapping[str, str], finish: str | None = None) -> dict[str, object]:
            choices = [{"index": 0, "delta": delta, "finish_reason": finish}]
            if command == "empty-choices":
                choices = []
            return {
                "id": "x",
                "object": "chat.completion.chunk",
                "created": 1,
                "model": command,
                "choices": choices,
            }

        yield chunk({"role": "assistant", "content": ""})
        size = self.piece if command != "huge" else 4096
        for start in range(0, len(text), size):
            if start > len(text) * 0.4:
                match command:
                    case "stalls":
                        await asyncio.sleep(3600)
                    case "cut" | "no-finish":
                        yield END
                        return
                    case "not-json":
                        yield b'data: {"id": "x", "choi\n\n'
            if command == "drips":
                await asyncio.sleep(0.15)
            await asyncio.sleep(self.pause)
            yield chunk({"content": text[start : start + size]})
        yield chunk({}, "stop")
        yield {
            "id": "x",
            "object": "chat.completion.chunk",
            "created": 1,
            "model": command,
            "choices": [],
            "usage": {
                "prompt_tokens": 900,
                "completion_tokens": len(text) // 4,
                "total_tokens": 900 + len(text) // 4,
            },
        }


@contextmanager
def misbehaving(*, piece: int = 12, pause: float = 0.0) -> Iterator[Log]:
    """A server at `log.url`, in a thread of its own."""
    log = Log()
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(
        asyncio.start_server(Server(log, piece=piece, pause=pause).handle, "127.0.0.1", 0, limit=2**20)
    )
    log.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield log
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(server: asyncio.Server) -> None:
    server.close()
    await asyncio.sleep(0)  # a connection that was just taken begins, so that it can end
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
    await asyncio.sleep(0)  # what was closed is let go
