"""What came of a booking, in words: only here is anything said in the past tense."""

from dataclasses import replace
from typing import assert_never

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Book, Command, Conflicted, Deferred, Done, RefusalReason, Refused
from frontdesk.booking.wishes import Wish, nearest
from frontdesk.dialogue.appointing import Errand, offer
from frontdesk.dialogue.coding import send_to_book, too_many, wrong
from frontdesk.dialogue.drafting import chosen_anew, slots_if_possible
from frontdesk.dialogue.for_whom import FOR_ANOTHER
from frontdesk.dialogue.offering import SHOWN, what
from frontdesk.dialogue.overtaken import made_and_changed
from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Draft, Settled, Talk, Turn, Wants
from frontdesk.language.heard import Expecting

TAKEN = frozenset({RefusalReason.BUSY, RefusalReason.PASSED, RefusalReason.NO_MASTER, RefusalReason.MASTER_LEFT})
"""Another time, or another master, can be offered."""


def ask_name(scene: Scene, draft: Draft) -> Turn:
    """Asks whom the appointment is for."""
    return scene.ask(Ask("book", "name", Expecting.NAME, draft=draft), scene.words("На какое имя записать?"))


def replace_phone(scene: Scene, draft: Draft | None, text: str) -> Turn:
    """Asks for another number, and why."""
    return scene.ask(Ask("book", "phone", Expecting.PHONE, draft=draft, ask_contact=True), text)


def without_code(scene: Scene) -> Turn:
    """The salon's SMS comes from its journal: what can't be proved now, a person has to settle."""
    said = scene.words("Салон подтверждает номер кодом из СМС, а отправить его сейчас не получится.")
    return scene.hand_over(f"{said} {scene.words('Передала администратору, он ответит вам здесь.')}")


def _wrong(scene: Scene) -> str:
    return scene.words("Журнал не принял этот номер телефона. Напишите его ещё раз, пожалуйста.")


def settled_wants(talk: Talk, settled: Settled) -> Wants:
    """Where the time was taken meanwhile, others are offered."""
    if (
        isinstance(settled.outcome, Conflicted)
        and settled.outcome.reason in TAKEN
        and isinstance(settled.command, Book)
    ):
        return slots_if_possible(chosen_anew(wished(settled.command), settled.outcome.reason), anew=True)
    draft = _draft_of(talk, settled.command)
    if not isinstance(settled.outcome, Refused) or settled.outcome.reason not in TAKEN or draft is None:
        return Wants()
    return slots_if_possible(chosen_anew(draft, settled.outcome.reason), anew=True)


def _draft_of(talk: Talk, command: Command) -> Draft | None:
    """The draft that this booking came from; where a newer wish has begun, what the booking itself tells of it."""
    draft = talk.draft
    if draft is None or not isinstance(command, Book):
        return draft
    its_own = draft.moving is None and draft.services == command.services
    return draft if its_own else replace(wished(command), settles="")


def settled(scene: Scene, event: Settled) -> Turn:
    """Words what came of it; only now is anything said in the past tense."""
    command = event.command
    match event.outcome:
        case Done() if isinstance(command, Book):
            if (about := event.about) is not None and not _as_wished(command, about):
                return made_and_changed(scene, about)
            turn = scene.say(_booked(scene, command))
            return replace(turn, talk=replace(turn.talk, visit=replace(wished(command), settles="")))
        case Done():
            return scene.say(scene.words("Записала вас."))
        case Deferred():
            turn = scene.say(
                scene.words("Приняла заявку. Журнал салона сейчас недоступен, подтвержу, как только он откроется.")
            )
            return replace(turn, talk=replace(turn.talk, draft=scene.talk.draft))
        case Refused(reason=reason):
            return _refused(scene, reason, command)
        case Conflicted(reason=reason):
            return _conflicted(scene, command, reason)
        case _:
            assert_never(event.outcome)


def wished(command: Book) -> Draft:
    """The draft that a booking came from: its time is to be chosen anew, or let be."""
    day, at = command.start.date(), command.start.time()
    return Draft(
        services=tuple(command.services),
        salon=command.salon,
        wish=Wish(day, day, at=at, master=command.master),
        name=command.name if command.comment else "",
        comment=command.comment,
        settles=command.subject,
    )


