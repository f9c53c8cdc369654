"""«А Мария завтра работает?»: the hours of one master, on a day or in the week to come."""

import re
from dataclasses import replace
from datetime import date

from frontdesk.booking.appointments import Master
from frontdesk.booking.spans import Span
from frontdesk.booking.wishes import Wish
from frontdesk.dialogue.drafting import named
from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Choice, Draft, Talk, Turn
from frontdesk.language.heard import Heard

_WORKS = re.compile(
    r"работа|принима|на смене|график|\bд?[ос]о? скольк|\bworking\b|\bworks?\b|\bis \w+ in\b", re.IGNORECASE
)


def asks_hours(talk: Talk, heard: Heard) -> bool:
    """Whether it is asked when one master works, and nothing about a service; «а во вторник?» goes on with that."""
    if heard.services:
        return False
    if len(named(heard.masters)) == 1:
        return _WORKS.search(heard.text) is not None
    draft = talk.draft
    if talk.question is not None or draft is None or draft.services or draft.wish.master is None:
        return False
    return _day(heard) is not None and "?" in heard.text


def _day(heard: Heard) -> date | None:
    start = heard.readings[0].start if heard.readings else None
    return start.date if start else None


def tell_hours(scene: Scene) -> Turn | None:
    """The master's hours on the day that was named, else in the week to come; None where the schedule is not known."""
    said = named(scene.heard.masters)
    asked_before = scene.talk.draft.wish.master if scene.talk.draft else None
    master = scene.menu.master(said[0] if said else asked_before or 0)
    if master is None or scene.facts.working is None:
        return None
    day = _day(scene.heard)
    text = _on(scene, master, day) if day is not None else _in_the_week(scene, master)
    turn = scene.aside(text, Choice(f"book:master:{master.id}:0", scene.words("Записаться")))
    if scene.talk.question is not None:
        return turn
    return replace(turn, talk=replace(turn.talk, draft=Draft(wish=Wish(day, day, master=master.id))))


def _on(scene: Scene, master: Master, day: date) -> str:
    shown, hours = scene.words.on_day(day, scene.now), _hours(scene, master, day)
    if hours is None:
        return scene.words("{day} {master} не принимает.", day=shown, master=master.name)
    said = scene.words.hours(hours)
    return scene.words("{day} {master} принимает {hours}.", day=shown, master=master.name, hours=said)


def _in_the_week(scene: Scene, master: Master) -> str:
    days = sorted({one.day for one in scene.facts.working or () if one.master.id == master.id})
    known = [(day, hours) for day in days if (hours := _hours(scene, master, day)) is not None]
    if not known:
        return scene.words("{master} на этой неделе не принимает.", master=master.name)
    lines = (f"• {scene.words.day(day, scene.now)}: {scene.words.hours(hours)}" for day, hours in known)
    return "\n".join((scene.words("{master} принимает:", master=master.name), *lines))


def _hours(scene: Scene, master: Master, day: date) -> Span | None:
    """From the beginning of the day's first span to the end of its last."""
    here = (one for one in scene.facts.working or () if one.master.id == master.id and one.day == day)
    spans = [span for one in here for span in one.spans]
    return Span(min(span.begin_s for span in spans), max(span.end_s for span in spans)) if spans else None
