from dataclasses import dataclass, field
from hashlib import blake2b

FIRST = {"record": 1_211_181_001, "visit": 1_050_341_001}
"""Far apart, so that one taken for the other is not found."""
FIRST_OF_OTHERS = 1_000_001


@dataclass(slots=True)
class Ids:
    """Where new numbers and secrets come from: counted, so that one seed always gives the same world."""

    seed: str = "frontdesk"
    _counters: dict[str, int] = field(default_factory=dict)

    def number(self, kind: str) -> int:
        """The next id of a kind of thing."""
        value = self._counters.get(kind, FIRST.get(kind, FIRST_OF_OTHERS))
        self._counters[kind] = value + 1
        return value

    def secret(self, kind: str) -> str:
        """The next string of 32 hexadecimal digits: an appointment's hash, a token."""
        return self._digest(f"{kind}:{self.number(f'secret of {kind}')}", 16)

    def code(self, kind: str) -> str:
        """The next four digits of an SMS."""
        digest = self._digest(f"{kind}:{self.number(f'code of {kind}')}", 4)
        return f"{int(digest, 16) % 10_000:04}"

    def _digest(self, text: str, size: int) -> str:
        return blake2b(f"{self.seed}:{text}".encode(), digest_size=size).hexdigest()
