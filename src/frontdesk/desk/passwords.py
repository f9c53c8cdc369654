"""Passwords: kept as argon2id, checked beside the event loop, at most so many at once."""

import asyncio
from dataclasses import dataclass, field
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST: Final = 10
LONGEST: Final = 200
AT_ONCE: Final = 2
"""Each check takes 64 MiB and a processor for a moment, by design."""


@dataclass(frozen=True)
class Passwords:
    """Makes and checks hashes; for a name that nobody has, nobody's is checked, so that both take as long."""

    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))
    _nobodys: list[str] = field(default_factory=list)

    async def hashed(self, password: str) -> str:
        """What is kept of it."""
        async with self._gate:
            return await asyncio.to_thread(self.hasher.hash, password)

    async def fits(self, password: str, hashed: str | None) -> bool:
        """Whether it is the one; None is the hash of somebody who has no password, or is not there."""
        against = hashed or await self._of_nobody()
        async with self._gate:
            right = await asyncio.to_thread(self._verify, against, password[:LONGEST])
        return right and hashed is not None

    async def _of_nobody(self) -> str:
        if not self._nobodys:
            self._nobodys.append(await self.hashed("nobody"))
        return self._nobodys[0]

    def _verify(self, hashed: str, password: str) -> bool:
        try:
            return self.hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False
