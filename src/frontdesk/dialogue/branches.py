"""Several branches on one number: the client chooses, and the talk remembers.

A booking, a price, the hours and the masters are a branch's; a person's own appointments are looked for in all of them.
A branch is chosen by a tap, by its number in the list, or by any word of its title or address that no other branch and
no service has, typos allowed; a service or a master that only one branch has chooses it too. Whoever names another
branch later takes the booking there: the same services by their titles, the day and the time as they were said, and
nothing that was read back before stands any longer.

While it is asked which branch, the words (or the tap) that asked for it wait, and are then answered as if said again.
Another question of a branch in between («а сколько стоит?») waits beside them.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.salon import Salon
from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Choice, Draft, Event, Facts, Said, Talk, Tapped, Turn
from frontdesk.language.heard import Candidate, Expecting, Heard, ScoredIntent
from frontdesk.language.services import SURE
from frontdesk.language.stemming import by_script

BRANCH = "branch"
OF_A_BRANCH = frozenset({"book", "free", "price", "hours", "services", "staff"})
"""The intents whose answer is one branch's."""
QUESTIONS = OF_A_BRANCH - {"book", "free"}
"""Of those, what is no wish for a time."""
EVERYWHERE = frozenset({"cancel", "move", "list", "confirm", "undo"})
"""They are about the person's own appointments, wherever these are."""
SHOWN = 10
MOST_WAITING = 4
"""A wish, and so many questions less one."""
ALIKE = 80
"""From this likeness on, of a hundred, two stems are one word with a typo."""
SHORTEST = 4
_WORD = re.compile(r"[^\W\d_]{4,}")
_ANOTHER = re.compile(
    r"\b(?:друг\w+|смен\w+|помен\w+|выбра\w+|another|other|change)\s+(?:филиал|салон|адрес|branch|salon)", re.IGNORECASE
)
_STEM = by_script({})


def resumed(talk: Talk, event: Event, facts: Facts) -> tuple[Talk, Event]:
    """The talk at the branch that is meant now, and what is to be answered: mostly the event itself."""
    if len(facts.salons) == 1:
        return talk, event
    match event:
        case Said():
            return _after_words(talk, event, facts)
        case Tapped(choice=choice) if choice.startswith(f"{BRANCH}:pick:"):
            return _chosen(talk, _by_number(talk, choice.split(":")[2], facts), event, facts)
        case _:
            return talk, event


def _after_words(talk: Talk, said: Said, facts: Facts) -> tuple[Talk, Event]:
    key = meant(talk, said.heard, facts)
    if asks(talk) and key:
        return _chosen(talk, key, said, facts)
    if _ANOTHER.search(said.heard.text):
        return replace(talk, salon="", question=None), Tapped(f"{BRANCH}:ask::0", said.sent_at)
    if not key or key == talk.salon:
        return talk, replace(said, heard=_at_branch(talk, said.heard, facts))
    books = talk.draft is not None and talk.draft.moving is None
    goes_on = talk.salon != "" and books and said.heard.intent not in EVERYWHERE
    moved = at(talk, key, facts)
    heard = _at_branch(moved, said.heard, facts)
    if goes_on:
        heard = replace(heard, intents=(ScoredIntent("book", 1.0), *heard.intents))
    if heard.intents or talk.question is not None:
        return moved, replace(said, heard=heard)
    return moved, Tapped(f"{BRANCH}:chosen::0", said.sent_at)


def _chosen(talk: Talk, key: str, event: Said | Tapped, facts: Facts) -> tuple[Talk, Event]:
    """What waited for the choice is answered now."""
    if not key:
        return talk, event
    placed = replace(at(talk, key, facts), question=None, pending_heard=None, pending_choice="")
    waits = waiting(talk, event) or Tapped(f"{BRANCH}:chosen::0", event.sent_at)
    if isinstance(waits, Said):
        waits = replace(waits, heard=_at_branch(placed, waits.heard, facts))
    return placed, waits


