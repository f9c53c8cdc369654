"""What is free. It books nothing; a tap on a time goes on to a booking."""

import re
from dataclasses import replace

from frontdesk.booking.menu import Listed
from frontdesk.dialogue.appointing import Errand, after, find, offer
from frontdesk.dialogue.at_work import asks_hours, tell_hours
from frontdesk.dialogue.begun import begun
from frontdesk.dialogue.drafting import slots_if_possible
from frontdesk.dialogue.offering import service_choices
from frontdesk.dialogue.scene import Ask, Intent, Scene, Tap, working_wanted
from frontdesk.dialogue.talk import Draft, Talk, Turn, Wants
from frontdesk.language.heard import Expecting, Heard
from frontdesk.language.phrases import Phrases

_GAP = "свободн*|окошк*|окошеч*|окно|окна|окон|места|место|местечк*|время|времени|возможность|вариант*|запись"
_WHEN = "когда|какие|какой|какое|какая|какого|сколько|скольки"
_THERE = "есть|имеется|имеются|остались|осталось|найдется|найдутся|будет|появилось|бывают"
_COME = "записаться|прийти|попасть|подойти|приехать|записать"
_WHAT = "<date>|<service>|<master>"

PHRASES = Phrases(
    "free",
    phrases=(
        f"{_THERE} (ли) (у_вас) (еще) (на) (какие|что) (ближайш*) (свободн*) {_GAP} (для_записи) ({_WHAT})",
        "нет (уже|больше) мест|места|окошек|окошка|окон|свободн* (<date>)",
        f"нет_ли (у_вас) (свободн*) {_GAP}",
        f"окошк*|окошеч*|окна|окно|свободн*|свободен (есть) ({_WHAT})",
        "свободн* время|окна|окно|окошк*|места|даты|дни|день|запись|часы|слоты",
        (
            f"{_WHEN} (на|во) (время|день|дни|числ*|час*) (ближайш*) (у_вас/к_вам) можно|могу|можем|реально|"
            f"получится {_COME}"
        ),
        f"{_WHEN} (мне) лучше|удобно|удобнее {_COME}",
        f"{_WHEN} (к) <master> можно",
        f"{_WHEN} (у_вас) (время|дни|даты|часы|окна|числа) (есть) свободн*",
        f"{_WHEN} (есть) ближайш* (время|запись|окно|дата|окошко|день)",
        "ближайш* (свободн*) время|запись|окно|окошко|дата|дату|числа|дни|день|число|прием",
        "что|чего есть|свободн* (у_вас) (свободн*) (на) <date>",
        "есть (что|какое|какие|чтото) (нибудь|то) <date>",
        f"({_WHEN}) <master> работает|свободен|свободна|принимает|может|будет|бывает (<date>)",
        f"{_WHEN} (время|часы|дни) есть <date>",
        "есть запись|записи (ли) <date> ?",
        "осталось|остались (что|чтото) (то|нибудь) <date>",
        "можете|сможете принять|взять (меня) (<date>)",
        "принимаете <date>",
    ),
    whole=("(<date>) до|с|со скольки|сколько (<date>) <master>",),
    weak=("слоты|слот", "загружены|загрузка", "есть <date> ?"),
    deniable=False,
)


_GROUP = re.compile(r"групп", re.IGNORECASE)


def wants(talk: Talk, heard: Heard, tap: Tap | None) -> Wants:
    """The free times that were asked for, or when a master works."""
    if tap is None and asks_hours(talk, heard):
        return working_wanted(talk, heard, tap)
    return slots_if_possible(after(talk.draft or Draft(), heard, tap) if tap else begun(talk, heard))


def begin(scene: Scene) -> Turn:
    """Shows the free times; for which service, it has to be known."""
    if asks_hours(scene.talk, scene.heard) and (turn := tell_hours(scene)) is not None:
        return turn
    draft = replace(begun(scene.talk, scene.heard), slot=None)
    nothing_said = not draft.services and not scene.heard.services
    if nothing_said and scene.facts.problem is None and scene.menu.listed:
        return _ask_service(scene, draft)
    found = find(scene, Errand("book", draft))
    if isinstance(found, Turn):
        return found
    return offer(scene, Errand("book", draft), scene.words("Да, это время свободно:"), (found,))


def _ask_service(scene: Scene, draft: Draft) -> Turn:
    """How long it takes, and who does it, hangs on the service."""
    listed = [one for one in scene.menu.listed if _done_by(one, draft)] or list(scene.menu.listed)
    if _GROUP.search(scene.heard.text):
        listed = [one for one in listed if one.group] or listed
    ask = Ask("book", "service", Expecting.SERVICE, draft=draft)
    text = scene.words("Посмотрю. На какую услугу?")
    return scene.ask(ask, text, *service_choices(scene, "book", listed))


def _done_by(listed: Listed, draft: Draft) -> bool:
    return draft.wish.master is None or draft.wish.master in listed.offer.masters


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Свободное время» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("free", PHRASES, begin, wants=wants, tapped=tapped)
