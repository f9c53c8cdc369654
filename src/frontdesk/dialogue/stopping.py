"""«Нет, стойте, не надо», said after the yes: what was asked of the journal is taken back while it has not left.

Whether it has left is a fact (`Facts.held`): a command does not leave while its chat has an unread message, so what was
still here when this message was taken up is here until it is answered. What has left can't be stopped; it is said so,
and what came of it will be told with the way back.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from frontdesk.booking.commands import Book, Cancel, Command, Deferred, Move
from frontdesk.dialogue.branches import EVERYWHERE, named
from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Draft, Settled, Talk, Turn
from frontdesk.language.heard import Heard, ScoredIntent
from frontdesk.language.services import SURE

_TAKES_BACK = frozenset({"no", "undo"})
_RATHER = re.compile(r"\b(?:лучше|вместо|rather|instead)\b", re.IGNORECASE)
_ENDED_BY_STOP = frozenset({"book", "move", "cancel"})
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


def newer_word(scene: Scene, begin: Callable[[str, Scene], Turn]) -> Turn | None:
    """What comes of words that take back, or correct, what was asked of the journal; None where they do neither."""
    under_way = stop(scene)
    if under_way is None or _is_elsewhere(scene, under_way.command):
        return None
    changes = corrected(scene.talk, scene.heard)
    if changes and under_way.in_time:
        turn = begin(changes[0], _without(scene, under_way))
        # While the journal is away nothing leaves, so what waits is given up only for the new yes.
        return replace(turn, withdrawn=(under_way.command.subject,)) if scene.facts.live else turn
    return stopped(scene, under_way) if changes or takes_back(scene.heard, under_way.command) else None


def _is_elsewhere(scene: Scene, command: Command) -> bool:
    """«Отмените запись в Берлине» is not about what waits for another branch."""
    branch = named(scene) if scene.heard.intent in EVERYWHERE else ""
    return branch not in {"", command.salon}


def as_no(scene: Scene) -> Scene:
    """«Стоп», said to «Записать вас…?», is a no to that, and nothing about being written to."""
    question = scene.talk.question
    asked = question is not None and question.intent in _ENDED_BY_STOP
    if not asked or not scene.is_bare("stop"):
        return scene
    return replace(scene, heard=replace(scene.heard, intents=(ScoredIntent("no", 1.0),)))


def newer_tap(scene: Scene, intent: Intent) -> Turn | None:
    """A tap on «нет» under the question that was just answered with a yes."""
    under_way = stop(scene)
    same = under_way is not None and intent.settles is not None and isinstance(under_way.command, intent.settles)
    return stopped(scene, under_way) if under_way is not None and same else None


def takes_back(heard: Heard, command: Command) -> bool:
    """Whether the words want it not done: «нет, стойте»; of a booking also «отмените», unless it says what."""
    names = bool(heard.services or heard.masters)
    by = _TAKES_BACK | {"cancel"} if isinstance(command, Book) and not names else _TAKES_BACK
    return heard.intent in by and not heard.readings


def corrected(talk: Talk, heard: Heard) -> tuple[str, ...]:
    """The intent that words go on with which want it done otherwise: «лучше в 16»; none where they don't."""
    says = bool(heard.readings or heard.masters or heard.shift) and heard.intent in _CORRECTS
    # «Перенесите укладку на четверг» moves what was asked for: it stands until the new time is agreed.
    moves = heard.intent == "move" and bool(heard.services) and isinstance(talk.given, Book)
    if not says or moves or not isinstance(talk.given, Book | Move) or _wants_another(talk, heard):
        return ()
    return ("move",) if isinstance(talk.given, Move) else ("book",)


def _wants_another(talk: Talk, heard: Heard) -> bool:
    """«Запишите ещё на маникюр»: a booking of another service is a wish beside the one under way, not in its place."""
    draft = talk.draft or Draft()
    under_way = talk.given.services if isinstance(talk.given, Book) else draft.services
    named = {one.id for one in heard.services}
    return heard.said("book", SURE) and bool(named) and named.isdisjoint(under_way) and not _RATHER.search(heard.text)


def instead(talk: Talk) -> Talk:
    """The conversation as if the yes had not been said, with what is to be settled by the next one."""
    settles = talk.given.subject if talk.given is not None else ""
    return replace(talk, given=None, draft=replace(talk.draft or Draft(), settles=settles))


def stopped(scene: Scene, stop: Stop) -> Turn:
    """Takes it back, or says that it has left."""
    if not stop.in_time:
        return Turn(scene.talk, scene.say(_too_late(scene, stop.command)).replies)
    turn = scene.say(_in_time(scene, stop.command))
    return replace(turn, talk=replace(turn.talk, given=None), withdrawn=(stop.command.subject,))


def _without(scene: Scene, stop: Stop) -> Scene:
    """The conversation as if the yes had not been said: its draft is still there to be changed."""
    busy = scene.facts.busy - {stop.command.subject}
    return replace(scene, talk=instead(scene.talk), facts=replace(scene.facts, busy=busy))


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
