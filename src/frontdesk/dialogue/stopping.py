"""«Нет, стойте, не надо», said after the yes: what was asked of the journal is taken back while it has not left.

Whether it has left is a fact (`Facts.held`): a command does not leave while its chat has an unread message, so what was
still here when this message was taken up is here until it is answered. What has left can't be stopped; it is said so,
and what came of it will be told with the way back.
"""

from dataclasses import dataclass, replace

from frontdesk.booking.commands import Book, Cancel, Command, Deferred, Move
from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Settled, Talk, Turn
from frontdesk.language.heard import Heard

_TAKES_BACK = frozenset({"no", "undo"})
_CORRECTS = frozenset({"book", "move", "free", "no", "other"})


@dataclass(frozen=True, slots=True)
class Stop:
    """A command that was to be taken back, and whether it still could be."""

    command: Command
    in_time: bool


def stop(scene: Scene) -> Stop | None:
    """The command that is under way, where no question has been asked since; None where nothing is."""
    given = scene.talk.given
    if given is None or scene.talk.question is not None or given.subject not in scene.facts.busy:
        return None
    return Stop(given, given.subject in scene.facts.held)


def takes_back(heard: Heard, command: Command) -> bool:
    """Whether the words want it not done: «нет, стойте»; of a booking also «отмените»."""
    by = _TAKES_BACK | {"cancel"} if isinstance(command, Book) else _TAKES_BACK
    return heard.intent in by and not heard.readings


def corrects(heard: Heard, command: Command) -> bool:
    """Whether the words want it done otherwise: «лучше в 16»."""
    says = heard.readings or heard.masters or heard.shift
    return isinstance(command, Book | Move) and bool(says) and heard.intent in _CORRECTS


def stopped(scene: Scene, stop: Stop) -> Turn:
    """Takes it back, or says that it has left."""
    if not stop.in_time:
        return Turn(scene.talk, scene.say(_too_late(scene, stop.command)).replies)
    turn = scene.say(_in_time(scene, stop.command))
    return replace(turn, talk=replace(turn.talk, given=None), withdrawn=(stop.command.subject,))


def without(scene: Scene, stop: Stop) -> Scene:
    """The conversation as if the yes had not been said: its draft is still there to be changed."""
    busy = scene.facts.busy - {stop.command.subject}
    return replace(scene, talk=replace(scene.talk, given=None), facts=replace(scene.facts, busy=busy))


def settled_talk(talk: Talk, event: Settled) -> Talk:
    """Nothing is under way any more once it is known what came of it."""
    over = talk.given is not None and talk.given.subject == event.command.subject
    return replace(talk, given=None) if over and not isinstance(event.outcome, Deferred) else talk


def _in_time(scene: Scene, command: Command) -> str:
    match command:
        case Cancel():
            return scene.words("Остановила: ничего не отменяю. Ждём вас!")
        case Book():
            return scene.words("Остановила: не записываю. Если надумаете, напишите.")
        case Move():
            return scene.words("Остановила: ничего не переношу. Ждём вас!")
        case _:
            return scene.words("Остановила, всё остаётся как было.")


def _too_late(scene: Scene, command: Command) -> str:
    match command:
        case Cancel():
            return scene.words("Отмена уже ушла в журнал. Напишу, что вышло, и смогу вернуть запись, если скажете.")
        case Book():
            return scene.words("Запись уже ушла в журнал. Напишу, что вышло, и смогу отменить её, если скажете.")
        case Move():
            return scene.words("Перенос уже ушёл в журнал. Напишу, что вышло, и смогу вернуть как было, если скажете.")
        case _:
            return scene.words("Это уже ушло в журнал. Напишу, что вышло, и тогда можно будет всё поменять.")
