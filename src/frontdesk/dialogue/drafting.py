"""What was heard, put into the draft of an appointment: what is said again replaces what was said before."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from functools import partial
from typing import assert_never

from frontdesk.booking.commands import RefusalReason
from frontdesk.booking.ids import MasterId
from frontdesk.booking.times import Local
from frontdesk.booking.wishes import Wish
from frontdesk.dialogue.talk import Draft, Facts, SlotsWanted, Wants
from frontdesk.language.heard import Candidate, Heard, PartOfDay, Reading, Relation
from frontdesk.language.services import SURE

PARTS = {
    PartOfDay.MORNING: (time(6), time(12)),
    PartOfDay.NOON: (time(11), time(14)),
    PartOfDay.AFTERNOON: (time(12), time(18)),
    PartOfDay.EVENING: (time(17), time(23, 59)),
    PartOfDay.NIGHT: (time(21), time(6)),
}
_HOW_MANY = {
    "вдво": 2, "втро": 3,
    "двух": 2, "двое": 2, "двои": 2, "два": 2, "трех": 3, "трёх": 3, "трое": 3, "трои": 3, "три": 3,
    "четверых": 4, "четверо": 4, "четыре": 4, "пятерых": 5, "пятеро": 5, "пять": 5, "two": 2, "three": 3, "four": 4,
}  # fmt: skip
_WHO = r"двух|двое|двоих|трех|трёх|трое|троих|четверых|четверо|пятерых|пятеро|two|three|four"
_PLACES = re.compile(
    rf"\b(вдвоем|вдвоём|втроем|втроём)\b|(?:\bна|\bнас|\bfor) ({_WHO})\b(?! (?:час|числ|дн|мин)|[:.-])"
    r"|\b(два|три|четыре|пять|two|three|four|\d{1,2}) (?:свободных )?(?:мест|человек|person|people|place)"
)
_WITH_SOMEBODY = re.compile(
    r"\b(?:нас|мы|меня|хотим|вместе) с (?:мо\w+ |тво\w+ )?(?:подруг|муж|жен|мам|сестр|доч|друг|сын|парн|коллег)\w*"
    r"|\b(?:me|i|we) and my (?:friend|husband|wife|mum|mom|sister|daughter|son|boyfriend|girlfriend)",
    re.IGNORECASE,
)
_ANOTHER_TIME = re.compile(r"\b(?:друго[ей]|ино[ей]) врем|\b(?:an)?other times?\b", re.IGNORECASE)
PAST = "past"
"""The rule that marks a reading as over: nothing is booked there."""
RIVALS_WITHIN = 0.15
"""Two readings whose scores lie closer than this are equally likely: ask."""


def named(candidates: tuple[Candidate, ...]) -> tuple[int, ...]:
    """The ids that were surely meant; empty where nothing was said or the words fit several."""
    return tuple(one.id for one in candidates if one.score >= SURE)


def another_time(heard: Heard) -> bool:
    """Whether the words want other times shown, and say no more of them: «нет, давайте другое время»."""
    return not heard.readings and heard.shift is None and bool(_ANOTHER_TIME.search(heard.text))


def rivals(heard: Heard) -> tuple[Reading, ...]:
    """The readings that are about equally likely and begin on different days; empty where one is meant."""
    if not heard.readings:
        return ()
    best = heard.readings[0]
    close = [one for one in heard.readings if best.score - one.score < RIVALS_WITHIN]
    by_day = {one.start.date: one for one in reversed(close) if one.start is not None and one.start.date is not None}
    return tuple(by_day[day] for day in sorted(by_day)) if len(by_day) > 1 else ()


def drafted(draft: Draft, heard: Heard, base: Local | None = None) -> Draft:
    """The draft with what was heard; `base` is the moment that «на полчаса позже» counts from."""
    if draft.moving is None:
        draft = _with_services(draft, heard)
    draft = _with_master(_with_places(draft, heard.text), heard)
    wish = _wished(draft.wish, heard, base or (draft.slot.start if draft.slot else None))
    return draft if wish == draft.wish else replace(draft, wish=wish, slot=None)


def _with_services(draft: Draft, heard: Heard) -> Draft:
    services, unclear = named(heard.services), tuple(one.id for one in heard.unclear)
    if not services:
        return draft
    if set(services) <= set(draft.unclear):
        return with_service(draft, services[0])
    if (services, unclear) == (draft.services, draft.unclear):
        return draft
    return replace(draft, services=services, unclear=unclear, slot=None)


def with_service(draft: Draft, service: int) -> Draft:
    """The draft with the service that was chosen: beside those that were clear already, where it was asked so."""
    others = draft.services if service in draft.unclear else ()
    return replace(draft, services=(*others, service), unclear=(), slot=None)


def _with_places(draft: Draft, text: str) -> Draft:
    """«На двоих», «три места», «нас трое», «нас с подругой»."""
    found = _PLACES.search(text.casefold())
    if draft.moving is not None or (found is None and not _WITH_SOMEBODY.search(text)):
        return draft
    said = next(part for part in found.groups() if part) if found else "два"
    places = int(said) if said.isdecimal() else next(n for stem, n in _HOW_MANY.items() if said.startswith(stem))
    return replace(draft, places=places, slot=None) if places and places != draft.places else draft


def _with_master(draft: Draft, heard: Heard) -> Draft:
    if heard.anyone:
        return replace(draft, wish=replace(draft.wish, master=None), anyone=True, slot=None)
    masters = named(heard.masters)
    if len(masters) != 1 or draft.wish.master == masters[0]:
        return draft
    return replace(draft, wish=replace(draft.wish, master=MasterId(masters[0])), anyone=False, slot=None)


def _wished(wish: Wish, heard: Heard, base: Local | None) -> Wish:
    if heard.shift is not None:
        wish = _shifted(wish, heard.shift.relation, heard.shift.by_s, base)
    if heard.readings and PAST not in heard.readings[0].rules:
        wish = _read(wish, heard.readings[0])
    if heard.part_of_day is not None and heard.shift is None and not _says_time(heard):
        wish = _in_part(wish, heard.part_of_day)
    return wish


def _in_part(wish: Wish, part: PartOfDay) -> Wish:
    """A time that lies in the part of the day stays as it is."""
    since, until = PARTS[part]
    if wish.at is not None and since <= wish.at < until:
        return wish
    return replace(wish, at=None, since=since, until=until)


def _says_time(heard: Heard) -> bool:
    return any(
        side is not None and side.time is not None for one in heard.readings[:1] for side in (one.start, one.end)
    )


def _read(wish: Wish, reading: Reading) -> Wish:
    start, end = reading.start, reading.end
    first = start.date if start else None
    last = end.date if end else None
    since, until = (start.time if start else None), (end.time if end else None)
    if first is not None or last is not None:
        onwards = reading.open_end and last is None and since is None
        wish = replace(wish, first_day=first, last_day=None if onwards else last or first)
    if since is None and until is None:
        return wish
    if until is None and not reading.open_end:
        return replace(wish, at=since, since=None, until=None)
    return replace(wish, at=None, since=since, until=until)


def _shifted(wish: Wish, relation: Relation, by_s: int | None, base: Local | None) -> Wish:
    match relation:
        case Relation.NEAREST:
            return replace(wish, first_day=None, last_day=None, at=None, since=None, until=None)
        case Relation.SAME_TIME | Relation.AS_LAST_TIME:
            return wish if base is None else replace(wish, at=base.time(), since=None, until=None)
        case Relation.EARLIER | Relation.LATER if base is not None:
            return _moved(wish, relation, by_s, base)
        case Relation.EARLIER | Relation.LATER:
            return wish
        case _:
            assert_never(relation)


def _moved(wish: Wish, relation: Relation, by_s: int | None, base: datetime) -> Wish:
    later = relation is Relation.LATER
    on_day = replace(wish, first_day=base.date(), last_day=base.date(), at=None, since=None, until=None)
    if by_s is None:
        return replace(on_day, since=base.time()) if later else replace(on_day, until=base.time())
    moved = base + timedelta(seconds=by_s if later else -by_s)
    return replace(on_day, first_day=moved.date(), last_day=moved.date(), at=moved.time())


def beside_shown(draft: Draft, heard: Heard, starts: Sequence[Local]) -> Draft | None:
    """«А пораньше?», said to a list of times: what lies before the first of them; None where that was not said."""
    shift = heard.shift
    if shift is None or draft.slot is not None or heard.readings or not starts:
        return None
    times = sorted(start.time() for start in starts)
    days = replace(draft.wish, first_day=starts[0].date(), last_day=starts[-1].date(), at=None)
    match shift.relation:
        case Relation.EARLIER:
            return replace(draft, wish=replace(days, since=None, until=times[0]))
        case Relation.LATER:
            return replace(draft, wish=replace(days, since=_just_after(times[-1]), until=None))
        case _:
            return None


def _just_after(moment: time) -> time:
    return moment.replace(second=1)


def slots_wanted(draft: Draft) -> Wants:
    """Which free times must be known to go on with the draft."""
    if not draft.services or draft.unclear:
        return Wants()
    master = draft.wish.master if not draft.anyone else None
    at = draft.slot.start if draft.slot is not None and not draft.slot.master.id else _exact(draft.wish)
    return Wants(
        slots=SlotsWanted(
            services=draft.services,
            salon=draft.salon,
            master=master,
            first_day=draft.wish.first_day,
            last_day=draft.wish.last_day,
            at=at if master is None else None,
            places=draft.places,
            settles=draft.settles,
        )
    )


def slots_if_possible(draft: Draft, *, anew: bool = False) -> Wants:
    """The same, but nothing where nobody, or not the master named, does all of it: the journal has no answer then."""
    wanted = slots_wanted(draft).slots
    return Wants(slots_for=partial(if_possible, replace(wanted, anew=anew))) if wanted is not None else Wants()


def chosen_anew(draft: Draft, reason: RefusalReason) -> Draft:
    """The draft whose time is to be chosen anew: with anybody, where the master takes clients no more."""
    wish = replace(draft.wish, master=None) if reason is RefusalReason.MASTER_LEFT else draft.wish
    return replace(draft, wish=wish, slot=None)


def if_possible(wanted: SlotsWanted, facts: Facts) -> SlotsWanted | None:
    """What is wanted, where somebody at that branch, or the master named, does all of it."""
    menu = facts.menus.get(wanted.salon or facts.salons[0].key)
    if menu is None:
        return wanted
    offers = menu.offers(wanted.services)
    able = {master.id for master in menu.masters_of(offers)}
    anyone = wanted.master is None and (menu.any_master or len(able) == 1 or menu.is_group(wanted.services))
    possible = offers and able and (anyone or wanted.master in able)
    return wanted if possible else None


def _exact(wish: Wish) -> Local | None:
    if wish.at is None or wish.first_day is None or wish.first_day != wish.last_day:
        return None
    return Local(datetime.combine(wish.first_day, wish.at))
