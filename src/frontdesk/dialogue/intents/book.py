"""Booking: service, master, day and time in any order and any number of messages, then an explicit yes."""

import re
from dataclasses import dataclass, replace

from frontdesk.booking.commands import Book
from frontdesk.dialogue.appointing import Errand, after, ask_another_master
from frontdesk.dialogue.begun import begun
from frontdesk.dialogue.booked import replace_phone, settled, settled_wants
from frontdesk.dialogue.cheaper import asks_cheaper, offer_cheaper
from frontdesk.dialogue.coding import SENDING, send_to_book, typed_code, waiting, wants_another
from frontdesk.dialogue.drafting import another_time, beside_shown, slots_if_possible
from frontdesk.dialogue.for_whom import addressed, whole_name
from frontdesk.dialogue.form import with_email, with_note
from frontdesk.dialogue.offering import shown_starts
from frontdesk.dialogue.picking import by_hour, by_number, by_relation, points
from frontdesk.dialogue.reading_back import go_on
from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Draft, Question, Talk, Turn, Wants
from frontdesk.language.heard import Expecting, Heard
from frontdesk.language.phrases import Phrases

_BOOK = (
    "запишите|записать|записаться|запиши|запишусь|запишемся|записывайте|записывай|запишете|запишем|записываюсь"
    "|записывать|поставьте|впишите|забронировать|забронируйте|забронируй|бронируйте|бронируем|записатся|запишешь|запишет|записываемся"
)
_WANT = "хочу|хотела|хотел|хотели|хотим|хотелось|хочется|можно|надо|нужно|нужна|нужен|нужны|желаю|планирую|мечтаю|хочет"
_WHOM = "меня|нас|маму|дочь|дочку|мужа|жену|ребенка|сына|подругу|папу"
_WHAT = "<service>|<master>|<date>"

PHRASES = Phrases(
    "book",
    phrases=(
        f"({_WANT}|давай*|могу|можете|могли) (бы) {_BOOK} ({_WHOM}) ({_WHAT})",
        f"{_WANT}_<service>/{_WANT}_к|на|бы_<service>|<master>/{_WANT}_бы_к|на_<service>|<master>/{_WANT}_к_вам_на_<service>",
        "мне|нам бы (к|на) <service>|<master>",
        "новая|новую|оформите|оформить|создать|создайте|сделать|сделайте запись",
        "сделать|сделайте|сделаете|сделаем (мне|бы) <service>",
        "возьмете|возьмите|примете|примите (меня|нас) (<date>)",
        f"можно (к_вам) прийти|подойти|приехать|попасть ({_WHAT})",
    ),
    weak=(
        f"{_WANT} (бы) (к|на) <service>|<master>",
        f"запись (к|на) ({_WHAT})",
        "записи на_<service>",
        f"{_WANT} запись (к|на) ({_WHAT})",
        "можно|давайте|давай (ли) (к|на|в) <date>",
        "прием <date>",
    ),
)


