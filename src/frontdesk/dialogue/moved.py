"""What came of a move, in words. Where the new time was taken meanwhile, the nearest others are offered."""

from dataclasses import replace
from typing import assert_never

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Command, Conflicted, Deferred, Done, Move, RefusalReason, Refused
from frontdesk.booking.moving import other_places
from frontdesk.booking.wishes import Wish, nearest
from frontdesk.dialogue.appointing import Errand, offer
from frontdesk.dialogue.booked import TAKEN
from frontdesk.dialogue.drafting import chosen_anew
from frontdesk.dialogue.moves import wanted
from frontdesk.dialogue.offering import SHOWN
from frontdesk.dialogue.overtaken import overtaken
from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Before, Draft, Settled, Talk, Turn, Wants
from frontdesk.dialogue.unmovable import too_late_to_move


def settled_wants(talk: Talk, settled: Settled) -> Wants:
    """Where the new time was taken meanwhile, others are offered."""
    command, about = settled.command, settled.about
    if not isinstance(settled.outcome, Refused | Conflicted) or settled.outcome.reason not in TAKEN:
        return Wants()
    draft = _draft_of(talk, command, about)
    if isinstance(settled.outcome, Conflicted) and about is not None and isinstance(command, Move):
        draft = wished(command, about)
    return _others(chosen_anew(draft, settled.outcome.reason), about) if draft is not None else Wants()


def _draft_of(talk: Talk, command: Command, about: Appointment | None) -> Draft | None:
    """The draft that this move came from: the one that is kept may be a newer wish's."""
    draft = talk.draft
    kept = draft is not None and draft.slot is not None and (draft.moving, draft.slot.start)
    if isinstance(command, Move) and kept == (command.appointment, command.start):
        return draft
    return replace(wished(command, about), settles="") if isinstance(command, Move) and about is not None else None


def _others(draft: Draft, about: Appointment | None) -> Wants:
    slots = wanted(draft, about)
    return Wants(slots=replace(slots, anew=True)) if slots else Wants()


def settled(scene: Scene, event: Settled) -> Turn:
    """Words what came of it; only now is anything said in the past tense."""
    match event.outcome:
        case Done():
            turn = scene.say(_moved(scene, event))
            return replace(turn, talk=replace(turn.talk, moved=_before(scene, event), cancelled=None))
        case Refused(reason=RefusalReason.RESCHEDULED):
            return overtaken(scene, event.about)
        case Refused(reason=reason):
            return _refused(scene, event, reason)
        case Conflicted(reason=reason):
            return _conflicted(scene, event, reason)
        case Deferred():
            turn = scene.say(_taken_in(scene, event.command))
            return replace(turn, talk=replace(turn.talk, draft=scene.talk.draft))
        case _:
            assert_never(event.outcome)


def _taken_in(scene: Scene, command: Command) -> str:
    if _goes_back(scene, command):
        said = "Приняла. Журнал салона сейчас не отвечает: верну запись на прежнее время, как только он откроется."
        return f"{scene.words(said)} {scene.words('И сразу напишу вам.')}"
    said = "Приняла. Журнал салона сейчас не отвечает: перенесу, как только он откроется, и напишу вам."
    return f"{scene.words(said)} {scene.words('Пока запись стоит на прежнем времени.')}"


def _goes_back(scene: Scene, command: Command) -> bool:
    """Whether it takes back a move of this conversation: then «прежнее время» is the one it goes to."""
    moved = scene.talk.moved
    if moved is None or not isinstance(command, Move):
        return False
    was = moved.appointment
    return (was.id, was.start, was.master.id) == (command.appointment, command.start, command.master)


def wished(command: Move, about: Appointment) -> Draft:
    """The draft that a move came from: its time is to be chosen anew, or let be."""
    day = command.start.date()
    return Draft(
        services=tuple(service.id for service in about.services),
        salon=command.salon,
        moving=about.id,
        wish=Wish(day, day, at=command.start.time(), master=command.master),
        settles=command.subject,
    )


def _conflicted(scene: Scene, event: Settled, reason: RefusalReason) -> Turn:
    """It had been taken in while the journal was away. The nearest other times are offered, else a person helps."""
    command, about = event.command, event.about
    if not isinstance(command, Move) or about is None or reason not in TAKEN:
        said = "К сожалению, перенести запись не получилось, она стоит на прежнем времени."
        return scene.hand_over(f"{scene.words(said)} {scene.words('Передала администратору, он вам поможет.')}")
    scene = scene.at(command.salon)
    said = _no_longer(scene, command, reason)
    draft = chosen_anew(wished(command, about), reason)
    near = nearest(other_places(scene.facts.slots or (), about), draft.wish, SHOWN)
    if not near:
        return scene.hand_over(f"{said} {scene.words('Передала администратору, он подберёт вам другое.')}")
    by_time = tuple(sorted(near, key=lambda slot: slot.start))
    return offer(scene, Errand("move", draft), f"{said} {scene.words('Ближайшее свободное:')}", by_time)


