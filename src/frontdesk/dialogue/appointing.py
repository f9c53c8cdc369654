"""Making an appointment, or giving one another time: the one way there, whatever was said first.

The draft keeps what is known; `go_on` asks for the first thing that is missing: the service, who does it, the day where
two are equally likely, the time, the phone, the name. When nothing is missing, it is read back, and an explicit yes
commits exactly what was read. Only times that are free are offered, and the nearest where the wish is taken.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from frontdesk.booking.appointments import Master
from frontdesk.booking.ids import MasterId
from frontdesk.booking.menu import Listed
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Local
from frontdesk.booking.wishes import matching, nearest
from frontdesk.dialogue.closed import closed_in_between
from frontdesk.dialogue.drafting import drafted, named, rivals, with_service
from frontdesk.dialogue.manners import worded
from frontdesk.dialogue.offering import (
    SHOWN,
    STAMP,
    offered_services,
    service_choices,
    shown,
    slot_choices,
    slot_lines,
    what,
)
from frontdesk.dialogue.scene import Ask, Scene, Tap
from frontdesk.dialogue.talk import Choice, Draft, Turn
from frontdesk.language.heard import Expecting, Heard


@dataclass(frozen=True, slots=True)
class Errand:
    """Whose question it is: the intent's name, and the draft so far."""

    intent: str
    draft: Draft


def after(draft: Draft, heard: Heard, tap: Tap | None, base: Local | None = None) -> Draft:
    """The draft after words or a tap."""
    if tap is None:
        return drafted(draft, heard, base)
    match tap.option:
        case "service" if tap.argument.isdecimal():
            return with_service(draft, int(tap.argument))
        case "master" if tap.argument.isdecimal():
            master = int(tap.argument)
            wish = replace(draft.wish, master=MasterId(master) if master else None)
            return replace(draft, wish=wish, anyone=not master, slot=None)
        case "day" | "slot":
            return (_on_day if tap.option == "day" else _with_slot)(draft, tap.argument)
        case "other":
            return replace(draft, slot=None, wish=replace(draft.wish, at=None, since=None, until=None))
        case _:
            return draft


def _on_day(draft: Draft, argument: str) -> Draft:
    try:
        day = datetime.strptime(argument, "%Y%m%d").date()  # noqa: DTZ007 - a day of the salon has no zone
    except ValueError:
        return draft
    return replace(draft, wish=replace(draft.wish, first_day=day, last_day=day), slot=None)


def _with_slot(draft: Draft, argument: str) -> Draft:
    stamp, _, master = argument.partition("-")
    try:
        start = Local(datetime.strptime(stamp, STAMP))  # noqa: DTZ007 - the salon's own clock
    except ValueError:
        return draft
    if not master.isdecimal():
        return draft
    wish = replace(draft.wish, first_day=start.date(), last_day=start.date(), at=start.time(), since=None, until=None)
    if int(master):
        wish = replace(wish, master=MasterId(int(master)))
    return replace(draft, wish=wish, slot=None)


def find(scene: Scene, errand: Errand) -> Turn | Slot:
    """The next question on the way to a time, or the time itself."""
    draft = errand.draft
    if scene.facts.problem is not None:
        return closed_in_between(scene, scene.facts.problem, draft)
    if not scene.menu.offers(draft.services) or _one_more(scene, draft):
        return _ask_service(scene, errand)
    if not scene.menu.masters_of(scene.menu.offers(draft.services)):
        return _ask_one_service(scene, errand)
    if (turn := _ask_master(scene, errand)) is not None:
        return turn
    if len(days := rivals(scene.heard)) > 1:
        return _ask_day(scene, errand, tuple(one.start.date for one in days if one.start and one.start.date))
    return _ask_time(scene, errand)


def _ask_service(scene: Scene, errand: Errand) -> Turn:
    every = scene.menu.listed
    if one_more := _one_more(scene, errand.draft):
        return _ask_one_more(scene, errand, one_more)
    if not every:
        return scene.call_us(scene.words("Список услуг сейчас недоступен."))
    likely = {candidate.id for candidate in scene.heard.services} or set(offered_services(scene.talk.question))
    alike = [one for one in every if one.offer.service.id in likely]
    alike = alike if len(alike) < min(len(every), SHOWN) else []
    listed = _of_the_master(errand.draft, alike or every) or alike or every
    text = _which_service(scene, listed, alike)
    ask = Ask(errand.intent, "service", Expecting.SERVICE, draft=errand.draft)
    asked = scene.ask(ask, text, *service_choices(scene, errand.intent, listed))
    return worded(asked, f"{_noted(scene, errand)} {text}".strip())


