"""Moving: the same appointment at another time, or with another master; the old time stays until the new is taken."""

import re
from dataclasses import replace
from functools import partial

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Move
from frontdesk.booking.moving import other_places
from frontdesk.booking.slots import Slot
from frontdesk.dialogue.appointing import Errand, find
from frontdesk.dialogue.choosing import choose
from frontdesk.dialogue.closed import closed_in_between
from frontdesk.dialogue.moved import settled, settled_wants
from frontdesk.dialogue.moves import aim, numbered, own, slots_for, waiting_draft
from frontdesk.dialogue.overtaken import read_back_at
from frontdesk.dialogue.phone import ask_for_phone
from frontdesk.dialogue.picking import points
from frontdesk.dialogue.scene import Answer, Ask, Intent, Scene, Tap
from frontdesk.dialogue.talk import Choice, Draft, Question, Talk, Turn, Wants
from frontdesk.dialogue.unmovable import hindered, nothing_to_move
from frontdesk.language.heard import Expecting, Heard
from frontdesk.language.phrases import Phrases

_MOVE = (
    "перенести|перенесите|перенеси|перенесем|переносим|переносить|перенос|перенесу|перенесете|переносите"
    "|передвинуть|передвиньте|передвинем|сдвинуть|сдвиньте|сдвинем|переписать|перепишите|перезаписать|перезапишите"
    "|перезаписаться|переписаться|перезапиши|перепиши|подвинуть|подвиньте|перебронировать|перекинуть|перекиньте"
    "|отложить|отложите|отложим|перезапишете|переставить|переставьте|сместить|сместите"
)
_CHANGE = "поменять|поменяйте|поменяем|поменяй|изменить|измените|изменим|сменить|смените|заменить|замените|сменим"
_VISIT = "запис*|визит*|бронь|сеанс*|прием*|<service>"
_CANNOT = "не_могу|смогу|получается|получится|успеваю|приду"

PHRASES = Phrases(
    "move",
    phrases=(
        f"{_MOVE} (мою|моя|мой|нашу|эту|меня|нас) ({_VISIT}) (на|с)",
        f"{_CHANGE} (мою|мой|в|моей) время|дату|день|мастера|часы|запис*|визит (в|запис*)",
        "записаться|запишите|прийти|приехать|подойти|запись на|в_другое|другой|другую время|день|дату",
        "другого|другому|другой мастера|мастеру",
        f"{_CHANGE} (запись) на <date>|вечер|утро|день|обед|пораньше|попозже",
        "на|в_другое|другой|другую время|день|дату|число",
        f"{_CANNOT} (прийти) <date> можно|давай*|лучше (на|перенести) <date>",
        "прийти|подойти|приехать|быть <date> вместо",
        "запис* (на) раньше|позже|пораньше|попозже ?",
        "не_успею|успеваю|успеваем|смогу|получается|получится (к|в) этому|это|такое времени|время",
    ),
    weak=(
        "можно|давайте|лучше раньше|позже|пораньше|попозже",
        "можно|давайте|лучше (на) <shift>",
        "другое|другой|другую|иное время|день|дату|число",
    ),
)


_ITS_OWN = frozenset({"move", "book", "free", "yes", "no", "greet", "thanks", "other"})
_KEEPS = re.compile(r"\bоста(?:вь|вим|ётся|ется|нется)\w*|\bкак есть\b|\bне переноси", re.IGNORECASE)
"""«Пусть останется как есть»: a no, whatever small words stand before it."""
_MASTER = re.compile(r"мастер", re.IGNORECASE)
MOST_MASTERS = 9


def wants(talk: Talk, heard: Heard, tap: Tap | None) -> Wants:
    """The person's appointments, and then the free times for the one that is meant."""
    return Wants(appointments=True, slots_for=partial(slots_for, talk, heard, tap))


def begin(scene: Scene) -> Turn:
    """Finds which one is meant and where to, and asks for what is missing."""
    return _go_on(scene, None)


