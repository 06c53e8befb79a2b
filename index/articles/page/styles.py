"""A page's own style sheets into whether a rule hides an element, and whether another shows it again.

A small part of CSS: selectors of tags, classes and ids, and what decides between two rules (importance,
specificity, order). A selector that asks for more is not taken to hide; it may show.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_NAME = re.compile(r"[.#]?(?:[\w-]|\\.)+")
_MORE = re.compile(r"(?<!\\)::?[\w-]+(?:\([^()]*\))?|\[[^\]]*\]|[+~]")
_FOR_A_MOMENT = re.compile(r"(?i)::?(?:hover|focus|active|target|checked|before|after)")
_MOVES = re.compile(r"(?i)(?:^|[;\s])(?:-webkit-)?(?:transition|animation)(?:-name)?\s*:(?!\s*none)")
_FILLED = re.compile(r"(?i)background-clip\s*:\s*text")
_NEVER = re.compile(r"(?!)")
_ZERO = r"0(?:\.0+)?(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
_EDGE = r"[01](?:px)?[\s,]*"


@dataclass(frozen=True)
class Way:
    """One way to hide: the values that hide and show, and what beside them tells that nothing is hidden.

    `passes_on` where what is inside can show itself; `fades` where scripts use it for what fades in.
    """

    hides: re.Pattern[str]
    shows: re.Pattern[str]
    unless: re.Pattern[str] = _NEVER
    passes_on: bool = False
    fades: bool = False


def _values(name: str, hiding: str, showing: str = r"\S") -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What finds a property with a value that hides, and with another that shows."""
    begin = rf"(?i)(?:^|[;\s]){name}\s*:\s*"
    return re.compile(f"{begin}(?:{hiding})"), re.compile(f"{begin}(?!{hiding})(?:{showing})")


WAYS = (
    Way(*_values("display", "none")),
    Way(*_values("visibility", "hidden|collapse", "visible"), unless=_MOVES, passes_on=True, fades=True),
    Way(*_values("opacity", _ZERO), unless=_MOVES, fades=True),
    # A size in em or per cent is a part of the size around it, which is nothing.
    Way(*_values("font-size", _ZERO, r"[\d.]+(?:px|pt|rem|vw)|[a-z]"), passes_on=True),
    Way(*_values("color", "transparent"), unless=_FILLED, passes_on=True),
    Way(*_values("(?:text-indent|left)", r"-\d{3,}")),
    Way(*_values("clip(?:-path)?", rf"rect\(\s*(?:{_EDGE}){{4}}\)|inset\(\s*(?:50|100)%")),
)


@dataclass(frozen=True)
class _Rule:
    """One selector with its declarations: what each part of it asks for, the subject last, and its weight."""

    parts: tuple[frozenset[str], ...]
    style: str
    weight: tuple[int, ...]
    around: frozenset[str]

    def holds(self, element: HtmlElement, *, with_state: bool) -> bool:
        """Whether what the selector asks for above its subject is above an element, in its order.

        Without state, the names of html and body do not count: scripts change them when the page has loaded.
        """
        above = (one for one in element.iterancestors() if with_state or one.tag not in {"html", "body"})
        return all(any(part <= names_of(one) for one in above) for part in reversed(self.parts[:-1]))


_Rules = dict[str, list[_Rule]]


