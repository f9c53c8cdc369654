"""The code from the SMS, by which the provider vouches for a phone that was only typed.

It is sent for one of two ends: a booking that was read back and said yes to, where the salon asks for a code; or to
prove the phone, so that its appointments can be shown here. In both it is typed into the chat, and the provider alone
says whether it is right. After MOST_WRONG wrong ones a person of the salon takes over.
"""

import re
from dataclasses import replace

from frontdesk.booking.commands import Book, SendCode
from frontdesk.booking.ids import Phone
from frontdesk.dialogue.scene import Ask, Scene, still_pending
from frontdesk.dialogue.talk import Choice, Question, Turn
from frontdesk.language.heard import Expecting

MOST_WRONG = 5
SENDING = "sending"
"""The step at which a booking waits for its code to be sent."""
_CODE = re.compile(r"\D{0,30}(\d(?:[ -]?\d){3,7})\D{0,30}")
_AGAIN = re.compile(
    r"ещ[её] раз|нов\w+ код|друг\w+ код|повтор|не приш|не приход|не получ|resend|again|new code", re.IGNORECASE
)
_ANY = re.compile(r"\bкод|смс|\bsms|\bcode", re.IGNORECASE)


def typed_code(text: str) -> str:
    """The digits of the code in these words, four to eight of them; empty where there are none."""
    found = _CODE.fullmatch(text.strip())
    return re.sub(r"\D", "", found[1]) if found else ""


def wants_code(text: str) -> bool:
    """«Пришлите код», or the number of the only choice where there are no buttons."""
    return _ANY.search(text) is not None or text.strip() == "1"


def wants_another(text: str) -> bool:
    """«Не пришло», «пришлите ещё раз»."""
    return _AGAIN.search(text) is not None


def send_to_prove(scene: Scene, phone: Phone) -> Turn:
    """Has a code sent, and remembers what for."""
    turn = scene.command(SendCode(scene.salon.key, phone, scene.facts.now))
    return still_pending(turn, scene.talk)


def send_to_book(scene: Scene, command: Book) -> Turn:
    """Has a code sent for this booking, which waits meanwhile."""
    ask = Ask("book", SENDING, Expecting.CODE, commits=replace(command, code=""), draft=scene.talk.draft)
    sends = SendCode(command.salon, command.phone, scene.facts.now, for_booking=True)
    return replace(scene.ask(ask, ""), replies=(), commands=(sends,))


def ask_code(scene: Scene, text: str, *, commits: Book | None) -> Turn:
    """Asks for the code: of a booking where it is one's, else of a proof."""
    intent = "code" if commits is None else "book"
    ask = Ask(intent, "code", Expecting.CODE, commits=commits, draft=scene.talk.draft)
    turn = scene.ask(ask, text, Choice(f"{intent}:code:", scene.words("Прислать новый код")))
    return still_pending(turn, scene.talk)


def wrong(scene: Scene, *, commits: Book | None) -> Turn:
    """Asks once more, until it was too often."""
    times = scene.talk.wrong_codes + 1
    if times >= MOST_WRONG:
        return too_many(scene)
    text = scene.words("Код не подошёл. Проверьте, пожалуйста, цифры в SMS и напишите их ещё раз.")
    turn = ask_code(scene, text, commits=commits)
    return replace(turn, talk=replace(turn.talk, wrong_codes=times))


def too_many(scene: Scene) -> Turn:
    """A person goes on."""
    text = scene.words("С кодом не получается. Передала администратору, он вам поможет.")
    turn = scene.hand_over(text)
    return replace(turn, talk=replace(turn.talk, wrong_codes=0))


def waiting(scene: Scene, question: Question) -> Turn | None:
    """A yes while the code is being sent is the same yes, said twice."""
    del question
    return Turn(scene.talk) if scene.heard.said("yes") else None
