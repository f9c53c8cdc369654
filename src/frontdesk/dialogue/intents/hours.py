"""When the salon is open: in its own words where it has written them, else as its masters work."""

from datetime import date, timedelta
from itertools import groupby

from frontdesk.booking.spans import Span
from frontdesk.dialogue import grammar
from frontdesk.dialogue.scene import Intent, Scene, Tap, working_wanted
from frontdesk.dialogue.talk import Turn
from frontdesk.dialogue.words import clock
from frontdesk.language.phrases import Phrases

_OPEN = "работаете|работает|открыты|открыто|открываетесь|открывается|закрываетесь|закрывается|закрыты|закрыто"

PHRASES = Phrases(
    "hours",
    phrases=(
        f"(до|с|со|во) сколько|скольки|скока|когда|часа|часов (какого|каких) (вы/салон/у_вас) {_OPEN}",
        "график|графика|режим|часы|время|расписание работы|работа|салона",
        "(вы|салон|студия|ли) (не) (еще|уже) работаете|открыты|работает|закрыты (<date>)",
        "вы|салон до|с|со скольки|сколько",
        "есть выходные|выходной|выходных",
        "выходные|выходной|выходных|перерыв|обед у_вас|салона",
        "без_выходных|перерыва",
        "график|режим",
        "круглосуточно",
    ),
    weak=("расписание",),
    never=("каким|какими|какой|чем|какая|каких (лак*|краск*|материал*|бренд*|марк*|косметик*) работаете",),
    deniable=False,
)

WEEK = 7


def begin(scene: Scene) -> Turn:
    """Answers for the day that was named, else for today and the week."""
    if (day := _day(scene)) is not None and scene.facts.working is not None:
        return scene.aside(_that_day(scene, day))
    if scene.salon.schedule:
        return scene.aside(scene.words("Мы работаем: {schedule}.", schedule=scene.salon.schedule.rstrip(". ")))
    week = _week(scene)
    if not any(week.values()):
        return scene.cant_say(scene.words("График работы сейчас посмотреть не могу."))
    said = scene.words("Мастера принимают: {week}.", week=_in_words(scene, week))
    today = week.get(scene.now.date())
    until = scene.words("Сегодня до {time}.", time=clock(today.end_s)) if today else ""
    return scene.aside(f"{said} {until}".strip())


def _day(scene: Scene) -> date | None:
    start = scene.heard.readings[0].start if scene.heard.readings else None
    return start.date if start and start.date and start.date >= scene.now.date() else None


def _that_day(scene: Scene, day: date) -> str:
    shown = scene.words.on_day(day, scene.now)
    known = _open(scene, day)
    if known is None:
        return scene.words("{day} мастера не принимают.", day=shown)
    return scene.words("{day} мастера принимают {hours}.", day=shown, hours=scene.words.hours(known))


def _week(scene: Scene) -> dict[date, Span | None]:
    first = scene.now.date()
    days = (first + timedelta(days=n) for n in range(WEEK))
    return {day: _open(scene, day) for day in days}


def _open(scene: Scene, day: date) -> Span | None:
    """From the first master's beginning to the last one's end."""
    here = (one for one in scene.facts.working or () if scene.menu.master(one.master.id))
    spans = [span for one in here if one.day == day for span in one.spans]
    return Span(min(span.begin_s for span in spans), max(span.end_s for span in spans)) if spans else None


def _in_words(scene: Scene, week: dict[date, Span | None]) -> str:
    """«пн–пт с 10:00 до 21:00, сб с 11:00 до 18:00, вс выходной»: days in a row with the same hours stand together."""
    by_weekday = sorted(week.items(), key=lambda one: one[0].weekday())
    parts = []
    for hours, days in groupby(by_weekday, key=lambda one: one[1]):
        weekdays = [scene.words(grammar.SHORT_WEEKDAYS[day.weekday()]) for day, _ in days]
        named = weekdays[0] if len(weekdays) == 1 else f"{weekdays[0]}–{weekdays[-1]}"
        parts.append(f"{named} {scene.words.hours(hours) if hours else scene.words('выходной')}")
    return ", ".join(parts)


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Часы работы» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("hours", PHRASES, begin, wants=working_wanted, tapped=tapped, aside=True)
