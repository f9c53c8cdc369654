"""Forgetting a person: all that is kept here. The salon's own journal is the salon's."""

from dataclasses import replace

from frontdesk.dialogue.scene import Ask, Intent, Scene, Tap
from frontdesk.dialogue.talk import Choice, Question, Talk, Turn
from frontdesk.language.heard import Expecting
from frontdesk.language.phrases import Phrases

_MINE = "мои|мой|мою|меня|моих|свои|мне/обо_мне"
_DATA = "данные|данных|информацию|аккаунт|профиль|переписку|номер|телефон|историю"

PHRASES = Phrases(
    "erase",
    phrases=(
        (
            f"удали*|сотрите|стереть|забудьте|уничтожьте|уберите|удаление|сотри (все) ({_MINE}) (личные|"
            f"персональн*) {_DATA}"
        ),
        "забудьте|забудь меня/обо_мне/про_меня",
        "удали*|уберите меня из_базы|системы",
        "отзываю|отозвать согласие",
    ),
    never=("удали* запис*",),
)


def begin(scene: Scene) -> Turn:
    """Says what would be forgotten and what would not, and asks."""
    if scene.facts.busy:
        said = scene.words("Одно ваше поручение ещё в пути в журнал салона. Напишу, как будет готово, тогда и сотру.")
        return scene.say(said)
    text = scene.words(
        "Стереть у меня нашу переписку, ваше имя и номер? Это навсегда. Записи и карточка в журнале салона останутся."
    )
    return scene.ask(
        Ask("erase", "confirm", Expecting.YES_NO),
        text,
        Choice("erase:yes:", scene.words("Да, стереть")),
        Choice("erase:no:", scene.words("Нет, оставить")),
    )


def confirm(scene: Scene, _question: Question) -> Turn | None:
    """Hears the answer; anything but a plain yes erases nothing."""
    heard = scene.heard
    if heard.said("no"):
        return _keep(scene)
    return _forget(scene) if heard.said("yes") or scene.is_bare("erase") else None


def _forget(scene: Scene) -> Turn:
    """The reply leaves with the erasing itself, so it is true when it is read. Who asked for silence keeps it."""
    if scene.facts.busy:
        return begin(scene)
    text = scene.words("Готово: переписку, имя и номер у себя стёрла, остался только адрес этого чата.")
    if scene.salon.phone:
        text += " " + scene.words(
            "Карточку в журнале ведёт салон, удалить её можно по телефону {phone}.", phone=scene.salon.phone
        )
    else:
        text += " " + scene.words("Карточку в журнале ведёт салон, попросите администратора удалить её.")
    turn, talk = scene.say(text), scene.talk
    fresh = Talk(language=talk.language, asked=talk.asked, silenced=talk.silenced)
    return replace(turn, talk=fresh, forget=True)


def _keep(scene: Scene) -> Turn:
    return scene.say(scene.words("Хорошо, ничего не стираю."))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """Only a tap on the open question erases."""
    match tap.option:
        case "yes" if tap.fresh:
            return _forget(scene)
        case "no":
            return _keep(scene)
        case _:
            return begin(scene)


INTENT = Intent("erase", PHRASES, begin, answers={"confirm": confirm}, tapped=tapped)