def _which_service(scene: Scene, listed: Sequence[Listed], alike: Sequence[Listed]) -> str:
    """The question; `alike` are the services that the words are like, where these are few."""
    if alike and len(listed) == 1:
        only = what(scene, [listed[0].offer.service.id])
        if scene.heard.services and len(alike) == 1:
            return scene.words("Точно такой услуги в нашем списке нет. Есть похожая: {what}. Подойдёт?", what=only)
        return scene.words("Имеете в виду: {what}?", what=only)
    text = scene.words("Какая именно услуга нужна?") if alike else scene.words("На какую услугу вас записать?")
    if scene.heard.foreign:
        text = f"{scene.words('Такой услуги в нашем списке нет.')} {text}"
    more = scene.words("Выберите или напишите её название.") if len(listed) > SHOWN else ""
    return f"{text} {more}".strip()


def _of_the_master(draft: Draft, listed: Sequence[Listed]) -> Sequence[Listed]:
    """Those of them that the wished master does; all, where anybody will do."""
    master = draft.wish.master
    return [one for one in listed if master is None or master in one.offer.masters]


def _noted(scene: Scene, errand: Errand) -> str:
    """What was understood beside the service, so that a question asked again is no deaf ear."""
    master = scene.menu.master(errand.draft.wish.master) if errand.draft.wish.master else None
    if master is not None and named(scene.heard.masters):
        return scene.words("Хорошо, {whom}.", whom=scene.words.to_master(master.name))
    question = scene.talk.question
    is_again = question is not None and question.step == "service"
    return scene.words("Поняла.") if is_again and errand.draft != scene.talk.draft else ""


def _one_more(scene: Scene, draft: Draft) -> list[Listed]:
    return [one for one in scene.menu.listed if one.offer.service.id in draft.unclear]


def _ask_one_more(scene: Scene, errand: Errand, listed: Sequence[Listed]) -> Turn:
    sure = _capitalised(what(scene, errand.draft.services))
    text = scene.words("{what}, поняла. А вторая услуга какая именно?", what=sure)
    ask = Ask(errand.intent, "service", Expecting.SERVICE, draft=errand.draft)
    return scene.ask(ask, text, *service_choices(scene, errand.intent, listed))


def _ask_one_service(scene: Scene, errand: Errand) -> Turn:
    listed = [one for one in scene.menu.listed if one.offer.service.id in errand.draft.services]
    text = scene.words("Эти услуги делают разные мастера, запишу по одной. С какой начнём?")
    ask = Ask(errand.intent, "service", Expecting.SERVICE, draft=replace(errand.draft, services=()))
    return scene.ask(ask, text, *service_choices(scene, errand.intent, listed))


def _ask_master(scene: Scene, errand: Errand) -> Turn | None:
    """Asks who, where the words fit several masters or the one named does not do it."""
    masters = scene.menu.masters_of(scene.menu.offers(errand.draft.services))
    wished = errand.draft.wish.master
    likely = {candidate.id for candidate in scene.heard.masters}
    if wished is None and likely and not named(scene.heard.masters):
        rivals_by_name = [one for one in masters if one.id in likely]
        if len(rivals_by_name) > 1:
            return _masters(scene, errand, scene.words("К кому именно?"), rivals_by_name)
    if wished is None and not (scene.menu.any_master or scene.menu.is_group(errand.draft.services)):
        return _whoever(scene, errand, masters)
    if wished is None or any(one.id == wished for one in masters):
        return None
    master = scene.menu.master(wished)
    said = scene.words("{master} этого не делает.", master=master.name if master else scene.words("Этот мастер"))
    without = replace(errand, draft=replace(errand.draft, wish=replace(errand.draft.wish, master=None)))
    return _masters(scene, without, f"{said} {scene.words('К кому вас записать?')}", masters)


def _whoever(scene: Scene, errand: Errand, masters: Sequence[Master]) -> Turn | None:
    """The salon wants a master to be chosen; of one there is nothing to choose."""
    if len(masters) == 1:
        return None
    named = replace(errand, draft=replace(errand.draft, anyone=False))
    return _masters(scene, named, scene.words("К кому вас записать?"), masters)