def _go_on(scene: Scene, tap: Tap | None) -> Turn:
    if scene.facts.problem is not None and scene.facts.appointments is None:
        return closed_in_between(scene, scene.facts.problem, scene.talk.draft)
    if scene.facts.appointments is None:
        return ask_for_phone(scene, "move")
    aimed = aim(scene, tap)
    return _towards(scene, aimed) if isinstance(aimed, Draft) else _which(scene, aimed)


def _which(scene: Scene, meant: tuple[Appointment, ...]) -> Turn:
    coming = scene.coming()
    if not coming:
        return nothing_to_move(scene)
    asked = scene.words("Какую запись перенести?")
    if not meant:
        asked = scene.words("Такой записи не нахожу. Вот что у вас есть, какую перенести?")
    return choose(scene, "move", meant or coming, (asked, scene.words("Ничего не переносить")), waiting_draft(scene))


def _towards(scene: Scene, draft: Draft) -> Turn:
    """Asks for the first thing that is missing, or reads the move back."""
    scene, appointment = scene.at(draft.salon), own(scene, draft.moving)
    if appointment is None:
        return scene.say(scene.words("Этой записи уже нет, переносить нечего."))
    if (turn := hindered(scene, appointment)) is not None:
        return turn
    another = _wants_another_master(scene, draft, appointment)
    if another and (turn := _ask_master(scene, draft, appointment)) is not None:
        return turn
    stays = _stands_there(draft, appointment)
    draft = replace(draft, slot=None, wish=replace(draft.wish, at=None)) if stays else draft
    free = None if scene.facts.slots is None else other_places(scene.facts.slots, appointment)
    found = find(replace(scene, facts=replace(scene.facts, slots=free)), Errand("move", draft))
    if isinstance(found, Turn) and another:
        return _beginning(found, scene.words("Другого мастера на это у нас нет."))
    if isinstance(found, Turn):
        return (_stays if stays else _named_first)(scene, found, appointment)
    return _read_back(scene, replace(draft, slot=found, was=appointment), found, appointment)


def _stands_there(draft: Draft, appointment: Appointment) -> bool:
    """Whether the wished time is the one that the appointment has."""
    wish, start = draft.wish, appointment.start
    same_master = wish.master in {None, appointment.master.id} and not draft.anyone
    return same_master and (wish.first_day, wish.last_day, wish.at) == (start.date(), start.date(), start.time())


def _stays(scene: Scene, turn: Turn, appointment: Appointment) -> Turn:
    return _beginning(turn, scene.words("Запись и так стоит {when} {whom}.", **scene.telling(appointment)))


def _wants_another_master(scene: Scene, draft: Draft, appointment: Appointment) -> bool:
    same = draft.wish.master == appointment.master.id and not draft.anyone
    return same and bool(_MASTER.search(scene.heard.text)) and not scene.heard.masters


def _ask_master(scene: Scene, draft: Draft, appointment: Appointment) -> Turn | None:
    """Asks who instead; None where there is nobody else."""
    masters = scene.menu.masters_of(scene.menu.offers(draft.services))
    others = [one for one in masters if one.id != appointment.master.id][:MOST_MASTERS]
    if not others:
        return None
    rows = [Choice(f"move:master:{one.id}", one.name) for one in others]
    if scene.menu.any_master:
        rows.append(Choice("move:master:0", scene.words("К любому мастеру")))
    ask = Ask("move", "master", Expecting.MASTER, (appointment,), draft=draft)
    return scene.ask(ask, scene.words("К кому вас перенести?"), *rows)


def _named_first(scene: Scene, turn: Turn, appointment: Appointment) -> Turn:
    """Says once which appointment is being moved, where it was not known yet."""
    known = scene.talk.draft is not None and scene.talk.draft.moving == appointment.id
    if known:
        return turn
    said = scene.words(
        "Переносим {what} {old}, {whom}.",
        what=scene.words.services(appointment, as_object=True),
        old=scene.words.away_from(appointment.start, scene.now),
        whom=scene.words.with_master(appointment),
    )
    return _beginning(turn, said)


def _beginning(turn: Turn, said: str) -> Turn:
    """The question with this before it, also when it is asked again; what is no question stays as it is."""
    if not turn.replies or turn.talk.question is None:
        return turn
    reply = replace(turn.replies[0], text=f"{said}\n{turn.replies[0].text}")
    question = replace(turn.talk.question, reply=reply)
    return replace(turn, talk=replace(turn.talk, question=question), replies=(reply, *turn.replies[1:]))


