"""`dateline` alone in a terminal: a prompt with history, in which each question may follow the one before."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

if TYPE_CHECKING:
    from bot.answers.answer import Answer
    from bot.settings import Settings

HISTORY = "prompt_history"  # in the home folder, for its owner alone
THREAD = 5  # earlier questions that a follow-up is read with
HELP = "Ask a question; the next may follow it (“And where?”). /new begins anew, /quit or Ctrl-D ends."


class Prompt(Protocol):
    """Where lines come from; prompt_toolkit's `PromptSession` is one."""

    def prompt(self, message: str) -> str:
        """The next line. Raises `EOFError` at the end, `KeyboardInterrupt` for Ctrl-C."""


def converse(settings: Settings, note: Callable[[str], None]) -> None:
    """Ask and answer until the person ends it. Raises `ArchiveError` where there is no archive to ask."""
    from bot.answers.asked import Asked
    from bot.assemble import assemble
    from bot.showing.terminal import print_answer
    from index.errors import BadQuestion

    with assemble(settings, note=note) as dateline, asyncio.Runner() as loop:  # a model keeps its connections

        def ask(question: str, thread: Sequence[str]) -> None:
            try:
                answer: Answer = loop.run(dateline.ask(Asked(question, history=tuple(thread))))
            except BadQuestion as exc:
                note(str(exc))
            else:
                print_answer(answer)

        note(f"asking {settings.archive_home}. {HELP}")
        talk(_session(settings.home / HISTORY), ask)


def talk(prompt: Prompt, ask: Callable[[str, Sequence[str]], None]) -> None:
    """Ask every line, with the questions of its thread before it."""
    thread: list[str] = []
    for line in _lines(prompt):
        match line.split():
            case []:
                continue
            case ["/quit" | "/exit" | "quit" | "exit"]:
                return
            case ["/new"]:
                thread.clear()
            case ["/help" | "?"]:
                click.echo(HELP)
            case _:
                ask(line, thread)
                thread = [*thread, line][-THREAD:]


def _lines(prompt: Prompt) -> Iterator[str]:
    while True:
        try:
            yield prompt.prompt("? ").strip()
        except KeyboardInterrupt:  # drops the line at hand, as in a shell
            continue
        except EOFError:
            return


def _session(path: Path) -> Prompt:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory

    path.touch(mode=0o600)
    session: Prompt = PromptSession(history=FileHistory(str(path)))
    return session
