"""One kind of work: how it is claimed.

A claim is one short transaction. Several pieces are claimed in the same one, and so is finding that there are no more:
a message that comes alone costs one transaction to claim, and a rush costs one for a handful.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Generic, TypeVar

from sqlalchemy import Connection

from frontdesk.service.bells import Bells
from frontdesk.service.parts import Parts
from frontdesk.store.leases import Due

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Claims(Generic[T]):
    """What was claimed. `all_there_was` where nothing more could be claimed; then `due` says when there will be."""

    found: tuple[T, ...] = ()
    all_there_was: bool = True
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class Job(ABC, Generic[T]):
    """Finds what is to be done, and does it."""

    parts: Parts
    bells: Bells

    async def claim(self) -> T | Due | None:
        """Something to do now; or when there will be; or None."""
        return await self.parts.store.write(self.claiming())

    async def claim_many(self, most: int) -> Claims[T]:
        """As much as there is to do now, up to so many."""
        return await self.parts.store.write(partial(claimed, claim=self.claiming(), most=most))

    @abstractmethod
    def claiming(self) -> Callable[[Connection], T | Due | None]:
        """The transaction that claims one."""

    @abstractmethod
    async def handle(self, claimed: T, /) -> None:
        """Does it."""


def claimed(connection: Connection, claim: Callable[[Connection], T | Due | None], most: int) -> Claims[T]:
    """One transaction: as many as there are, up to so many."""
    found: list[T] = []
    while len(found) < most:
        one = claim(connection)
        if one is None or isinstance(one, Due):
            return Claims(tuple(found), due=one)
        found.append(one)
    return Claims(tuple(found), all_there_was=False)
