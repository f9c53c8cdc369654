"""Asking for a number that is surely the person's own."""

from dataclasses import replace

from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Reply, Turn


def ask_for_phone(scene: Scene, intent: str) -> Turn:
    """Asks for the number and remembers what it is for. A typed number would prove nothing, so it is not asked for."""
    text = scene.words("Чтобы найти ваши записи, мне нужен ваш номер телефона. Поделитесь им, пожалуйста, кнопкой.")
    return _asked(scene, intent, text)


def typed_proves_nothing(scene: Scene, intent: str) -> Turn:
    """Whoever types a number may type anybody's."""
    text = scene.words(
        "Спасибо! Но записи я показываю только хозяину номера. Поделитесь им, пожалуйста, кнопкой, а не набирайте."
    )
    return _asked(scene, intent, text)


def _asked(scene: Scene, intent: str, text: str) -> Turn:
    turn = scene.say("")
    if scene.salon.phone:
        text += " " + scene.words("Или позвоните нам: {phone}.", phone=scene.salon.phone)
    return replace(turn, talk=replace(turn.talk, pending_intent=intent), replies=(Reply(text, ask_contact=True),))
