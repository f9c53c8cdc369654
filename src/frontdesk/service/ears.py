"""Understanding, with the salons' own services and masters as they are known now."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from frontdesk.booking.times import Instant
from frontdesk.language.catalogue import Catalogue
from frontdesk.language.heard import Expecting, Heard
from frontdesk.language.phrases import Phrases
from frontdesk.language.understand import Ear, prepare, understand
from frontdesk.provider.door import Door

MOST_KEPT = 100


@dataclass
class Ears:
    """One prepared ear for each set of salons; made anew when their lists change."""

    door: Door
    phrases: tuple[Phrases, ...]
    languages: tuple[str, ...]
    _kept: dict[tuple[str, ...], tuple[Catalogue, Ear]] = field(default_factory=dict, repr=False)

    def __call__(self, text: str, said_at: Instant, salons: Sequence[str], expecting: Expecting | None) -> Heard:
        """What was heard, on the clock and in the opening hours of the first salon."""
        branch = self.door.branches[salons[0]]
        ear = replace(self._ear(tuple(salons)), hours=branch.hours)
        return understand(text, ear, branch.salon.local(said_at), expecting)

    def warm(self, salons: Sequence[str]) -> None:
        """Prepares for these salons now: it takes a tenth of a second, which the first webhooks would wait for."""
        self._ear(tuple(salons))

    def _ear(self, salons: tuple[str, ...]) -> Ear:
        catalogue = self.door.catalogue(salons)
        kept = self._kept.get(salons)
        if kept is None or kept[0] != catalogue:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            kept = self._kept[salons] = (catalogue, prepare(self.languages, self.phrases, catalogue))
        return kept[1]
