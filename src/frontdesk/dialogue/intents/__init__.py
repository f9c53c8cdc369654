"""Every intent is one file here; a new one is found by itself."""

import importlib
import pkgutil
from collections.abc import Mapping

from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases


def every_intent() -> Mapping[str, Intent]:
    """All intents by name. One that so far only has phrases is left to a person of the salon, honestly."""
    modules = (importlib.import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
    intents = (getattr(module, "INTENT", None) or _for_a_person(module.PHRASES) for module in modules)
    return {intent.name: intent for intent in intents}


def _for_a_person(phrases: Phrases) -> Intent:
    return Intent(phrases.intent, phrases, begin=_hand_over)


def _hand_over(scene: Scene) -> Turn:
    return scene.hand_over(scene.words("С этим вам поможет администратор: я передала ему ваше сообщение."))
