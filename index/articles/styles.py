"""A page's own style sheets into whether a rule hides an element, and whether another shows it again.

A small part of CSS: selectors of tags, classes and ids, and what decides between two rules (importance,
specificity, order). A selector that asks for more is not taken to hide; it may show.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_NAME = re.compile(r"[.#]?(?:[\w-]|\\.)+")
_MORE = re.compile(r"(?<!\\)::?[\w-]+(?:\([^()]*\))?|\[[^\]]*\]|[+~]")
_FOR_A_MOMENT = re.compile(
    r"(?i):(?:hover|focus|active|target|checked|before|after)"
)  # not as the page stands
_MOVES = re.compile(r"(?i)(?:^|[;\s])(?:-webkit-)?(?:transition|animation)(?:-name)?\s*:(?!\s*none)")
_ZERO = r"0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
_EDGE = r"[01](?:px)?[\s,]*"


@dataclass(frozen=True)
class Way:
    """One way to hide: the values that do; whether children may show themselves, and whether it may fade in."""

    hides: re.Pattern[str]
    shows: re.Pattern[str]
    passes_on: bool
    fades: bool


def _way(name: str, hides: str, *, shows: str = r"\S", passes_on: bool = False, fades: bool = False) -> Way:
    begin = rf"(?i)(?:^|[;\s]){name}\s*:\s*"
    return Way(
        re.compile(f"{begin}(?:{hides})"), re.compile(f"{begin}(?!{hides})(?:{shows})"), passes_on, fades
    )


WAYS = (
    _way("display", "none"),
    _way("visibility", "hidden|collapse", shows="visible", passes_on=True, fades=True),
    _way("opacity", _ZERO, fades=True),
    _way(
        "font-size", _ZERO, shows=r"[\d.]+(?:px|pt|rem|vw)|[a-z]", passes_on=True
    ),  # "1em" of nothing is nothing
    _way("color", "transparent", passes_on=True),
    _way("(?:text-indent|left)", r"-\d{3,}"),
    _way("clip(?:-path)?", rf"rect\(\s*(?:{_EDGE}){{4}}\)|inset\(\s*(?:50|100)%"),
)


@dataclass(frozen=True)
class _Rule:
    """One selector with its declarations: what each of its parts asks for, the subject last, and its weight."""

    parts: tuple[frozenset[str], ...]
    style: str
    weight: tuple[int, ...]

    def matches(self, element: HtmlElement, *, with_state: bool = True) -> bool:
        """Whether the subject and, somewhere above it in their order, the others are on the page as it stands.

        Without state, those of html and body do not count: scripts take them away when the page has loaded.
        """
        above = (one for one in element.iterancestors() if with_state or one.tag not in {"html", "body"})
        return self.parts[-1] <= names_of(element) and all(
            any(part <= names_of(ancestor) for ancestor in above) for part in reversed(self.parts[:-1])
        )


@dataclass(frozen=True)
class Sheet:
    """The rules of a page that hide and that show, each under every name of its subject."""

    hiding: dict[str, list[_Rule]] = field(default_factory=dict)
    showing: dict[str, list[_Rule]] = field(default_factory=dict)

    def hides(self, element: HtmlElement, way: Way) -> bool:
        """Whether the page hides an element in this way, when its own style and all rules are weighed."""
        own = element.get("style") or ""
        if way.hides.search(own):
            return not (way.fades and _MOVES.search(own))
        matching = (rule for rule in _under(self.hiding, element) if way.hides.search(rule.style))
        held = (rule for rule in matching if rule.matches(element, with_state=False))
        strongest = max(held, key=_weight, default=None)
        return (
            strongest is not None
            and not way.shows.search(own)
            and not self._overrides(element, strongest, way)
        )

    def shows(self, element: HtmlElement, way: Way) -> bool:
        """Whether an element within a hidden one shows itself."""
        rules = (rule for rule in _under(self.showing, element) if way.shows.search(rule.style))
        return way.shows.search(element.get("style") or "") is not None or any(
            r.matches(element) for r in rules
        )

    def _overrides(self, element: HtmlElement, hiding: _Rule, way: Way) -> bool:
        """Whether a stronger rule shows what `hiding` hides, or it fades in, as when a script adds a class."""
        if way.fades and _MOVES.search(hiding.style):
            return True
        rules = [rule for rule in _under(self.showing, element) if way.shows.search(rule.style)]
        if way.fades and any(rule.parts[-1] >= hiding.parts[-1] for rule in rules):
            return True
        return any(rule.weight > hiding.weight and rule.matches(element) for rule in rules)


def sheet_of(tree: HtmlElement) -> Sheet:
    """The rules of all `<style>` elements. What only some screens hide is not hidden; what they show is shown."""
    sheet = Sheet()
    css = "".join(_COMMENT.sub("", style.text or "") + "}" for style in tree.iter("style"))
    for order, (selectors, declared, outer) in enumerate(_rules(css)):
        if any("print" in around and "screen" not in around for around in outer):
            continue
        if not outer and any(way.hides.search(declared) for way in WAYS):
            _add(sheet.hiding, _selectors(selectors, may_ask_more=False), declared, order)
        if any(way.shows.search(declared) for way in WAYS):
            _add(sheet.showing, _selectors(selectors, may_ask_more=True), declared, order)
    return sheet


def names_of(element: HtmlElement) -> set[str]:
    """What a selector can ask of an element: its tag, "#id" and each ".class"."""
    classes = (element.get("class") or "").split()
    return {str(element.tag), f"#{element.get('id')}", "*", *(f".{name}" for name in classes)}


def _rules(css: str) -> Iterator[tuple[str, str, list[str]]]:
    """Each rule's selectors and declarations, and the at-rules around it."""
    outer: list[str] = []
    for piece in css.split("}"):
        *opened, declared = piece.split("{")
        heads = [head.rpartition(";")[2].strip() for head in opened]
        if not heads:
            outer = outer[:-1]
            continue
        outer += heads[:-1]
        if not heads[-1].startswith("@"):
            yield heads[-1], declared, [around for around in outer if not around.startswith("@layer")]


def _selectors(text: str, *, may_ask_more: bool) -> Iterator[list[list[str]]]:
    """Each selector of a list as the names that its parts ask for; none that holds only for a moment."""
    text = _MORE.sub(lambda match: "\0" if _FOR_A_MOMENT.match(match[0]) else "\1", text)
    for selector in text.replace(">", " ").split(","):
        if "\0" in selector or ("\1" in selector and not may_ask_more):
            continue
        if parts := [_NAME.findall(part) for part in selector.replace("\1", "").split()]:
            yield parts


def _add(
    rules: dict[str, list[_Rule]], selectors: Iterator[list[list[str]]], declared: str, order: int
) -> None:
    """Keep a rule for each of its selectors under every name of its subject."""
    for parts in selectors:
        names = [name.replace("\\", "") for part in parts for name in part]
        kinds = [sum(name.startswith(kind) for name in names) for kind in ("#", ".")]
        weight = ("!important" in declared, *kinds, len(names) - sum(kinds), order)
        asked = tuple(frozenset(name.replace("\\", "") for name in part) for part in parts)
        for name in asked[-1] or {"*"}:
            rules.setdefault(name, []).append(_Rule(asked, declared, weight))


def _under(rules: dict[str, list[_Rule]], element: HtmlElement) -> Iterator[_Rule]:
    """The rules that may be about an element."""
    return (rule for name in names_of(element) for rule in rules.get(name, ()))


def _weight(rule: _Rule) -> tuple[int, ...]:
    return rule.weight
