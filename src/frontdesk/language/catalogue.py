"""What the salon offers and who works there, as far as understanding a message needs to know."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ListedService:
    """A service as the salon's list names it; `synonyms` are the salon's own other words for it."""

    id: int
    title: str
    category: str = ""
    synonyms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ListedMaster:
    """A master as the salon's list names them: first name, patronymic, surname in any order, any of them missing."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The salon's services and masters."""

    services: tuple[ListedService, ...] = ()
    masters: tuple[ListedMaster, ...] = ()
