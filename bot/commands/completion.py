"""`dateline completion`: what makes a shell complete commands and options."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

_SHELLS = ("bash", "zsh", "fish")


@click.command(short_help="Print the completion script of a shell.")
@click.argument("shell", type=click.Choice(_SHELLS))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print what makes SHELL complete `dateline`'s commands and options.

    \b
    Examples
      echo 'eval "$(dateline completion bash)"' >> ~/.bashrc
      echo 'eval "$(dateline completion zsh)"' >> ~/.zshrc
      dateline completion fish > ~/.config/fish/completions/dateline.fish
    """
    completer = get_completion_class(shell)
    if completer is None:  # the choice has only shells that click knows
        raise click.UsageError(f"no completion for {shell!r}")
    click.echo(completer(context.find_root().command, {}, "dateline", "_DATELINE_COMPLETE").source())
