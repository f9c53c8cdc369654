"""A person's own coming appointments."""

from frontdesk.dialogue.phone import ask_for_phone
from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Choice, Problem, Turn
from frontdesk.language.phrases import Phrases

_WHEN = (
    "когда|сколько|какое|какой|какая|какого|какому|какие|куда|напомни*|подскаж*|скаж*|уточни*|посмотри*|"
    "проверь*|забыл*|скинь*"
)
_VISIT = "запись|записи|записей|записью|записаны|визит|визиты|бронь|брони|сеанс|сеансы|прием"

PHRASES = Phrases(
    "list",
    phrases=(
        f"мои_{_VISIT}",
        f"(покаж*|~показать|~посмотреть|~список|проверить|узнать|уточнить|глянуть) мои|мою|моя|свои|свою|наши {_VISIT}",
        f"покаж*|~показать|пришли*|проверить|узнать|уточнить|проверь* (мои|мою|все) {_VISIT}",
        (
            f"{_WHEN} (во|на|к) (время|~день|числ*|час*|мастер*|дат*) (я|мы|у_меня) записан|записана|записаны|"
            "записался|записалась|записывалась|записывался|записали"
        ),
        f"{_WHEN} (во|на|к) (время|~день|числ*|дат*) у_меня|нас|мой|моя|моему|мою {_VISIT}|<service>",
        f"{_WHEN} (во|на) (время|~день|числ*|дат*) моя|мой|моего|моей (следующ*|ближайш*) {_VISIT}",
        f"(есть) (ли) у_меня|нас (есть) (ли) (еще|какие) {_VISIT} ?",
        f"есть (ли) у_меня|нас (ли) (еще|какие) {_VISIT}",
        "(ли) я|мы|меня|нас записан|записана|записаны|записали ?",
        "когда|сколько мне|нам (надо|нужно) ~приходить|~прийти|~подойти|~приехать|быть",
        "напомни* (мне) время|дату|дата|когда|сколько (запис*|визит*)",
    ),
    weak=(
        f"моя|мою|мой {_VISIT}",
        "я|мы|меня записан|записана|записаны|записался|записалась|записывалась|записывался|записали",
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
        return scene.say(scene.words("Предстоящих записей на ваш номер не нахожу."))
    lines = [scene.words.line(one, scene.now_at(one)) for one in coming[:SHOWN]]
    if len(lines) == 1:
        text = scene.words("Ваша запись: {line}.", line=lines[0][:1].lower() + lines[0][1:])
    else:
        text = "\n".join((scene.words("Ваши записи:"), *(f"{n}. {line}" for n, line in enumerate(lines, start=1))))
    return scene.say(text, Choice("cancel:begin::0", scene.words("Отменить запись")))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Мои записи» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("list", PHRASES, begin, looks_up=True, tapped=tapped)