def _read_back(scene: Scene, draft: Draft, slot: Slot, appointment: Appointment) -> Turn:
    phone = scene.facts.person.proved
    if phone is None:
        return ask_for_phone(scene, "move")
    text = scene.words(
        "Перенести {what} {old}, {new} {whom}?",
        what=scene.words.services(appointment, as_object=True),
        old=scene.words.away_from(appointment.start, scene.now),
        new=scene.words.onto(slot.start, scene.now),
        whom=scene.words.to_master(slot.master.name),
    )
    same_master = slot.master.id == appointment.master.id
    length_s = appointment.length_s if same_master else slot.length_s
    command = Move(
        appointment.salon,
        appointment.id,
        phone,
        slot.master.id,
        slot.start,
        length_s or slot.length_s,
        scene.facts.now,
        stood_at=read_back_at(appointment),
    )
    return scene.ask(
        Ask("move", "confirm", Expecting.YES_NO, (appointment,), command, draft),
        text,
        Choice(f"move:yes:{appointment.id}", scene.words("Да, перенести")),
        Choice(f"move:other:{appointment.id}", scene.words("Другое время")),
        Choice(f"move:no:{appointment.id}", scene.words("Нет, оставить")),
    )


def answered(scene: Scene, question: Question) -> Turn | None:
    """Hears which one, when or with whom; a no leaves everything as it is."""
    heard = scene.heard
    if heard.intent not in _ITS_OWN:
        return None
    if scene.facts.appointments is None:
        return begin(scene)
    tap = numbered(scene)
    if tap is not None:
        return tapped(scene, tap)
    if question.step == "choose":
        return begin(scene) if points(heard) else _keep_if_no(scene)
    changed = aim(scene)
    if changed == scene.talk.draft and not _wants_more(scene):
        return _keep_if_no(scene)
    return begin(scene)


def _wants_more(scene: Scene) -> bool:
    """Whether something was said that changes nothing yet, but is no answer to pass over."""
    heard = scene.heard
    return heard.intent in {"move", "free", "yes"} or bool(heard.masters) or bool(_MASTER.search(heard.text))


def confirm(scene: Scene, question: Question) -> Turn | None:
    """Hears the answer to «Перенести?»: a yes commits what was read, another wish changes it."""
    heard = scene.heard
    if heard.intent not in _ITS_OWN:
        return None
    if scene.facts.appointments is not None and aim(scene) != scene.talk.draft:
        return begin(scene)
    if heard.said("no"):
        return _keep_if_no(scene)
    return _commit(scene, question) if heard.said("yes") or scene.is_bare("move") else None


def _commit(scene: Scene, question: Question) -> Turn:
    if not isinstance(question.commits, Move):
        return begin(scene)
    return scene.command(replace(question.commits, asked_at=scene.facts.now))


def _or_kept(answer: Answer) -> Answer:
    """The answer, unless all shall stay as it is."""

    def hears(scene: Scene, question: Question) -> Turn | None:
        return _keep(scene) if _KEEPS.search(scene.heard.text) else answer(scene, question)

    return hears


def _keep_if_no(scene: Scene) -> Turn | None:
    return _keep(scene) if scene.heard.said("no") else None


def _keep(scene: Scene) -> Turn:
    return scene.give_up(scene.words("Хорошо, ничего не переношу. Ждём вас!"))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """A tap on an old button is read back anew; only a tap on the open question commits."""
    question = scene.talk.question
    match tap.option:
        case "yes" if tap.fresh and question is not None:
            return _commit(scene, question)
        case "no":
            return _keep(scene)
        case _:
            return _go_on(scene, tap)


INTENT = Intent(
    "move",
    PHRASES,
    begin,
    wants=wants,
    answers={
        "choose": _or_kept(answered),
        "time": _or_kept(answered),
        "master": _or_kept(answered),
        "confirm": _or_kept(confirm),
    },
    tapped=tapped,
    settles=Move,
    settled=settled,
    settled_wants=settled_wants,
)
