"""Rules over senses: a pattern of categories, and what its match means.

A pattern is a line of categories: `day_mark?` may be missing, `number|ordinal` is either. A rule is tried only where
one of its possible first categories stands, its matches are offered longest first, and the first one that its meaning
accepts wins. Patterns are short and bounded, so a match costs a bounded number of steps whatever the message.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from frontdesk.language.moments.atoms import Atom, Placed
from frontdesk.language.moments.scene import Scene


@dataclass(frozen=True, slots=True)
class Element:
    """One place of a pattern."""

    categories: tuple[str, ...]
    optional: bool


@dataclass(frozen=True, slots=True)
class Caught:
    """The categories a match went through, in order: category, value, token."""

    parts: tuple[tuple[str, str, int], ...]
    scene: Scene

    def get(self, category: str) -> str | None:
        """The first value of a category, None where it did not occur."""
        return next((value for name, value, _ in self.parts if name == category), None)

    def __getitem__(self, category: str) -> str:
        found = self.get(category)
        if found is None:
            raise KeyError(category)
        return found

    def __contains__(self, category: str) -> bool:
        return self.get(category) is not None

    def at(self, category: str) -> int:
        """The token at which a category was caught."""
        return next(at for name, _, at in self.parts if name == category)

    def all(self, *categories: str) -> list[str]:
        """All values of these categories, in order."""
        return [value for name, value, _ in self.parts if name in categories]


Meaning = Callable[[Caught], Atom | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern with its meaning; the meaning answers None where the words only look right («32 августа»)."""

    name: str
    elements: tuple[Element, ...]
    meaning: Meaning

    def starts(self) -> Iterator[str]:
        """The categories with which a match may begin."""
        for element in self.elements:
            yield from element.categories
            if not element.optional:
                return


def rule(name: str, pattern: str, meaning: Meaning) -> Rule:
    """A rule from its pattern's line."""
    elements = tuple(Element(tuple(word.rstrip("?").split("|")), word.endswith("?")) for word in pattern.split())
    return Rule(name, elements, meaning)


class Grammar:
    """Rules by the category they begin with."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._by_start: dict[str, list[tuple[int, Rule]]] = {}
        for order, each in enumerate(rules):
            for category in each.starts():
                self._by_start.setdefault(category, []).append((order, each))

    def read(self, scene: Scene, at: int) -> Placed | None:
        """The longest expression that begins at a token; among equals the rule listed first."""
        candidates: dict[int, Rule] = {}
        for category in scene.senses[at]:
            candidates.update(self._by_start.get(category, ()))
        best: Placed | None = None
        for order in sorted(candidates):
            found = _read(candidates[order], scene, at, best.end if best else at)
            best = found or best
        return best


def _read(each: Rule, scene: Scene, at: int, longer_than: int) -> Placed | None:
    matches = sorted(_walk(each.elements, scene, at), key=lambda match: -match[0])
    for end, parts in matches:
        if end <= longer_than:
            return None
        atom = each.meaning(Caught(parts, scene))
        if atom is not None:
            return Placed(atom, at, end, each.name)
    return None


def _walk(
    elements: tuple[Element, ...], scene: Scene, at: int, parts: tuple[tuple[str, str, int], ...] = ()
) -> Iterator[tuple[int, tuple[tuple[str, str, int], ...]]]:
    if not elements:
        yield at, parts
        return
    element, rest = elements[0], elements[1:]
    if at < len(scene.senses):
        senses = scene.senses[at]
        for category in element.categories:
            if category in senses:
                value, after = senses[category]
                yield from _walk(rest, scene, after, (*parts, (category, value, at)))
    if element.optional:
        yield from _walk(rest, scene, at, parts)