def may_tell(talk: Talk, event: Event) -> bool:
    """Whether the branch may decide what was named: namesakes of several branches are sure in each of them alone."""
    heard = event.heard if isinstance(event, Said) else None
    return asks(talk) or (heard is not None and bool(heard.services or heard.masters))


def waiting(talk: Talk, event: Event) -> Event | None:
    """What is answered once this event has chosen the branch; None where no choice was asked for."""
    if not asks(talk) or not isinstance(event, Said | Tapped):
        return None
    if talk.pending_heard is not None:
        return Said(talk.pending_heard, event.sent_at)
    return Tapped(talk.pending_choice, event.sent_at)


def _by_number(talk: Talk, number: str, facts: Facts) -> str:
    """The provider's number of a branch, as it stands in a choice; a branch of another account is nobody's."""
    return next((one.key for one in facts.salons if str(one.id) == number), talk.salon)


def asks(talk: Talk) -> bool:
    """Whether it was just asked which branch."""
    return talk.question is not None and talk.question.intent == BRANCH


def meant(talk: Talk, heard: Heard, facts: Facts) -> str:
    """The key of the branch that the words mean; empty where they mean none, or several."""
    named = [salon.key for salon in facts.salons if _names(heard.text, salon, facts)]
    if len(named) == 1:
        return named[0]
    if asks(talk) and heard.choice is not None and 0 < heard.choice <= len(facts.salons):
        return facts.salons[heard.choice - 1].key
    if talk.salon or heard.intent in EVERYWHERE:
        return ""
    only = _only_there(heard, facts)
    return only[0] if len(only) == 1 else ""


def at_named(scene: Scene, appointments: tuple[Appointment, ...]) -> tuple[Appointment, ...]:
    """Those of the branch that the words name; all where they name none."""
    branch = named(scene)
    return tuple(one for one in appointments if branch in {"", one.salon})


def named(scene: Scene) -> str:
    """The key of the branch that stands in the words; empty where there is only one branch."""
    several = len(scene.facts.salons) > 1
    return meant(scene.talk, scene.heard, scene.facts) if several and scene.heard.text else ""


def _names(text: str, salon: Salon, facts: Facts) -> bool:
    own = _stems(_described(salon))
    others = _stems(" ".join(_described(one) for one in facts.salons if one.key != salon.key))
    taken = _stems(" ".join(_titles(facts)))
    telling = {stem for stem in own - taken if not any(_alike(stem, other) for other in others)}
    return any(_alike(stem, said) for said in _stems(text) for stem in telling)


def _described(salon: Salon) -> str:
    return f"{salon.title} {salon.address}"


def _titles(facts: Facts) -> Iterable[str]:
    for menu in facts.menus.values():
        yield from (one.offer.service.title for one in menu.listed)
        yield from (one.master.name for one in menu.staff)


def _stems(text: str) -> set[str]:
    return {_STEM(word) for word in _WORD.findall(text.casefold().replace("ё", "е"))}


def _alike(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) >= SHORTEST and ratio(one, other) >= ALIKE)


def _only_there(heard: Heard, facts: Facts) -> list[str]:
    """The branches that have one of the services and one of the masters that were surely named."""
    services = {one.id for one in heard.services if one.score >= SURE}
    masters = {one.id for one in heard.masters if one.score >= SURE}
    if not services and not masters:
        return []
    return [
        key
        for key, menu in facts.menus.items()
        if (not services or menu.offers(services)) and (not masters or any(menu.master(one) for one in masters))
    ]


def _at_branch(talk: Talk, heard: Heard, facts: Facts) -> Heard:
    """What was heard, without the other branches' services and masters."""
    about_own = talk.question is not None and talk.question.intent in EVERYWHERE
    if not talk.salon or heard.intent in EVERYWHERE or about_own:
        return heard
    menu = facts.menus[talk.salon]
    services = tuple(_alone(one, heard.services) for one in heard.services if menu.offers((one.id,)))
    masters = tuple(_alone(one, heard.masters) for one in heard.masters if menu.master(one.id))
    parts = tuple(_at_branch(talk, part, facts) for part in heard.parts)
    return replace(heard, services=services, masters=masters, parts=parts)


