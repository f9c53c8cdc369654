"""What the tests of a killed service share: where a person's rows stand, and that all was done and said once."""

from blackbox.conftest import Cancelled, Town
from blackbox.graph import Post, Refusal
from blackbox.person import Person
from blackbox.salon import MAIN

RATE_LIMIT = Refusal(130429)
"""Meta asks the whole account to wait a second: what is to be sent stands in the database meanwhile."""
SETTLED_S, SILENCE_S = 30, 130
"""Longer than what the journal is given to show a write, and than a reply of unknown fate is given for a report."""
CANCELLED, QUESTION = "Отменила женскую стрижку завтра, ", "Отменить женскую стрижку завтра, "
PROMISE = "Приняла. Журнал салона сейчас не отвечает"
RECORDS = f"/api/v1/records/{MAIN}"


def states(person: Person) -> tuple[list[str], list[str], list[str]]:
    """Where the messages, commands and replies of this person stand."""
    return tuple(person.desk.database.states(table, person.user) for table in ("inbox", "commands", "replies"))


def begins(posts: list[Post]) -> list[str]:
    """Each text by the beginning that matters."""
    known = (CANCELLED, QUESTION, PROMISE)
    return [next((one for one in known if post.text.startswith(one)), post.text) for post in posts]


def once(town: Town, client: Person, appointment: int, is_cancelled: Cancelled, *texts: str) -> None:
    """One effect, and these texts to the client, no more."""
    client.waits_for_silence()
    assert begins(client.messages) == list(texts)
    assert len(town.provider.effects(appointment)) == 1
    assert is_cancelled(appointment)