def _before(scene: Scene, event: Settled) -> Before | None:
    """Where it can be moved back to. What was only found to be done stood where it was when it was read back."""
    command, about, draft = event.command, event.about, scene.talk.draft
    if not isinstance(command, Move) or about is None:
        return None
    if (about.start, about.master.id) == (command.start, command.master):
        about = (
            draft.was if draft is not None and draft.was is not None and draft.was.id == command.appointment else None
        )
    return Before(about, scene.facts.now) if about is not None else None


def _moved(scene: Scene, event: Settled) -> str:
    command, about = event.command, event.about
    if not isinstance(command, Move) or about is None:
        return scene.words("Готово, запись перенесла. Ждём вас!")
    scene = scene.at(command.salon)
    master = scene.menu.master(command.master)
    return scene.words(
        "Перенесла {what} {new}{whom}. Ждём вас!",
        what=scene.words.services(about, as_object=True),
        new=scene.words.onto(command.start, scene.now),
        whom=f" {scene.words.to_master(master.name)}" if master else "",
    )


def _no_longer(scene: Scene, command: Move, reason: RefusalReason) -> str:
    """Why a wish that had to wait cannot be carried out as it was made."""
    when = scene.words.when(command.start, scene.now)
    match reason:
        case RefusalReason.MASTER_LEFT:
            return scene.words("К сожалению, этот мастер больше не принимает, ваша запись стоит на прежнем времени.")
        case RefusalReason.PASSED:
            passed = "К сожалению, журнал открылся, когда это время уже прошло ({when}). Ваша запись стоит на прежнем."
            return scene.words(passed, when=when)
        case _:
            if _goes_back(scene, command):
                return scene.words("К сожалению, вернуть запись не получилось: {when} уже занято.", when=when)
            return scene.words("К сожалению, {when} уже занято, ваша запись стоит на прежнем времени.", when=when)


def _refused(scene: Scene, event: Settled, reason: RefusalReason) -> Turn:
    match reason:
        case RefusalReason.BUSY | RefusalReason.NO_MASTER | RefusalReason.PASSED | RefusalReason.MASTER_LEFT:
            return _taken(scene, event, reason)
        case RefusalReason.NOT_FOUND:
            return scene.call_us(scene.words("Этой записи в журнале уже нет, переносить нечего."))
        case RefusalReason.NOT_YOURS:
            return scene.call_us(scene.words("Эта запись не на ваш номер, перенести её не могу."))
        case RefusalReason.TAKEN_PLACE:
            return too_late_to_move(scene, event.about)
        case RefusalReason.FORBIDDEN | RefusalReason.TOO_LATE:
            return scene.call_us(scene.words("Перенести эту запись в чате салон не разрешает."))
        case _:
            said = scene.words("Перенести не получилось, запись стоит на прежнем времени.")
            return scene.hand_over(f"{said} {scene.words('Передала администратору, он вам поможет.')}")


def _taken(scene: Scene, event: Settled, reason: RefusalReason) -> Turn:
    about, draft = event.about, _draft_of(scene.talk, event.command, event.about)
    free = scene.facts.slots or ()
    said = _gone(scene, event.command, reason)
    draft = chosen_anew(draft, reason) if draft else None
    near = nearest(other_places(free, about) if about else free, draft.wish, SHOWN) if draft else ()
    if draft is None or not near:
        return scene.call_us(f"{said} {scene.words('Другого рядом не нашла.')}")
    by_time = tuple(sorted(near, key=lambda slot: slot.start))
    errand = Errand("move", draft)
    return offer(scene.at(draft.salon), errand, f"{said} {scene.words('Ближайшее свободное:')}", by_time)


def _gone(scene: Scene, command: Command, reason: RefusalReason) -> str:
    match reason:
        case RefusalReason.MASTER_LEFT:
            return scene.words("Этот мастер больше не принимает, ваша запись стоит на прежнем времени.")
        case RefusalReason.PASSED:
            return scene.words("Это время уже прошло, ваша запись стоит на прежнем.")
        case _ if _goes_back(scene, command):
            return scene.words("К сожалению, вернуть запись не получилось: это время уже заняли.")
        case _:
            return scene.words("Это время уже заняли, ваша запись стоит на прежнем.")