_OTHER_TIME = Tap("other", "", fresh=True)
_SHORT = 3
"""«Отмена», «отмените, пожалуйста»: so few words end the booking rather than ask for another to be cancelled."""
_OTHER_MATTERS = frozenset({"undo", "human", "erase", "export", "stop"})
_STANDING = re.compile(
    r"\bмо(?:ю|й|я|ей|его)\s+(?:запис|визит|при[её]м|брон)|\bmy\s+(?:appoint|book|visit)", re.IGNORECASE
)
_NUMBERLIKE = 3
"""So many digits were meant as a phone."""
_ANOTHER_MASTER = re.compile(
    r"\bдруг(?:ого|ому|ой|им) мастер|\bк (?:кому[- ]нибудь )?друго(?:му|й)\b"
    r"|\b(?:an)?other (?:master|stylist|specialist)\b|\bsomeone else\b",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({"yes", "no", "cancel", "human", "stop", "thanks", "greet"})


def wants(talk: Talk, heard: Heard, tap: Tap | None) -> Wants:
    """The free times that the draft, as it will be, needs."""
    if talk.question is not None and talk.question.expecting is Expecting.CODE and typed_code(heard.text):
        return Wants()
    if tap is not None and tap.option == "later" and talk.later is not None:
        return slots_if_possible(begun(talk, talk.later))
    if talk.question is None and tap is None:
        return slots_if_possible(begun(talk, heard))
    draft = talk.draft or Draft()
    asks_name = talk.question is not None and talk.question.step in {"name", "email", "note"}
    return slots_if_possible(draft if asks_name and tap is None else _after(talk, draft, heard, tap))


def _after(talk: Talk, draft: Draft, heard: Heard, tap: Tap | None = None) -> Draft:
    """The draft after words or a tap; «второй вариант», or the hour of one offered time, is a tap on it."""
    question = talk.question
    if tap is None and question is not None and question.step == "confirm" and another_time(heard):
        tap = _OTHER_TIME
    if tap is not None or question is None:
        return after(draft, heard, tap)
    changed = addressed(beside_shown(draft, heard, shown_starts(question)) or after(draft, heard, None), heard.text)
    chosen = by_hour(question, heard) or by_relation(question, heard)
    if changed == draft and heard.choice is not None:
        chosen = by_number(question, heard.choice)
    return after(draft, heard, chosen) if chosen is not None else changed


def begin(scene: Scene) -> Turn:
    """Takes up what was said, whatever it was, and goes on from there."""
    return go_on(scene, addressed(begun(scene.talk, scene.heard), scene.heard.text))


def confirm(scene: Scene, question: Question) -> Turn | None:
    """Hears the answer to «Записать?»: a yes commits what was read, another wish changes it."""
    if (turn := _leaves(scene)) is not None:
        return turn.turn
    draft = scene.talk.draft or Draft()
    changed = _after(scene.talk, draft, scene.heard)
    said_again = scene.heard.readings and not scene.heard.intents
    if changed != draft or said_again or scene.heard.phone:
        return go_on(scene, changed)
    if scene.heard.said("no"):
        return _not_now(scene)
    return _commit(scene, question) if scene.heard.said("yes") or scene.is_bare("book") else None


@dataclass(frozen=True, slots=True)
class _Left:
    """The words were no answer: they are answered by `turn`, or by another intent where it is None."""

    turn: Turn | None


def _leaves(scene: Scene) -> _Left | None:
    """«Отмена» ends the booking, «отмените мою запись на завтра» is about another, «а подешевле?» wants a choice."""
    heard = scene.heard
    if heard.intent == "cancel":
        short = len(heard.text.split()) <= _SHORT and not points(heard)
        return _Left(_not_now(scene) if short else None)
    if heard.intent in _OTHER_MATTERS:
        return _Left(None)
    draft = scene.talk.draft
    if draft and draft.services and draft.wish.master and _ANOTHER_MASTER.search(heard.text) and not heard.masters:
        return _Left(ask_another_master(scene, Errand("book", draft)))
    cheaper = draft is not None and draft.services and asks_cheaper(heard.text)
    return _Left(offer_cheaper(scene, draft.services)) if draft and cheaper else None


def _commit(scene: Scene, question: Question) -> Turn:
    command = question.commits
    if not isinstance(command, Book):
        return begin(scene)
    if scene.menu.confirms_phone and not command.proved:
        return send_to_book(scene, command)
    return _made(scene, command)


def _made(scene: Scene, command: Book) -> Turn:
    now = scene.facts.now
    key = f"fd-{now:%Y%m%d%H%M%S%f}-{command.phone[-4:]}"
    turn = scene.command(replace(command, key=key, asked_at=now))
    settles = scene.talk.draft.settles if scene.talk.draft else ""
    given_up = (settles,) if settles in scene.facts.held else ()
    return replace(turn, talk=replace(turn.talk, draft=scene.talk.draft), withdrawn=given_up)


def coded(scene: Scene, question: Question) -> Turn | None:
    """Hears the code from the SMS, or a wish for a new one; anything else may change the booking."""
    command, text = question.commits, scene.heard.text
    if not isinstance(command, Book) or scene.heard.phone:
        return go_on(scene, scene.talk.draft or Draft())
    if code := typed_code(text):
        return _made(scene, replace(command, code=code))
    if wants_another(text):
        return send_to_book(scene, command)
    return _changed(scene) or (_not_now(scene) if scene.heard.said("no") else None)


def _changed(scene: Scene) -> Turn | None:
    draft = scene.talk.draft or Draft()
    changed = after(draft, scene.heard, None)
    return None if changed == draft else go_on(scene, changed)


def sending(scene: Scene, question: Question) -> Turn | None:
    """While the code is being sent."""
    return waiting(scene, question) or _changed(scene) or (_not_now(scene) if scene.heard.said("no") else None)


def filled(scene: Scene, _question: Question) -> Turn | None:
    """Hears a service, a master, a day or a time, in any order; a no ends it."""
    if (turn := _leaves(scene)) is not None:
        return turn.turn
    if scene.heard.intent == "move" and _STANDING.search(scene.heard.text):
        return None  # nothing has been read back yet that could be called theirs
    draft = scene.talk.draft or Draft()
    changed = _after(scene.talk, draft, scene.heard)
    if changed == draft and scene.heard.said("no"):
        return _not_now(scene)
    heard_nothing = changed == draft and not (scene.heard.services or scene.heard.masters or scene.heard.readings)
    return None if heard_nothing else go_on(scene, changed)


def phoned(scene: Scene, _question: Question) -> Turn | None:
    """Hears a typed number: it books, and proves nothing. Digits that are no number are asked for once more."""
    if scene.heard.phone:
        return go_on(scene, scene.talk.draft or Draft())
    digits = sum(letter.isdigit() for letter in scene.heard.text)
    if digits < _NUMBERLIKE or scene.talk.misunderstood:
        return filled(scene, _question)
    turn = replace_phone(
        scene,
        scene.talk.draft,
        scene.words("Похоже, в номере ошибка. Напишите его, пожалуйста, целиком: +7 и десять цифр."),
    )
    return replace(turn, talk=replace(turn.talk, misunderstood=1))


def introduced(scene: Scene, _question: Question) -> Turn | None:
    """Hears a name."""
    found = whole_name(scene.heard.text)
    if not found or scene.heard.intent in _NO_NAMES:
        return None
    return go_on(scene, replace(scene.talk.draft or Draft(), name=found))


def mailed(scene: Scene, question: Question) -> Turn | None:
    """Hears an e-mail address."""
    found = with_email(scene.talk.draft or Draft(), scene.heard.text)
    return go_on(scene, found) if found else filled(scene, question)


def noted(scene: Scene, question: Question) -> Turn | None:
    """Hears what the salon's form asks for, in any words that are not surely another wish."""
    if scene.heard.intent in _NO_NAMES - {"yes", "thanks", "greet"}:
        return filled(scene, question)
    found = with_note(scene.talk.draft or Draft(), scene.heard.text)
    return go_on(scene, found) if found else None


def _not_now(scene: Scene) -> Turn:
    return scene.give_up(scene.words("Хорошо, не записываю. Если надумаете, напишите."))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """A tap on a service, a master, a day, a time, or an answer."""
    question = scene.talk.question
    match tap.option:
        case "yes" if tap.fresh and question is not None:
            return _commit(scene, question)
        case "yes" if (question is None or question.step == SENDING) and scene.facts.busy:
            return Turn(scene.talk)
        case "code" if question is not None and isinstance(question.commits, Book):
            return send_to_book(scene, question.commits)
        case "no":
            return _not_now(scene)
        case "later" if scene.talk.later is not None:
            return begin(replace(scene, heard=scene.talk.later, talk=replace(scene.talk, later=None)))
        case _:
            return go_on(scene, after(scene.talk.draft or Draft(), scene.heard, tap))


INTENT = Intent(
    "book",
    PHRASES,
    begin,
    wants=wants,
    answers={
        "service": filled,
        "master": filled,
        "time": filled,
        "phone": phoned,
        "name": introduced,
        "email": mailed,
        "note": noted,
        "confirm": confirm,
        "code": coded,
        SENDING: sending,
    },
    tapped=tapped,
    settles=Book,
    settled=settled,
    settled_wants=settled_wants,
)
