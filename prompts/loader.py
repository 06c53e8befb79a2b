"""A prompt's name into its text, checked when loaded and filled without surprises.

Prompts are text files with `$placeholders` (`string.Template`): what is filled in is never expanded again, so
an article that says "$question" stays an article. `$$` is a dollar sign.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Set
from dataclasses import dataclass
from pathlib import Path
from string import Template

FOLDER = Path(__file__).parent


class BadPrompt(ValueError):
    """A prompt file, or what is filled into it, is not what it should be."""


@dataclass(frozen=True)
class Prompt:
    """One prompt; `version` is the first 12 hexadecimal digits of its text's sha256."""

    name: str
    text: str

    @property
    def version(self) -> str:
        """A name for exactly this wording, kept with every answer that it helped to make."""
        return hashlib.sha256(self.text.encode()).hexdigest()[:12]

    @property
    def placeholders(self) -> frozenset[str]:
        """The names that `fill` needs, no more and no less."""
        return frozenset(Template(self.text).get_identifiers())

    def fill(self, values: Mapping[str, str]) -> str:
        """The text with every placeholder replaced once.

        Raises:
            BadPrompt: values are missing or unknown; all of them are named at once.
        """
        _expect_same(self.name, self.placeholders, values.keys())
        return Template(self.text).substitute(values)


def load_prompt(name: str, placeholders: Set[str], *, folder: Path = FOLDER) -> Prompt:
    """The prompt `folder/name.txt`, which must have exactly these placeholders.

    Raises:
        BadPrompt: there is no such file, it is not a template, or its placeholders are others.
    """
    path = folder / f"{name}.txt"
    try:
        prompt = Prompt(name, path.read_text(encoding="utf-8"))
    except OSError as exc:
        raise BadPrompt(f"prompt {name!r}: no readable file {path}") from exc
    if not Template(prompt.text).is_valid():
        raise BadPrompt(
            f"prompt {name!r}: {path} has a '$' that begins no placeholder, expected '$$' or '$name'"
        )
    _expect_same(name, prompt.placeholders, placeholders)
    return prompt


def _expect_same(name: str, wanted: Set[str], given: Set[str]) -> None:
    missing, unknown = sorted(wanted - given), sorted(given - wanted)
    faults = [
        f"{what} {', '.join(names)}" for what, names in (("missing", missing), ("unknown", unknown)) if names
    ]
    if faults:
        raise BadPrompt(
            f"prompt {name!r}: {'; '.join(faults)}; its placeholders are {', '.join(sorted(wanted))}"
        )
