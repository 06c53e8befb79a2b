"""`dateline check`: whether a quotation is real, word for word, and who said it."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

import click

from bot.commands.options import current_settings, json_option, print_json, read_text

if TYPE_CHECKING:
    from collections.abc import Sequence

_NOT_REAL_EXIT = 1


@click.command(short_help="Say whether a quotation is real, and who said it.")
@click.argument("quote", nargs=-1, metavar="QUOTE")
@click.option("--speaker", metavar="NAME", help="Hold it against who is said to have said it.")
@click.option(
    "--file",
    type=click.File(encoding="utf-8"),
    metavar="FILE",
    help="Check every quotation of a text instead, each held against who the text says; - is standard input.",
)
@json_option
@click.pass_context
def check(
    context: click.Context,
    quote: tuple[str, ...],
    speaker: str | None,
    file: IO[str] | None,
    as_json: bool,
) -> int:
    """Say whether a quotation is real: word for word, altered, spliced, somebody else's, or in no article.

    The whole archive is looked through, earlier revisions of articles too. Words count letter by letter; what
    is set aside (kinds of quotation marks, an ellipsis, brackets) is said. Exits with 0 when everything
    stands word for word, and is by the speaker asked for; with 1 when something does not (no failure).

    \b
    Examples
      dateline check "We lost four cranes"
      dateline check "We lost four cranes" --speaker "Ada Lind"
      dateline check --file draft.txt
      pbpaste | dateline check --file - --json
    """
    if bool(quote) == (file is not None):
        raise click.UsageError("expected either a QUOTE or --file FILE")
    from bot.assemble import open_archive
    from bot.checking.checker import QuoteChecker
    from bot.showing.checks import check_lines, marked_text, text_lines
    from bot.showing.checks_json import check_body, text_check_body
    from bot.showing.wording import words_of

    with open_archive(current_settings(context)) as archive:
        checker = QuoteChecker(archive)
        if file is None:
            checked = checker.check(" ".join(quote), speaker=speaker)
            if as_json:
                print_json(check_body(checked))
            else:
                _print(check_lines(checked, words_of()))
            return 0 if checked.verdict == "word_for_word" else _NOT_REAL_EXIT
        text = checker.check_text(read_text(file), speaker=speaker)
    if as_json:
        print_json(text_check_body(text))
    else:
        _print([*text_lines(text, words_of()), "", *_shown(marked_text(text, words_of()))])
    real = all(one.checked.verdict == "word_for_word" for one in text.quotes)
    return 0 if real else _NOT_REAL_EXIT


def _shown(text: str) -> list[str]:
    """The lines of a text without what a terminal obeys."""
    from bot.answers.lines import plain

    return [plain(line) for line in text.split("\n")]


def _print(lines: Sequence[str]) -> None:
    """The verdict in bold, what stands below it as it is; long lines are folded between words."""
    from rich.console import Console
    from rich.text import Text

    console = Console(highlight=False, markup=False, emoji=False)
    console.width = min(console.width, 100)
    for number, line in enumerate(lines):
        console.print(Text(line, style="bold" if number == 0 else "", overflow="fold"))
