"""Who works in the salon, who does what, and who is there on a day."""

import re
from collections.abc import Sequence
from datetime import date

from frontdesk.booking.menu import Staffer
from frontdesk.dialogue.grammar import lower_title
from frontdesk.dialogue.listing import meant
from frontdesk.dialogue.scene import Intent, Scene, Tap, working_wanted
from frontdesk.dialogue.talk import Talk, Turn, Wants
from frontdesk.language.heard import Heard
from frontdesk.language.phrases import Phrases

_MASTER = "мастер|мастера|мастеров|мастерах|специалист|специалиста|специалисты|парикмахера|парикмахеры|барбера|барберы"

PHRASES = Phrases(
    "staff",
    phrases=(
        f"какие|список|все|ваши|сколько|какой|покажите (у_вас) (есть) {_MASTER}",
        "кто (у_вас) (из) (мастеров) работает|делает|стрижет|красит|принимает|мастер|лучший (<service>|<date>)",
        "к_кому (можно|лучше|посоветуете|мне) (записаться|прийти) (<service>)",
        f"посоветуйте|порекомендуйте|подскажите {_MASTER}",
        f"(какой) {_MASTER} лучше|посоветуете|порекомендуете",
        f"расскажите|портфолио|отзывы (о|про) {_MASTER}",
        "кто <service> ?",
    ),
    weak=("мастера|мастеров",),
    never=("к_кому_нибудь|угодно|то", "кому_нибудь|угодно|то", "не_нужны|нужен", "нужны|требуются мастера"),
    deniable=False,
)

MOST = 30
_WHO = re.compile(
    r"(?:и |а )?(?:кто|какой|к кому)(?: там| это| мой| у меня| меня)? ?(?:мастер|принимает|делает|будет)?\W*"
    r"|(?:and )?who(?:'s| is) (?:my|the) (?:master|stylist|specialist)\W*",
    re.IGNORECASE,
)


def wants(talk: Talk, heard: Heard, tap: Tap | None) -> Wants:
    """Who works on a day has to be looked up; who works at all is known."""
    return working_wanted(talk, heard, tap) if _day(heard) else Wants()


def _day(heard: Heard) -> date | None:
    start = heard.readings[0].start if heard.readings else None
    return start.date if start else None


def begin(scene: Scene) -> Turn:
    """Lists the masters, those who do what was named, and those who work on the day that was named."""
    if (turn := _own_master(scene)) is not None:
        return turn
    able = _able(scene)
    day = _day(scene.heard)
    if day is not None and day >= scene.now.date() and scene.facts.working is not None:
        return scene.aside(_on_day(scene, able, day))
    if not able:
        return scene.cant_say(scene.words("Список мастеров сейчас посмотреть не могу."))
    heading = scene.words("Это делают:") if meant(scene) else scene.words("Наши мастера:")
    return scene.aside(f"{heading}\n{_lines(able)}")


def _own_master(scene: Scene) -> Turn | None:
    """«А кто мастер?», said of the appointment that was just spoken of."""
    visit = scene.talk.visit
    master = scene.menu.master(visit.wish.master) if visit is not None and visit.wish.master else None
    if master is None or not _WHO.fullmatch(scene.heard.text.strip()):
        return None
    return scene.aside(scene.words("Вас ждёт {master}.", master=master.name))


def _able(scene: Scene) -> tuple[Staffer, ...]:
    services = meant(scene)
    masters = {master for one in services for master in one.offer.masters}
    return tuple(one for one in scene.menu.staff if not services or one.master.id in masters)


def _on_day(scene: Scene, able: Sequence[Staffer], day: date) -> str:
    working = {one.master.id for one in scene.facts.working or () if one.day == day and one.spans}
    there = [one for one in able if one.master.id in working]
    shown = scene.words.on_day(day, scene.now)
    if not there:
        return scene.words("{day} никто из мастеров не принимает.", day=shown)
    return f"{scene.words('{day} принимают:', day=shown)}\n{_lines(there)}"


def _lines(staff: Sequence[Staffer]) -> str:
    return "\n".join(_line(one) for one in staff[:MOST])


def _line(one: Staffer) -> str:
    return f"• {one.master.name}, {lower_title(one.specialty)}" if one.specialty else f"• {one.master.name}"


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Мастера» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("staff", PHRASES, begin, wants=wants, tapped=tapped, aside=True)
