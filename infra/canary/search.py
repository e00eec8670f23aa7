"""Looks for canaries in what a stack holds."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ahocorasick_rs import BytesAhoCorasick

from forms import Canary
from unpack import unpacked


@dataclass
class Found:
    """What was looked through, and in which places what was found."""

    # Things looked through, by kind of place.
    looked: dict[str, int] = field(default_factory=dict)
    # Kind of place, place and canary.
    hits: set[tuple[str, str, str]] = field(default_factory=set)


class Search:
    """The search for some canaries: for all of their forms at once."""

    def __init__(self, canaries: list[Canary]) -> None:
        self._caseless = _Patterns((form, one.name) for one in canaries for form in one.caseless)
        self._exact = _Patterns((form, one.name) for one in canaries for form in one.exact)

    def found_in(self, data: bytes) -> set[str]:
        """The names of the canaries that are in it, in any form, however packed."""
        insides = unpacked(data)
        return {name for one in insides for name in self._caseless.names(one.lower()) | self._exact.names(one)}

    def through(self, things: Iterable[tuple[str, str, bytes]]) -> Found:
        """Looks through things, each with its kind of place and the place itself."""
        found = Found()
        for kind, place, data in things:
            found.looked[kind] = found.looked.get(kind, 0) + 1
            found.hits |= {(kind, place, name) for name in self.found_in(data)}
        return found


class _Patterns:
    def __init__(self, patterns: Iterable[tuple[bytes, str]]) -> None:
        self._names: dict[bytes, set[str]] = {}
        for form, name in patterns:
            self._names.setdefault(form, set()).add(name)
        self._forms = list(self._names)
        self._automaton = BytesAhoCorasick(self._forms)

    def names(self, data: bytes) -> set[str]:
        found = self._automaton.find_matches_as_indexes(data, overlapping=True)
        return {name for form, _, _ in found for name in self._names[self._forms[form]]}
