"""The command line: `dateline COMMAND`; errors as one line, exit codes that mean something."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import click

from bot.commands.add import add
from bot.commands.ask import ask
from bot.commands.backup import backup, restore
from bot.commands.batch import batch
from bot.commands.changes import changes
from bot.commands.check import check
from bot.commands.completion import completion
from bot.commands.conversation import converse
from bot.commands.doctor import doctor
from bot.commands.eval import eval_command
from bot.commands.feeds import feeds
from bot.commands.follow import follow
from bot.commands.home import HomeType, take_home_everywhere
from bot.commands.key import key
from bot.commands.list import list_command
from bot.commands.mcp import mcp
from bot.commands.move import move
from bot.commands.options import current_settings, say
from bot.commands.remove import remove
from bot.commands.search import search
from bot.commands.serve import serve
from bot.commands.settings import settings
from bot.commands.show import show
from bot.commands.status import status
from bot.commands.telegram import telegram
from bot.commands.timeline import timeline
from bot.commands.verify import verify
from bot.commands.watch import watch
from index.children import bound
from index.errors import ArchiveFull, DatelineError

_OF_THE_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EIO})

EPILOG = """\b
Begin with
  dateline add articles/            index a folder of articles
  dateline ask "Who said what?"     a proved, cited answer
  dateline                          the same as a conversation, in a terminal
\b
Exit codes
  0  done; answered
  1  done, and the answer is no, as of grep: the archive does not say (ask), nothing found (search, list,
     timeline), nothing has changed (changes), not word for word (check), a citation that does not stand any
     more (verify), the gate is shut (eval)
  2  wrong use of the command line
  3  bad input: a refused article, a bad question, filter or setting
  4  the archive: locked, full, damaged, made by another encoder, no such id
  5  the encoder cannot be loaded, or its weights are not the right ones
  6  a citation could not be proved (never expected: please report it)
  130  interrupted
"""


@click.group(
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
    epilog=EPILOG,
)
@click.option(
    "--home",
    type=HomeType(),
    help="The folder that holds the archive and its settings, or the archive's PostgreSQL database"
    " (postgresql://…).  [default: $DATELINE_HOME, or ~/.dateline]",
)
@click.version_option(package_name="dateline", message="dateline %(version)s")
@click.pass_context
def dateline(context: click.Context, home: str | Path | None) -> None:
    """Questions answered from a news archive, in the articles' own words, each citation proved."""
    context.obj = {} if home is None else {"home": home}
    if context.invoked_subcommand is None:
        _without_command(context)


def _without_command(context: click.Context) -> None:
    """A conversation where somebody sits at a terminal; else what there is to call."""
    if sys.stdin.isatty() and sys.stdout.isatty():
        converse(current_settings(context), note=say)
    else:
        click.echo(context.get_help())
        say("a conversation needs a terminal; `dateline batch FILE` answers a file of questions")


_COMMANDS = (
    add,
    remove,
    watch,
    feeds,
    list_command,
    show,
    ask,
    search,
    check,
    timeline,
    follow,
    batch,
    verify,
    changes,
    status,
    serve,
    mcp,
    telegram,
    key,
    eval_command,
    settings,
    doctor,
    backup,
    restore,
    move,
    completion,
)
for command in _COMMANDS:
    take_home_everywhere(command)
    dateline.add_command(command)


def main() -> None:
    """Run the command line and leave with its exit code. A crash leaves no file: keys would be in it."""
    bound()
    sys.exit(run(sys.argv[1:]))


def run(arguments: list[str]) -> int:
    """The exit code of `dateline ARGUMENTS…`."""
    try:
        code = dateline.main(arguments, prog_name="dateline", standalone_mode=False)
    except click.ClickException as exc:
        exc.show()
        return exc.exit_code
    except DatelineError as exc:
        click.echo(f"dateline: {exc}", err=True)
        return exc.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("dateline: interrupted", err=True)
        return 130
    except BrokenPipeError:  # `dateline search … | head`: nobody reads on, which is no fault
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as exc:  # whatever was being written or read: a full disk, a folder that is not one's own
        if exc.errno not in _OF_THE_DISK:
            raise
        click.echo(
            f"dateline: {exc.filename or 'a file'}: {exc.strerror}, expected room and permission", err=True
        )
        return ArchiveFull.exit_code
    return code if isinstance(code, int) else 0
