"""Asking for a number that is surely the person's own."""

from dataclasses import replace

from frontdesk.dialogue.coding import send_to_prove
from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Choice, Turn
from frontdesk.language.heard import Expecting


def ask_for_phone(scene: Scene, intent: str) -> Turn:
    """Asks for the number and remembers what it is for. One that was only typed can be proved by a code."""
    claimed = scene.facts.person.claimed
    if claimed is None:
        text = scene.words(
            "Чтобы найти ваши записи, мне нужен ваш номер телефона. "
            "Поделитесь им, пожалуйста, кнопкой или напишите: пришлю код по SMS."
        )
        return _asked(scene, intent, text)
    text = scene.words(
        "Записи я показываю только хозяину номера. Поделитесь своим кнопкой, "
        "или пришлю код по SMS на номер, который кончается на {end}.",
        end=f"{claimed[-4:-2]}-{claimed[-2:]}",
    )
    return _asked(scene, intent, text, Choice("code:send:", scene.words("Прислать код")))


def typed_proves_nothing(scene: Scene, intent: str) -> Turn:
    """Whoever types a number may type anybody's, so a code is sent to it."""
    claimed = scene.facts.person.claimed
    if claimed is None:
        return ask_for_phone(scene, intent)
    return send_to_prove(scene, claimed)


def _asked(scene: Scene, intent: str, text: str, *choices: Choice) -> Turn:
    if scene.salon.phone:
        text += " " + scene.words("Или позвоните нам: {phone}.", phone=scene.salon.phone)
    turn = scene.ask(Ask("code", "offer", Expecting.PHONE, ask_contact=True), text, *choices)
    waits_already = scene.talk.pending_intent == intent
    heard = scene.talk.pending_heard if waits_already else scene.heard
    return replace(turn, talk=replace(turn.talk, pending_intent=intent, pending_heard=heard))