def _conflicted(scene: Scene, command: Command, reason: RefusalReason) -> Turn:
    """It had been taken in while the journal was away. The nearest other times are offered, else a person helps."""
    if not isinstance(command, Book) or reason not in TAKEN:
        return scene.hand_over(
            scene.words("К сожалению, записать вас не получилось. Передала администратору, он вам поможет.")
        )
    scene = scene.at(command.salon)
    draft, said = chosen_anew(wished(command), reason), _no_longer(scene, command, reason)
    near = nearest(scene.facts.slots or (), draft.wish, SHOWN)
    if not near:
        return scene.hand_over(f"{said} {scene.words('Передала администратору, он подберёт вам другое.')}")
    by_time = tuple(sorted(near, key=lambda slot: slot.start))
    return offer(scene, Errand("book", draft), f"{said} {scene.words('Ближайшее свободное:')}", by_time)


def _as_wished(command: Book, about: Appointment) -> bool:
    return about.stands and (about.start, about.master.id) == (command.start, command.master)


def _booked(scene: Scene, command: Book) -> str:
    master = scene.menu.master(command.master)
    for_another = command.comment.startswith(FOR_ANOTHER)
    template = (
        "Записала на {what} {when} {whom}. Имя: {name}." if for_another else "Записала вас на {what} {when} {whom}."
    )
    text = scene.words(
        template,
        name=command.name,
        what=what(scene, command.services, as_object=True),
        when=scene.words.when(command.start, scene.now),
        whom=scene.words.to_master(master.name) if master else "",
    )
    address = scene.salon.address
    return f"{text} {scene.words('Ждём вас: {address}.', address=address) if address else scene.words('Ждём вас!')}"


def _refused(scene: Scene, reason: RefusalReason, command: Command) -> Turn:
    if reason is RefusalReason.WRONG_CODE and isinstance(command, Book):
        return wrong(scene, commits=command) if command.code else send_to_book(scene, command)
    draft = _draft_of(scene.talk, command)
    if draft is not None and (turn := _asked_again(scene, draft, reason)) is not None:
        return turn
    match reason:
        case RefusalReason.TOO_MANY_CODES:
            return too_many(scene)
        case RefusalReason.NOT_BOOKABLE:
            return scene.call_us(scene.words("На эту услугу в чате записать нельзя."))
        case RefusalReason.BLACKLISTED:
            return scene.call_us(scene.words("Записать вас в чате не получится."))
        case _:
            return scene.hand_over(scene.words("Записать не получилось. Передала администратору, он вам поможет."))


def _asked_again(scene: Scene, draft: Draft, reason: RefusalReason) -> Turn | None:
    """Asks for what was refused, where saying it otherwise can help."""
    match reason:
        case RefusalReason.BUSY | RefusalReason.NO_MASTER | RefusalReason.PASSED | RefusalReason.MASTER_LEFT:
            return _taken(scene, chosen_anew(draft, reason), reason)
        case RefusalReason.BAD_PHONE:
            return replace_phone(scene, draft, _wrong(scene))
        case RefusalReason.NO_NAME:
            return ask_name(scene, draft)
        case _:
            return None


def _no_longer(scene: Scene, command: Book, reason: RefusalReason) -> str:
    """Why a wish that had to wait cannot be carried out as it was made."""
    asked, when = what(scene, command.services, as_object=True), scene.words.when(command.start, scene.now)
    match reason:
        case RefusalReason.MASTER_LEFT:
            return scene.words("По вашей заявке на {what}: к сожалению, этот мастер больше не принимает.", what=asked)
        case RefusalReason.PASSED:
            template = "По вашей заявке на {what}: к сожалению, журнал открылся, когда это время уже прошло ({when})."
            return scene.words(template, what=asked, when=when)
        case _:
            return scene.words("По вашей заявке на {what}: к сожалению, {when} уже занято.", what=asked, when=when)


def _taken(scene: Scene, draft: Draft, reason: RefusalReason) -> Turn:
    near = nearest(scene.facts.slots or (), draft.wish, SHOWN)
    others, none = _gone(scene, reason, group=scene.menu.is_group(draft.services))
    if not near:
        return scene.call_us(none)
    by_time = tuple(sorted(near, key=lambda slot: slot.start))
    return offer(scene, Errand("book", draft), others, by_time)


def _gone(scene: Scene, reason: RefusalReason, *, group: bool) -> tuple[str, str]:
    """What became of the time, before others are offered, and where there are none."""
    if reason is RefusalReason.MASTER_LEFT:
        left = scene.words("Этот мастер больше не принимает.")
        return f"{left} {scene.words('Ближайшее свободное:')}", left
    if reason is RefusalReason.PASSED:
        none = scene.words("Это время уже прошло, а другого рядом нет.")
        return scene.words("Это время уже прошло. Ближайшее свободное:"), none
    if group:
        return scene.words("Места только что закончились. Есть ещё:"), scene.words("Места только что закончились.")
    none = scene.words("Это время только что заняли, а другого рядом нет.")
    return scene.words("Это время только что заняли. Ближайшее свободное:"), none