@dataclass(frozen=True)
class Sheet:
    """The rules that hide and that show, under one name of their subject; those that fade under every one."""

    hiding: _Rules
    showing: _Rules
    fading: _Rules

    def hidden_ways(self, element: HtmlElement, above: Set[str]) -> list[Way]:
        """In which ways the page hides an element, below others that have all the names `above`."""
        own = element.get("style") or ""
        rules = [one for one in _about(self.hiding, element) if one.around <= above]
        return [way for way in WAYS if self._hides(element, way, own, rules)] if own or rules else []

    def shows(self, element: HtmlElement, way: Way) -> bool:
        """Whether an element within a hidden one shows itself."""
        if way.shows.search(element.get("style") or ""):
            return True
        rules = _about(self.showing, element)
        return any(way.shows.search(one.style) and one.holds(element, with_state=True) for one in rules)

    def _hides(self, element: HtmlElement, way: Way, own: str, rules: Sequence[_Rule]) -> bool:
        if way.hides.search(own) or way.shows.search(own):
            return not (way.shows.search(own) or way.unless.search(own))
        held = [one for one in rules if way.hides.search(one.style) and one.holds(element, with_state=False)]
        strongest = max(held, key=lambda rule: rule.weight, default=None)
        return strongest is not None and not self._overrides(element, strongest, way)

    def _overrides(self, element: HtmlElement, hiding: _Rule, way: Way) -> bool:
        """Whether a stronger rule shows what `hiding` hides, or it fades in once a script adds a class."""
        if way.unless.search(hiding.style):
            return True
        for name in hiding.parts[-1] if way.fades else ():
            rules = self.fading.get(name, ())
            if any(rule.parts[-1] >= hiding.parts[-1] and way.shows.search(rule.style) for rule in rules):
                return True
        stronger = (one for one in _about(self.showing, element) if one.weight > hiding.weight)
        return any(way.shows.search(one.style) and one.holds(element, with_state=True) for one in stronger)


def sheet_of(tree: HtmlElement) -> Sheet:
    """The rules of all `<style>` elements. What only some screens hide, or some show, counts as shown."""
    hiding: list[_Rule] = []
    showing: list[_Rule] = []
    css = "".join(_COMMENT.sub("", style.text or "") + "}" for style in tree.iter("style"))
    for order, (selectors, declared, outer) in enumerate(_rules(css)):
        if any("print" in around and "screen" not in around for around in outer):
            continue
        if not outer and any(way.hides.search(declared) for way in WAYS):
            hiding += _split(selectors, declared, order, may_ask_more=False)
        if any(way.shows.search(declared) for way in WAYS):
            showing += _split(selectors, declared, order, may_ask_more=True)
    fading = [rule for rule in showing if any(way.fades and way.shows.search(rule.style) for way in WAYS)]
    return Sheet(_by_rarest_name(hiding), _by_rarest_name(showing), _by_every_name(fading))


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


def _split(selectors: str, declared: str, order: int, *, may_ask_more: bool) -> Iterator[_Rule]:
    """A rule for each selector that is understood; none where it holds for a moment, as under a mouse."""
    text = _MORE.sub(lambda match: "\0" if _FOR_A_MOMENT.match(match[0]) else "\1", selectors)
    for selector in text.replace(">", " ").split(","):
        if "\0" in selector or ("\1" in selector and not may_ask_more):
            continue
        parts = [[name.replace("\\", "") for name in _NAME.findall(part)] for part in selector.split()]
        names = [name for part in parts for name in part]
        if not parts or not parts[-1]:
            continue
        kinds = [sum(name.startswith(kind) for name in names) for kind in ("#", ".")]
        weight = ("!important" in declared, *kinds, len(names) - sum(kinds), order)
        around = frozenset(name for part in parts[:-1] for name in part)
        yield _Rule(tuple(map(frozenset, parts)), declared, weight, around)


def _by_rarest_name(rules: Sequence[_Rule]) -> _Rules:
    """The rules under that name of their subject that the fewest have; an element without it has none."""
    counts = Counter(name for rule in rules for name in rule.parts[-1])
    named: _Rules = {}
    for rule in rules:
        named.setdefault(min(rule.parts[-1], key=lambda name: counts[name]), []).append(rule)
    return named


def _by_every_name(rules: Sequence[_Rule]) -> _Rules:
    named: _Rules = {}
    for rule in rules:
        for name in rule.parts[-1]:
            named.setdefault(name, []).append(rule)
    return named


def _about(rules: Mapping[str, Sequence[_Rule]], element: HtmlElement) -> list[_Rule]:
    """The rules of which an element is the subject, if what they ask for above it holds."""
    names = names_of(element) if rules else set()
    return [rule for name in names for rule in rules.get(name, ()) if rule.parts[-1] <= names]
