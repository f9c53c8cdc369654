"""A person's own coming appointments."""

from frontdesk.booking.appointments import Appointment
from frontdesk.dialogue.menu import to_book
from frontdesk.dialogue.phone import ask_for_phone
from frontdesk.dialogue.scene import Intent, Scene, Tap, appointments_wanted
from frontdesk.dialogue.talk import Choice, Problem, Turn
from frontdesk.language.phrases import Phrases

_WHEN = (
    "когда|сколько|какое|какой|какая|какого|какому|какие|куда|напомни*|подскаж*|скаж*|уточни*|посмотри*|проверь*|забыл*"
)
_VISIT = "запись|записи|записей|записью|записаны|визит|визиты|бронь|брони|сеанс|сеансы|прием"
_BOOKED = "записан|записана|записаны|записался|записалась|записывалась|записывался|записали"
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
    ),
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
    if scene.facts.problem is Problem.LOCKED_OUT:
        return scene.hand_over(
            scene.words("Заглянуть в журнал салона сейчас не могу. Передала администратору, он вам поможет.")
        )
    if scene.facts.problem is Problem.AWAY:
        return scene.call_us(scene.words("Журнал салона сейчас не отвечает. Попробуйте чуть позже."))
    if scene.facts.appointments is None:
        return ask_for_phone(scene, "list")
    return _listed(scene)


def _listed(scene: Scene) -> Turn:
    coming = scene.coming()
    if not coming:
        text = scene.words("Предстоящих записей на ваш номер не нахожу.")
        return scene.aside(text, to_book(scene))
    lines = [scene.line(one) for one in coming[:SHOWN]]
    if len(lines) == 1:
        text = _one(scene, coming[0])
    else:
        text = "\n".join((scene.words("Ваши записи:"), *(f"{n}. {line}" for n, line in enumerate(lines, start=1))))
    return scene.aside(text, *_what_next(scene))


def _what_next(scene: Scene) -> tuple[Choice, ...]:
    """What can be done with them; which one is asked where there are several."""
    return (
        Choice("move:begin::0", scene.words("Перенести")),
        Choice("cancel:begin::0", scene.words("Отменить запись")),
        Choice("book:begin::0", scene.words("Записаться ещё")),
    )


def _one(scene: Scene, appointment: Appointment) -> str:
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