def _masters(scene: Scene, errand: Errand, text: str, masters: Sequence[Master]) -> Turn:
    choices = [Choice(f"{errand.intent}:master:{one.id}", one.name) for one in masters[:SHOWN]]
    if scene.menu.any_master:
        choices.append(Choice(f"{errand.intent}:master:0", scene.words("К любому мастеру")))
    return scene.ask(Ask(errand.intent, "master", Expecting.MASTER, draft=errand.draft), text, *choices)


def ask_another_master(scene: Scene, errand: Errand) -> Turn:
    """«К кому-нибудь другому»: whoever else does it."""
    wished = errand.draft.wish.master
    others = [one for one in scene.menu.masters_of(scene.menu.offers(errand.draft.services)) if one.id != wished]
    if not others:
        return scene.aside(scene.words("Другого мастера на это у нас нет."))
    return _masters(scene, errand, scene.words("К кому вас записать?"), others)


def _ask_day(scene: Scene, errand: Errand, days: Sequence[date]) -> Turn:
    shown = days[:SHOWN]
    choices = (Choice(f"{errand.intent}:day:{day:%Y%m%d}", scene.words.short_day(day)) for day in shown)
    named = scene.words(" или ").join(scene.words.day(day, scene.now) for day in shown)
    dayless = replace(errand.draft, wish=replace(errand.draft.wish, first_day=None, last_day=None))
    ask = Ask(errand.intent, "time", Expecting.DATE, draft=dayless)
    return scene.ask(ask, scene.words("Какой день имеете в виду: {days}?", days=named), *choices)


def _ask_time(scene: Scene, errand: Errand) -> Turn | Slot:
    slots = scene.facts.slots
    if slots is None:
        return scene.ask(
            Ask(errand.intent, "time", Expecting.TIME, draft=errand.draft), scene.words("Когда вам удобно?")
        )
    fitting = matching(slots, errand.draft.wish)
    if errand.draft.wish.at is not None and len({slot.start for slot in fitting}) == 1 and fitting[0].master.id:
        return fitting[0]
    if fitting:
        heading = _heading(scene, errand, fitting)
        return offer(scene, errand, heading, shown(fitting), again=heading)
    near = nearest(slots, errand.draft.wish, SHOWN)
    if not near:
        none = (
            "Свободных мест на ближайший месяц не нашла."
            if scene.menu.is_group(errand.draft.services)
            else "Свободного времени на ближайший месяц не нашла."
        )
        return scene.call_us(scene.words(none))
    return offer(scene, errand, _nothing_then(scene, errand.draft), tuple(sorted(near, key=lambda slot: slot.start)))


def _nothing_then(scene: Scene, draft: Draft) -> str:
    """Says that the wished time is not free; of a wish that is one whole day, which day."""
    wish = draft.wish
    if scene.menu.is_group(draft.services):
        return scene.words("На это время мест нет. Ближайшее:")
    if wish.first_day is None or wish.first_day != wish.last_day or not wish.at == wish.since == wish.until:
        return scene.words("На это время свободного нет. Ближайшее:")
    master = scene.menu.master(wish.master) if wish.master is not None else None
    day = scene.words.on_day(wish.first_day, scene.now)
    whom = f"{day} {scene.words.to_master(master.name)}" if master is not None else day
    return scene.words("{day} свободного времени нет. Ближайшее:", day=whom)


def _heading(scene: Scene, errand: Errand, slots: Sequence[Slot]) -> str:
    masters = {slot.master.name for slot in slots}
    whom = f" {scene.words.to_master(masters.pop())}" if len(masters) == 1 and "" not in masters else ""
    return scene.words("{what}{whom}, свободно:", what=_capitalised(what(scene, errand.draft.services)), whom=whom)


def offer(scene: Scene, errand: Errand, text: str, slots: Sequence[Slot], again: str = "") -> Turn:
    """Shows free times to choose from. `text` stands above them now, `again` where the question is said once more."""
    ask = Ask(errand.intent, "time", Expecting.TIME, draft=errand.draft)
    lines = f"{slot_lines(scene, slots)}\n{scene.words('Какое время удобно?')}"
    again = again or scene.words("Ближайшее свободное:")
    asked = scene.ask(ask, f"{again}\n{lines}", *slot_choices(scene, errand.intent, slots))
    return worded(asked, f"{text}\n{lines}")


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
