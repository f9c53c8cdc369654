"""What is said where an appointment can't be moved."""

from typing import assert_never

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.cancelling import Hindrance
from frontdesk.booking.moving import hindrance
from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Turn


def nothing_to_move(scene: Scene) -> Turn:
    """Nothing is to come; what is going on just now is told as that."""
    going_on = (one for one in scene.facts.appointments or () if one.stands and one.is_on(scene.now_at(one)))
    if (appointment := next(going_on, None)) is not None:
        return too_late_to_move(scene, appointment)
    return scene.call_us(scene.words("Предстоящих записей на ваш номер не нахожу, переносить нечего."))


def too_late_to_move(scene: Scene, about: Appointment | None) -> Turn:
    """The visit has begun, or is over."""
    if about is not None and about.is_on(scene.now_at(about)):
        return scene.call_us(scene.words("Ваш визит уже начался, перенести его нельзя."))
    return scene.call_us(scene.words("Этот визит уже состоялся, перенести его нельзя."))


def hindered(scene: Scene, appointment: Appointment) -> Turn | None:
    """Says what stands against moving this appointment; None where nothing does."""
    against = hindrance(appointment, scene.salon.policy, scene.now)
    if against is not None:
        return _refuse(scene, against, appointment)
    services = [service.id for service in appointment.services]
    offers = scene.menu.offers(services)
    whole = bool(offers) and len(offers) == len(services) and bool(scene.menu.masters_of(offers))
    if appointment.activity is not None or not whole:
        return scene.call_us(scene.words("Эту запись в чате перенести не получится."))
    return None


def _refuse(scene: Scene, against: Hindrance, appointment: Appointment) -> Turn:
    match against:
        case Hindrance.ALREADY_CANCELLED:
            return scene.say(scene.words("Эта запись отменена, переносить нечего."))
        case Hindrance.TAKEN_PLACE:
            return too_late_to_move(scene, appointment)
        case Hindrance.FORBIDDEN:
            return scene.call_us(scene.words("Перенести запись в чате салон не разрешает."))
        case Hindrance.TOO_LATE:
            span = scene.words.span(scene.salon.policy.move_notice_s)
            said = scene.words("До визита меньше {span}, так поздно перенести в чате нельзя.", span=span)
            return scene.call_us(said)
        case _:
            assert_never(against)
