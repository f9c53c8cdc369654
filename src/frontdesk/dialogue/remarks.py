"""What is said before a booking goes on: a day that there is not, a question that only a person may answer."""

import re

from frontdesk.dialogue.manners import told_first
from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Draft, Turn

_NO_SUCH_DAY = re.compile(
    r"\b31(?:-?го)? (?:апреля|июня|сентября|ноября)|\b3[01](?:-?го)? февраля|\b31\.(?:0?[469]|11)\b|\b3[01]\.0?2\b"
    r"|\b31(?:st)? (?:of )?(?:april|june|september|november)\b|\b(?:april|june|september|november) 31(?:st)?\b",
    re.IGNORECASE,
)
_OF_HEALTH = re.compile(
    r"беременн|кормящ|аллерги|противопоказ|онколог|диабет|\bpregnant\b|\ballerg|\bbreastfeeding\b", re.IGNORECASE
)
_STEM = 5
"""Letters that Russian endings leave alone."""


def remarked(scene: Scene, turn: Turn) -> Turn:
    """The turn, with what has to be said first."""
    said = scene.heard.text
    if _NO_SUCH_DAY.search(said):
        return told_first(scene.say(scene.words("Такого числа в календаре нет.")), turn)
    if _OF_HEALTH.search(said):
        asked = "Можно ли вам эту процедуру, точно скажет специалист: напишите «администратор», и я позову."
        return told_first(scene.say(scene.words(asked)), turn)
    return turn


def says_the_title(scene: Scene, draft: Draft) -> bool:
    """«Женскую, конечно»: the service that is being booked, named once more."""
    titles = (offer.service.title for offer in scene.menu.offers(draft.services))
    known = {word[:_STEM] for title in titles for word in title.casefold().split() if len(word) >= _STEM}
    return any(word[:_STEM] in known for word in re.findall(r"\w+", scene.heard.text.casefold()))
