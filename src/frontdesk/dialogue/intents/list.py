"""A person's own coming appointments."""

from dataclasses import replace

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.wishes import Wish
from frontdesk.dialogue.closed import journal_closed
from frontdesk.dialogue.known import aged, awaited, known_line
from frontdesk.dialogue.menu import to_book
from frontdesk.dialogue.phone import ask_for_phone
from frontdesk.dialogue.scene import Intent, Scene, Tap, appointments_wanted
from frontdesk.dialogue.talk import Choice, Draft, Turn
from frontdesk.language.phrases import Phrases

_WHEN = (
    "когда|сколько|какое|какой|какая|какого|какому|какие|куда|напомни*|подскаж*|скаж*|уточни*|посмотри*|проверь*|забыл*"
)
_VISIT = "запись|записи|записей|записью|записаны|визит|визиты|бронь|брони|сеанс|сеансы|прием"
_BOOKED = "записан|записана|записаны|записался|записалась|записывалась|записывался|записали"
_KEPT = "записано|забронировано|запланировано|назначено"
_SHOW = "покаж*|показать|пришли*|скинь*|проверить|узнать|уточнить|проверь*|посмотреть|глянуть|список"

PHRASES = Phrases(
    "list",
    phrases=(
        f"мои_{_VISIT}",
        f"{_SHOW} (есть) (ли) (мои|мою|моя|все|свои|свою|наши|моих) {_VISIT}",
        f"{_WHEN} (во|на|к) (время|день|числ*|час*|мастер*|дат*) (я/мы/у_меня) {_BOOKED}",
        f"{_WHEN} (во|на) (время|день|числ*|дат*) у_меня|нас {_VISIT}|<service>",
        f"{_WHEN} (во|на) (время|день|числ*|дат*) мой|моя|моему|мою|моего|моей (следующ*|ближайш*) {_VISIT}|<service>",
        f"{_WHEN} у_меня время|числ*|день",
        f"(есть) (ли) у_меня|нас (ли) (еще|какие) {_VISIT} ?",
        f"есть (ли) у_меня|нас (ли) (еще|какие) {_VISIT}",
        f"(ли) я|мы|меня|нас {_BOOKED} ?",
        "когда|сколько мне|нам (надо|нужно) (<date>) приходить|прийти|подойти|приехать|быть",
        "забыл* (во) время|дату|когда|сколько (запис*|визит*)",
        "(во|ко|на) сколько|скольки|когда я|мы|мне|нам <date> ?",
        "напомни* (мне) время|дату|дата|когда|сколько (запис*|визит*)",
        f"что|чего|куда|когда|покаж*|проверь* у_меня|нас/на_меня|нас {_KEPT}",
        f"{_SHOW} что|куда|когда {_KEPT}|{_BOOKED}",
        f"какие (еще) у_меня|нас {_VISIT}|планы",
        "что|чего у_меня|нас <date> ?",
        "что с_моей|нашей записью|бронью",
        "что у_меня|нас (там) по_записям|записи",
        "когда мне|нам к_вам",
        "когда приходить|подходить ?",
        f"к_кому/у_кого я|мы {_BOOKED}",
        "к_кому/у_кого я|мы <date>",
        f"на_меня|нас/на_мое_имя (есть) (ли) {_VISIT} ?",
        f"на_меня|нас/на_мое_имя есть (ли) {_VISIT}",
        f"когда у_меня|нас следующ*|ближайш* {_VISIT}|раз",
        f"подскаж*|скаж*|напомни*|уточни*|забыл* время|дату|день (моей|нашей|моего|нашего) {_VISIT}|записи|визита",
        f"время|дата|дату|день моей|нашей|моего|нашего {_VISIT}|записи|визита",
        "получилось|удалось записаться|записать ?",
        "запись прошла|создалась|оформилась|сохранилась ?",
    ),
    whole=("(а) во_сколько",),
    weak=(
        f"моя|мою|мой {_VISIT}",
        f"я|мы|меня {_BOOKED}",
        "у_меня|нас запись",
    ),
    never=("диктофон*", "голосов*", "аудио*", "видео*", "музык*", "песн*", "камер*", "трек*", "разговор*", "дневник*"),
    deniable=False,
)

SHOWN = 20
"""More than that nobody reads, and a message has its bound."""


def begin(scene: Scene) -> Turn:
    """Lists what is coming."""
    if scene.facts.problem is not None and scene.facts.appointments is None:
        return journal_closed(scene, scene.facts.problem)
    if scene.facts.appointments is None:
        return ask_for_phone(scene, "list")
    return _listed(scene)


def _listed(scene: Scene) -> Turn:
    shown = scene.expected()[:SHOWN]
    if not shown:
        text = scene.words("Предстоящих записей на ваш номер не нахожу.")
        return scene.aside(aged(scene, text), to_book(scene))
    if len(shown) == 1:
        text = _one(scene, shown[0])
    else:
        lines = (f"{n}. {known_line(scene, one)}" for n, one in enumerate(shown, start=1))
        text = "\n".join((scene.words("Ваши записи:"), *lines))
    turn = scene.aside(aged(scene, text), *_what_next(scene))
    return replace(turn, talk=replace(turn.talk, visit=_spoken_of(shown[0]))) if len(shown) == 1 else turn


def _spoken_of(appointment: Appointment) -> Draft:
    start = appointment.start
    wish = Wish(start.date(), start.date(), at=start.time(), master=appointment.master.id)
    return Draft(tuple(service.id for service in appointment.services), appointment.salon, wish=wish)


def _what_next(scene: Scene) -> tuple[Choice, ...]:
    """What can be done with them; which one is asked where there are several."""
    return (
        Choice("move:begin::0", scene.words("Перенести")),
        Choice("cancel:begin::0", scene.words("Отменить запись")),
        Choice("book:begin::0", scene.words("Записаться ещё")),
    )


def _one(scene: Scene, appointment: Appointment) -> str:
    if waits := awaited(scene, appointment):
        line = scene.words.line(appointment, scene.now_at(appointment))
        return f"{waits[:1].upper()}{waits[1:]}. {line}."
    text = scene.words(
        "Вы записаны на {what} {when} {whom}.",
        what=scene.words.services(appointment, as_object=True),
        when=scene.words.when(appointment.start, scene.now_at(appointment)),
        whom=scene.words.to_master(appointment.master.name),
    )
    if len(scene.facts.salons) == 1:
        return text
    return f"{text} {scene.words('Филиал: {title}.', title=scene.salon_of(appointment).title)}"


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Мои записи» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("list", PHRASES, begin, wants=appointments_wanted, tapped=tapped, aside=True)