def _alone(candidate: Candidate, among: Iterable[Candidate]) -> Candidate:
    """Namesakes of several branches share one certainty; here there is only this one."""
    title = candidate.title.casefold()
    return replace(candidate, score=min(1.0, sum(one.score for one in among if one.title.casefold() == title)))


def at(talk: Talk, key: str, facts: Facts) -> Talk:
    """The talk moved to a branch; what was read back for another one is no longer to be said yes to."""
    open_there = talk.question is not None and talk.question.intent in OF_A_BRANCH
    draft = talk.draft if talk.draft is None or talk.draft.moving is not None else _taken_along(talk.draft, key, facts)
    return replace(talk, salon=key, draft=draft, question=None if open_there else talk.question)


def _taken_along(draft: Draft, key: str, facts: Facts) -> Draft:
    """The same services as the other branch calls them; its masters are others."""
    wanted = {
        one.offer.service.title.casefold()
        for menu in facts.menus.values()
        for one in menu.listed
        if one.offer.service.id in draft.services
    }
    here = facts.menus[key].listed
    services = tuple(int(one.offer.service.id) for one in here if one.offer.service.title.casefold() in wanted)
    known = draft.wish.master is not None and facts.menus[key].master(draft.wish.master) is not None
    wish = draft.wish if known else replace(draft.wish, master=None)
    return replace(draft, salon=key, services=services, wish=wish, slot=None)


def is_to_choose(scene: Scene, intent: str) -> bool:
    """Whether it has to be asked first which branch."""
    return intent in OF_A_BRANCH and len(scene.facts.salons) > 1 and not scene.talk.salon


def ask(scene: Scene, choice: str = "") -> Turn:
    """Asks which branch; the words, or the tap `choice`, wait for the answer."""
    shown = scene.facts.salons[:SHOWN]
    lines = (f"{n}. {_line(one)}" for n, one in enumerate(shown, 1))
    again = asks(scene.talk) and not choice
    asked = scene.words("Сначала выберите, пожалуйста, филиал. Какой вам удобен?" if again else "В какой филиал?")
    turn = scene.ask(
        Ask(BRANCH, "choose", Expecting.CHOICE, draft=scene.talk.draft),
        "\n".join((asked, *lines)),
        *(Choice(f"{BRANCH}:pick:{one.id}", one.title, one.address) for one in shown),
    )
    waits = None if choice else _with_what_waits(scene.talk, scene.heard)
    return replace(turn, talk=replace(turn.talk, pending_heard=waits, pending_choice=choice))


def _with_what_waits(talk: Talk, heard: Heard) -> Heard:
    """What was said before, with what is said now: a question stands beside the wish, a newer wish goes before it."""
    before = talk.pending_heard if asks(talk) else None
    if before is None:
        return heard
    parts = before.parts or (before,)
    if heard.intents and {one.name for one in heard.intents} <= QUESTIONS:
        question = replace(heard, services=heard.services or before.services)
        return replace(_together(before, heard), readings=before.readings, parts=(*parts, question)[:MOST_WAITING])
    newer = _together(heard, before)
    questions = tuple(part for part in parts if part.intent in QUESTIONS)
    return replace(newer, parts=(*questions, replace(newer, intents=heard.intents)) if heard.intents else ())


def _together(first: Heard, other: Heard) -> Heard:
    """The first, and of the other what the first does not say."""
    return replace(
        first,
        intents=tuple({one.name: one for one in (*first.intents, *other.intents)}.values()),
        readings=first.readings or other.readings,
        services=first.services or other.services,
        masters=first.masters or other.masters,
    )


def _line(salon: Salon) -> str:
    return f"{salon.title}, {salon.address}" if salon.address else salon.title
